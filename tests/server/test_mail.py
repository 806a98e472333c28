"""Mails leave the server: durably queued, through a real SMTP server on this machine."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Row, select

from supportdesk.clock import now
from supportdesk.desk.mail import inbound, mail_queue
from supportdesk.desk.mail.mail_queue import Letter, Queued
from supportdesk.desk.office import staff
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection, opened, reading, writing
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.runner import Runner
from supportdesk.desk.store.schema import mail, messages
from supportdesk.domain.entities import Message
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.wire import API
from supportdesk.server.desk_jobs import DeskJobs
from supportdesk.server.mail.incoming import AT_ONCE, MAX_BYTES, Incoming, bring
from supportdesk.server.mail.maildir import Maildir
from supportdesk.server.mail.postman import Mail, Postman
from supportdesk.server.mail.smtp import Smtp
from supportdesk.server.mail.transport import Transport, transport
from tests.server.talking import Talker
from tests.support.certificates import loopback_certificate
from tests.support.desk import CUSTOMER, STAFF, furnished, person_of
from tests.support.mails import code_in, mails_in, text_of
from tests.support.server import served
from tests.support.smtp import smtp_sink

NOW = now()
ADA = "ada@nowhere.example"


def _until(true: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.02)


class Round:
    """A postman whose rounds are asked for one by one, at a moment of one's choice."""

    def __init__(
        self, folder: Path, carrier: Transport, *letters: Letter, incoming: Path | None = None
    ) -> None:
        self.folder = folder
        self._incoming = incoming
        self.moment: datetime = NOW
        self.given_up = 0
        self._carrier = carrier
        with furnished(folder) as connection, writing(connection):
            for letter in letters:
                mail_queue.put(connection, settings.load(connection), letter, NOW)

    def at(self, minutes: float = 0) -> None:
        self.moment = NOW + timedelta(minutes=minutes)
        asyncio.run(self._once())

    async def _once(self) -> None:
        desk = DeskJobs(lambda: Runner(self.folder, Files(self.folder / "files")))
        await desk.open()
        postman = Postman(desk, Mail(self._carrier, self._incoming), lambda: self.moment)
        await postman.round()
        await postman.end()
        self.given_up += postman.given_up
        await desk.close()

    def rows(self) -> "list[Row[tuple[object, ...]]]":
        connection: DeskConnection
        with opened(self.folder) as connection, reading(connection):
            return list(connection.execute(select(mail).order_by(mail.c.to_address)))


def _letter(to: str = ADA) -> Letter:
    return Letter(to, "Hello", "Grüße")


def test_a_forgotten_password_is_a_matter_of_seconds(tmp_path: Path) -> None:
    """From the question over HTTP to the code in a mailbox, and with it back in."""
    asked = {"purpose": "reset", "email": CUSTOMER, "language": "de"}
    with (
        smtp_sink() as (sink, address),
        served(tmp_path / "desk", mail=Mail(transport(f"smtp://{address}"))) as server,
        httpx.Client(base_url=server.address + API, timeout=20) as client,
    ):
        begin = time.monotonic()
        assert client.post("/account/mails", json=asked).status_code == 202
        _until(lambda: sink.mails)
        print(f"mailed {time.monotonic() - begin:.2f} s after it was asked for")
        found = {"code": code_in(text_of(sink.mails[0])), "password": "another-horse-2"}
        assert client.post("/account/codes/redeemed", json=found).status_code == 201
        assert Talker(client).sign_in(CUSTOMER, "another-horse-2").status_code == 201
    assert sink.recipients == [[CUSTOMER]]
    assert sink.mails[0]["From"] == "Small Vendor <help@vendor.example>"


def test_many_mails_go_through_one_connection(tmp_path: Path) -> None:
    """Fifty mails, each once, all marked as sent."""
    with smtp_sink() as (sink, address):
        letters = [_letter(f"person{number}@nowhere.example") for number in range(50)]
        carried = Round(tmp_path, transport(f"smtp://{address}"), *letters)
        carried.at()
        carried.at(60)
    assert sorted(to for (to,) in sink.recipients) == sorted(letter.to_address for letter in letters)
    assert all(row.sent_at == NOW and row.body_text == "" for row in carried.rows())


def test_a_busy_mailbox_gets_its_mail_later(tmp_path: Path) -> None:
    """With the same Message-ID; others do not wait for it."""
    with smtp_sink() as (sink, address):
        sink.answers[ADA] = ["450 4.2.1 busy"] * 2
        carried = Round(tmp_path, transport(f"smtp://{address}"), _letter(), _letter("bob@nowhere.example"))
        carried.at()
        assert sink.recipients == [["bob@nowhere.example"]]
        (row, _bob) = carried.rows()
        assert row.trouble.startswith("450")
        for minutes in (1.1, 7):
            carried.at(minutes)
        assert sink.recipients == [["bob@nowhere.example"], [ADA]]
        assert sink.mails[1]["Message-ID"] == row.message_id


def test_an_address_that_does_not_exist_is_given_up(tmp_path: Path) -> None:
    """At once, with what the other side said."""
    with smtp_sink() as (sink, address):
        sink.answers[ADA] = ["550 5.1.1 no such user"]
        carried = Round(tmp_path, transport(f"smtp://{address}"), _letter())
        carried.at()
        carried.at(60 * 24)
    (row,) = carried.rows()
    assert row.given_up_at == NOW
    assert "no such user" in row.trouble
    assert sink.mails == []


def test_a_mail_that_cannot_be_sent_stops_no_other(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One that can never be is given up; one on which the way there fails is tried again."""

    class Stumbling(_Slow):
        stumbled = False

        async def send(self, queued: Queued, message: EmailMessage) -> None:
            if queued.to_address == ADA and not self.stumbled:
                self.stumbled = True
                raise RuntimeError(f"canary {message}")
            self.sent.append(queued.to_address)

    way = Stumbling()
    poison = "=?utf-8?q?a=0ab?=@nowhere.example"
    carried = Round(tmp_path, way, _letter(poison), _letter(ADA), _letter("bob@nowhere.example"))
    carried.at()
    assert way.sent == ["bob@nowhere.example"]
    assert [row.given_up_at for row in carried.rows()] == [NOW, None, None]
    assert carried.given_up == 1
    carried.at(1.1)
    assert way.sent == ["bob@nowhere.example", ADA]
    assert "canary" not in caplog.text
    assert "nowhere.example" not in caplog.text


def test_a_mail_server_that_refuses_us_loses_nothing(tmp_path: Path) -> None:
    """Who must sign in first is told so for every mail: none of them is given up."""
    with smtp_sink() as (sink, address):
        sink.refuses_senders = "530 5.7.0 authentication required"
        carried = Round(tmp_path, transport(f"smtp://{address}"), _letter(), _letter("bob@nowhere.example"))
        carried.at()
        rows = carried.rows()
        assert [row.given_up_at for row in rows] == [None, None]
        assert all("530" in row.trouble for row in rows)
        sink.refuses_senders = ""
        carried.at(1.1)
    assert len(sink.mails) == 2


def test_a_mail_server_that_is_away_loses_nothing(tmp_path: Path) -> None:
    """The queue waits, nobody is given up, and all is sent when it is back."""
    with smtp_sink() as (_sink, address):
        pass
    carried = Round(tmp_path, transport(f"smtp://{address}"), _letter(), _letter("bob@nowhere.example"))
    carried.at()
    assert [row.given_up_at for row in carried.rows()] == [None, None]
    with smtp_sink() as (sink, address):
        carried._carrier = transport(f"smtp://{address}")
        carried.at(1.1)
    assert len(sink.mails) == 2


class _Slow:
    """A way on which a mail takes as long as one likes."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()
        self.sent: list[str] = []

    async def send(self, queued: Queued, message: EmailMessage) -> None:
        self.begun.set()
        await self.may_end.wait()
        self.sent.append(queued.to_address)

    async def close(self) -> None:
        pass


def test_a_server_that_ends_waits_for_one_mail_alone(tmp_path: Path) -> None:
    """The one on its way; the others are there at once for who looks next, as if never claimed."""
    slow = _Slow()
    carried = Round(tmp_path, slow, *(_letter(f"person{number}@nowhere.example") for number in range(3)))

    async def end_in_the_middle() -> None:
        desk = DeskJobs(lambda: Runner(tmp_path, Files(tmp_path / "files")))
        await desk.open()
        postman = Postman(desk, Mail(slow), lambda: NOW)
        postman.begin()
        await slow.begun.wait()
        ending = asyncio.create_task(postman.end())
        await asyncio.sleep(0)  # it has been told
        slow.may_end.set()
        await ending
        await desk.close()

    asyncio.run(end_in_the_middle())
    (sent,) = slow.sent
    others = [row for row in carried.rows() if row.to_address != sent]
    left = [(row.sent_at, row.next_try_at, row.attempts) for row in others]
    assert left == [(None, NOW, 0)] * 2


def test_after_a_crash_in_the_middle_it_is_sent_again(tmp_path: Path) -> None:
    """Claimed by a process that is no more: after some minutes by another, under the same Message-ID."""
    with smtp_sink() as (sink, address):
        carried = Round(tmp_path, transport(f"smtp://{address}"), _letter())
        with opened(tmp_path) as connection:
            (claimed,) = mail_queue.claim(connection, NOW, 10)
        carried.at(1)
        assert sink.mails == []
        carried.at(6)
        assert sink.mails[0]["Message-ID"] == claimed.message_id


def test_what_is_said_to_a_mail_server_is_encrypted(tmp_path: Path) -> None:
    """By STARTTLS before anything else; with a certificate that nobody believes, nothing is said."""
    trusted, trusting = loopback_certificate(tmp_path)
    with smtp_sink(trusted) as (sink, address):
        host, _colon, port = address.partition(":")
        believing = Smtp(host=host, port=int(port), trust=trusting)
        carried = Round(tmp_path / "desk", believing, _letter())
        carried.at()
        assert sink.encrypted == [True]
        doubting = Round(tmp_path / "other", Smtp(host=host, port=int(port)), _letter())
        doubting.at()
        assert len(sink.mails) == 1
        assert "certificate" in doubting.rows()[0].trouble.lower()


def test_a_server_without_encryption_hears_nothing(tmp_path: Path) -> None:
    """Unless it is on this machine: somebody on the way may have taken STARTTLS away."""
    with smtp_sink() as (sink, address):
        host, _colon, port = address.partition(":")
        carried = Round(tmp_path, Smtp(host=host, port=int(port), user="u", password="p"), _letter())
        carried.at()
        assert sink.mails == []
        assert carried.rows()[0].given_up_at is None


def test_a_folder_is_enough_to_try_it(tmp_path: Path) -> None:
    """Mails become files that a mail program opens."""
    carried = Round(tmp_path / "desk", transport(f"maildir:{tmp_path / 'box'}"), _letter())
    carried.at()
    (message,) = mails_in(tmp_path / "box")
    assert message["To"] == ADA


@pytest.mark.parametrize(
    "written", ["", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://h:x"]
)
def test_what_says_no_way_is_told(written: str) -> None:
    """A configuration that would send nothing is refused."""
    with pytest.raises(InvalidInput):
        transport(written)


def test_passwords_of_mail_servers_are_not_shown() -> None:
    """They may stand in the address, encoded; on other machines nothing is said without encryption."""
    smtp = transport("smtp://desk%40vendor:p%3Ass@mail.example.org")
    assert isinstance(smtp, Smtp)
    assert (smtp._user, smtp._password, smtp._port, smtp._may_be_plain) == ("desk@vendor", "p:ss", 587, False)
    assert "p:ss" not in repr(smtp)
    assert isinstance(transport("maildir:/tmp/box"), Maildir)


def test_an_answer_comes_back_through_the_pipe(tmp_path: Path) -> None:
    """A mail server's pipe lays it down, the running server adds it to the ticket; a stray one is kept."""
    incoming, box = tmp_path / "incoming", tmp_path / "box"
    post = Mail(Maildir(box), incoming, answered=True)
    with served(tmp_path / "desk", mail=post) as server:
        ticket = server.do(_asked_about)
        _until(lambda: mails_in(box))
        (ours,) = mails_in(box)
        assert "simply reply to this mail" in text_of(ours)
        answer = EmailMessage()
        answer["From"], answer["In-Reply-To"] = CUSTOMER, ours["Message-ID"]
        answer["Message-ID"] = "<1@client.example>"
        answer.set_content("The left one.")
        bring(incoming, answer.as_bytes())
        bring(incoming, b"From: stranger@nowhere.example\n\nBuy this\n")
        _until(lambda: server.do(lambda connection, now: _said(connection, ticket)))
        _until(lambda: list((incoming / "unmatched").glob("*.eml")))
        assert list((incoming / "new").iterdir()) == list((incoming / "cur").iterdir()) == []


@pytest.mark.second_stage
def test_what_is_reported_is_told_and_answered_by_mail_alone(tmp_path: Path) -> None:
    """From a customer's app to one of the staff and back, with nothing but a mail program there."""
    incoming, box = tmp_path / "incoming", tmp_path / "box"
    with (
        served(tmp_path / "desk", mail=Mail(Maildir(box), incoming, answered=True)) as server,
        httpx.Client(base_url=server.address + API, timeout=20) as client,
    ):
        server.do(_tell_staff)
        jana = Talker(client)
        jana.sign_in(CUSTOMER)
        jana.report("Printer")
        _until(lambda: mails_in(box))
        (told,) = mails_in(box)
        assert (told["To"], told["Subject"]) == (STAFF, "[#1001] Printer")
        assert "the customer gets what you write" in text_of(told)
        reply = EmailMessage()
        reply["From"], reply["In-Reply-To"] = STAFF, told["Message-ID"]
        reply["Message-ID"] = "<2@client.example>"
        reply.set_content(f"Turn it off.\n\nOn Sunday, Small Vendor wrote:\n> {text_of(told)[:9]}")
        bring(incoming, reply.as_bytes())
        _until(lambda: len(mails_in(box)) == 2)
        answer = mails_in(box)[1]
        assert answer["To"] == CUSTOMER
        assert text_of(answer).splitlines()[2:5] == [
            "Mia of Small Vendor wrote about your ticket #1001:",
            "",
            "Turn it off.",
        ]
        assert [each.body for each in jana.sees() if isinstance(each, Message)][1:] == ["Turn it off."]


def _tell_staff(connection: DeskConnection, now: datetime) -> None:
    with writing(connection):
        settings.keep_notified(connection, (STAFF,))


def test_a_mail_on_which_the_program_fails_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is laid aside for a person; the next one is taken, and mails still leave."""
    incoming, box = tmp_path / "incoming", tmp_path / "box"
    read = inbound.parsed

    def stumbling(raw: bytes) -> inbound.InboundMail:
        if b"stumble" in raw:
            raise AssertionError("a fault of the program")
        return read(raw)

    monkeypatch.setattr(inbound, "parsed", stumbling)
    with served(tmp_path / "desk", mail=Mail(Maildir(box), incoming)) as server:
        bring(incoming, b"From: a@b.example\n\nstumble\n")
        _until(lambda: list((incoming / "unmatched").glob("*.eml")))
        bring(incoming, b"From: a@b.example\n\nHello\n")
        _until(lambda: len(list((incoming / "unmatched").glob("*.eml"))) == 2)
        server.do(_asked_about)
        _until(lambda: mails_in(box))


def _asked_about(connection: DeskConnection, now: datetime) -> str:
    staff_id, customer = person_of(connection, STAFF), person_of(connection, CUSTOMER)
    return staff.report_for(connection, staff_id, customer, "Printer", "Which one?", now)


def _said(connection: DeskConnection, ticket: str) -> bool:
    with reading(connection):
        query = select(messages.c.body).where(messages.c.conversation_id == ticket)
        return "The left one." in connection.execute(query).scalars().all()


def test_the_pipes_command_lays_a_mail_down(tmp_path: Path) -> None:
    """Also while no server runs. What the operator has to mend makes the mail server try again later."""
    given = [sys.executable, "-m", "supportdesk.server", "mail-in", "--data", str(tmp_path), "--demo"]
    taken = subprocess.run([*given, "--vendor", "school"], input=b"From: a@b.example\n\nHi\n", check=True)
    assert taken.returncode == 0
    (laid,) = (tmp_path / "school" / "incoming" / "new").glob("*.eml")
    assert laid.read_bytes().endswith(b"Hi\n")
    for vendor in ("", "nobody"):
        refused = subprocess.run([*given, "--vendor", vendor], input=b"", capture_output=True, check=False)
        assert refused.returncode == 75
        assert refused.stderr
    huge = subprocess.run(
        [*given, "--vendor", "school"], input=b"x" * (MAX_BYTES + 1), capture_output=True, check=False
    )
    assert huge.returncode == 2
    assert len(list((tmp_path / "school" / "incoming" / "new").iterdir())) == 1


def test_a_mail_whose_taker_died_is_taken_by_another(tmp_path: Path) -> None:
    """After ten minutes it lies where the others look."""
    incoming = tmp_path / "incoming"
    bring(incoming, b"From: a@b.example\n\nHello\n")
    (laid,) = (incoming / "new").iterdir()
    claimed = laid.rename(incoming / "cur" / laid.name)
    os.utime(claimed, (time.time() - 700,) * 2)
    _take_in(tmp_path, incoming, lambda: NOW, asyncio.Event())
    assert [path.name for path in (incoming / "unmatched").iterdir()] == [laid.name]


def _backlog(incoming: Path) -> None:
    for number in range(AT_ONCE + 5):
        bring(incoming, f"From: a@b.example\n\nNumber {number}\n".encode())


def test_what_leaves_does_not_wait_for_a_backlog(tmp_path: Path) -> None:
    """It goes first, and of what came in a round takes only so many, the oldest."""
    incoming = tmp_path / "incoming"
    unmatched = incoming / "unmatched"
    taken_before: list[bool] = []

    class Watching(_Slow):
        async def send(self, queued: Queued, message: EmailMessage) -> None:
            taken_before.append(unmatched.exists())

    carried = Round(tmp_path / "desk", Watching(), _letter(), incoming=incoming)
    _backlog(incoming)
    oldest = sorted(path.name for path in (incoming / "new").iterdir())
    carried.at()
    assert taken_before == [False]
    assert sorted(path.name for path in unmatched.iterdir()) == oldest[:AT_ONCE]
    carried.at(1)
    assert sorted(path.name for path in unmatched.iterdir()) == oldest


def test_a_server_that_ends_takes_no_other_mail(tmp_path: Path) -> None:
    """After the one that is being taken; the others lie where the next server finds them at once."""
    incoming, ending = tmp_path / "incoming", asyncio.Event()
    _backlog(incoming)

    def clock() -> datetime:
        ending.set()  # it is asked when a mail is taken
        return NOW

    _take_in(tmp_path, incoming, clock, ending)
    assert len(list((incoming / "unmatched").iterdir())) == 1
    assert len(list((incoming / "new").iterdir())) == AT_ONCE + 4
    assert list((incoming / "cur").iterdir()) == []


def test_nobody_waits_for_the_disk_of_mails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Listing, claiming, reading and laying aside is done on other threads than that of the requests."""
    incoming = tmp_path / "incoming"
    _backlog(incoming)
    seen: dict[str, set[int]] = {}

    def watched(name: str) -> Callable[..., object]:
        real = getattr(os, name)

        def call(*arguments: object, **more: object) -> object:
            seen.setdefault(name, set()).add(threading.get_ident())
            return real(*arguments, **more)

        return call

    for name in ("scandir", "rename", "replace", "fsync", "utime"):
        monkeypatch.setattr(os, name, watched(name))
    _take_in(tmp_path, incoming, lambda: NOW, asyncio.Event())
    assert {"scandir", "rename", "replace", "fsync", "utime"} <= seen.keys()
    assert not any(threading.get_ident() in threads for threads in seen.values())


def _take_in(folder: Path, incoming: Path, clock: Callable[[], datetime], ending: asyncio.Event) -> None:
    async def look() -> None:
        desk = DeskJobs(lambda: Runner(folder / "desk", Files(folder / "files")))
        await desk.open()
        await Incoming(desk, incoming, clock).round(ending)
        await desk.close()

    asyncio.run(look())
