"""The engine against a desk in memory: sends once, fetches all, survives what goes wrong."""

import asyncio
import dataclasses
import hashlib
import itertools
import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from msgspec.structs import replace

from supportdesk.clock import now
from supportdesk.domain.account import ChangePassword, ListSessions, MailCode, RedeemCode
from supportdesk.domain.capabilities import Capability, Limits
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.commands import (
    Command,
    CreateOrder,
    CreateTicket,
    FileRef,
    MarkRead,
    NewArticle,
    Receipt,
    Reply,
)
from supportdesk.domain.delivery import Event
from supportdesk.domain.entities import Attachment, Person, Role
from supportdesk.domain.errors import (
    AuthenticationFailed,
    BackendUnreachable,
    DiskFull,
    NotAllowed,
    NotFound,
    ProtocolViolation,
    Refused,
    SessionExpired,
    UnknownOutcome,
    WorkingOffline,
)
from supportdesk.domain.orders import Article
from supportdesk.domain.projections import (
    Account,
    Attention,
    Delivery,
    Link,
    LogStep,
    OutboxState,
    TicketQuery,
)
from supportdesk.domain.session import Session
from supportdesk.domain.status import Stage, Status
from supportdesk.lanes import IoLane
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.store import Store
from supportdesk.replica.writer import Writer
from supportdesk.sync import drain
from supportdesk.sync.pace import Pace
from supportdesk.sync.service import Sync
from supportdesk.sync.upkeep import Upkeep
from tests.support.facts import command, draft
from tests.support.fake_backend import FakeBackend
from tests.support.fake_desk import OFFERS, FakeDesk

T = TypeVar("T")

USER, PASSWORD = "jana@practice.example", "correct-horse-1"
QUICK = Pace(poll_s=60, first_retry_s=0.01, longest_retry_s=0.05, look_up_after_s=0.02, backlog_spread_s=0.01)
REPORT = CreateTicket("Printer", "It is on fire.")


class House:
    """The stores and engine of one computer, and the desk they talk to."""

    def __init__(self, folder: Path, desk: FakeDesk | None = None, pace: Pace = QUICK) -> None:
        self.desk = desk or FakeDesk(Limits(upload_chunk_bytes=1000))
        if USER not in self.desk.passwords:
            self.desk.add_person(USER, PASSWORD, "practice")
            self.staff = self.desk.add_person("mia@vendor.example", PASSWORD, "vendor", Role.STAFF)
        self.backend = FakeBackend(self.desk)
        self.store = Store.open(folder)
        self.blobs = Blobs(folder)
        self.io = IoLane()
        self.sync = Sync(self.store, self.blobs, self.io, lambda _profile_id: self.backend, pace)
        self.account = Account("account", "practice", USER)
        self.session: Session | None = None

    def sign_in(self) -> None:
        self.account, self.session = self.sync.sign_in(self.account, PASSWORD).result(20)

    def start(self) -> None:
        if self.session is None:
            self.sign_in()
        self.sync.start(self.account, self.session)

    def rest(self) -> Link:
        return self.sync.once(self.account.id, 20).result(40).link

    def send(self, *intents: CreateTicket | CreateOrder | Reply | MarkRead) -> list[Command]:
        made = [command(intent) for intent in intents]
        for each in made:
            self.store.write(lambda writer, c=each: writer.send(None, self.account.id, c)).result()  # type: ignore[misc]
        return made

    def delivery(self, command: Command) -> Delivery:
        return self.store.read(lambda reader: reader.delivery(command.id)).result()

    def until(self, holds: Callable[[], bool], timeout_s: float = 20) -> None:
        end = time.monotonic() + timeout_s
        while not holds():
            assert time.monotonic() < end, "what the test waits for did not happen"
            time.sleep(0.005)

    def until_link(self, link: Link) -> None:
        self.until(lambda: self.sync.state(self.account.id).link is link)

    def close(self) -> None:
        self.sync.close()
        self.io.close()
        self.store.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "data")
    yield house
    house.close()


@pytest.fixture
def online(house: House) -> House:
    house.start()
    assert house.rest() is Link.ONLINE
    return house


def test_signing_in_keeps_what_the_backend_says(house: House) -> None:
    """Name, organisation, what it can do; the token is nowhere in the data folder."""
    house.sign_in()
    (kept,) = house.store.read(lambda reader: reader.accounts()).result()
    assert (kept.person_name, kept.organisation_name, kept.role) == ("Jana", "Practice", "customer")
    assert Capability.REOPEN in house.store.read(lambda reader: reader.capabilities(kept.id)).result()
    assert house.session is not None
    house.store.close()
    token = house.session.token.encode()
    assert not any(token in path.read_bytes() for path in house.store.folder.rglob("*") if path.is_file())


def test_an_engine_outlives_a_full_disk(
    online: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """While nothing can be written it tries on; with room again it is online as if nothing had been."""
    usual, refused = online.store.write, []

    def full(job: Callable[[Writer], T], origin: str = "") -> Future[T]:
        refused.append(job)
        failed: Future[T] = Future()
        failed.set_exception(DiskFull())
        return failed

    monkeypatch.setattr(online.store, "write", full)
    online.backend.fail("pull", BackendUnreachable())
    online.sync.kick()
    online.until(lambda: len(refused) > 3)
    monkeypatch.setattr(online.store, "write", usual)
    online.until(lambda: online.rest() is Link.ONLINE)  # a try that began before may still fail
    assert "could not be written down" in caplog.text


def test_a_changed_password_does_not_sign_out(online: House) -> None:
    """The new session is used from then on, also after the connection was lost."""
    answer = online.sync.ask(online.account.id, ChangePassword(PASSWORD, "another-horse-2")).result(20)
    assert isinstance(answer, Session)
    assert online.session is not None
    assert answer.token != online.session.token
    online.backend.fail("pull", BackendUnreachable())
    online.sync.kick()
    online.until(lambda: not online.backend.faults["pull"])
    online.until(lambda: online.rest() is Link.ONLINE)  # the try that failed may still be ending


def test_a_session_that_ends_while_it_is_replaced_is_not_missed(online: House) -> None:
    """Hearing that the old one has ended before the new one is here is no reason to ask for a sign-in."""
    gate = online.backend.gates["ask"] = asyncio.Event()
    asked = online.sync.ask(online.account.id, ChangePassword(PASSWORD, "another-horse-2"))
    online.until(lambda: online.backend.calls[-1] == "ask")
    online.backend.fail("pull", SessionExpired())
    online.sync.kick()
    online.until(lambda: not online.backend.faults["pull"])
    online.io.submit(_set(gate)).result(20)
    assert isinstance(asked.result(20), Session)
    assert online.rest() is Link.ONLINE


async def _set(gate: asyncio.Event) -> None:
    gate.set()


def test_without_a_connection_nothing_is_asked(online: House) -> None:
    """Working offline by choice is said as such."""
    online.sync.go_offline(True)
    with pytest.raises(WorkingOffline):
        online.sync.ask(online.account.id, ListSessions()).result(20)


def test_a_mailed_code_signs_in(house: House) -> None:
    """The account is made for the user who comes of it, and starts like after any sign-in."""
    house.sync.ask_at_door("practice", MailCode("reset", USER, "en")).result(20)
    code = house.desk.accounts.mails[USER][-1]
    request = RedeemCode(code, "another-horse-2")
    made = house.sync.redeem("practice", request, lambda user: Account(user, "practice", user))
    house.account, house.session = made.result(20)
    assert house.account.id == USER
    house.start()
    assert house.rest() is Link.ONLINE


def test_somebody_without_a_company_stands_for_themselves(house: House) -> None:
    """An organisation that is called like its only person is not named beside them."""
    house.desk.add_person("nora@home.example", PASSWORD, "nora")
    alone = Account("alone", "practice", "nora@home.example")
    kept, _session = house.sync.sign_in(alone, PASSWORD).result(20)
    assert (kept.person_name, kept.organisation_name) == ("Nora", "")


def test_a_wrong_password_keeps_nothing(house: House) -> None:
    """The error goes to the caller; no account appears and the backend is closed."""
    with pytest.raises(AuthenticationFailed):
        house.sync.sign_in(house.account, "wrong").result(20)
    assert house.store.read(lambda reader: reader.accounts()).result() == ()
    assert house.backend.closed


def test_another_person_cannot_take_over_an_account(house: House) -> None:
    """Signing in as somebody else is refused, and somebody else's session sends nothing of this person."""
    house.sign_in()
    house.desk.add_person("tom@practice.example", PASSWORD, "practice")
    other = replace(house.account, user="tom@practice.example")
    with pytest.raises(NotAllowed):
        house.sync.sign_in(other, PASSWORD).result(20)
    (made,) = house.send(REPORT)
    tom = house.io.submit(FakeBackend(house.desk).sign_in("tom@practice.example", PASSWORD)).result(20)
    house.sync.start(house.account, tom)
    house.until_link(Link.SIGN_IN_NEEDED)
    assert house.delivery(made).state is OutboxState.BLOCKED_AUTH
    assert house.desk.pushed == []


def test_the_first_sync_brings_everything(house: House) -> None:
    """Page by page, then the connection is online with the time of success."""
    for number in range(12):
        made = command(replace(REPORT, subject=f"Ticket {number}"))
        house.desk.push(house.desk.people[f"person-{USER}"], made)
    house.start()
    assert house.rest() is Link.ONLINE
    assert house.store.read(lambda reader: reader.ticket_count(TicketQuery("account"))).result() == 12
    state = house.store.read(lambda reader: reader.sync_state("account")).result()
    assert state.last_success_at is not None
    assert state == house.sync.state("account") or state.link is house.sync.state("account").link


def test_a_ticket_with_files_arrives_whole(online: House) -> None:
    """Uploaded in chunks, accepted with its number, fetched back; afterwards its bytes are gone from here."""
    content = bytes(range(256)) * 20
    files = tuple(online.blobs.put_bytes(content + bytes([n]), f"{n}.bin", "x/y") for n in range(2))
    begun = draft(files=files)
    online.store.write(lambda writer: writer.save_draft(begun)).result()
    made = Command(begun.id, now(), replace(REPORT, files=files))
    online.store.write(lambda writer: writer.send(begun.id, "account", made)).result()
    assert online.rest() is Link.ONLINE
    delivery = online.delivery(made)
    assert (delivery.state, delivery.number) == (OutboxState.SENT, "1001")
    assert [(line.step, line.detail) for line in delivery.log] == [
        (LogStep.SAVED, ""),
        (LogStep.UPLOADING, "0.bin"),
        (LogStep.UPLOADED, "0.bin"),
        (LogStep.UPLOADING, "1.bin"),
        (LogStep.UPLOADED, "1.bin"),
        (LogStep.SENDING, ""),
        (LogStep.ACCEPTED, "1001"),
    ]
    assert [upload.sent_bytes for upload in delivery.uploads] == [len(content) + 1] * 2
    view = online.store.read(lambda reader: reader.ticket("account", made.id)).result()
    assert view.row.stage is Stage.NEW
    assert len(view.attachments) == 2
    assert online.desk.contents[f"person-{USER}", files[0].sha256] == content + b"\0"
    online.until(lambda: not any(online.blobs.has(file) for file in files))
    assert online.backend.calls.count("upload") == 12


def test_changes_of_the_desk_come_without_asking(online: House) -> None:
    """The backend tells that something changed, and it is fetched before the next poll."""
    (made,) = online.send(REPORT)
    assert online.rest() is Link.ONLINE

    async def answer() -> None:
        online.desk.say(online.staff, made.id, "m1", "Which printer?")
        online.desk.move(online.staff, made.id, Status.QUESTION)
        await online.desk.tell()

    online.io.submit(answer()).result(20)

    def asked() -> bool:
        view = online.store.read(lambda reader: reader.ticket("account", made.id)).result()
        return view.row.stage is Stage.QUESTION

    online.until(asked)


def test_commands_about_one_thing_keep_their_order(online: House) -> None:
    """A ticket and its replies arrive as they were written, also when the first one needs several tries."""
    online.backend.fail("push", UnknownOutcome(), UnknownOutcome())
    (first,) = online.send(REPORT)
    rest = online.send(*(Reply(first.id, str(number)) for number in range(5)))
    online.sync.kick()
    online.until(lambda: online.delivery(rest[-1]).state is OutboxState.SENT)
    order = list(dict.fromkeys(online.desk.pushed))
    assert order == [first.id, *(each.id for each in rest)]


@pytest.mark.parametrize("after", [False, True])
def test_no_answer_means_the_same_id_again(online: House, after: bool) -> None:
    """Whether the request or the answer was lost: in the end it is there exactly once."""
    online.backend.fail("push", UnknownOutcome(), ProtocolViolation(), after=after)
    (made,) = online.send(REPORT)
    online.sync.kick()
    online.until(lambda: online.delivery(made).state is OutboxState.SENT)
    assert list(online.desk.tickets) == [made.id]
    assert online.delivery(made).attempts == 3


def test_a_try_that_comes_due_at_any_moment_is_made(online: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where time passes between the look at what is due and the decision how long to wait."""
    pauses = itertools.cycle([timedelta(), timedelta(minutes=1)])
    monkeypatch.setattr(drain, "now", lambda: now() + next(pauses))
    online.backend.fail("push", UnknownOutcome(), UnknownOutcome())
    (made,) = online.send(REPORT)
    online.sync.kick()
    online.until(lambda: online.delivery(made).state is OutboxState.SENT)


def test_only_an_answer_that_names_the_command_is_proof(
    online: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A receipt for something else, or for other content, does not make it sent."""
    honest = online.desk.push
    lies = [{"command_id": "another"}, {"payload_sha256": "0" * 64}]

    def push(me, made):  # type: ignore[no-untyped-def]
        receipt: Receipt = honest(me, made)
        return replace(receipt, **lies.pop(0)) if lies else receipt

    monkeypatch.setattr(online.desk, "push", push)
    (made,) = online.send(REPORT)
    online.sync.kick()
    online.until(lambda: online.delivery(made).state is OutboxState.SENT)
    assert (lies, online.delivery(made).attempts) == ([], 3)


def test_a_refusal_waits_for_the_customer_with_its_reason(online: House) -> None:
    """It is not repeated; corrected by the customer it goes out under the same id."""
    online.backend.fail("push", Refused("No such product."))
    (made, other) = online.send(REPORT, REPORT)
    assert online.rest() is Link.ONLINE
    delivery = (
        online.delivery(made)
        if online.delivery(made).state is not OutboxState.SENT
        else online.delivery(other)
    )
    assert (delivery.state, delivery.reason) == (OutboxState.NEEDS_USER, "No such product.")
    assert len(online.desk.tickets) == 1
    online.store.write(lambda writer: writer.retry(delivery.command_id)).result()
    assert online.rest() is Link.ONLINE
    assert len(online.desk.tickets) == 2


def test_a_refused_reply_does_not_hold_up_what_is_written_later(online: House) -> None:
    """A colleague closed the ticket meanwhile: the reply waits for the customer, the reopening goes."""
    (ticket,) = online.send(REPORT)
    assert online.rest() is Link.ONLINE
    online.backend.fail("push", Refused("This ticket is closed."))
    (refused,) = online.send(Reply(ticket.id, "One more thing."))
    assert online.rest() is Link.ONLINE
    assert online.delivery(refused).state is OutboxState.NEEDS_USER
    (later,) = online.send(Reply(ticket.id, "Then I write this."))
    assert online.rest() is Link.ONLINE
    assert online.delivery(later).state is OutboxState.SENT


def test_a_refused_report_holds_up_its_replies(online: House) -> None:
    """There is nothing yet to which they could be added; they go as soon as it was taken."""
    online.backend.fail("push", Refused("No such product."))
    (made,) = online.send(REPORT)
    assert online.rest() is Link.ONLINE
    (reply,) = online.send(Reply(made.id, "And another thing."))
    assert online.rest() is Link.ONLINE
    assert online.delivery(reply).state is OutboxState.QUEUED
    online.store.write(lambda writer: writer.retry(made.id)).result()
    assert online.rest() is Link.ONLINE
    assert online.delivery(reply).state is OutboxState.SENT


def test_a_refused_order_holds_up_what_is_added_to_it(online: House) -> None:
    """Else that would be refused as well, for an order that is not there yet."""
    online.backend.fail("push", Refused("There is an order with this reference already."))
    (order,) = online.send(CreateOrder("RET-1", (NewArticle(Article("BD-1")),)))
    assert online.rest() is Link.ONLINE
    (reply,) = online.send(Reply(order.id, "And another thing."))
    assert online.rest() is Link.ONLINE
    assert (online.delivery(order).state, online.delivery(reply).state) == (
        OutboxState.NEEDS_USER,
        OutboxState.QUEUED,
    )


def test_a_refused_mark_of_reading_bothers_nobody(online: House) -> None:
    """The ticket is gone meanwhile: the mark is dropped."""
    (mark,) = online.send(MarkRead("ticket", command(REPORT).id))
    assert online.rest() is Link.ONLINE
    assert online.delivery(mark).state is OutboxState.CANCELLED
    assert online.store.read(lambda reader: reader.home("account", now())).result().waiting == ()


def test_without_a_connection_everything_waits_and_says_so(online: House) -> None:
    """Offline, with a line in the log; when it comes back everything is sent once."""
    online.backend.fail("push", BackendUnreachable())
    online.backend.fail("welcome", *[BackendUnreachable()] * 5)
    made = online.send(*[REPORT] * 4)

    def said(command: Command) -> bool:
        steps = {line.step for line in online.delivery(command).log}
        return bool(steps & {LogStep.WAITING, LogStep.ACCEPTED})  # one beside it may have got through

    online.sync.kick()
    online.until(lambda: all(map(said, made)))
    online.until_link(Link.ONLINE)
    online.until(lambda: all(online.delivery(each).state is OutboxState.SENT for each in made))
    assert online.backend.calls.count("welcome") > 5
    assert sorted(online.desk.tickets) == sorted(each.id for each in made)


def test_what_the_backend_asks_for_is_obeyed(tmp_path: Path) -> None:
    """Retry-After: neither a kick nor F5 comes earlier."""
    house = House(tmp_path / "data")
    try:
        house.sign_in()
        house.backend.fail("welcome", BackendUnreachable(retry_after_s=0.4))
        began = time.monotonic()
        house.start()
        house.until_link(Link.OFFLINE)
        house.sync.kick()
        house.until_link(Link.ONLINE)
        assert time.monotonic() - began >= 0.4
    finally:
        house.close()


@pytest.mark.parametrize("before", [True, False])
def test_who_looks_on_is_back_soon(tmp_path: Path, before: bool) -> None:
    """Whether they looked on before the account was started, or look again during a long wait."""
    hour_s = 3600.0
    pace = dataclasses.replace(
        QUICK, first_retry_s=hour_s, longest_retry_s=hour_s, longest_retry_active_s=0.1
    )
    house = House(tmp_path / "data", pace=pace)
    try:
        house.sign_in()
        house.backend.fail("welcome", *[BackendUnreachable()] * 3)
        if before:
            house.sync.attend(Attention.ACTIVE)
        house.start()
        if not before:
            house.until_link(Link.OFFLINE)
            house.sync.attend(Attention.ACTIVE)
        house.until_link(Link.ONLINE)
    finally:
        house.close()


def test_an_ended_session_blocks_and_loses_nothing(online: House) -> None:
    """Commands wait as blocked; after a new sign-in they go out."""
    online.desk.tokens.clear()
    made = online.send(REPORT, REPORT)
    assert online.rest() is Link.SIGN_IN_NEEDED
    assert [online.delivery(each).state for each in made] == [OutboxState.BLOCKED_AUTH] * 2
    assert online.rest() is Link.SIGN_IN_NEEDED
    online.sign_in()
    online.start()
    assert online.rest() is Link.ONLINE
    assert len(online.desk.tickets) == 2


def test_a_session_revoked_in_the_middle_of_an_upload(online: House) -> None:
    """R10: the upload stops, the command is blocked, and goes on where it was after signing in."""
    file = online.blobs.put_bytes(b"x" * 5000, "a.bin", "x/y")
    upload = online.desk.append

    def revoked(me, ref, offset, chunk):  # type: ignore[no-untyped-def]
        if offset == 3000:
            online.desk.append = upload  # type: ignore[method-assign]
            raise SessionExpired
        return upload(me, ref, offset, chunk)

    online.desk.append = revoked  # type: ignore[method-assign]
    (made,) = online.send(replace(REPORT, files=(file,)))
    assert online.rest() is Link.SIGN_IN_NEEDED
    assert online.delivery(made).state is OutboxState.BLOCKED_AUTH
    online.sign_in()
    online.start()
    assert online.rest() is Link.ONLINE
    assert online.delivery(made).state is OutboxState.SENT
    assert online.backend.calls.count("upload") == 4 + 2


def test_without_a_session_a_sign_in_is_needed(house: House) -> None:
    """Nothing is tried; the state says what to do."""
    house.sign_in()
    (made,) = house.send(REPORT)
    house.sync.start(house.account, None)
    assert house.sync.once("account", 5).result(10).link is Link.SIGN_IN_NEEDED
    assert house.delivery(made).state is OutboxState.BLOCKED_AUTH


def test_signing_out_ends_the_session_there_and_here(online: House) -> None:
    """Also when the backend cannot be reached; an account that was never started has nothing to end."""
    online.sync.sign_out("account").result(20)
    assert (online.desk.tokens, online.sync.state("account").link) == ({}, Link.SIGN_IN_NEEDED)
    online.sign_in()
    online.start()
    assert online.rest() is Link.ONLINE
    online.backend.fail("sign_out", BackendUnreachable())
    online.sync.sign_out("account").result(20)
    assert online.sync.state("account").link is Link.SIGN_IN_NEEDED
    online.sync.sign_out("nobody").result(20)


def test_signing_out_removes_what_was_downloaded(online: House) -> None:
    """The copies of attachments go with the account; those of another account stay."""
    path = online.sync.download("account", _attachment(online, b"z" * 2500, "a.bin")).result(20)
    of_another = path.parents[2] / "somebody-else" / "x" / "b.bin"
    of_another.parent.mkdir(parents=True)
    of_another.write_bytes(b"b")
    online.sync.sign_out("account").result(20)
    assert not path.exists()
    assert of_another.exists()


def test_what_is_opened_for_nobody_is_closed_also_at_the_end(tmp_path: Path) -> None:
    """Who asked has left while it was being opened, and then everything ends: that cancels once more."""
    house = House(tmp_path)
    opening, may_open = threading.Event(), threading.Event()

    def open_slowly(_profile_id: str) -> FakeBackend:
        opening.set()
        assert may_open.wait(20)
        return house.backend

    house.sync._open_backend = open_slowly
    asked = house.sync.door("practice")
    assert opening.wait(20)
    [asking] = [task for task in asyncio.all_tasks(house.io._loop) if "_at_door" in repr(task)]
    asked.cancel()
    ending = threading.Thread(target=house.close)
    ending.start()
    house.until(lambda: asking.cancelling() == 2)
    may_open.set()
    ending.join(20)
    assert house.backend.closed


def test_an_account_whose_backend_cannot_be_made_says_so(house: House) -> None:
    """Instead of starting for ever it is failing, with the reason; when the cause is gone it goes on."""
    house.start()
    assert house.rest() is Link.ONLINE
    missing = NotFound("There is no such vendor.")

    def refuse(_profile_id: str) -> FakeBackend:
        raise missing

    usual, house.sync._open_backend = house.sync._open_backend, refuse
    house.sync.start(house.account, house.session)
    state = house.sync.once("account", 5).result(10)
    assert (state.link, state.error) == (Link.FAILING, "There is no such vendor.")
    assert house.sync.state("account") == state
    kept = house.store.read(lambda reader: reader.sync_state("account")).result()
    assert (kept.link, kept.error_code) == (Link.FAILING, "not_found")
    house.sync._open_backend = usual
    house.start()
    assert house.rest() is Link.ONLINE


def test_a_backend_that_answers_nonsense_is_failing_not_offline(
    online: House, caplog: pytest.LogCaptureFixture
) -> None:
    """The state tells the two apart; a bug in a backend is logged and tried again like the rest."""
    with caplog.at_level(logging.ERROR):
        online.backend.fail("pull", ValueError("a bug"))
        online.backend.fail("welcome", ProtocolViolation(), ProtocolViolation())
        states: list[str] = []

        def note(_change: ChangeSet) -> None:
            states.append(online.store.read(lambda reader: reader.sync_state("account").link.value).result())

        online.store.subscribe(note)
        online.sync.kick()
        online.until(lambda: "failing" in states and states[-1] == "online")
    assert "a bug" in caplog.text


def test_a_feed_that_does_not_move_is_no_feed(online: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """More pages promised under the same cursor would never end."""
    honest = online.desk.pull
    monkeypatch.setattr(
        online.desk, "pull", lambda me, cursor: replace(honest(me, cursor), more=True, cursor=cursor)
    )
    online.sync.kick()
    online.until_link(Link.FAILING)
    monkeypatch.setattr(online.desk, "pull", honest)
    online.until_link(Link.ONLINE)


def test_a_broken_command_does_not_hold_the_others(online: House, caplog: pytest.LogCaptureFixture) -> None:
    """One that makes the backend stumble again and again waits longer each time; others pass."""
    online.backend.fail("push", *[RuntimeError("stumbled")] * 3)
    made = online.send(REPORT, REPORT, REPORT, REPORT)
    online.sync.kick()
    online.until(lambda: all(online.delivery(each).state is OutboxState.SENT for each in made))
    assert "stumbled" in caplog.text


def test_a_damaged_file_needs_the_customer(online: House) -> None:
    """It is not sent as something else; the log names it and the bytes are set aside."""
    file = online.blobs.put_bytes(b"hello", "scan.png", "image/png")
    made = command(replace(REPORT, files=(file,)))
    online.sync.go_offline(True)
    online.store.write(lambda writer: writer.send(None, "account", made)).result()
    online.blobs.path(file).write_bytes(b"hellx")
    online.sync.go_offline(False)
    online.until(lambda: online.delivery(made).state is OutboxState.NEEDS_USER)
    assert "scan.png" in online.delivery(made).reason
    assert online.desk.pushed == []


def test_a_spoilt_earlier_upload_is_begun_again(online: House) -> None:
    """When the desk finds that what arrived is not the file, it is sent once more."""
    content = b"y" * 1500
    file = online.blobs.put_bytes(content, "a.bin", "x/y")
    online.desk.arriving[f"person-{USER}", file.sha256] = b"z" * 1000
    (made,) = online.send(replace(REPORT, files=(file,)))
    assert online.rest() is Link.ONLINE
    assert online.delivery(made).state is OutboxState.SENT
    assert online.desk.contents[f"person-{USER}", file.sha256] == content


@pytest.mark.parametrize("answer", [-1, 0, 10_000])
def test_an_upload_that_does_not_advance_is_no_upload(
    online: House, monkeypatch: pytest.MonkeyPatch, answer: int
) -> None:
    """Offsets that go back, stand still or run ahead are not believed; it is tried again."""
    file = online.blobs.put_bytes(b"x" * 1500, "a.bin", "x/y")
    honest = online.desk.append
    monkeypatch.setattr(online.desk, "append", lambda *_arguments: answer)
    (made,) = online.send(replace(REPORT, files=(file,)))
    online.sync.kick()
    online.until(lambda: online.delivery(made).error_code == "protocol_violation")
    monkeypatch.setattr(online.desk, "append", honest)
    online.until(lambda: online.delivery(made).state is OutboxState.SENT)


def test_a_file_that_is_there_already_is_not_sent_again(online: House) -> None:
    """Two tickets with the same screenshot: one upload."""
    file = online.blobs.put_bytes(b"x" * 500, "a.bin", "x/y")
    for _each in range(2):
        again = online.blobs.put_bytes(b"x" * 500, "a.bin", "x/y")
        online.send(replace(REPORT, files=(again,)))
        assert online.rest() is Link.ONLINE
    assert online.backend.calls.count("upload") == 1
    assert file.size_bytes == 500


def test_a_large_file_survives_many_cuts(online: House) -> None:
    """R5: after each cut the upload goes on where it was; at most one chunk is sent twice for each."""
    size_bytes, cuts, chunk_bytes = 3_000_000, 50, 1000 * 20
    online.desk.limits = replace(online.desk.limits, upload_chunk_bytes=chunk_bytes)
    online.sync.start(online.account, online.session)
    assert online.rest() is Link.ONLINE
    dice, sent = random.Random(1), 0
    honest = online.desk.append
    plan = [dice.choice(["before", "after"]) for _each in range(cuts)]

    def cut(me: Person, file: FileRef, offset: int, chunk: bytes) -> int:
        nonlocal sent
        sent += len(chunk)
        fault = plan.pop() if plan and dice.random() < 0.4 else ""
        if fault == "before":
            raise UnknownOutcome
        arrived = honest(me, file, offset, chunk)
        if fault == "after":
            raise UnknownOutcome
        return arrived

    online.desk.append = cut  # type: ignore[method-assign]
    file = online.blobs.put_bytes(dice.randbytes(size_bytes), "video.bin", "x/y")
    (made,) = online.send(replace(REPORT, files=(file,)))
    online.sync.kick()
    online.until(lambda: online.delivery(made).state is OutboxState.SENT, timeout_s=50)
    assert plan == []
    assert sent <= size_bytes + cuts * chunk_bytes
    content = online.desk.contents[f"person-{USER}", file.sha256]
    assert hashlib.sha256(content).hexdigest() == file.sha256


def test_500_waiting_commands_are_drained(house: House) -> None:
    """After a week offline everything arrives once, a few at a time."""
    house.sign_in()
    house.send(*[REPORT] * 500)
    house.start()
    assert house.sync.once("account", 50).result(60).link is Link.ONLINE
    assert len(house.desk.tickets) == len(house.desk.pushed) == 500


def test_working_offline_cuts_and_comes_back(online: House) -> None:
    """Nothing is tried meanwhile; `once` says at once that it is offline."""
    online.sync.go_offline(True)
    online.sync.go_offline(True)
    online.until_link(Link.OFFLINE)
    (made,) = online.send(REPORT)
    online.sync.kick()
    assert online.rest() is Link.OFFLINE
    assert online.delivery(made).state is OutboxState.QUEUED
    online.sync.go_offline(False)
    online.until(lambda: online.delivery(made).state is OutboxState.SENT)
    online.sync.go_offline(True)
    online.sync.start(online.account, online.session)
    online.until_link(Link.OFFLINE)


def test_after_a_stop_in_the_middle_the_same_id_goes_out_again(online: House) -> None:
    """Stopped between request and answer it stands as being sent, and is repeated after the start."""
    gate = online.io.submit(_event()).result(20)
    online.backend.gates["push"] = gate
    (made,) = online.send(REPORT)
    online.sync.kick()
    online.until(lambda: "push" in online.backend.calls)
    online.sync.stop("account")
    online.until(lambda: online.backend.closed)
    assert online.delivery(made).state is OutboxState.SENDING
    online.backend.gates.clear()
    online.start()
    assert online.rest() is Link.ONLINE
    assert list(online.desk.tickets) == [made.id]


def test_closing_does_not_wait_for_a_request_that_hangs(online: House) -> None:
    """`close` returns, the backend is closed, and the command is tried again at the next start."""
    online.backend.gates["push"] = online.io.submit(_event()).result(20)
    (made,) = online.send(REPORT)
    online.sync.kick()
    online.until(lambda: "push" in online.backend.calls)
    online.sync.close()
    online.until(lambda: online.backend.closed)
    assert online.delivery(made).state is OutboxState.SENDING


def test_taken_back_while_uploading(online: House) -> None:
    """The upload ends without the command; nothing is sent."""
    online.backend.gates["upload"] = online.io.submit(_event()).result(20)
    file = online.blobs.put_bytes(b"x" * 1500, "a.bin", "x/y")
    (made,) = online.send(replace(REPORT, files=(file,)))
    online.sync.kick()
    online.until(lambda: "upload" in online.backend.calls)
    online.store.write(lambda writer: writer.cancel(made.id)).result()
    online.io.submit(_open(online.backend)).result(20)
    assert online.rest() is Link.ONLINE
    assert (online.desk.pushed, online.delivery(made).state) == ([], OutboxState.CANCELLED)


def test_a_backend_without_keys_is_never_asked_twice_blindly(tmp_path: Path) -> None:
    """No answer: uncertain, and where the backend cannot look it up the customer decides."""
    desk = FakeDesk(offers=OFFERS - {Capability.IDEMPOTENT})
    house = House(tmp_path / "data", desk)
    try:
        house.start()
        assert house.rest() is Link.ONLINE
        house.backend.fail("push", UnknownOutcome(), after=True)
        (made,) = house.send(REPORT)
        assert house.rest() is Link.ONLINE
        house.until(lambda: house.delivery(made).state is OutboxState.UNCERTAIN)
        assert desk.pushed == [made.id]
        assert house.rest() is Link.ONLINE
        assert house.delivery(made).state is OutboxState.UNCERTAIN
        waiting = house.store.read(lambda reader: reader.home("account", now())).result().waiting
        assert [each.kind for each in waiting] == ["needs_user"]
    finally:
        house.close()


class Searching(FakeBackend):
    """Can look for the mark of a command."""

    async def find(self, command: Command) -> Receipt | None:
        known = self.desk.ledger.get(command.id)
        return known[1] if known else None


@pytest.mark.parametrize("arrived", [False, True])
def test_an_uncertain_command_is_looked_up(tmp_path: Path, arrived: bool) -> None:
    """Found, it is sent; not found, it is sent anew: once in the end."""
    desk = FakeDesk(offers=OFFERS - {Capability.IDEMPOTENT})
    house = House(tmp_path / "data", desk)
    house.backend = Searching(desk)
    try:
        house.start()
        assert house.rest() is Link.ONLINE
        house.backend.fail("push", UnknownOutcome(), after=arrived)
        (made,) = house.send(REPORT)
        house.sync.kick()
        house.until(lambda: house.delivery(made).state is OutboxState.SENT)
        assert len(desk.pushed) == 1
    finally:
        house.close()


def test_a_rebuilt_replica_is_filled_again(online: House) -> None:
    """After damage the facts come from the beginning; nothing has to be asked."""
    (made,) = online.send(REPORT)
    assert online.rest() is Link.ONLINE
    online.store.rebuild_replica().result()
    assert online.rest() is Link.ONLINE
    assert online.store.read(lambda reader: reader.ticket("account", made.id)).result().row.stage is Stage.NEW


def test_upkeep_finds_nothing_wrong_with_a_healthy_store(online: House) -> None:
    """It sweeps and checks; the replica stays."""
    online.send(REPORT)
    assert online.rest() is Link.ONLINE
    upkeep = Upkeep(online.store, online.blobs, first_after_s=0, every_s=60)
    assert online.io.submit(upkeep.once(pause_s=0)).result(20) == 0
    assert online.store.read(lambda reader: reader.cursor("account")).result() is not None


def test_an_attachment_is_fetched_once_and_checked(online: House) -> None:
    """Whole, in a folder of its own, under a harmless name, not executable."""
    content = b"z" * 2500
    attachment = _attachment(online, content, "../../evil\u202efdp.exe")
    path = online.sync.download("account", attachment).result(20)
    assert (path.read_bytes(), path.name) == (content, "_.._evilfdp.exe")
    assert path.is_relative_to(online.store.folder / "downloads")
    assert path.stat().st_mode & 0o111 == 0
    assert online.sync.download("account", attachment).result(20) == path
    assert online.backend.calls.count("download") == 1


def test_a_cut_download_goes_on(online: House) -> None:
    """What came before the cut is not fetched again."""
    content = bytes(range(250)) * 10
    attachment = _attachment(online, content, "a.bin")
    online.backend.fail("download", UnknownOutcome(), after=True)
    with pytest.raises(UnknownOutcome):
        online.sync.download("account", attachment).result(20)
    (part,) = (online.store.folder / "downloads").rglob("download.part")
    assert part.stat().st_size == 700
    assert online.sync.download("account", attachment).result(20).read_bytes() == content


@pytest.mark.parametrize("announced", [2000, 3000])
def test_other_bytes_than_announced_are_not_kept(online: House, announced: int) -> None:
    """Too many, too few or different ones: a typed error, and no file that could be opened."""
    attachment = replace(_attachment(online, b"z" * 2500, "a.bin"), size_bytes=announced)
    with pytest.raises(ProtocolViolation):
        online.sync.download("account", attachment).result(20)
    assert not list((online.store.folder / "downloads").rglob("a.bin"))


def test_nothing_is_fetched_for_an_unknown_account(house: House) -> None:
    """Neither files nor news; before the start its state is 'starting'."""
    attachment = Attachment("a", "t", "x", 1, "0" * 64, "x/y", now())
    with pytest.raises(BackendUnreachable):
        house.sync.download("nobody", attachment).result(20)
    with pytest.raises(NotFound):
        house.sync.once("nobody", 1).result(20)
    assert house.sync.state("nobody").link is Link.STARTING
    house.sync.stop("nobody")


def test_a_rest_that_does_not_come_ends_with_its_time(online: House) -> None:
    """`once` answers after its time-out with the state as it is."""
    online.backend.gates["push"] = online.io.submit(_event()).result(20)
    online.send(REPORT)
    assert online.sync.once("account", 0.2).result(20).link is Link.ONLINE


def test_a_wait_counts_from_now(online: House) -> None:
    """A command whose next try is far off is tried when the customer asks for it."""
    (made,) = online.send(REPORT)
    later = now() + timedelta(seconds=QUICK.longest_retry_s)
    online.store.write(lambda w: w.advance(made.id, Event.POSTPONED, next_try_at=later)).result()
    assert online.rest() is Link.ONLINE
    assert online.delivery(made).state is OutboxState.SENT


def _attachment(house: House, content: bytes, name: str) -> Attachment:
    """Of a ticket that staff sent a file with."""
    (made,) = house.send(REPORT)
    assert house.rest() is Link.ONLINE
    sha256 = hashlib.sha256(content).hexdigest()
    attachment = Attachment("a1", made.id, name, len(content), sha256, "x/y", now())
    house.desk.parts["attachment", "a1"] = attachment
    house.desk.contents["staff", sha256] = content
    return attachment


async def _event() -> asyncio.Event:
    return asyncio.Event()


async def _open(backend: FakeBackend) -> None:
    for gate in backend.gates.values():
        gate.set()
