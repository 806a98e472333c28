"""Mails: what they say, how they wait, how they lie in a maildir."""

import email
import errno
import os
from datetime import datetime, timedelta
from email.header import Header, decode_header, make_header
from email.policy import SMTP, default
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Row, select

from supportdesk import i18n
from supportdesk.clock import now, uuid7
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.accounts.requests import answer
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.correspondence import mailbox
from supportdesk.desk.mail import letters, mail_queue, mail_texts
from supportdesk.desk.mail.mail_queue import Letter, Queued, Waiting
from supportdesk.desk.mail.mail_texts import About, Answer, News
from supportdesk.desk.office import administration, staff
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection, reading, writing
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import mail, people
from supportdesk.desk.store.settings import DeskSettings
from supportdesk.domain.account import MailCode
from supportdesk.domain.commands import CreateTicket, encode_intent
from supportdesk.domain.errors import Refused
from supportdesk.domain.status import Status
from tests.support.desk import CUSTOMER, STAFF, person_of, view_of
from tests.support.mails import mails_in, queued, text_of

NOW = now()
DESK = DeskSettings(
    vendor="Medora", support_email="help@medora.example", public_url="https://desk.example/medora"
)


@pytest.fixture
def ticket(desk: DeskConnection) -> str:
    intent = CreateTicket(subject="Printer", description="It does not print.")
    asked = Asked(uuid7(), NOW, encode_intent(intent))
    return take(desk, view_of(desk, CUSTOMER).actor, asked, NOW).entity_id


def _put(desk: DeskConnection, subject: str = "Hello", to: str = "ada@nowhere.example") -> None:
    with writing(desk):
        mail_queue.put(desk, settings.load(desk), Letter(to, subject, "Text"), NOW)


def _row(desk: DeskConnection) -> Row[Any]:
    with reading(desk):
        return desk.execute(select(mail)).one()


_OF_TICKETS = (News.REPORTED, News.ANSWERED, News.REOPENED, News.ADDED_FILES)
_OF_OTHERS = (News.ORDERED, News.ANSWERED, News.ADDED_FILES, News.SIGNED, News.DECLINED)


class TestTexts:
    def test_links_lead_to_the_configured_host_alone(self) -> None:
        """Or into the program, where no host is configured."""
        code = "ABCD-EFGH-JKMN-PQRS"
        assert "https://desk.example/medora/go#ABCD-EFGH-JKMN-PQRS" in mail_texts.sign_up(DESK, code).body
        without = msgspec.structs.replace(DESK, public_url="")
        assert (
            "supportdesk://account?code=ABCD-EFGH-JKMN-PQRS" in mail_texts.reset(without, code, "jana").body
        )

    def test_each_text_stands_in_the_language_of_its_reader(self) -> None:
        """All of them, entirely: no English in a German mail."""
        about = mail_texts.About("1042", "Drucker")
        order = about._replace(is_ticket=False)
        by_customer = partial(mail_texts.ByCustomer, name="Jana", organisation="Praxis", files=("Foto.png",))
        with i18n.speaking("de"):
            told = [
                mail_texts.sign_up(DESK, "C"),
                mail_texts.reset(DESK, "C", "jana"),
                mail_texts.has_account(DESK, "C", "jana"),
                mail_texts.invitation(DESK, "C", "jana"),
                mail_texts.access_asked(DESK),
                mail_texts.access_declined(DESK),
                mail_texts.guest_report(DESK, "1042"),
                mail_texts.guest_report_sign_up(DESK, "1042", "C"),
                mail_texts.guest_report_found(DESK, "1042"),
                mail_texts.guest_report_verify(DESK, "1042", "C"),
                mail_texts.not_taken(DESK, "1042", ""),
                *(
                    mail_texts.answer(DESK, about, Answer("Mia", "Hallo", ("a.pdf",), status))
                    for status in Status
                ),
                mail_texts.answer(DESK, order, Answer("Mia", "Hallo")),
                *(mail_texts.status_changed(DESK, about, status) for status in Status),
                mail_texts.status_changed(DESK, mail_texts.About("1042", ""), Status.SOLVED),
                mail_texts.reported_for(DESK, about, "Hallo"),
                *(
                    mail_texts.to_staff(DESK, each, by_customer(news), may_answer=may_answer)
                    for each, kinds in ((about, _OF_TICKETS), (order, _OF_OTHERS))
                    for news in kinds
                    for may_answer in (True, False)
                ),
                mail_texts.access_wanted(DESK, "Ada", "ada@nowhere.example", "Praxis", "Hallo"),
            ]
        for text in told:
            words = set(f" {text.subject} {text.body} ".replace("\n", " ").split(" "))
            assert text.body.startswith("Guten Tag,\n\n")
            assert text.body.endswith("\n\n-- \nMedora\n")
            assert not words & {"the", "your", "with", "this", "is", "you", "of"}, text

    def test_files_of_what_support_reports_are_named(self) -> None:
        """As in an answer: to who has no account without a way to get them."""
        about = mail_texts.About("1042", "Printer")
        told = mail_texts.reported_for(DESK, about, "As you said", ("label.pdf", "photo.png")).body
        assert "Files: label.pdf, photo.png\nYou get them in SupportDesk." in told
        told = mail_texts.reported_for(DESK, about._replace(subject=""), "As you said", ("label.pdf",)).body
        assert "Files: label.pdf\n\n" in told

    def test_an_unknown_language_is_the_vendors(self) -> None:
        """And English where the vendor's is none of ours."""
        german = msgspec.structs.replace(DESK, default_language="de")
        assert mail_texts.spoken(german, "", "xx") == "de"
        assert mail_texts.spoken(german, "sv", "de") == "sv"
        assert mail_texts.spoken(msgspec.structs.replace(DESK, default_language="xx"), "") == "en"


_PIECES = (
    "=?utf-8?q?",
    "=?utf-8?b?DQpCY2M6IGFAYi5leGFtcGxlDQoNCg==?=",
    "=0D=0A",
    "=0D=0A=0D=0AClick",
    "?=",
    "=?",
    "\r\n",
    "Bcc:_evil=40evil.example",
    "Bcc: evil@evil.example",
    '"\\<>,;@()',
    "\x00\x85\u2028\u202e",
    "ü" * 40,
    "x" * 1_200,
    " ",
)
_HOSTILE = st.lists(st.sampled_from(_PIECES) | st.text(max_size=20), max_size=8).map("".join)
_OUR_HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
}


def _seen(text: str) -> str:
    unseen = {*range(0x20), *range(0x7F, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A)}
    return " ".join("".join(" " if ord(sign) in unseen else sign for sign in text).split())


def _queued(**changes: object) -> Queued:
    values = {
        "id": "1",
        "message_id": "<1@medora.example>",
        "to_address": "ada@nowhere.example",
        "subject": "[#1042] Drücker",
        "body_text": "Grüße",
        "in_reply_to": "<ticket.1@medora.example>",
        "refers_to": "<ticket.1@medora.example>",
        "created_at": NOW,
        "attempts": 1,
    }
    return Queued(**(values | changes))  # type: ignore[arg-type]


def _decoded(written: bytes, name: str) -> Header:
    """Of a name in several words only the older of Python's two readers makes one."""
    return make_header(decode_header(email.message_from_bytes(written)[name]))


class TestHeaders:
    def _message(self, **changes: object) -> email.message.EmailMessage:
        written = letters.rendered(_queued(**changes), DESK).as_bytes()
        assert b"\n" not in written.replace(b"\r\n", b"")
        parsed = email.message_from_bytes(written, policy=default)
        assert isinstance(parsed, email.message.EmailMessage)
        return parsed

    def test_a_mail_says_what_programs_want_to_know(self) -> None:
        """Who wrote it, what it belongs to, and that nobody on holiday need answer it."""
        message = self._message()
        assert str(message["From"]) == "Medora <help@medora.example>"
        assert message["Subject"] == "[#1042] Drücker"
        assert message["Message-ID"] == "<1@medora.example>"
        assert message["In-Reply-To"] == message["References"] == "<ticket.1@medora.example>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Date"].datetime == NOW.replace(microsecond=0)
        assert message.get_content_type() == "text/plain"
        assert text_of(message).strip() == "Grüße"

    def test_a_mail_to_nobodys_thread_has_none(self) -> None:
        """An account's mail answers nothing."""
        message = self._message(in_reply_to="", refers_to="")
        assert message["In-Reply-To"] is None
        assert message["References"] is None

    def test_a_subject_of_several_lines_becomes_one(self, desk: DeskConnection) -> None:
        """Nobody adds headers to our mails."""
        _put(desk, "Hello\r\nBcc: all@nowhere.example")
        (claimed,) = mail_queue.claim(desk, NOW, 1)
        message = letters.rendered(claimed, DESK)
        assert message["Bcc"] is None
        assert message["Subject"] == "Hello Bcc: all@nowhere.example"

    @given(hostile=_HOSTILE, vendor=_HOSTILE)
    def test_whatever_strangers_write_is_text(self, hostile: str, vendor: str) -> None:
        """No header and no body of theirs; who reads the subject or the name sees what they wrote."""
        desk = msgspec.structs.replace(DESK, vendor=vendor)
        message = letters.rendered(_queued(subject=hostile), desk)
        for written in (message.as_bytes(), message.as_bytes(policy=SMTP)):
            parsed = email.message_from_bytes(written, policy=default)
            assert isinstance(parsed, email.message.EmailMessage)
            assert set(parsed.keys()) == _OUR_HEADERS
            assert len(parsed.keys()) == len(_OUR_HEADERS)
            assert parsed["Subject"] == _seen(hostile)
            assert [each.addr_spec for each in parsed["From"].addresses] == ["help@medora.example"]
            name, _bracket, _address = str(_decoded(written, "From")).rpartition("<")
            assert name.strip() == _seen(vendor)
            assert text_of(parsed).strip() == "Grüße"

    @pytest.mark.parametrize(
        "to",
        [
            "=?utf-8?q?a=0ab?=@x.example",
            "a@b.example, c@d.example",
            "a@b.example\r\nBcc: c@d.example",
            "Ada <a@b.example>",
            "a b@c.example",
            "a@b@c.example",
            "",
        ],
    )
    def test_what_is_no_address_gets_no_mail(self, to: str) -> None:
        """It is not read as several, nor as anything else."""
        with pytest.raises(letters.NoAddress):
            letters.rendered(_queued(to_address=to), DESK)


class TestQueue:
    def test_a_claimed_mail_is_nobody_elses_for_a_while(self, desk: DeskConnection) -> None:
        """After a crash it is claimed again, with the same Message-ID."""
        _put(desk)
        (first,) = mail_queue.claim(desk, NOW, 10)
        assert mail_queue.claim(desk, NOW + timedelta(minutes=4), 10) == []
        (second,) = mail_queue.claim(desk, NOW + timedelta(minutes=6), 10)
        assert (first.message_id, second.attempts) == (second.message_id, 2)

    def test_what_fails_is_tried_again_more_and_more_seldom(self, desk: DeskConnection) -> None:
        """For four days; then it is given up and the trouble can be read."""
        _put(desk)
        tries: list[datetime] = []
        moment = NOW
        while (due := _due(desk)) is not None:
            moment = due
            tries.append(moment)
            (claimed,) = mail_queue.claim(desk, moment, 10)
            mail_queue.failed(desk, claimed, "450 mailbox busy" + "x" * 1_000, moment)
        pauses = [int((later - earlier).total_seconds() / 60) for earlier, later in pairwise(tries)]
        assert pauses[:6] == [1, 5, 15, 60, 240, 240]
        assert timedelta(days=4) < moment - NOW < timedelta(days=5)
        row = _row(desk)
        assert row.given_up_at == moment
        assert row.trouble.startswith("450")
        assert len(row.trouble) == 500
        assert row.body_text == ""
        print(f"{len(tries)} tries in {moment - NOW}")

    def test_what_will_never_do_is_given_up_at_once(self, desk: DeskConnection) -> None:
        """An address that does not exist is not asked again."""
        _put(desk)
        (claimed,) = mail_queue.claim(desk, NOW, 10)
        assert mail_queue.failed(desk, claimed, "550 no such user", NOW, for_ever=True)
        assert _due(desk) is None
        assert _row(desk).given_up_at == NOW

    def test_those_that_wait_are_counted(self, desk: DeskConnection) -> None:
        """With the oldest, also while they are claimed; neither those that are gone nor those given up."""
        with reading(desk):
            assert mail_queue.waiting(desk) == Waiting(0, None)
        for minutes in range(4):
            with writing(desk):
                letter = Letter("ada@nowhere.example", "Hello", "Text")
                mail_queue.put(desk, settings.load(desk), letter, NOW + timedelta(minutes=minutes))
        first, second, *_others = mail_queue.claim(desk, NOW + timedelta(hours=1), 4)
        mail_queue.delivered(desk, first, NOW)
        mail_queue.failed(desk, second, "550 no such user", NOW, for_ever=True)
        with reading(desk):
            assert mail_queue.waiting(desk) == Waiting(2, NOW + timedelta(minutes=2))

    def test_a_sent_mail_leaves_no_text_behind(self, desk: DeskConnection) -> None:
        """It may have held a code; its id stays, so that an answer finds its ticket."""
        _put(desk)
        (claimed,) = mail_queue.claim(desk, NOW, 10)
        mail_queue.delivered(desk, claimed, NOW)
        row = _row(desk)
        assert (row.body_text, row.sent_at, row.message_id) == ("", NOW, claimed.message_id)
        with writing(desk):
            mail_queue.sweep(desk, NOW + timedelta(days=399))
        assert _row(desk).id == claimed.id
        with writing(desk):
            mail_queue.sweep(desk, NOW + timedelta(days=401))
        with reading(desk):
            assert desk.execute(select(mail)).all() == []


def _due(desk: DeskConnection) -> datetime | None:
    with reading(desk):
        return mail_queue.next_due(desk)


class TestMaildir:
    def test_a_mail_appears_when_it_is_whole(self, desk: DeskConnection, tmp_path: Path) -> None:
        """In `new`, readable by every mail program; nothing is left in `tmp` or in the queue."""
        answer(desk, MailCode("reset", CUSTOMER, "de"), Asker(), NOW)
        mailbox.deliver_waiting(desk, tmp_path / "box", NOW)
        (message,) = mails_in(tmp_path / "box")
        assert message["To"] == CUSTOMER
        assert "Guten Tag" in text_of(message)
        assert list((tmp_path / "box" / "tmp").iterdir()) == []
        assert queued(desk) == []

    def test_a_mail_that_comes_twice_is_one_file(self, desk: DeskConnection, tmp_path: Path) -> None:
        """As after a crash between the file and the mark that it was written."""
        _put(desk)
        for minutes in (0, 6):
            (claimed,) = mail_queue.claim(desk, NOW + timedelta(minutes=minutes), 1)
            mailbox.put(tmp_path / "box", claimed, letters.rendered(claimed, DESK))
        assert len(mails_in(tmp_path / "box")) == 1

    def test_a_full_disk_delays_a_mail(
        self, desk: DeskConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It stays in the queue and comes when there is room."""
        _put(desk)

        def no_space(*_arguments: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            patch.setattr("supportdesk.desk.store.durable.write", no_space)
            mailbox.deliver_waiting(desk, tmp_path / "box", NOW)
        assert mails_in(tmp_path / "box") == []
        mailbox.deliver_waiting(desk, tmp_path / "box", NOW + timedelta(minutes=2))
        assert len(mails_in(tmp_path / "box")) == 1

    def test_one_mail_on_which_the_program_fails_stops_no_other(
        self,
        desk: DeskConnection,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """What can never be sent is given up, a fault is tried again; neither is told in the log."""
        for subject, to in (("canary", "nobody"), ("canary fault", "a@b.example"), ("Hello", "c@d.example")):
            _put(desk, subject, to)
        rendered = letters.rendered

        def stumbling(queued: Queued, told: DeskSettings) -> email.message.EmailMessage:
            if "fault" in queued.subject:
                raise RuntimeError(queued.subject)
            return rendered(queued, told)

        with monkeypatch.context() as patch:
            patch.setattr(letters, "rendered", stumbling)
            mailbox.deliver_waiting(desk, tmp_path / "box", NOW)
        assert [message["To"] for message in mails_in(tmp_path / "box")] == ["c@d.example"]
        assert [row.to_address for row in queued(desk) if row.given_up_at is None] == ["a@b.example"]
        assert "canary" not in caplog.text
        mailbox.deliver_waiting(desk, tmp_path / "box", NOW + timedelta(minutes=2))
        assert len(mails_in(tmp_path / "box")) == 2


class TestAboutTickets:
    def test_an_answer_is_mailed_to_who_reported_it(self, desk: DeskConnection, ticket: str) -> None:
        """With the number in the subject, the whole answer, and all of a ticket's mails in one thread."""
        mia = person_of(desk, STAFF)
        staff.answer(desk, mia, ticket, "Turn it on.\n\n- then off", NOW, status=Status.QUESTION)
        staff.set_status(desk, mia, ticket, Status.SOLVED, NOW)
        first, second = queued(desk, CUSTOMER)
        assert first.subject == second.subject == "[#1001] Printer"
        for part in ("Mia of Small Vendor", "Turn it on.\n\n- then off", "We wait for your answer."):
            assert part in first.body_text
        assert "We think that it is solved" in second.body_text
        assert first.in_reply_to == second.in_reply_to == f"<ticket.{ticket}@vendor.example>"
        assert first.message_id != second.message_id
        assert first.conversation_id == ticket

    def test_files_that_come_with_an_answer_are_named(
        self, desk: DeskConnection, ticket: str, tmp_path: Path
    ) -> None:
        """With the place where they are got, except to somebody who has no account there."""
        mia, kept = person_of(desk, STAFF), Files(tmp_path / "files")
        guide = staff.stored(desk, kept, mia, b"%PDF", NOW, name="guide.pdf", media_type="application/pdf")
        staff.answer(desk, mia, ticket, "See the guide.", NOW, files=(guide,))
        assert "\nFiles: guide.pdf\nYou get them in SupportDesk.\n" in queued(desk, CUSTOMER)[0].body_text
        to_guest = mail_texts.answer(DESK, About("1001", ""), Answer("Mia", "See.", ("guide.pdf",)))
        assert "Files: guide.pdf" in to_guest.body
        assert "You get them" not in to_guest.body

    def test_it_comes_in_the_persons_language(self, desk: DeskConnection, ticket: str) -> None:
        """Whatever the staff's program speaks."""
        with writing(desk):
            desk.execute(people.update().where(people.c.user_name == CUSTOMER).values(language="de"))
        staff.answer(desk, person_of(desk, STAFF), ticket, "Hallo", NOW)
        assert "Guten Tag" in queued(desk)[0].body_text
        assert i18n.language() == "en"

    def test_what_customers_cannot_see_is_not_mailed(self, desk: DeskConnection, ticket: str) -> None:
        """No internal note, no working time, no assignment; and nothing for the same status again."""
        mia = person_of(desk, STAFF)
        staff.note(desk, mia, ticket, "canary", NOW)
        staff.record_time(desk, mia, ticket, 5, "canary", NOW)
        staff.assign(desk, mia, ticket, mia, NOW)
        staff.set_status(desk, mia, ticket, Status.NEW, NOW)
        assert queued(desk) == []

    def test_an_answer_that_fails_is_not_told(self, desk: DeskConnection, ticket: str) -> None:
        """The mail is queued in the transaction of the answer itself."""
        mia = person_of(desk, STAFF)
        staff.set_status(desk, mia, ticket, Status.CLOSED, NOW)
        with pytest.raises(Refused):
            staff.answer(desk, mia, ticket, "Hello", NOW, status=Status.NEW)
        assert len(queued(desk)) == 1

    def test_support_tells_whom_it_opened_a_ticket_for(self, desk: DeskConnection) -> None:
        """But not somebody who was deactivated."""
        mia, jana = person_of(desk, STAFF), person_of(desk, CUSTOMER)
        staff.report_for(desk, mia, jana, "Printer", "You called us.", NOW)
        administration.set_active(desk, jana, active=False, now=NOW)
        staff.report_for(desk, mia, jana, "Scanner", "You called us.", NOW)
        (letter,) = queued(desk)
        assert letter.subject == "[#1001] Printer"
        assert "You called us." in letter.body_text
