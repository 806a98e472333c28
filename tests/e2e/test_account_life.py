"""Being invited, and reporting without an account: on embedded desks, by their mails."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from supportdesk.app.accounts import SignedIn
from supportdesk.app.colleagues import ColleaguesPresenter, NewColleague
from supportdesk.app.guest_report import GuestReport
from supportdesk.app.local_mailbox import LocalMail, mailbox_of, newest
from supportdesk.app.sign_in import SignInPresenter
from supportdesk.app.sign_in_state import Page
from supportdesk.app.way_in import WayIn, Wish
from supportdesk.bootstrap import Running
from supportdesk.domain import found_profiles
from supportdesk.domain import profile_files as profiles
from supportdesk.domain.entities import Role
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Link, TicketQuery
from tests.support.workspace import Loop, demo_account, running

PASSWORD = "a good long password"
MARA = "mara.quint@sundermann.example"
RENATE = "renate@filiale.example"


class Person:
    """Somebody at a computer of their own."""

    def __init__(self, opened: Running, loop: Loop) -> None:
        self.opened, self.loop = opened, loop
        self.arrived: list[SignedIn] = []

    def at(self, vendor: str) -> SignInPresenter:
        presenter = SignInPresenter(self.opened.workspace, self.opened.accounts, self.arrived.append, vendor)
        self.until(lambda: presenter.state.page is Page.CREDENTIALS)
        return presenter

    def until(self, condition: Callable[[], bool]) -> None:
        self.loop.drain(condition, timeout_s=30)

    def mail(self, vendor: str) -> LocalMail:
        return newest(mailbox_of(self.opened.workspace.folder, vendor))[0]

    def use_code(self, presenter: SignInPresenter, code: str, name: str = "") -> SignedIn:
        presenter.go_in(Wish.CODE, code)
        way = presenter.way
        assert isinstance(way, WayIn)
        way.examine(way.state.code)
        self.until(lambda: presenter.state.page is Page.NEW_PASSWORD)
        way.redeem(name, PASSWORD, stay=False)
        self.until(lambda: bool(self.arrived))
        return self.arrived.pop()


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    loop = Loop()
    with running(tmp_path, loop) as opened:
        yield Person(opened, loop)


def test_an_invited_colleague_works_until_they_are_deactivated(person: Person) -> None:
    """The mail of the invitation is enough to get in; deactivated, nothing reaches them any more."""
    elif_ = demo_account(person.opened, "orders")
    colleagues = ColleaguesPresenter(person.opened.workspace, elif_)
    colleagues.add(NewColleague("Mara Quint", MARA, Role.CUSTOMER, by_mail=True))
    person.until(lambda: colleagues.state.given is not None)
    presenter = person.at("orders")
    mara = person.use_code(presenter, person.mail("orders").code).account
    assert (mara.person_name, mara.organisation_id) == ("Mara Quint", elif_.organisation_id)
    sync = person.opened.workspace.sync
    assert sync.once(mara.id, 30).result(60).link is Link.ONLINE
    colleagues.set_active(mara.person_id, active=False)
    person.until(lambda: not colleagues.state.busy)
    assert colleagues.state.trouble is None
    assert sync.once(mara.id, 30).result(60).link is Link.SIGN_IN_NEEDED
    with pytest.raises(SupportDeskError):
        person.opened.accounts.sign_in("orders", MARA, PASSWORD).result(30)
    colleagues.set_active(mara.person_id, active=True)
    person.until(lambda: not colleagues.state.busy)
    person.opened.accounts.sign_in("orders", MARA, PASSWORD, stay=False).result(30)
    presenter.close()
    colleagues.close()


def test_a_report_without_an_account_is_found_in_the_account(person: Person) -> None:
    """As soon as the address has proved to be theirs."""
    vendors = person.opened.workspace.vendors
    demo = profiles.demo("retail")
    open_to_all = msgspec.structs.replace(demo.sign_in, sign_up="open")
    shop = found_profiles.checked(msgspec.structs.replace(demo, id="shop", sign_in=open_to_all))
    vendors.keep(shop)
    presenter = person.at("shop")
    presenter.report_as_guest()
    report = presenter.report
    assert report is not None
    report.send(
        GuestReport("Renate Holm", RENATE, "accounting", "Wrong total", "The sum is wrong.", "offer", True)
    )
    person.until(lambda: presenter.state.page is Page.REPORTED)
    mail = person.mail("shop")
    assert mail.to == RENATE
    presenter.back()
    renate = person.use_code(presenter, mail.code, "Renate Holm").account
    workspace = person.opened.workspace
    assert workspace.sync.once(renate.id, 30).result(60).link is Link.ONLINE
    rows = workspace.read(lambda reader: reader.ticket_window(TicketQuery(renate.id), 0, 10)).result(30)
    assert [row.subject for row in rows] == ["Wrong total"]
    presenter.close()
