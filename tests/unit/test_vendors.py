"""Vendors that this computer knows."""

from pathlib import Path

import pytest

from supportdesk.app.vendors import Vendors
from supportdesk.domain.errors import NotFound, ProfileError
from supportdesk.domain.profile_files import bundled_path


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
