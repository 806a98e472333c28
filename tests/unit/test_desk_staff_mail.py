"""Mails to the vendor's people about what customers do."""

from typing import Any

import pytest
from sqlalchemy import Row, update

from supportdesk.clock import now, uuid7
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.accounts.requests import answer
from supportdesk.desk.conversations import changing, staff_mail
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.office import administration, staff
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection, reading, writing
from supportdesk.desk.store.schema import people, uploads
from supportdesk.domain.account import ReportAsGuest, RequestAccess
from supportdesk.domain.commands import (
    AddFiles,
    AnyIntent,
    CloseTicket,
    CreateTicket,
    FileRef,
    MarkRead,
    RateTicket,
    ReopenTicket,
    Reply,
    encode_intent,
)
from supportdesk.domain.entities import Role
from supportdesk.domain.errors import Refused
from supportdesk.domain.profile import SignIn
from supportdesk.domain.status import Status
from tests.support.desk import CUSTOMER, PASSWORD, STAFF, add_person, person_of, small_profile, view_of
from tests.support.mails import queued

NOW = now()
TEAM = "team@vendor.example"


@pytest.fixture
def told(desk: DeskConnection) -> DeskConnection:
    """The desk of a vendor who wants to be told."""
    _name(desk, TEAM)
    return desk


def _name(desk: DeskConnection, *addresses: str) -> None:
    with writing(desk):
        settings.keep_notified(desk, addresses)


def _does(desk: DeskConnection, intent: AnyIntent, user: str = CUSTOMER, id: str = "") -> str:
    """Returns the id of what it made."""
    asked = Asked(id or uuid7(), NOW, encode_intent(intent))
    return take(desk, view_of(desk, user).actor, asked, NOW).entity_id


def _report(desk: DeskConnection, user: str = CUSTOMER) -> str:
    return _does(desk, CreateTicket(subject="Printer", description="It smokes."), user)


def _file(desk: DeskConnection, user: str = CUSTOMER) -> FileRef:
    """One that has arrived."""
    ref = FileRef(name="photo.png", sha256="a" * 64, size_bytes=3, media_type="image/png")
    with writing(desk):
        desk.execute(
            uploads.insert().values(
                person_id=person_of(desk, user), sha256=ref.sha256, size_bytes=3, completed_at=NOW
            )
        )
    return ref


def _newest(desk: DeskConnection) -> Row[Any]:
    return queued(desk)[-1]


class TestWhatIsTold:
    def test_a_new_ticket_is_told_to_the_vendors_address(self, told: DeskConnection) -> None:
        """With its number, who wrote and what; without a word that only programs know."""
        id = _report(told)
        mail = _newest(told)
        assert (mail.to_address, mail.subject, mail.conversation_id) == (TEAM, "[#1001] Printer", id)
        assert "Jana (Practice) has opened the ticket #1001:\n\nIt smokes." in mail.body_text
        assert "a reply to this mail is not read" in mail.body_text
        assert id not in mail.subject + mail.body_text
        assert len(queued(told)) == 1

    def test_what_staff_write_in_the_app_is_an_answer(self, told: DeskConnection) -> None:
        """It is mailed to the customer, once, and does not hand the ball back as a customer's reply would."""
        id = _report(told)
        staff.set_status(told, person_of(told, STAFF), id, Status.QUESTION, NOW)
        before = len(queued(told))
        _does(told, Reply(conversation_id=id, body="Is it plugged in?"), STAFF)
        mail = _newest(told)
        assert (mail.to_address, len(queued(told))) == (CUSTOMER, before + 1)
        assert "wrote about your ticket #1001:\n\nIs it plugged in?" in mail.body_text
        with reading(told):
            assert changing.ticket_head(told, id).status is Status.QUESTION

    def test_each_of_several_addresses_gets_its_own(self, told: DeskConnection) -> None:
        """Nobody reads there who else is told."""
        _name(told, TEAM, "boss@vendor.example")
        _report(told)
        assert {mail.to_address for mail in queued(told)} == {TEAM, "boss@vendor.example"}
        assert len(queued(told)) == 2

    def test_whatever_customers_do_about_it_is_told(self, told: DeskConnection) -> None:
        """Answers, files, comments and reopening; not what they read, rate or close without a word."""
        id, staff_id = _report(told), person_of(told, STAFF)
        _does(told, Reply(conversation_id=id, body="Still smoking."))
        assert "Jana (Practice) wrote about the ticket #1001:\n\nStill smoking." in _newest(told).body_text
        _does(told, AddFiles(conversation_id=id, files=(_file(told),)))
        assert "has added files to the ticket #1001.\n\nFiles: photo.png\n\n" in _newest(told).body_text
        staff.set_status(told, staff_id, id, Status.SOLVED, NOW)
        _does(told, RateTicket(ticket_id=id, helpful=False, comment="It burns."))
        assert "wrote about the ticket #1001:\n\nIt burns." in _newest(told).body_text
        _does(told, ReopenTicket(ticket_id=id, description="Fire!"))
        assert "has reopened the ticket #1001:\n\nFire!" in _newest(told).body_text
        before = len(queued(told, TEAM))
        _does(told, MarkRead(what="ticket", id=id))
        staff.set_status(told, staff_id, id, Status.SOLVED, NOW)
        _does(told, RateTicket(ticket_id=id, helpful=True))
        _does(told, CloseTicket(ticket_id=id))
        assert len(queued(told, TEAM)) == before == 5

    def test_a_repeat_and_a_refusal_are_not_told(self, told: DeskConnection) -> None:
        """The mail belongs to what was taken, once."""
        id, command_id = _report(told), uuid7()
        for _again in range(3):
            _does(told, Reply(conversation_id=id, body="Hello?"), id=command_id)
        with pytest.raises(Refused):
            _does(told, Reply(conversation_id=id, body=" "))
        assert len(queued(told)) == 2

    def test_without_an_address_nobody_is_told(self, desk: DeskConnection) -> None:
        """Whoever has it; also not any more after the last one was taken away."""
        id = _report(desk)
        staff.assign(desk, person_of(desk, STAFF), id, person_of(desk, STAFF), NOW)
        _does(desk, Reply(conversation_id=id, body="Hello?"))
        _name(desk, TEAM)
        _name(desk)
        _does(desk, Reply(conversation_id=id, body="Hello?"))
        assert queued(desk) == []

    def test_what_staff_do_themselves_is_not_told(self, told: DeskConnection) -> None:
        """Neither in the app nor at the desk."""
        id = _report(told, STAFF)
        _does(told, Reply(conversation_id=id, body="To myself."), STAFF)
        staff.note(told, person_of(told, STAFF), id, "Nothing.", NOW)
        assert queued(told) == []

    def test_a_report_without_an_account_is_told(self, told: DeskConnection) -> None:
        """In the words of a stranger, which the vendor's people read as those of any customer."""
        request = ReportAsGuest(
            command_id=uuid7(),
            email="ada@nowhere.example",
            name="Ada",
            subject="Engine",
            description="It stands still.",
            language="de",
            privacy_accepted=True,
        )
        for _again in range(2):
            answer(told, request, Asker(), NOW)
        [mail] = queued(told)
        assert (mail.to_address, mail.subject) == (TEAM, "[#1001] Engine")
        assert "Ada (Without an account) has opened the ticket #1001:\n\nIt stands" in mail.body_text

    def test_a_request_for_access_is_told(self, told: DeskConnection) -> None:
        """Whether or not the address is known, and with what it takes to decide."""
        settings.keep(told, settings.settings_of(small_profile(sign_in=SignIn(sign_up="approval"))))
        for email in (CUSTOMER, "ada@nowhere.example"):
            asked = RequestAccess(email, "Ada", "Acme", "de", "Large orders")
            answer(told, asked, Asker(), NOW)
            mail = _newest(told)
            assert (mail.to_address, mail.subject) == (TEAM, "Small Vendor: a request for access")
            assert f"Ada ({email}) asks for access. Organisation: Acme\n\nLarge orders" in mail.body_text
        assert len(queued(told)) == 2


class TestWhoIsTold:
    def test_who_has_the_ticket_is_told_in_their_language(self, told: DeskConnection) -> None:
        """And nobody else."""
        id, staff_id = _report(told), person_of(told, STAFF)
        staff.assign(told, staff_id, id, staff_id, NOW)
        with writing(told):
            told.execute(update(people).where(people.c.id == staff_id).values(language="de"))
        _does(told, Reply(conversation_id=id, body="Hello?"))
        mail = _newest(told)
        assert (mail.to_address, len(queued(told, TEAM))) == (STAFF, 1)
        assert "Jana (Practice) hat zum Ticket #1001 geschrieben:\n\nHello?" in mail.body_text

    def test_who_can_answer_by_mail_is_told_so(self, told: DeskConnection) -> None:
        """Those of the staff, where answers come by mail; an address of nobody in particular is not."""
        _name(told, TEAM, STAFF)
        settings.keep(told, settings.settings_of(small_profile(), reply_by_mail=True))
        _report(told)
        texts = {mail.to_address: mail.body_text for mail in queued(told)}
        assert "the customer gets what you write" in texts[STAFF]
        assert "a reply to this mail is not read" in texts[TEAM]

    def test_the_vendors_address_stands_in_for_who_has_gone(self, told: DeskConnection) -> None:
        """Nothing falls between two chairs: somebody without access, or without an address."""
        vendor = view_of(told, STAFF).actor.organisation_id
        add = add_person
        nobody = add(
            told,
            user="otto",
            name="Otto",
            password=PASSWORD,
            organisation_id=vendor,
            role=Role.STAFF,
            now=NOW,
        )
        id, staff_id = _report(told), person_of(told, STAFF)
        staff.assign(told, staff_id, id, nobody, NOW)
        _does(told, Reply(conversation_id=id, body="Hello?"))
        staff.assign(told, staff_id, id, staff_id, NOW)
        administration.set_active(told, staff_id, active=False, now=NOW)
        _does(told, Reply(conversation_id=id, body="Hello?"))
        assert [mail.to_address for mail in queued(told)] == [TEAM] * 3


def test_a_mail_that_belongs_to_no_ticket_is_told(desk: DeskConnection) -> None:
    """To every address but the one from which it came, and not endlessly often."""
    with writing(desk):
        staff_mail.unmatched(desk, "a@b.example", "Hello", "/kept/1.eml", NOW)
        settings.keep_notified(desk, ("team@vendor.example", "boss@vendor.example"))
        staff_mail.unmatched(desk, "boss@vendor.example", "Our printer", "/kept/2.eml", NOW)
    (told,) = queued(desk)
    assert told.to_address == "team@vendor.example"
    for part in ("boss@vendor.example", "Our printer", "/kept/2.eml", "no ticket"):
        assert part in told.subject + told.body_text
    with writing(desk):
        for _more in range(50):
            staff_mail.unmatched(desk, "a@b.example", "Hello", "/kept/3.eml", NOW)
    assert len(queued(desk)) == 1 + 9 * 2
