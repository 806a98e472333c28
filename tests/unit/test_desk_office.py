"""What the vendor's people ask of their desk."""

from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select

from supportdesk import i18n
from supportdesk.clock import now, uuid7
from supportdesk.desk.accounts import requests
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.mail import mail_queue, mail_texts
from supportdesk.desk.office.by import By
from supportdesk.desk.office.verbs import VERBS, once
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection, reading, writing
from supportdesk.desk.store.schema import audit, mail
from supportdesk.desk.visibility import feed
from supportdesk.domain.account import RequestAccess
from supportdesk.domain.changes import Gone, Page, Upsert
from supportdesk.domain.commands import CreateTicket, FileRef, encode_intent
from supportdesk.domain.entities import Message, Organisation, Publication, PublicationKind, Role, Ticket
from supportdesk.domain.errors import IdempotencyConflict, InvalidInput, NotAllowed, Refused
from supportdesk.domain.office import OfficeRequest, Outcome
from supportdesk.domain.office_keys import AddKey, Keys, ListKeys, WithdrawKey
from supportdesk.domain.office_mails import (
    AddNotification,
    ListMails,
    ListNotifications,
    Mails,
    Notifications,
    RemoveNotification,
)
from supportdesk.domain.office_people import (
    AcceptAccessRequest,
    AccessRequests,
    ActivatePerson,
    AddOrganisation,
    AddPerson,
    DeactivatePerson,
    DeclineAccessRequest,
    InvitePerson,
    LinkPerson,
    ListAccessRequests,
    ListOrganisations,
    ListPeople,
    Organisations,
    People,
    RenameOrganisation,
    SetPartner,
    SetRole,
)
from supportdesk.domain.office_publications import ListPublications, Publications, Publish, Withdraw
from supportdesk.domain.office_tickets import (
    AnswerTicket,
    AssignTicket,
    ListTickets,
    NoteTicket,
    RecordTime,
    ReportFor,
    SetStatus,
    ShowTicket,
    SumTime,
    Tickets,
    TicketShown,
    TimeSums,
)
from supportdesk.domain.profile import SignIn
from supportdesk.domain.status import Status
from tests.support.desk import (
    COLLEAGUE,
    CUSTOMER,
    PARTNER,
    STAFF,
    STRANGER,
    person_of,
    small_profile,
    view_of,
)

A = TypeVar("A")


NOW = now()


class Mia:
    """Of the staff."""

    def __init__(self, desk: DeskConnection) -> None:
        self.desk = desk
        self.by = By(person_of(desk, STAFF), NOW)

    def asks(self, request: OfficeRequest, expected: type[A]) -> A:
        verb = next(verb for verb in VERBS if verb.request is type(request))
        answer = verb.run(self.desk, request, self.by)
        assert isinstance(answer, expected)
        return answer

    def does(self, request: OfficeRequest) -> Outcome:
        return self.asks(request, Outcome)


@pytest.fixture
def mia(desk: DeskConnection) -> Mia:
    return Mia(desk)


@pytest.fixture
def ticket(desk: DeskConnection) -> str:
    return _report(desk, CUSTOMER)


def _report(desk: DeskConnection, user: str) -> str:
    """The ticket's number."""
    intent = encode_intent(CreateTicket(subject="Printer (10%)", description="It does not print."))
    return take(desk, view_of(desk, user).actor, Asked(uuid7(), NOW, intent), NOW).number


def _pulled(desk: DeskConnection, user: str, cursor: str | None = None) -> Page:
    view = view_of(desk, user)
    with reading(desk):
        return feed.pull(desk, view, cursor, 1_000)


def _sees(page: Page, kind: type[A]) -> list[A]:
    return [
        each.entity for each in page.changes if isinstance(each, Upsert) and isinstance(each.entity, kind)
    ]


class TestTickets:
    def test_an_answer_is_read_by_the_customer_and_a_note_by_nobody(
        self, desk: DeskConnection, mia: Mia, ticket: str
    ) -> None:
        """Staff read both, in their order."""
        mia.does(AnswerTicket(ticket=f"#{ticket}", body="Turn it off.", status=Status.QUESTION))
        mia.does(NoteTicket(ticket=ticket, body="Always the same."))
        shown = mia.asks(ShowTicket(ticket=ticket), TicketShown)
        assert [(each.author, each.internal) for each in shown.conversation] == [
            ("Jana", False),
            ("Mia", False),
            ("Mia", True),
        ]
        assert (shown.status, shown.organisation, shown.requester) == (Status.QUESTION, "Practice", "Jana")
        bodies = [each.body for each in _sees(_pulled(desk, CUSTOMER), Message)]
        assert "Turn it off." in bodies
        assert "Always the same." not in bodies

    def test_lists_hold_what_meets_every_condition(self, desk: DeskConnection, mia: Mia, ticket: str) -> None:
        """Signs that mean something to a database mean nothing here."""
        other = _report(desk, STRANGER)

        def numbers(**conditions: object) -> set[str]:
            found = mia.asks(ListTickets(**conditions), Tickets)  # type: ignore[arg-type]
            return {each.number for each in found.tickets}

        assert numbers() == {ticket, other}
        assert numbers(organisation="Practice") == numbers(requester=CUSTOMER) == {ticket}
        assert numbers(words="(10%)") == {ticket, other}
        assert numbers(words="1%0") == set()
        mia.does(AssignTicket(ticket=ticket))
        assert numbers(assignee=STAFF) == {ticket}
        assert numbers(unassigned=True) == {other}
        mia.does(SetStatus(ticket=ticket, status=Status.CLOSED))
        assert numbers() == {other}
        assert numbers(status=(Status.CLOSED,)) == {ticket}
        assert len(mia.asks(ListTickets(limit=1), Tickets).tickets) == 1
        assert numbers(skip=1) == set()

    def test_working_time_is_seen_and_summed(self, mia: Mia, ticket: str) -> None:
        """For each organisation and each of the staff."""
        for minutes in (20, 25):
            mia.does(RecordTime(ticket=ticket, minutes=minutes, note="call"))
        (found,) = mia.asks(SumTime(organisation="Practice"), TimeSums).sums
        assert (found.organisation, found.staff, found.tickets, found.minutes) == ("Practice", "Mia", 1, 45)
        assert mia.asks(SumTime(until=NOW), TimeSums).sums == ()
        assert [each.minutes for each in mia.asks(ShowTicket(ticket=ticket), TicketShown).time_records] == [
            20,
            25,
        ]

    def test_a_call_becomes_a_ticket_of_who_called(self, desk: DeskConnection, mia: Mia) -> None:
        """They see it as theirs, and get it by mail."""
        made = mia.does(ReportFor(requester=CUSTOMER, subject="Call", body="She cannot sign in."))
        seen = {each.number: each for each in _sees(_pulled(desk, CUSTOMER), Ticket)}
        assert seen[made.number].requester_name == "Jana"

    @pytest.mark.parametrize(
        "request_",
        [
            AnswerTicket(ticket="1001", body="x" * 100_001),
            AnswerTicket(ticket="1001", body="B", files=(FileRef("../a.txt", "a" * 64, 1),)),
            AnswerTicket(ticket="1001", body="B", files=(FileRef("a.txt", "a" * 64, 1),)),
            ReportFor(requester=CUSTOMER, subject="x" * 10_000, body="B"),
            ReportFor(requester=CUSTOMER, subject="One\nTwo", body="B"),
            NoteTicket(ticket="1001", body="x" * 100_001),
            RecordTime(ticket="1001", minutes=5, note="x" * 2_001),
            AddKey(organisation="Practice", product="Suite", key="AAAA", note="x" * 2_001),
            Publish(publication=PublicationKind.ARTICLE, title="T", body="B", summary="x" * 2_001),
        ],
        ids=["long", "path", "not uploaded", "long subject", "lines", "note", "work", "key", "summary"],
    )
    @pytest.mark.usefixtures("ticket")
    def test_the_limits_of_customers_hold_for_staff(self, mia: Mia, request_: OfficeRequest) -> None:
        """What customers' apps could not show or save is not written."""
        with pytest.raises(Refused):
            mia.does(request_)

    def test_who_is_not_of_the_staff_does_nothing(self, desk: DeskConnection, ticket: str) -> None:
        """Whoever passes the id of somebody else."""
        mia = Mia(desk)
        mia.by = By(person_of(desk, CUSTOMER), NOW)
        with pytest.raises(NotAllowed):
            mia.does(AnswerTicket(ticket=ticket, body="I am staff."))

    @pytest.mark.parametrize(
        "request_",
        [
            AnswerTicket(ticket="1000001", body="Hello"),
            AnswerTicket(ticket="1", body=" "),
            AssignTicket(ticket="", assignee=""),
            ReportFor(requester="nobody@x.example", subject="A", body="B"),
            ListTickets(organisation="Nowhere"),
        ],
        ids=lambda each: type(each).__name__,
    )
    def test_what_is_named_wrongly_is_said(self, mia: Mia, request_: OfficeRequest) -> None:
        """By an error that names the field."""
        with pytest.raises(InvalidInput) as told:
            mia.asks(request_, object)
        assert told.value.field


class TestPeople:
    def test_who_is_linked_brings_their_tickets_along(
        self, desk: DeskConnection, mia: Mia, ticket: str
    ) -> None:
        """The colleagues of before lose sight of them, those of now and the person get all of it."""
        elsewhere = _report(desk, STRANGER)
        mia.does(NoteTicket(ticket=ticket, body="Between us."))
        jana, tom, kim = (_pulled(desk, user).cursor for user in (CUSTOMER, COLLEAGUE, STRANGER))
        mia.does(LinkPerson(person=CUSTOMER, organisation="Elsewhere"))
        lost = _pulled(desk, COLLEAGUE, tom)
        assert {each.kind for each in lost.changes if isinstance(each, Gone)} == {
            "person",
            "ticket",
            "message",
        }
        assert not _sees(lost, Ticket)
        assert [each.number for each in _sees(_pulled(desk, STRANGER, kim), Ticket)] == [ticket]
        own = _pulled(desk, CUSTOMER, jana)
        assert {each.number for each in _sees(own, Ticket)} == {ticket, elsewhere}
        assert [each.name for each in _sees(own, Organisation)] == ["Elsewhere"]
        assert Gone("license_key", _key_of(desk, mia)) in own.changes
        notes = [each.body for page in (own, lost) for each in _sees(page, Message)]
        assert "Between us." not in notes

    def test_who_sees_more_than_their_organisation_stays_in_it(self, mia: Mia) -> None:
        """Partners and staff take another account."""
        for person in (PARTNER, STAFF):
            with pytest.raises(Refused):
                mia.does(LinkPerson(person=person, organisation="Elsewhere"))

    def test_a_first_password_is_told_once_or_an_invitation_mailed(
        self, desk: DeskConnection, mia: Mia
    ) -> None:
        """Neither stands in what is written into logs."""
        told = mia.does(
            AddPerson(email="lea@practice.example", name="Lea", organisation="Practice", tell_password=True)
        )
        assert told.user == "lea@practice.example"
        assert len(told.password) > 15
        assert told.password not in repr(told)
        mailed = mia.does(AddPerson(email="ben@practice.example", name="Ben", organisation="Practice"))
        assert mailed.password == ""
        mia.does(InvitePerson(person="ben@practice.example"))
        assert _mailed_to(desk) == ["ben@practice.example"] * 2

    def test_staff_belong_to_the_vendor(self, mia: Mia) -> None:
        """Without saying where; everybody else has to be put somewhere."""
        mia.does(AddPerson(email="max@vendor.example", name="Max", role=Role.STAFF))
        people = {each.name: each for each in mia.asks(ListPeople(), People).people}
        assert people["Max"].organisation == people["Mia"].organisation == "Vendor"
        with pytest.raises(InvalidInput):
            mia.does(AddPerson(email="zoe@x.example", name="Zoe"))

    def test_access_is_taken_and_given_back(self, mia: Mia) -> None:
        """But never to oneself."""

        def active(user: str) -> bool:
            found = {each.user: each.active for each in mia.asks(ListPeople(), People).people}
            return found[user]

        mia.does(DeactivatePerson(person=CUSTOMER))
        assert not active(CUSTOMER)
        with pytest.raises(Refused):
            mia.does(InvitePerson(person=CUSTOMER))
        mia.does(ActivatePerson(person=CUSTOMER))
        assert active(CUSTOMER)
        with pytest.raises(Refused):
            mia.does(DeactivatePerson(person=STAFF))

    def test_users_become_administrators(self, mia: Mia) -> None:
        """Roles that see other things take another account."""
        mia.does(SetRole(person=CUSTOMER, role=Role.ORGANISATION_ADMIN))
        roles = {
            each.user: each.role for each in mia.asks(ListPeople(organisation="Practice"), People).people
        }
        assert roles == {CUSTOMER: Role.ORGANISATION_ADMIN, COLLEAGUE: Role.ORGANISATION_ADMIN}
        for person, role in ((CUSTOMER, Role.STAFF), (STAFF, Role.CUSTOMER)):
            with pytest.raises(Refused):
                mia.does(SetRole(person=person, role=role))


class TestOrganisations:
    @pytest.mark.usefixtures("ticket")
    def test_a_new_name_stands_on_its_tickets(self, desk: DeskConnection, mia: Mia) -> None:
        """Whoever sees them hears of it."""
        jana = _pulled(desk, CUSTOMER).cursor
        mia.does(RenameOrganisation(organisation="Practice", name="Practice North"))
        page = _pulled(desk, CUSTOMER, jana)
        assert [each.organisation_name for each in _sees(page, Ticket)] == ["Practice North"]
        assert [each.name for each in _sees(page, Organisation)] == ["Practice North"]

    def test_a_partner_begins_and_ends_to_look_after_one(
        self, desk: DeskConnection, mia: Mia, ticket: str
    ) -> None:
        """Notes stay among the staff."""
        mia.does(NoteTicket(ticket=ticket, body="Between us."))
        pat = _pulled(desk, PARTNER).cursor
        mia.does(SetPartner(organisation="Practice"))
        lost = _pulled(desk, PARTNER, pat)
        assert sum(isinstance(each, Gone) and each.kind == "message" for each in lost.changes) == 1
        mia.does(SetPartner(organisation="Practice", partner="Partner"))
        again = _pulled(desk, PARTNER, lost.cursor)
        assert [each.number for each in _sees(again, Ticket)] == [ticket]
        with pytest.raises(InvalidInput):
            mia.does(SetPartner(organisation="Practice", partner="Practice"))

    def test_names_are_told_apart(self, mia: Mia) -> None:
        """A second one of the same name is not made."""
        with pytest.raises(InvalidInput):
            mia.does(AddOrganisation(name=" Practice "))
        made = mia.does(AddOrganisation(name="North", partner="Partner"))
        found = {each.id: each for each in mia.asks(ListOrganisations(), Organisations).organisations}
        assert found[made.id].partner == "Partner"
        assert len(mia.asks(ListOrganisations(limit=2, skip=1), Organisations).organisations) == 2
        practice = next(each for each in found.values() if each.name == "Practice")
        assert (practice.people, practice.open_tickets) == (2, 0)


class TestAccessRequests:
    @pytest.fixture(autouse=True)
    def _asked(self, desk: DeskConnection) -> None:
        profile = small_profile(sign_in=SignIn(sign_up="approval"))
        settings.keep(desk, settings.settings_of(profile))
        for name in ("eva", "ole"):
            wish = RequestAccess(
                email=f"{name}@new.example", name=name.title(), organisation=f"New {name}", language="de"
            )
            requests.answer(desk, wish, Asker(client="there"), NOW)

    def test_who_is_let_in_gets_an_organisation_and_an_invitation(
        self, desk: DeskConnection, mia: Mia
    ) -> None:
        """Once: whoever decides second is told so."""
        waiting = mia.asks(ListAccessRequests(), AccessRequests).requests
        assert [each.name for each in waiting] == ["Eva", "Ole"]
        mia.does(AcceptAccessRequest(request="eva@new.example"))
        mia.does(AcceptAccessRequest(request=waiting[1].id, organisation="Practice"))
        people = {each.name: each.organisation for each in mia.asks(ListPeople(), People).people}
        assert (people["Eva"], people["Ole"]) == ("New eva", "Practice")
        assert sorted(_mailed_to(desk)) == ["eva@new.example", "ole@new.example"]
        assert mia.asks(ListAccessRequests(), AccessRequests).requests == ()
        with pytest.raises(Refused):
            mia.does(DeclineAccessRequest(request=waiting[0].id))
        decided = mia.asks(ListAccessRequests(decided=True), AccessRequests).requests
        assert [each.accepted for each in decided] == [True, True]

    def test_nobody_gets_into_an_organisation_by_writing_its_name(self, mia: Mia) -> None:
        """Staff has to say that it is the one that is meant; nothing is decided before."""
        mia.does(AddOrganisation(name="New eva"))
        with pytest.raises(InvalidInput):
            mia.does(AcceptAccessRequest(request="eva@new.example"))
        mia.does(AcceptAccessRequest(request="eva@new.example", organisation="New eva"))

    def test_who_is_declined_is_told_so(self, desk: DeskConnection, mia: Mia) -> None:
        """No account, and one mail, as was promised: in the language in which they asked."""
        mia.does(DeclineAccessRequest(request="eva@new.example"))
        assert "Eva" not in {each.name for each in mia.asks(ListPeople(), People).people}
        assert _mailed_to(desk) == ["eva@new.example"]
        with reading(desk):
            body = desk.execute(select(mail.c.body_text)).scalar_one()
        with i18n.speaking("de"):
            assert body == mail_texts.access_declined(settings.settings_of(small_profile())).body
        assert "We cannot" not in body


class TestReadingMatter:
    def test_it_is_published_replaced_and_withdrawn(self, mia: Mia) -> None:
        """What replaces it keeps its id."""
        made = mia.does(Publish(publication=PublicationKind.ARTICLE, title="How", body="So."))
        mia.does(Publish(publication=PublicationKind.ARTICLE, title="How to", body="So.", id=made.id))
        titles = [each.title for each in mia.asks(ListPublications(), Publications).publications]
        assert titles == ["How to"]
        notices = ListPublications(publication=PublicationKind.NOTICE)
        assert mia.asks(notices, Publications).publications == ()
        mia.does(Withdraw(id=made.id))
        assert mia.asks(ListPublications(), Publications).publications == ()

    def test_labels_are_words_that_differ(self, desk: DeskConnection, mia: Mia) -> None:
        """Each is something to choose by."""
        labels = (" ink ", "", "ink", "laser\nprinter", " ")
        mia.does(Publish(publication=PublicationKind.ARTICLE, title="How", body="So.", labels=labels))
        (article,) = _sees(_pulled(desk, CUSTOMER), Publication)
        assert article.labels == ("ink", "laser printer")

    def test_what_nobody_could_read_is_not_published(self, desk: DeskConnection, mia: Mia) -> None:
        """Kinds that the profile does not offer, empty texts, services that are not there."""
        for wrong in (
            Publish(publication=PublicationKind.ARTICLE, title=" ", body="B"),
            Publish(publication=PublicationKind.ARTICLE, title="x" * 201, body="B"),
            Publish(publication=PublicationKind.ARTICLE, title="T", body=""),
            Publish(publication=PublicationKind.ARTICLE, title="T", body="B", must_confirm=True),
            Publish(publication=PublicationKind.ARTICLE, title="T", body="B", service_id="gone"),
            Publish(publication=PublicationKind.ARTICLE, title="T", body="B", valid_until=NOW),
            Publish(publication=PublicationKind.ARTICLE, title="T", body="B", video="/etc/film.mp4"),
        ):
            with pytest.raises(InvalidInput):
                mia.does(wrong)
        settings.keep(desk, settings.settings_of(small_profile(modules=("tickets",))))
        with pytest.raises(Refused):
            mia.does(Publish(publication=PublicationKind.ARTICLE, title="T", body="B"))


def test_keys_are_given_and_withdrawn(mia: Mia) -> None:
    """They belong to one organisation."""
    made = mia.does(AddKey(organisation="Elsewhere", product="Suite", key="CCCC-DDDD"))
    keys = mia.asks(ListKeys(organisation="Elsewhere"), Keys).keys
    assert [(each.id, each.key) for each in keys] == [(made.id, "CCCC-DDDD")]
    assert "CCCC-DDDD" not in repr(keys)
    mia.does(WithdrawKey(id=made.id))
    assert mia.asks(ListKeys(organisation="Elsewhere"), Keys).keys == ()


def test_mails_that_wait_long_can_be_hurried(desk: DeskConnection, mia: Mia) -> None:
    """Not those that somebody may be sending at this moment."""
    mia.does(InvitePerson(CUSTOMER))
    (waiting,) = mia.asks(ListMails(), Mails).mails
    tried = moment = waiting.next_try_at
    for _attempt in range(3):
        with writing(desk):
            (queued,) = mail_queue.claim(desk, moment, 9)
        assert mail_queue.hurry(desk, moment) == 0
        mail_queue.failed(desk, queued, "The server is away", moment)
        tried, moment = moment, mia.asks(ListMails(), Mails).mails[0].next_try_at
    assert mail_queue.hurry(desk, tried) == 1
    assert [each.id for each in mail_queue.claim(desk, tried, 9)] == [waiting.id]
    assert mail_queue.hurry(desk, tried - timedelta(seconds=30)) == 0, "it was claimed meanwhile"


def test_mails_that_have_not_left_are_shown_with_their_reason(desk: DeskConnection, mia: Mia) -> None:
    """Those that wait and those that were given up, each in their list; never what they say."""
    mia.does(InvitePerson(CUSTOMER))
    (waiting,) = mia.asks(ListMails(), Mails).mails
    with writing(desk):
        (queued,) = mail_queue.claim(desk, waiting.next_try_at, 9)
        mail_queue.failed(desk, queued, "No such mailbox", waiting.next_try_at, for_ever=True)
    assert mia.asks(ListMails(), Mails).mails == ()
    (given_up,) = mia.asks(ListMails(given_up=True), Mails).mails
    assert given_up.trouble == "No such mailbox"
    assert queued.body_text not in repr(given_up)


def test_a_repeat_does_nothing_again(desk: DeskConnection, mia: Mia, ticket: str) -> None:
    """It is answered as the first time, and another request with its id is refused."""
    verb = next(verb for verb in VERBS if verb.request is RecordTime)
    id, request = uuid7(), RecordTime(ticket=ticket, minutes=5)
    first = once(desk, verb, id, request, mia.by)
    assert once(desk, verb, id, request, mia.by) == first
    with pytest.raises(IdempotencyConflict):
        once(desk, verb, id, RecordTime(ticket=ticket, minutes=6), mia.by)
    (time,) = mia.asks(SumTime(), TimeSums).sums
    assert time.minutes == 5


def test_it_is_on_record_who_did_it(desk: DeskConnection, mia: Mia) -> None:
    """For everything that changes something."""
    mia.does(AddOrganisation(name="North"))
    mia.does(RenameOrganisation(organisation="North", name="South"))
    mia.does(SetRole(person=CUSTOMER, role=Role.ORGANISATION_ADMIN))
    with reading(desk):
        query = select(audit.c.action).where(audit.c.person_id == mia.by.person_id)
        done = set(desk.execute(query).scalars())
    assert {"add_organisation", "rename_organisation", "set_role"} <= done


def _mailed_to(desk: DeskConnection) -> list[str]:
    with reading(desk):
        return list(desk.execute(select(mail.c.to_address).order_by(mail.c.id)).scalars())


def _key_of(_desk: DeskConnection, mia: Mia) -> str:
    return mia.asks(ListKeys(organisation="Practice"), Keys).keys[0].id


def test_the_vendor_says_who_is_told_by_mail(mia: Mia) -> None:
    """Each address once, however it is written; one that nobody could read is refused."""
    for email in ("team@vendor.example", "boss@vendor.example", "Team@Vendor.example "):
        mia.does(AddNotification(email))
    told = mia.asks(ListNotifications(), Notifications)
    assert [each.email for each in told.notifications] == ["boss@vendor.example", "team@vendor.example"]
    mia.does(RemoveNotification("BOSS@vendor.example"))
    with reading(mia.desk):
        assert settings.notified(mia.desk) == ("team@vendor.example",)
    settings.keep(mia.desk, settings.settings_of(small_profile(), reply_by_mail=True))
    for wrong in (RemoveNotification("boss@vendor.example"), AddNotification("help@vendor.example")):
        with pytest.raises(InvalidInput):
            mia.does(wrong)
    with reading(mia.desk):
        assert settings.notified(mia.desk) == ("team@vendor.example",)
