"""A vendor is added by the address of its server, and its customer gets in there."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from supportdesk.app.accounts import SignedIn
from supportdesk.app.remote_control import answer
from supportdesk.app.shell import ShellPresenter
from supportdesk.app.sign_in import SignInPresenter
from supportdesk.app.sign_in_state import Page
from supportdesk.app.vendors import Vendors
from supportdesk.bootstrap import Running
from supportdesk.domain import profile_files as profiles
from supportdesk.domain.errors import InvalidInput, ProfileError
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import Link
from tests.support.desk import CUSTOMER, PASSWORD
from tests.support.server import Served, served
from tests.support.workspace import Loop, running


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    with served(
        tmp_path / "server", profile=msgspec.structs.replace(profiles.demo("video"), id="argusfeld")
    ) as made:
        yield made


@pytest.fixture
def opened(tmp_path: Path, loop: Loop) -> Iterator[Running]:
    with running(tmp_path / "client", loop) as made:
        yield made


def test_an_address_is_enough(opened: Running, loop: Loop, server: Served) -> None:
    """Looked at first; added, signed in and synchronised when the person agrees; there at the next start."""
    arrived: list[SignedIn] = []
    presenter = SignInPresenter(opened.workspace, opened.accounts, arrived.append)
    loop.drain(lambda: presenter.state.page is Page.VENDORS)
    presenter.type_address()
    address = presenter.address
    assert address is not None
    address.look("")
    assert address.state.wrong
    address.look("http://support.example.org")
    loop.drain(lambda: "not protected" in address.state.wrong)
    address.look(server.address)
    loop.drain(lambda: address.state.found is not None)
    assert not opened.workspace.vendors.added()
    address.add()
    loop.drain(lambda: presenter.state.page is Page.CREDENTIALS)
    profile = presenter.state.profile
    assert profile is not None
    assert (profile.backend.kind, profile.backend.address) == ("rest", server.address)
    assert Vendors(opened.workspace.folder / "profiles").get(profile.id) == profile
    presenter.submit(CUSTOMER, PASSWORD, stay=False)
    loop.drain(lambda: bool(arrived), timeout_s=30)
    account = arrived[0].account
    assert opened.workspace.sync.once(account.id, 30).result(60).link is Link.ONLINE
    presenter.close()


def test_who_is_there_already_sees_what_the_vendor_changed(
    tmp_path: Path, loop: Loop, server: Served
) -> None:
    """With the next connection: kept under the same id and address, and shown in the running window."""
    with running(tmp_path / "client", loop) as opened:
        before = opened.workspace.vendors.keep(opened.workspace.discover(server.address).result(30))
        account = opened.accounts.sign_in(before.id, CUSTOMER, PASSWORD).result(30).account
        assert opened.workspace.sync.once(account.id, 30).result(60).link is Link.ONLINE
    support = msgspec.structs.replace(before.support, phone="+49 30 5550199")
    server.portal.profile = msgspec.structs.replace(
        server.portal.profile, id="other", name="New Name", brand_colour="#aa0000", support=support
    )
    with running(tmp_path / "client", loop) as opened:
        shell = ShellPresenter(opened.workspace, opened.accounts)
        shell.start()
        loop.drain(lambda: shell.state.place is not None)
        opened.accounts.sign_in(before.id, CUSTOMER, PASSWORD).result(30)
        loop.drain(lambda: shell.state.place is not None and shell.state.place.profile.name == "New Name")
        shell.close()
    after = Vendors(tmp_path / "client" / "profiles").get(before.id)
    assert (after.backend, after.brand_colour, after.support) == (before.backend, "#aa0000", support)


def test_a_server_that_tells_nonsense_by_now_changes_nothing(
    opened: Running, loop: Loop, server: Served
) -> None:
    """Who was added by a file is not asked at all; a profile against the rules is not kept."""
    vendors = opened.workspace.vendors
    before = vendors.keep(opened.workspace.discover(server.address).result(30))
    with pytest.raises(ProfileError):
        vendors.renew(before.id, msgspec.structs.replace(before, brand_colour="url(x)"))
    assert not vendors.renew(before.id, msgspec.structs.replace(before, id="other"))
    assert Vendors(opened.workspace.folder / "profiles").get(before.id) == before
    assert (vendors.found_at(before.id), vendors.found_at("practice")) == (server.address, "")


def test_where_no_portal_answers_nothing_is_added(opened: Running, loop: Loop, server: Served) -> None:
    """The page stays with the reason, and another address can be typed."""
    presenter = SignInPresenter(opened.workspace, opened.accounts, lambda _in: None)
    loop.drain(lambda: presenter.state.page is Page.VENDORS)
    presenter.type_address()
    address = presenter.address
    assert address is not None
    address.look(f"{server.address}/nothing/here")
    loop.drain(lambda: address.state.error is not None or bool(address.state.wrong))
    assert address.state.found is None
    pages = [presenter.state.page]
    presenter.other_vendor()
    assert [*pages, presenter.state.page] == [Page.ADDRESS, Page.VENDORS]
    presenter.close()


def found(**changes: object) -> Profile:
    demo = profiles.demo("retail")
    backend = msgspec.structs.replace(demo.backend, kind="rest", address="https://support.tallwerk.example")
    return msgspec.structs.replace(demo, backend=backend, **changes)


def test_a_server_called_like_a_demo_stands_beside_it(tmp_path: Path) -> None:
    """Neither takes the place of the other."""
    vendors = Vendors(tmp_path / "profiles")
    kept = vendors.keep(found())
    assert kept.id == "retail-support-tallwerk-example"
    assert vendors.get(kept.id).backend.kind == "rest"
    assert vendors.get("retail").backend.kind == "local"


def test_a_profile_against_the_rules_is_not_kept(tmp_path: Path) -> None:
    """Whoever sends it."""
    vendors = Vendors(tmp_path / "profiles")
    with pytest.raises(ProfileError):
        vendors.keep(found(id="../somewhere"))
    with pytest.raises(ProfileError):
        vendors.keep(found(brand_colour="url(x)"))
    assert vendors.added() == ()


def test_a_file_and_a_server_of_the_same_vendor_are_one(tmp_path: Path) -> None:
    """What was added last counts."""
    vendors = Vendors(tmp_path / "profiles")
    text = profiles.bundled_path("retail").read_text("utf-8").replace('id = "retail"', 'id = "tallwerk"')
    at = '[backend]\nkind = "rest"\naddress = "https://support.tallwerk.example"'
    file = tmp_path / "tallwerk.toml"
    file.write_text(text.replace('[backend]\nkind = "local"', at), "utf-8")
    vendors.keep(found(id="tallwerk", name="As told"))
    written = vendors.add(file)
    assert [each.name for each in vendors.added()] == [written.name]
    vendors.keep(found(id="tallwerk", name="As told"))
    assert [each.name for each in vendors.added()] == ["As told"]
    assert vendors.problems == ()


def test_a_damaged_file_is_a_line_in_the_problems(tmp_path: Path) -> None:
    """The other vendors are still there."""
    vendors = Vendors(tmp_path / "profiles")
    kept = vendors.keep(found(id="tallwerk"))
    (tmp_path / "profiles" / "broken.json").write_text("{", "utf-8")
    vendors.load()
    assert [each.id for each in vendors.added()] == [kept.id]
    assert len(vendors.problems) == 1


def test_the_error_of_an_address_names_its_field() -> None:
    """So that it stands where it can be mended."""
    from supportdesk.domain.address import server_address

    with pytest.raises(InvalidInput) as refused:
        server_address("not an address")
    assert refused.value.field == "address"


def test_a_script_adds_a_vendor_by_its_address(opened: Running, server: Served) -> None:
    """And signs its customer in, with the id that it was told."""
    added = answer(opened, {"do": "add-vendor", "address": server.address})["result"]
    assert added == {"profile": "argusfeld", "name": server.portal.profile.name, "address": server.address}
    wanted: dict[str, object] = {
        "do": "sign-in",
        "profile": "argusfeld",
        "user": CUSTOMER,
        "password": PASSWORD,
    }
    refused = answer(opened, wanted)["error"]
    assert isinstance(refused, dict)
    assert refused["code"] == "secrets_unavailable", "the desk took the password"
