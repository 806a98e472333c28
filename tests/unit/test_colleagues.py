"""An administrator and the people of the organisation, on the embedded desk."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from supportdesk.app.colleagues import ColleaguesPresenter, ColleaguesState, NewColleague
from supportdesk.app.local_mailbox import mailbox_of, newest
from supportdesk.app.screens import tiles
from supportdesk.bootstrap import Running
from supportdesk.domain.account import AccessData, AccountAnswer, AnyAccountRequest
from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.domain.entities import Person, Role
from supportdesk.domain.errors import AuthenticationFailed, UnknownOutcome, WorkingOffline
from tests.support.workspace import Loop, demo_account, running

MARA = "mara.quint@sundermann.example"
BERND = "bernd.okafor@sundermann.example"


class Office:
    """Elif Sander's view of her organisation."""

    def __init__(self, opened: Running, loop: Loop) -> None:
        self.opened, self.loop = opened, loop
        self.account = demo_account(opened, "orders")
        self.presenter = ColleaguesPresenter(opened.workspace, self.account)
        self.until(lambda: self.state.total > 0)

    @property
    def state(self) -> ColleaguesState:
        return self.presenter.state

    def until(self, condition: Callable[[], bool]) -> None:
        self.loop.drain(condition, timeout_s=30)

    def id_of(self, email: str) -> str:
        return next(person.id for person in self.state.people if person.email == email)

    def emails(self) -> set[str]:
        return {person.email for person in self.state.people}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    loop = Loop()
    with running(tmp_path, loop) as opened:
        made = Office(opened, loop)
        yield made
        made.presenter.close()


def test_only_the_own_organisation_is_there(office: Office) -> None:
    """In the order of names, found by name and address."""
    names = [person.name for person in office.state.people]
    assert names == sorted(names)
    assert {person.organisation_id for person in office.state.people} == {office.account.organisation_id}
    assert office.state.active <= office.state.total
    office.presenter.search("bernd.ok")
    assert office.emails() == {BERND}


def test_the_tile_is_for_administrators(office: Office) -> None:
    """Who does not manage colleagues is not shown where it is done."""
    read = office.opened.workspace.read(lambda reader: reader.capabilities(office.account.id)).result(30)
    assert "colleagues" in {spec.id for spec in tiles(read)}
    office.opened.accounts.sign_in("orders", BERND, DEMO_PASSWORD, stay=False).result(30)
    his = office.opened.workspace.read(lambda reader: reader.capabilities(f"orders/{BERND}")).result(30)
    assert "colleagues" not in {spec.id for spec in tiles(his)}


def test_a_new_colleague_gets_access_data_that_work(office: Office) -> None:
    """Shown once; the colleague is in the list without anybody asking for it."""
    office.presenter.begin()
    office.presenter.add(NewColleague())
    assert set(office.state.wrong) == {"name", "email"}
    office.presenter.add(NewColleague("Mara Quint", BERND, by_mail=False))
    office.until(lambda: "already" in office.state.wrong.get("email", ""))
    office.presenter.add(NewColleague("Mara Quint", MARA, Role.CUSTOMER, by_mail=False))
    office.until(lambda: office.state.given is not None)
    given = office.state.given
    assert given is not None
    assert given.password not in repr(given)
    office.until(lambda: MARA in office.emails())
    signed_in = office.opened.accounts.sign_in("orders", given.user, given.password, stay=False).result(30)
    assert signed_in.account.person_name == "Mara Quint"
    office.presenter.forget_given()
    assert office.state.given is None


def test_an_invitation_is_mailed_with_a_code(office: Office) -> None:
    """The administrator never sees a password."""
    office.presenter.begin()
    office.presenter.add(NewColleague("Mara Quint", MARA, Role.ORGANISATION_ADMIN, by_mail=True))
    office.until(lambda: office.state.given is not None)
    assert office.state.given is not None
    assert not office.state.given.password
    assert not office.state.adding
    mail = newest(mailbox_of(office.opened.workspace.folder, "orders"))[0]
    assert (mail.to, bool(mail.code)) == (MARA, True)


def test_a_deactivated_colleague_cannot_sign_in(office: Office) -> None:
    """After a confirmation in place; activated again, they can."""
    bernd = office.id_of(BERND)
    office.presenter.ask_to_deactivate(bernd)
    assert office.state.asked == bernd
    office.presenter.keep()
    assert not office.state.asked
    office.presenter.set_active(bernd, active=False)
    office.until(lambda: not office.state.busy)
    assert [each.active for each in office.state.people if each.id == bernd] == [False]
    with pytest.raises(AuthenticationFailed):
        office.opened.accounts.sign_in("orders", BERND, DEMO_PASSWORD, stay=False).result(30)
    office.presenter.set_active(bernd, active=True)
    office.until(lambda: not office.state.busy)
    office.opened.accounts.sign_in("orders", BERND, DEMO_PASSWORD, stay=False).result(30)


def test_the_only_password_waits_for_the_next_screen(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who switches accounts while a colleague is added finds the access data when they come back."""
    asked: Future[AccountAnswer] = Future()
    monkeypatch.setattr(office.opened.workspace.sync, "ask", lambda *_asked: asked)
    office.presenter.begin()
    office.presenter.add(NewColleague("Mara Quint", MARA, by_mail=False))
    office.presenter.close()
    assert not asked.cancelled()
    person = Person("mara", "Mara Quint", "orders")
    asked.set_result(AccessData(person, MARA, "shown-once"))
    again = ColleaguesPresenter(office.opened.workspace, office.account)
    office.until(lambda: again.state.given is not None)
    assert again.state.given == AccessData(person, MARA, "shown-once")
    assert not again.state.busy
    again.close()
    assert not office.opened.workspace.adding


def test_after_a_lost_answer_the_way_on_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address is taken by the first attempt, of which nobody has the password."""
    sync = office.opened.workspace.sync
    real = sync.ask

    def lost(account_id: str, request: AnyAccountRequest) -> Future[AccountAnswer]:
        real(account_id, request).result(30)
        raise UnknownOutcome

    colleague = NewColleague("Mara Quint", MARA, by_mail=False)
    monkeypatch.setattr(sync, "ask", lost)
    office.presenter.begin()
    office.presenter.add(colleague)
    office.until(lambda: office.state.trouble is not None)
    monkeypatch.setattr(sync, "ask", real)
    office.presenter.add(colleague)
    office.until(lambda: "email" in office.state.wrong)
    assert "Forgot your password?" in office.state.wrong["email"]


def test_offline_nothing_is_changed_and_it_says_so(office: Office) -> None:
    """Who is in the list can still be read."""
    office.opened.workspace.sync.go_offline(True)
    office.presenter.set_active(office.id_of(BERND), active=False)
    office.until(lambda: office.state.trouble is not None)
    assert isinstance(office.state.trouble, WorkingOffline)
    assert all(person.active for person in office.state.people if person.email == BERND)
