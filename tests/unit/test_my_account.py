"""The own data, password and sign-ins, on the embedded desk."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from supportdesk.app.my_account import MyDataPresenter, MyDataState, PasswordPresenter, SessionsPresenter
from supportdesk.app.settings_panes import account_parts
from supportdesk.bootstrap import Running
from supportdesk.clock import now
from supportdesk.domain.account import (
    AccountAnswer,
    AnyAccountRequest,
    ChangePassword,
    ChangeProfile,
    Done,
    EndOtherSessions,
    EndSession,
    GetProfile,
    ListSessions,
    MyProfile,
    OwnSession,
    OwnSessions,
)
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
    desk.until(lambda: password.state.wrong.get("old") == "The present password is not right.")
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


class Slow:
    """A vendor who answers when the test says so, however little it is wanted by then."""

    def __init__(self, desk: Desk) -> None:
        self.asked: dict[type[object], Future[AccountAnswer]] = {}
        desk.opened.workspace.ask = self._ask

    def _ask(self, _account_id: str, request: AnyAccountRequest) -> Future[AccountAnswer]:
        return self.asked.setdefault(type(request), Future())

    def answer(self, kind: type[object], answer: AccountAnswer) -> None:
        if self.asked[kind].set_running_or_notify_cancel():
            self.asked[kind].set_result(answer)


def test_what_was_read_before_does_not_undo_what_is_saved(desk: Desk) -> None:
    """The form keeps what was typed and goes on waiting for what was saved."""
    vendor = Slow(desk)
    data = MyDataPresenter(desk.opened.workspace, desk.account.id)
    data.read()
    data.save("New Name", "", "de")
    vendor.answer(GetProfile, MyProfile("Old Name", "jana", "", "", "de"))
    vendor.answer(ChangeProfile, MyProfile("New Name", "jana", "", "", "de"))
    seen: list[MyDataState] = []
    data.show_to(seen.append)
    desk.until(lambda: data.state.saved == 1)
    assert {each.profile.name for each in seen if each.profile} == {"New Name"}
    data.close()


def test_what_was_listed_before_does_not_bring_an_ended_sign_in_back(desk: Desk) -> None:
    """The list that was on its way is not shown; the one after the end is."""
    vendor = Slow(desk)
    sessions = SessionsPresenter(desk.opened.workspace, desk.account.id)
    moment = now()
    ended = OwnSession("ended", "elsewhere", moment, moment)
    sessions.read()
    before = vendor.asked.pop(ListSessions)
    sessions.end(ended.id)
    if before.set_running_or_notify_cancel():
        before.set_result(OwnSessions((ended,)))
    vendor.answer(EndSession, Done())
    desk.until(lambda: ListSessions in vendor.asked)
    assert (sessions.state.busy, sessions.state.sessions) == ("ended", ())
    vendor.answer(ListSessions, OwnSessions(()))
    desk.until(lambda: sessions.state.loaded)
    assert sessions.state.sessions == ()
    sessions.close()


def test_closing_the_window_cuts_off_nothing_that_changes_something(desk: Desk) -> None:
    """The vendor may have done it already: the new session has to be kept."""
    vendor = Slow(desk)
    data = MyDataPresenter(desk.opened.workspace, desk.account.id)
    password = PasswordPresenter(desk.opened.workspace, desk.account.id)
    sessions = SessionsPresenter(desk.opened.workspace, desk.account.id)
    data.save("New Name", "", "de")
    password.change(DEMO_PASSWORD, NEW)
    sessions.end_others()
    for presenter in (data, password, sessions):
        presenter.close()
    assert set(vendor.asked) == {ChangeProfile, ChangePassword, EndOtherSessions}
    assert not any(each.cancelled() for each in vendor.asked.values())


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
