"""Answers by mail: what is read of them, and which become messages."""

import random
import time
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from supportdesk.clock import now, uuid7
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.accounts.requests import answer
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.correspondence import mail_in
from supportdesk.desk.correspondence.mail_in import Verdict
from supportdesk.desk.mail import letters, mail_queue
from supportdesk.desk.mail.inbound import own_words, parsed
from supportdesk.desk.mail.reply_tags import tag_for
from supportdesk.desk.office import administration, staff
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection, reading, writing
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import attachments, mail_seen, messages, tickets
from supportdesk.desk.visibility import facts
from supportdesk.domain.account import ReportAsGuest
from supportdesk.domain.capabilities import Limits
from supportdesk.domain.commands import CreateTicket, Reply, encode_intent
from supportdesk.domain.entities import Ticket
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
from tests.support.mails import queued

NOW = now()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


@pytest.fixture
def ticket(desk: DeskConnection) -> str:
    """A ticket to which the vendor has put a question."""
    asked = Asked(uuid7(), NOW, encode_intent(CreateTicket(subject="Printer", description="It smokes.")))
    id = take(desk, view_of(desk, CUSTOMER).actor, asked, NOW).entity_id
    staff.answer(desk, person_of(desk, STAFF), id, "Which one?", NOW, status=Status.QUESTION)
    return id


def _mail(
    desk: DeskConnection, text: str = "The left one.", sender: str = CUSTOMER, **headers: str
) -> EmailMessage:
    """An answer to the newest of our mails."""
    ours = queued(desk)[-1]
    message = EmailMessage()
    message["From"] = f"Somebody <{sender}>"
    message["To"] = "help@vendor.example"
    message["Subject"] = f"Re: {ours.subject}"
    message["Message-ID"] = f"<{uuid7()}@client.example>"
    message["In-Reply-To"] = ours.message_id
    for name, value in headers.items():
        del message[name.replace("_", "-")]
        if value:
            message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def _arrives(desk: DeskConnection, files: Files, message: EmailMessage, minutes: float = 0) -> Verdict:
    return mail_in.take(
        desk, files, parsed(message.as_bytes()), NOW + timedelta(minutes=minutes), staff.answer
    )


def _said(desk: DeskConnection, ticket: str) -> list[str]:
    with reading(desk):
        query = (
            select(messages.c.body)
            .where(messages.c.conversation_id == ticket)
            .order_by(messages.c.created_at)
        )
        return sorted(desk.execute(query).scalars())


def _reply_to(desk: DeskConnection) -> str:
    """What the newest of our mails says, from now on with tags."""
    with reading(desk):
        told = replace(settings.load(desk), reply_to="support+{tag}@vendor.example")
    settings.keep(desk, told)
    ours = mail_queue.claim(desk, NOW + timedelta(days=1), 100)[-1]
    return str(letters.rendered(ours, told)["Reply-To"])


@pytest.fixture
def reported(desk: DeskConnection) -> str:
    """A ticket of which one of the staff was told, because it is theirs; that mail is the newest."""
    intent = encode_intent(CreateTicket(subject="Printer", description="It smokes."))
    asked, mia = Asked(uuid7(), NOW, intent), person_of(desk, STAFF)
    with writing(desk):
        settings.keep_notified(desk, ("team@vendor.example",))
    id = take(desk, view_of(desk, CUSTOMER).actor, asked, NOW).entity_id
    staff.assign(desk, mia, id, mia, NOW)
    reply = Asked(uuid7(), NOW, encode_intent(Reply(conversation_id=id, body="Hello?")))
    take(desk, view_of(desk, CUSTOMER).actor, reply, NOW)
    assert queued(desk)[-1].to_address == STAFF
    return id


class TestStaff:
    """Who of them was told of something answers the customer by replying."""

    def test_a_reply_of_the_staff_is_an_answer(
        self, desk: DeskConnection, files: Files, reported: str
    ) -> None:
        """Once, with its files, and the customer is mailed as about any other."""
        message = _mail(desk, "Turn it off.", STAFF)
        message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="guide.pdf")
        verdicts = [_arrives(desk, files, message) for _again in range(2)]
        assert verdicts == [Verdict.TAKEN, Verdict.AGAIN]
        assert _said(desk, reported) == ["Hello?", "It smokes.", "Turn it off."]
        [mail] = queued(desk, CUSTOMER)
        assert "Mia of Small Vendor wrote about your ticket #1001:\n\nTurn it off." in mail.body_text
        with reading(desk):
            assert desk.execute(select(attachments.c.name)).scalars().all() == ["guide.pdf"]

    def test_two_that_take_the_same_mail_answer_once(
        self, desk: DeskConnection, files: Files, reported: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The second one had looked before the first one was done."""
        reply = parsed(_mail(desk, "Turn it off.", STAFF).as_bytes())
        recognised = mail_in.recognise(desk, reply)
        monkeypatch.setattr(mail_in, "recognise", lambda *_of: recognised)
        verdicts = [mail_in.take(desk, files, reply, NOW, staff.answer) for _each in range(2)]
        assert verdicts == [Verdict.TAKEN, Verdict.AGAIN]
        assert len(queued(desk, CUSTOMER)) == 1

    def test_a_tag_is_enough(self, desk: DeskConnection, files: Files, reported: str) -> None:
        """As for customers."""
        reply = _mail(desk, "Turn it off.", STAFF, In_Reply_To="", To=_reply_to(desk))
        assert _arrives(desk, files, reply) is Verdict.TAKEN
        assert "Turn it off." in _said(desk, reported)

    def test_what_was_told_the_staff_opens_nothing_to_others(
        self, desk: DeskConnection, files: Files, reported: str
    ) -> None:
        """Forwarded to a customer, or to somebody who was on the staff once."""
        for sender in (CUSTOMER, STRANGER, "team@vendor.example"):
            assert _arrives(desk, files, _mail(desk, "Hm.", sender)) is Verdict.NO_TICKET
        administration.set_active(desk, person_of(desk, STAFF), active=False, now=NOW)
        assert _arrives(desk, files, _mail(desk, "Hm.", STAFF)) is Verdict.NO_TICKET
        assert "Hm." not in _said(desk, reported)

    def test_what_is_too_long_comes_back(self, desk: DeskConnection, files: Files, reported: str) -> None:
        """With the reason, to who wrote it; no customer hears of it."""
        with reading(desk):
            small = replace(settings.load(desk), limits=Limits(max_text_chars=4))
        settings.keep(desk, small)
        assert _arrives(desk, files, _mail(desk, "Turn it off.", STAFF)) is Verdict.REFUSED
        assert queued(desk, CUSTOMER) == []
        assert "at most 4 characters" in queued(desk, STAFF)[-1].body_text


class TestTags:
    """In the address to which an answer goes, where nothing else tells what it answers."""

    @pytest.mark.parametrize("header", ["To", "Cc", "Delivered-To", "X-Original-To"])
    def test_an_answer_without_references_finds_its_ticket(
        self, desk: DeskConnection, files: Files, ticket: str, header: str
    ) -> None:
        """In whatever case, wherever it stands, with a name in front."""
        address = _reply_to(desk).upper()
        answer = _mail(desk, In_Reply_To="", **{header.replace("-", "_"): f"Support <{address}>"})
        assert _arrives(desk, files, answer) is Verdict.TAKEN
        assert "The left one." in _said(desk, ticket)

    def test_a_tag_is_believed_from_the_address_that_was_told_it(
        self, desk: DeskConnection, files: Files, ticket: str
    ) -> None:
        """A colleague may write to the ticket, too, but has a tag of their own."""
        address = _reply_to(desk)
        for sender in (COLLEAGUE, STRANGER, STAFF, "nobody@elsewhere.example", ""):
            answer = _mail(desk, sender=sender, In_Reply_To="", To=address)
            assert _arrives(desk, files, answer) is Verdict.NO_TICKET

    def test_a_tag_that_was_made_up_tells_nothing(
        self, desk: DeskConnection, files: Files, ticket: str
    ) -> None:
        """Another number or proof, too much, too little, digits of other scripts, thousands at once."""
        address = _reply_to(desk)
        number, _dot, mac = address.partition("+")[2].partition("@")[0].partition(".")
        made_up = (
            f"{int(number) + 1}.{mac}",
            f"{number}.{'a' * 16}",
            f"{number}.{mac[:-1]}",
            f"{number}.{mac}a",
            f"{number}.",
            f".{mac}",
            f"1{number}.{mac}",
            f"{number[:-1]}١.{mac}",
            f"{number}.{mac[:-1]}ｂ",
            f"{number}' OR 1=1 --.{mac}",
            "9" * 500 + f".{mac}",
            "\x00",
        )
        for tag in made_up:
            raw = _mail(desk, In_Reply_To="", To="x@vendor.example").as_bytes()
            hostile = raw.replace(b"x@vendor", f"support+{tag}@vendor".encode())
            verdict = mail_in.take(desk, files, parsed(hostile), NOW, staff.answer)
            assert verdict is Verdict.NO_TICKET, tag
        crowd = ", ".join(f"support+{each}.{'a' * 16}@vendor.example" for each in range(5_000))
        assert len(parsed(f"To: {crowd}\n\nHello".encode()).tags) <= 20

    def test_a_desk_that_never_made_one_believes_none(
        self, desk: DeskConnection, files: Files, ticket: str
    ) -> None:
        """It has no secret yet, and an empty one proves nothing."""
        with reading(desk):
            number = desk.execute(select(tickets.c.number)).scalar_one()
        address = f"support+{tag_for('', number, CUSTOMER)}@vendor.example"
        assert _arrives(desk, files, _mail(desk, In_Reply_To="", To=address)) is Verdict.NO_TICKET

    def test_programs_are_not_answered_whatever_they_know(
        self, desk: DeskConnection, files: Files, ticket: str
    ) -> None:
        """A holiday notice goes to the address for answers as well."""
        answer = _mail(desk, In_Reply_To="", To=_reply_to(desk), Auto_Submitted="auto-replied")
        assert _arrives(desk, files, answer) is Verdict.AUTOMATIC
        assert "The left one." not in _said(desk, ticket)


class TestTaking:
    def test_an_answer_becomes_a_message_of_its_ticket(
        self, desk: DeskConnection, files: Files, ticket: str
    ) -> None:
        """As if it had been written in the program: the status follows."""
        assert _arrives(desk, files, _mail(desk)) is Verdict.TAKEN
        assert "The left one." in _said(desk, ticket)
        with reading(desk):
            seen = facts.get(desk, view_of(desk, CUSTOMER), Ticket, ticket)
        assert (seen.status, seen.last_author_id) == (Status.IN_PROGRESS, person_of(desk, CUSTOMER))

    def test_a_mail_that_comes_fifty_times_is_taken_once(
        self, desk: DeskConnection, files: Files, ticket: str
    ) -> None:
        """Also when the note that it was seen got lost."""
        message = _mail(desk)
        verdicts = [_arrives(desk, files, message) for _time in range(50)]
        assert verdicts == [Verdict.TAKEN] + [Verdict.AGAIN] * 49
        with writing(desk):
            desk.execute(mail_seen.delete())
        assert _arrives(desk, files, message) is Verdict.TAKEN
        assert _said(desk, ticket).count("The left one.") == 1

    def test_files_come_along(self, desk: DeskConnection, files: Files, ticket: str) -> None:
        """Under a harmless name; what is too large is refused as a whole, and its author told."""
        message = _mail(desk)
        message.add_attachment(
            b"\x89PNG", maintype="image", subtype="png", filename="../../screen\u202egnp.png"
        )
        assert _arrives(desk, files, message) is Verdict.TAKEN
        with reading(desk):
            row = desk.execute(select(attachments)).one()
        assert (row.name, row.media_type, row.size_bytes) == (
            "_.._screengnp.png",
            "image/png",
            4,
        )
        assert files.read(row.sha256, 0, 10) == b"\x89PNG"
        small = replace(settings.settings_of(small_profile()), limits=Limits(max_file_bytes=4))
        settings.keep(desk, small)
        large = _mail(desk, "Look")
        large.add_attachment(b"12345", maintype="text", subtype="csv", filename="a.csv")
        assert _arrives(desk, files, large) is Verdict.REFUSED
        assert "Look" not in _said(desk, ticket)

    def test_a_solved_and_a_closed_ticket_are_reopened(
        self, desk: DeskConnection, files: Files, ticket: str
    ) -> None:
        """As long as the vendor allows it; later the author reads why not, once."""
        mia = person_of(desk, STAFF)
        for status in (Status.SOLVED, Status.CLOSED):
            staff.set_status(desk, mia, ticket, status, NOW)
            assert _arrives(desk, files, _mail(desk, f"Not {status}")) is Verdict.TAKEN
            assert f"Not {status}" in _said(desk, ticket)
        staff.set_status(desk, mia, ticket, Status.CLOSED, NOW)
        late = _mail(desk, "Too late")
        before = len(queued(desk))
        month = 30 * 24 * 60
        assert _arrives(desk, files, late, month) is Verdict.REFUSED
        assert _arrives(desk, files, late, month) is Verdict.AGAIN
        told = queued(desk)[before:]
        assert [row.to_address for row in told] == [CUSTOMER]
        assert "#1001" in told[0].subject

    def test_a_guest_answers_the_ticket_reported_without_an_account(
        self, desk: DeskConnection, files: Files
    ) -> None:
        """That one, and no other guest's."""
        ids = []
        for name in ("ada", "bob"):
            report = ReportAsGuest(
                uuid7(), f"{name}@nowhere.example", name, "Engine", "It smokes.", "en", privacy_accepted=True
            )
            answer(desk, report, Asker(), NOW)
            ids.append(report.command_id)
            staff.answer(desk, person_of(desk, STAFF), report.command_id, "Which?", NOW)
        assert _arrives(desk, files, _mail(desk, sender="ada@nowhere.example")) is Verdict.NO_TICKET
        assert _arrives(desk, files, _mail(desk, sender="bob@nowhere.example")) is Verdict.TAKEN
        assert _said(desk, ids[1]) == ["It smokes.", "The left one.", "Which?"]
        assert _said(desk, ids[0]) == ["It smokes.", "Which?"]

    def test_whoever_got_our_mail_may_answer_it(
        self, desk: DeskConnection, files: Files, ticket: str
    ) -> None:
        """However they write their address."""
        assert _arrives(desk, files, _mail(desk, sender=CUSTOMER.upper())) is Verdict.TAKEN

    @pytest.mark.parametrize("sender", [COLLEAGUE, PARTNER, STRANGER, "nobody@nowhere.example", STAFF, ""])
    def test_nobody_else_may(self, desk: DeskConnection, files: Files, ticket: str, sender: str) -> None:
        """Even with the right id: colleagues, partner and staff did not get it. Nobody is answered."""
        before = _said(desk, ticket), len(queued(desk))
        assert _arrives(desk, files, _mail(desk, sender=sender)) is Verdict.NO_TICKET
        assert (_said(desk, ticket), len(queued(desk))) == before

    def test_a_number_in_the_subject_opens_nothing(
        self, desk: DeskConnection, files: Files, ticket: str
    ) -> None:
        """Nor does the thread, whose name colleagues know: a mail has to refer to one that we sent there."""
        stray = _mail(desk, In_Reply_To="<invented@vendor.example>")
        assert _arrives(desk, files, stray) is Verdict.NO_TICKET
        threaded = _mail(desk, In_Reply_To="", References=f"<a@b> <ticket.{ticket}@vendor.example>")
        assert _arrives(desk, files, threaded) is Verdict.NO_TICKET
        both = _mail(desk, References=f"<ticket.{ticket}@vendor.example> {queued(desk)[-1].message_id}")
        assert _arrives(desk, files, both) is Verdict.TAKEN

    def test_a_deactivated_person_writes_nothing(
        self, desk: DeskConnection, files: Files, ticket: str
    ) -> None:
        """From the moment of the deactivation."""
        administration.set_active(desk, person_of(desk, CUSTOMER), active=False, now=NOW)
        assert _arrives(desk, files, _mail(desk)) is Verdict.NO_TICKET


class TestLoops:
    @pytest.mark.parametrize(
        "header",
        [
            {"Auto_Submitted": "auto-replied"},
            {"Auto_Submitted": "auto-generated (failure)"},
            {"Precedence": "bulk"},
            {"List_Id": "<list.nowhere.example>"},
            {"Return_Path": "<>"},
            {"X_Autoreply": "yes"},
            {"From": "Mail Delivery <MAILER-DAEMON@nowhere.example>"},
            {"From": "noreply@practice.example"},
        ],
    )
    def test_programs_are_not_answered(
        self, desk: DeskConnection, files: Files, ticket: str, header: dict[str, str]
    ) -> None:
        """Holiday notices, bounces and lists change nothing and cause no mail."""
        before = _said(desk, ticket), len(queued(desk))
        assert _arrives(desk, files, _mail(desk, **header)) is Verdict.AUTOMATIC
        assert (_said(desk, ticket), len(queued(desk))) == before

    def test_our_own_mails_are_those_of_a_program(self, desk: DeskConnection, ticket: str) -> None:
        """One that is sent back to us ends here."""
        (ours,) = mail_queue.claim(desk, NOW, 1)
        with reading(desk):
            raw = letters.rendered(ours, settings.load(desk)).as_bytes()
        assert parsed(raw).is_automatic

    def test_two_programs_that_talk_to_each_other_come_to_an_end(
        self, desk: DeskConnection, files: Files, ticket: str
    ) -> None:
        """Of a thousand mails from one address at once twenty are taken; the others wait."""
        verdicts = [_arrives(desk, files, _mail(desk, f"Ping {number}")) for number in range(200)]
        print(f"200 came, {verdicts.count(Verdict.TAKEN)} taken")
        assert verdicts.count(Verdict.TAKEN) == 20
        assert set(verdicts[20:]) == {Verdict.LATER}
        assert _arrives(desk, files, _mail(desk, "Later"), 6) is Verdict.TAKEN

    def test_a_program_that_answers_our_refusals_comes_to_an_end(
        self, desk: DeskConnection, files: Files, ticket: str
    ) -> None:
        """Even one that does not say that it is a program: twenty refusals at once, then it waits."""
        staff.set_status(desk, person_of(desk, STAFF), ticket, Status.CLOSED, NOW)
        before, month = len(queued(desk)), 30 * 24 * 60
        verdicts = [_arrives(desk, files, _mail(desk, f"Away {number}"), month) for number in range(60)]
        assert verdicts == [Verdict.REFUSED] * 20 + [Verdict.LATER] * 40
        assert len(queued(desk)) - before == 20


_QUOTES = {
    "gmail": "Yes.\n\nOn Mon, 3 Nov 2025 at 10:32, Medora <help@medora.example> wrote:\n> Is it\n> on?\n",
    "two lines": "Yes.\n\nOn Mon, 3 Nov 2025 at 10:32, Medora\n<help@medora.example> wrote:\n\n> Is it on?",
    "german": "Yes.\n\nAm 03.11.2025 um 10:32 schrieb Medora:\n> Ist er an?",
    "outlook": "Yes.\n\n________________________________\nFrom: Medora\nSent: Monday\n\nIs it on?",
    "outlook german": "Yes.\n\nVon: Medora <help@medora.example>\nGesendet: Montag\nAn: Jana\n\nIst er an?",
    "original": "Yes.\n\n-----Original Message-----\nIs it on?",
    "signature": "Yes.\n-- \nJana Wiebe\nPractice",
    "bottom": "Yes.\n\n> Is it on?\n> Really?\n",
    "html": "Yes.\n\nOn Mon, 3 Nov 2025, Medora wrote:\n",
}


class TestReading:
    @pytest.mark.parametrize("name", _QUOTES)
    def test_only_what_is_new_is_kept(self, name: str) -> None:
        """However the mail program quotes."""
        assert own_words(_QUOTES[name]) == "Yes."

    def test_an_answer_between_the_quoted_lines_keeps_them(self) -> None:
        """Else nobody would know what is answered."""
        text = "> Is it on?\nYes.\n> Is it red?\nNo.\n> Bye"
        assert own_words(text) == "> Is it on?\nYes.\n> Is it red?\nNo."

    def test_a_sentence_that_looks_like_one_of_those_stays(self) -> None:
        """'On Monday she wrote:' with her words behind it is no quote."""
        text = "On Monday my colleague Tom wrote:\nIt is broken.\nFrom: the left side\nit smokes."
        assert own_words(text) == text

    def test_html_alone_is_read_as_text(self) -> None:
        """Nothing is loaded or run; scripts, styles and the quoted mail are left out."""
        message = EmailMessage()
        message["From"] = CUSTOMER
        message.set_content(
            "<html><head><style>p{}</style></head><body><p>Yes,&nbsp;it <b>is</b>.</p><script>x()</script>"
            "<ul><li>one</li><li>two</li></ul><img src='http://evil.example/x.png'>"
            "<blockquote>Is it on?</blockquote></body></html>",
            subtype="html",
        )
        assert parsed(message.as_bytes()).text == "Yes, it is.\n\n- one\n\n- two"

    def test_old_charsets_and_broken_heads_are_read(self) -> None:
        """As far as they can be; an unknown charset is no reason to lose a mail."""
        raw = (
            b"From: =?iso-8859-1?q?J=FCrgen?= <Jana@Practice.example>\nSubject: =?xx?b?bad?=\n"
            b"Content-Type: text/plain; charset=x-unknown\n\nGr\xc3\xbc\xc3\x9fe\n"
        )
        received = parsed(raw)
        assert (received.sender, received.text) == (CUSTOMER, "Grüße")
        latin = b"From: a@b.example\nContent-Type: text/plain; charset=iso-8859-1\n\nGr\xfc\xdfe\n"
        assert parsed(latin).text == "Grüße"
        assert parsed(latin).message_id == parsed(latin).message_id != parsed(raw).message_id

    @pytest.mark.parametrize("unfinished", ["<a ", "<!--", "<![", "<a x='", "</", "&#", "<?", "<"])
    def test_a_megabyte_of_unfinished_html_is_read_in_a_moment(self, unfinished: str) -> None:
        """Anybody can write to us: nobody may keep the server busy with one mail."""
        begin = time.process_time()
        parsed(b"Content-Type: text/html\n\n" + unfinished.encode() * (1_000_000 // len(unfinished)))
        assert time.process_time() - begin < 2

    @pytest.mark.parametrize(
        "hostile",
        [
            b"Content-Type: text/html\n\n" + b"<head>" * 80_000 + b"</a>" * 80_000,
            b"Content-Type: text/html\n\n" + b"<head>" * 80_000 + b"</style>" * 60_000,
            b"\n" + b"On 12345 wrote:\nx\n" * 55_000,
            b"\n" + b"On abcd" + b"wrote " * 40 + b":" + b" " * 900_000 + b"x",
            b"Content-Type: text/plain; charset=punycode\n\nabc-" + b"a" * 900_000,
            b'Content-Type: multipart/mixed; a="' + b";" * 900_000 + b'"\n\nhi',
            b'Subject: x\r\rContent-Type: text/plain; a="' + b"\r\n ;" * 300_000 + b'"\r\n\r\nhi',
            b"In-Reply-To: " + b"=?utf-8?q?a?= " * 70_000 + b"\n\nhi",
            b"From: " + b"(" * 900_000 + b"\n\nhi",
            b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(300))
            + b"a\n" * 450_000,
        ],
        ids=[
            "tags",
            "other tags",
            "quotes",
            "blanks",
            "charset",
            "semicolons",
            "folded",
            "words",
            "comments",
            "deep",
        ],
    )
    def test_a_megabyte_of_anything_is_read_in_a_moment(self, hostile: bytes) -> None:
        """What is read of it grows no faster than the mail."""
        begin = time.process_time()
        parsed(hostile)
        assert time.process_time() - begin < 5

    def test_many_parts_are_read_up_to_one_limit(self) -> None:
        """It holds for the mail, not for each part of it."""
        message = EmailMessage()
        message.set_content("a" * 900_000)
        for _number in range(3):
            message.add_attachment("b" * 900_000, disposition="inline")
        assert 900_000 < len(parsed(message.as_bytes()).text) <= 1_000_000 + len("\n\n")

    def test_of_an_endless_thread_the_newest_are_kept(self) -> None:
        """No database is asked for a quarter of a million ids."""
        thread = b"".join(b" <%d@x.example>\n" % number for number in range(260_000))
        received = parsed(b"In-Reply-To: <answered@x.example>\nReferences:" + thread + b"\nHello")
        assert len(received.refers_to) == 100
        assert received.refers_to[:2] == ("<answered@x.example>", "<259999@x.example>")

    def test_a_script_that_looks_like_tags_hides_nothing_behind_it(self) -> None:
        """Its '<' begins no tag, a comment's '>' ends none, and an entity stays the sign that it is."""
        html = b"<p>a &lt;b&gt;</p><script>if (a<b) x()</script><!-- <p> > --><p>c</p><style>never"
        assert parsed(b"Content-Type: text/html\n\n" + html).text == "a <b>\n\nc"

    @pytest.mark.parametrize("charset", ["idna", "undefined", "hex", "utf-7", "unicode_escape", '"a\0b"'])
    def test_charsets_that_are_none_spoil_nothing(self, charset: str) -> None:
        """What is made of the text and of the heads can be stored by every database."""
        raw = (
            f"From: =?{charset}?q?+2AA-?= <a@b.example>\nMessage-ID: =?{charset}?q?<+2AA-=5Cud800@x>?=\n"
            f"In-Reply-To: <a\0b@c> <t@d>\nContent-Type: text/plain; charset={charset}\n\n+2AA- \\ud800 hi"
        )
        received = parsed(raw.encode())
        kept = (received.text, received.sender, received.message_id, *received.refers_to)
        assert b"\0" not in "".join(kept).encode()
        assert received.refers_to[-1] == "<t@d>"

    def test_a_mail_that_nobody_can_read_has_no_words(self) -> None:
        """A mail within a mail, three thousand times: it is kept for a person, nothing breaks."""
        received = parsed(b"From: a@b.example\n" + b"Content-Type: message/rfc822\n\n" * 3_000 + b"hi")
        assert (received.text, received.sender, received.files) == ("", "", ())

    def test_what_is_written_around_a_picture_is_one_text(self) -> None:
        """Some programs make a part of each piece; what was quoted in one hides nothing of the next."""
        message = EmailMessage()
        message.set_content("Before it.\n\n> quoted")
        message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
        message.add_attachment("And after it.", disposition="inline")
        received = parsed(message.as_bytes())
        assert received.text == "Before it.\n\nAnd after it."
        assert [file.name for file in received.files] == ["a.png"]

    def test_a_mail_that_was_attached_is_a_file(self) -> None:
        """Whole, and none of its words are its sender's."""
        inner = EmailMessage()
        inner["Subject"] = "inner"
        inner.set_content("Inner words")
        inner.add_attachment(b"12345", maintype="text", subtype="csv", filename="a.csv")
        message = EmailMessage()
        message.set_content("See this.")
        message.add_attachment(inner)
        received = parsed(message.as_bytes())
        (file,) = received.files
        assert received.text == "See this."
        assert (file.name, file.media_type) == ("mail.eml", "message/rfc822")
        assert b"Inner words" in file.content

    def test_two_senders_are_none(self) -> None:
        """Nobody hides behind somebody else's line."""
        assert parsed(b"From: a@b.example\nFrom: c@d.example\n\nHello").sender == ""

    def test_whatever_comes_is_read_or_left(self) -> None:
        """Three thousand damaged mails: no crash, and never a NUL in the text."""
        dice = random.Random(20251103)
        message = EmailMessage()
        message["From"] = "Jürgen <a@b.example>"
        message["Message-ID"] = "<1@b.example>"
        message["References"] = "<2@c.example> <3@c.example>"
        message.set_content("Yes.\n\nOn 3 Nov 2025 Medora wrote:\n> x")
        message.add_alternative("<p>Yes.</p>", subtype="html")
        message.add_attachment(b"12345", maintype="text", subtype="csv", filename="ü.csv")
        good = message.as_bytes()
        for _number in range(3_000):
            raw = bytearray(good)
            for _damage in range(dice.randint(1, 12)):
                place = dice.randrange(len(raw))
                match dice.randrange(3):
                    case 0:
                        raw[place] = dice.randrange(256)
                    case 1:
                        del raw[place : place + dice.randrange(40)]
                    case _:
                        raw[place:place] = dice.randbytes(dice.randrange(8))
                raw = raw or bytearray(b" ")
            assert "\x00" not in parsed(bytes(raw)).text

    def test_whatever_is_put_together_is_read_or_left(self) -> None:
        """Two thousand mails with heads doubled, swapped or missing, boundaries that are none, parts within
        parts, strange charsets and encodings: no crash, no NUL, and each is read in a moment."""
        dice = random.Random(20251104)
        for _number in range(2_000):
            raw = _put_together(dice, depth=0)
            began = time.monotonic()
            mail = parsed(raw)
            assert "\x00" not in mail.text
            assert all(file.name and "/" not in file.name for file in mail.files)
            assert time.monotonic() - began < 5


_HEADS = (
    "From: Jana <jana@practice.example>",
    "From: =?utf-8?q?J=FCrgen?= <a@b.example>",
    "From: a@b.example, c@d.example",
    "Message-ID: <1@b.example>",
    "References: " + "<2@c.example> " * 40,
    "In-Reply-To:",
    "Subject: =?unknown-8bit?b?//8=?=",
    "Subject: =?utf-16?b?2A==?=",
    "Auto-Submitted: auto-replied (vacation)",
    "no colon here",
    " folded out of nothing",
)
_TYPES = (
    "text/plain; charset=utf-8",
    "text/plain; charset=utf-16",
    "text/plain; charset=idna",
    "text/html; charset*0=ut; charset*1=f-7",
    'text/plain; charset="',
    "text",
    "message/rfc822",
    "multipart/mixed",
    "multipart/mixed; boundary=",
    "application/octet-stream; name*=utf-8''..%2F..%00.exe",
)
_ENCODINGS = ("7bit", "8bit", "base64", "quoted-printable", "uuencode", "x-nobody")
_BODIES = (b"Yes.", b"<p>Yes.", b"=FF=0", b"AAAA=", b"\xff\xfe\x00\xd8", b"begin 644 a\n#0", b"", b"> quoted")


def _put_together(dice: random.Random, depth: int) -> bytes:
    heads = [dice.choice(_HEADS) for _head in range(dice.randint(0, 6))] if depth == 0 else []
    if dice.random() < 0.8:
        heads.append(f"Content-Transfer-Encoding: {dice.choice(_ENCODINGS)}")
    if depth == 6 or dice.random() < 0.4:
        heads += [f"Content-Type: {dice.choice(_TYPES)}" for _type in range(dice.randint(0, 2))]
        body = dice.choice(_BODIES)
    else:
        heads.append(
            f"Content-Type: multipart/{dice.choice(('mixed', 'alternative', 'x'))}; boundary=b{depth}"
        )
        line = f"\n--b{dice.choice((depth, depth, depth, 9))}".encode()
        parts = (_put_together(dice, depth + 1) for _part in range(dice.randint(0, 3)))
        body = b"".join(line + b"\n" + part for part in parts) + dice.choice((line + b"--\n", b""))
    dice.shuffle(heads)
    return "\n".join(heads).encode() + dice.choice((b"\n\n", b"\n\n", b"\n")) + body


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Our printer", "Our printer"),
        ("=?utf-8?q?Drucker_f=C3=BCr=0AFarbe?=", "Drucker für Farbe"),
        ("x" * 5000, "x" * 200),
    ],
    ids=["plain", "encoded", "endless"],
)
def test_a_subject_is_one_short_line(written: str, read: str) -> None:
    """Whatever its sender made of it."""
    assert parsed(f"Subject: {written}\n\nHello".encode()).subject == read
