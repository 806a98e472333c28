"""The own data, password and sign-ins, on the embedded desk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from supportdesk.app.my_account import MyDataPresenter, PasswordPresenter, SessionsPresenter
from supportdesk.app.settings_panes import account_parts
from supportdesk.bootstrap import Running
from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.domain.errors import AuthenticationFailed, WorkingOffline
from supportdesk.domain.projections import Account, Link
from supportdesk.domain.session import Session
from tests.support.workspace import Loop, demo_account, running

NEW = "another good password"


class Desk:
    """Jana Wiebe, signed in."""

    def __init__(self, opened: Running, loop: Loop) -> None:
        self.opened, self.loop = opened, loop
        self.account: Account = demo_account(opened)

    def until(self, condition: Callable[[], bool]) -> None:
        self.loop.drain(condition, timeout_s=30)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    loop = Loop()
    with running(tmp_path, loop) as opened:
        yield Desk(opened, loop)


def test_the_own_data_are_shown_and_changed(desk: Desk) -> None:
    """A new name also appears where the account is shown; an empty one is refused at the field."""
    data = MyDataPresenter(desk.opened.workspace, desk.account.id)
    data.read()
    desk.until(lambda: data.state.profile is not None)
    assert data.state.profile is not None
    assert data.state.profile.name == "Jana Wiebe"
    data.save("  ", "", "")
    assert set(data.state.wrong) == {"name"}
    data.save("Jana Wiebe-Kern", "030 1234", "de")
    desk.until(lambda: data.state.saved == 1)
    told = data.state.profile
    assert (told.name, told.phone, told.language) == ("Jana Wiebe-Kern", "030 1234", "de")
    data.close()


def test_the_password_is_changed_and_the_sign_in_goes_on(desk: Desk) -> None:
    """A wrong present password, and one that will not do, are said at their fields."""
    password = PasswordPresenter(desk.opened.workspace, desk.account.id)
    password.change("", "")
    assert set(password.state.wrong) == {"old", "new"}
    password.change("wrong", NEW)
    desk.until(lambda: "not right" in password.state.wrong.get("old", ""))
    password.change(DEMO_PASSWORD, "short")
    desk.until(lambda: "10" in password.state.wrong.get("new", ""))
    password.change(DEMO_PASSWORD, NEW)
    desk.until(lambda: password.state.changed == 1)
    assert desk.opened.workspace.sync.once(desk.account.id, 30).result(60).link is Link.ONLINE
    with pytest.raises(AuthenticationFailed):
        desk.opened.accounts.sign_in("practice", desk.account.user, DEMO_PASSWORD).result(30)
    password.close()


def test_other_sign_ins_are_listed_and_ended(desk: Desk) -> None:
    """The one in use comes first and is not offered."""
    workspace = desk.opened.workspace

    def elsewhere() -> Session:
        return workspace.sync.sign_in(desk.account, DEMO_PASSWORD).result(30)[1]

    elsewhere()
    elsewhere()
    sessions = SessionsPresenter(workspace, desk.account.id)
    sessions.read()
    desk.until(lambda: sessions.state.loaded)
    assert [each.current for each in sessions.state.sessions] == [True, False, False]
    assert sessions.state.has_others
    sessions.end(sessions.state.sessions[1].id)
    desk.until(lambda: len(sessions.state.sessions) == 2)
    sessions.end_others()
    desk.until(lambda: not sessions.state.has_others)
    assert workspace.sync.once(desk.account.id, 30).result(60).link is Link.ONLINE
    sessions.close()


def test_offline_says_so(desk: Desk) -> None:
    """Nothing of this is kept here."""
    desk.opened.workspace.sync.go_offline(True)
    sessions = SessionsPresenter(desk.opened.workspace, desk.account.id)
    sessions.read()
    desk.until(lambda: sessions.state.error is not None)
    assert isinstance(sessions.state.error, WorkingOffline)
    sessions.close()


def test_only_what_the_backend_offers_is_in_the_menu() -> None:
    """The access data are always there."""
    assert [part for part, _title, _icon in account_parts(Capabilities())] == ["data"]
    offers = frozenset({Capability.SESSIONS, Capability.CHANGE_PASSWORD})
    assert [part for part, *_rest in account_parts(Capabilities(offers))] == ["data", "password", "sessions"]
