"""Vendors that this computer knows."""

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from supportdesk import resources
from supportdesk.app.vendors import Vendors
from supportdesk.domain import profile_files
from supportdesk.domain.errors import NotFound, ProfileError
from supportdesk.domain.profile import BackendAddress, Profile
from supportdesk.domain.profile_files import bundled_path


def served(address: str, profile_id: str = "support", name: str = "Support") -> Profile:
    """As a plain server tells its profile."""
    plain = profile_files.load(resources.path("server", "profile.toml"))
    return replace(plain, id=profile_id, name=name, backend=BackendAddress(kind="rest", address=address))


def profile_file(folder: Path, profile_id: str, name: str) -> Path:
    text = bundled_path("practice").read_text("utf-8")
    text = text.replace('id = "practice"', f'id = "{profile_id}"', 1).replace("Medora Praxissoftware", name)
    path = folder / f"given-{profile_id}.toml"
    path.write_text(text, "utf-8")
    return path


def test_an_added_profile_is_kept_and_found(tmp_path: Path) -> None:
    """A profile file that was added is there after a restart, by id and in the list."""
    vendors = Vendors(tmp_path / "profiles")
    assert vendors.added() == ()
    added = vendors.add(profile_file(tmp_path, "acme", "Acme"))
    again = Vendors(tmp_path / "profiles")
    assert [each.id for each in again.added()] == ["acme"]
    assert again.get("acme") == added


def test_demo_vendors_are_always_there(tmp_path: Path) -> None:
    """A demo vendor is found by its name without having been added; an unknown one is not found."""
    vendors = Vendors(tmp_path)
    assert vendors.get("school").id == "school"
    with pytest.raises(NotFound):
        vendors.get("nobody")


def test_a_profile_cannot_take_the_place_of_a_demo(tmp_path: Path) -> None:
    """A file with the id of a demo vendor is refused and not kept."""
    vendors = Vendors(tmp_path / "profiles")
    with pytest.raises(ProfileError):
        vendors.add(bundled_path("practice"))
    assert not (tmp_path / "profiles").exists()


def test_a_broken_profile_is_a_line_of_trouble(tmp_path: Path) -> None:
    """One broken file does not hide the others; Diagnostics gets a line that names it."""
    folder = tmp_path / "profiles"
    vendors = Vendors(folder)
    vendors.add(profile_file(tmp_path, "acme", "Acme"))
    (folder / "broken.toml").write_text("id = ", "utf-8")
    vendors.load()
    assert [each.id for each in vendors.added()] == ["acme"]
    assert "broken.toml" in vendors.problems[0]


def test_the_first_of_two_profiles_with_one_id_stays(tmp_path: Path) -> None:
    """A second file with the same id, or with a demo vendor's, changes nothing and is told."""
    folder = tmp_path / "profiles"
    vendors = Vendors(folder)
    vendors.add(profile_file(tmp_path, "acme", "Acme"))
    (folder / "zz.toml").write_text(profile_file(tmp_path, "acme", "Other").read_text("utf-8"), "utf-8")
    (folder / "zzz.toml").write_text(bundled_path("school").read_text("utf-8"), "utf-8")
    vendors.load()
    assert [each.name for each in vendors.added()] == ["Acme"]
    assert len(vendors.problems) == 2


def test_another_vendor_of_the_same_id_stands_beside_the_first(tmp_path: Path) -> None:
    """A second server that calls itself alike changes nothing about the first: what goes by its id stays with
    its address, also after a restart."""
    vendors = Vendors(tmp_path / "profiles")
    first = vendors.keep(served("https://first.example"))
    second = vendors.keep(served("https://second.example"))
    again = Vendors(tmp_path / "profiles")
    assert (first.id, second.id) == ("support", "support-second-example")
    assert again.get("support").backend.address == "https://first.example"
    assert again.get(second.id) == second


@pytest.mark.parametrize(
    "addresses",
    [
        ("https://a-b.example", "https://a.b.example"),
        tuple(f"https://{'long-name-' * 4}{end}.example" for end in ("one", "two")),
    ],
    ids=["alike when made plain", "alike when cut"],
)
def test_vendors_whose_names_become_alike_stay_apart(tmp_path: Path, addresses: tuple[str, str]) -> None:
    """Each address has its own id, which fits the rules of ids."""
    vendors = Vendors(tmp_path)
    kept = [vendors.keep(served(each)) for each in ("https://first.example", *addresses)]
    assert len({each.id for each in kept}) == 3
    assert {each.id: each.backend.address for each in Vendors(tmp_path).added()} == {
        each.id: each.backend.address for each in kept
    }


def test_nobody_takes_the_id_that_another_address_has_got(tmp_path: Path) -> None:
    """A server that calls itself as another one was renamed is renamed in turn."""
    vendors = Vendors(tmp_path)
    vendors.keep(served("https://first.example"))
    second = vendors.keep(served("https://second.example"))
    stranger = vendors.keep(served("https://stranger.example", second.id))
    assert stranger.id not in {"support", second.id}
    assert vendors.get(second.id).backend.address == "https://second.example"


def test_the_same_address_again_is_the_same_vendor(tmp_path: Path) -> None:
    """What its server tells by now replaces what it told, under the id that it has on this computer."""
    vendors = Vendors(tmp_path)
    vendors.keep(served("https://first.example"))
    vendors.keep(served("https://second.example"))
    renewed = vendors.keep(served("https://second.example", name="Renamed"))
    assert (renewed.id, renewed.name) == ("support-second-example", "Renamed")
    assert len(vendors.added()) == 2
    moved = vendors.keep(served("https://first.example", "new-id", name="First"))
    assert moved.id == "support"
    assert [each.name for each in vendors.added()] == ["First", "Renamed"]


def test_a_file_takes_no_other_vendors_place(tmp_path: Path) -> None:
    """A profile file with the id of a vendor at another address is kept beside it; one of the same vendor,
    however its address is written, replaces what was there."""
    vendors = Vendors(tmp_path / "profiles")
    vendors.keep(served("https://first.example", "acme", name="First"))
    text = profile_file(tmp_path, "acme", "Acme").read_text("utf-8")
    at = '[backend]\nkind = "rest"\naddress = "ADDRESS"'
    text = text.replace('[backend]\nkind = "local"', at)
    given = tmp_path / "given.toml"
    given.write_text(text.replace("ADDRESS", "https://second.example"), "utf-8")
    assert vendors.add(given).id == "acme-second-example"
    assert vendors.get("acme").name == "First"
    given.write_text(text.replace("ADDRESS", "https://First.example/"), "utf-8")
    assert vendors.add(given).id == "acme"
    assert [(each.id, each.name) for each in vendors.added()] == [
        ("acme", "Acme"),
        ("acme-second-example", "Acme"),
    ]


def test_an_added_vendor_survives_a_power_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is on the disk before it gets its name, and the names are on the disk at the end."""
    synced: list[int] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_ino)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    folder = tmp_path / "profiles"
    Vendors(folder).keep(served("https://first.example"))
    assert synced == [path.stat().st_ino for path in (folder / "support.json", folder, tmp_path)]
