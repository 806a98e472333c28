"""The accounts of the running app and which of them the window shows."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from supportdesk import clock
from supportdesk.app.first_look import FirstLook
from supportdesk.app.settings import LAST_ACCOUNT, LAST_VENDOR, TEXT_PERCENT, THEME
from supportdesk.app.shell import Phase, ShellPresenter, ShellState
from supportdesk.app.sign_in_state import Page
from supportdesk.app.vendors import Vendors
from supportdesk.bootstrap import Running
from supportdesk.domain.account import ChangePassword
from supportdesk.domain.commands import Command, CreateTicket
from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.domain.errors import NotFound, Refused, SupportDeskError
from tests.support.workspace import Loop, demo_account, running


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def opened(tmp_path: Path, loop: Loop) -> Iterator[Running]:
    with running(tmp_path, loop) as made:
        yield made


@pytest.fixture
def shell(opened: Running) -> Iterator[ShellPresenter]:
    presenter = ShellPresenter(opened.workspace, opened.accounts)
    yield presenter
    presenter.close()


def reach(loop: Loop, shell: ShellPresenter, condition: Callable[[ShellState], bool]) -> ShellState:
    loop.drain(lambda: condition(shell.state), timeout_s=30)
    return shell.state


def _unexpected(error: SupportDeskError) -> None:
    pytest.fail(str(error))


def shows(account_id: str) -> Callable[[ShellState], bool]:
    return lambda state: state.place is not None and state.place.account.id == account_id


def test_with_nobody_signed_in_the_sign_in_is_asked_for(shell: ShellPresenter, loop: Loop) -> None:
    """An empty data folder leads to the sign-in window."""
    shell.start()
    assert reach(loop, shell, lambda state: state.phase is Phase.SIGN_IN).place is None


def test_a_demo_is_made_and_shown(shell: ShellPresenter, loop: Loop, opened: Running) -> None:
    """Also remembered for the next start."""
    shell.start("video")
    state = reach(loop, shell, lambda state: state.phase is Phase.READY)
    assert state.place is not None
    assert state.place.profile.id == "video"
    assert opened.workspace.settings.get(LAST_ACCOUNT) == state.place.account.id
    assert opened.workspace.settings.get(LAST_VENDOR) == "video"


def test_a_demo_whose_person_has_left_with_another_password_asks_for_the_sign_in(
    shell: ShellPresenter, loop: Loop, opened: Running
) -> None:
    """The window says that it cannot fill the password in; an error alone would lead nowhere."""
    account = demo_account(opened, "video")
    opened.accounts.ask(account.id, ChangePassword(DEMO_PASSWORD, "another-horse-2")).result(30)
    opened.accounts.sign_out(account.id).result(30)
    shell.start("video")
    state = reach(loop, shell, lambda state: state.phase is not Phase.STARTING)
    assert (state.phase, state.error) == (Phase.SIGN_IN, None)


def test_the_account_of_the_last_time_is_shown_first(
    shell: ShellPresenter, loop: Loop, opened: Running
) -> None:
    """Of several accounts it is the one that was shown when the app ended."""
    demo_account(opened, "practice")
    other = demo_account(opened, "video")
    opened.workspace.settings.set(LAST_ACCOUNT, other.id)
    shell.start()
    state = reach(loop, shell, shows(other.id))
    assert {known.vendor for known in state.accounts} == {"Medora Praxissoftware", "Argusfeld Video Systems"}


def test_switching_shows_the_other_account(shell: ShellPresenter, loop: Loop, opened: Running) -> None:
    """And says when it is there."""
    first, other = demo_account(opened, "practice"), demo_account(opened, "video")
    shell.start()
    reach(loop, shell, lambda state: state.place is not None)
    for account in (other, first):
        arrived: list[str] = []
        shell.switch(account.id, lambda arrived=arrived: arrived.append("there"))  # type: ignore[misc]
        reach(loop, shell, shows(account.id))
        assert arrived == ["there"]


def test_signing_out_shows_what_is_left(shell: ShellPresenter, loop: Loop, opened: Running) -> None:
    """First the other account, then the sign-in; nothing of the account stays here."""
    first, other = demo_account(opened, "practice"), demo_account(opened, "video")
    shell.start()
    reach(loop, shell, lambda state: state.place is not None)
    for account in (first, other):
        shell.sign_out(account.id, force=False, failed=_unexpected)
        reach(loop, shell, lambda state: all(k.account.id != account.id for k in state.accounts))  # noqa: B023
    state = reach(loop, shell, lambda state: state.phase is Phase.SIGN_IN)
    assert state.accounts == ()
    assert opened.workspace.read(lambda reader: reader.accounts()).result(20) == ()


def test_signing_out_with_something_unsent_is_refused_unless_forced(
    shell: ShellPresenter, loop: Loop, opened: Running
) -> None:
    """Nothing written is lost by a wrong click."""
    account = demo_account(opened)
    shell.start()
    reach(loop, shell, lambda state: state.place is not None)
    opened.workspace.sync.go_offline(offline=True)
    command = Command(id="c" * 36, created_at=clock.now(), intent=CreateTicket("Unsent", "Still here"))
    opened.workspace.write(lambda writer: writer.send(None, account.id, command)).result(20)
    refused: list[SupportDeskError] = []
    shell.sign_out(account.id, force=False, failed=refused.append)
    loop.drain(lambda: bool(refused))
    assert isinstance(refused[0], Refused)
    shell.sign_out(account.id, force=True, failed=refused.append)
    reach(loop, shell, lambda state: state.phase is Phase.SIGN_IN)


def test_an_unknown_account_is_an_error_and_no_crash(shell: ShellPresenter, loop: Loop) -> None:
    """With nothing else to show, the window says so."""
    shell.switch("nobody/here")
    state = reach(loop, shell, lambda state: state.error is not None)
    assert state.phase is Phase.FAILED
    assert isinstance(state.error, NotFound)


def test_the_first_look_is_what_the_settings_say(tmp_path: Path) -> None:
    """Theme and size are right from the first painted window on."""
    file = tmp_path / "settings.json"
    file.write_text('{"appearance.theme": "dark", "appearance.text_percent": 150, "accounts.last": "a"}')
    look = FirstLook(tmp_path, {})
    assert (look.get(THEME), look.get(TEXT_PERCENT), look.sign_in) == ("dark", 150, None)


def test_a_demo_that_is_asked_for_needs_no_sign_in(tmp_path: Path) -> None:
    """The main window is what is shown first."""
    assert FirstLook(tmp_path, {"do": "show", "demo": "practice"}).sign_in is None


def test_the_first_look_knows_the_vendor_of_the_last_time(tmp_path: Path) -> None:
    """Its fields are shown, and none to choose from."""
    (tmp_path / "settings.json").write_text(json.dumps({LAST_VENDOR.key: "retail"}))
    shown = FirstLook(tmp_path, {}).sign_in
    assert shown is not None
    assert shown.profile is not None
    assert (shown.page, shown.profile.id, shown.is_demo) == (Page.CREDENTIALS, "retail", True)


def test_a_vendor_of_ones_own_comes_before_the_demo_of_the_last_time(tmp_path: Path) -> None:
    """Whoever tried the demo and then got a vendor, by a file for example, is shown that one."""
    (tmp_path / "settings.json").write_text(json.dumps({LAST_VENDOR.key: "retail"}))
    vendors = Vendors(tmp_path / "profiles")
    vendors.keep(msgspec.structs.replace(vendors.demo("retail"), id="own"))
    shown = FirstLook(tmp_path, {}).sign_in
    assert shown is not None
    assert shown.profile is not None
    assert (shown.page, shown.profile.id, shown.is_demo) == (Page.CREDENTIALS, "own", False)


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"appearance.theme": "pink"}', '{"appearance.theme": 3}']
)
def test_a_damaged_settings_file_looks_like_the_first_start(tmp_path: Path, content: str) -> None:
    """The window opens in any case."""
    file = tmp_path / "settings.json"
    file.write_text(content)
    look = FirstLook(tmp_path, {})
    assert look.get(THEME) == "system"
    assert look.sign_in is not None
    assert look.sign_in.page is Page.VENDORS
    assert FirstLook(tmp_path / "missing", {}).sign_in == look.sign_in
