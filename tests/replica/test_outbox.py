"""Saving for sending, taking back, trying again."""

import pytest

from supportdesk.clock import now, uuid7
from supportdesk.domain.commands import Command, CreateTicket, FileRef, MarkRead, Reply
from supportdesk.domain.delivery import Event
from supportdesk.domain.errors import IdempotencyConflict, NotFound, Refused, StoreError
from supportdesk.domain.projections import Draft, LogStep, OutboxState
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.store import Store
from tests.support.facts import ACCOUNT, command, draft, give, send, ticket

REPORT = CreateTicket("Printer", "It is on fire.")


def steps(store: Store, command_id: str) -> list[tuple[LogStep, str]]:
    delivery = store.read(lambda reader: reader.delivery(command_id)).result()
    return [(line.step, line.detail) for line in delivery.log]


def advance(store: Store, command_id: str, event: Event, reason: str = "") -> bool:
    return store.write(lambda writer: writer.advance(command_id, event, reason=reason)).result()


def from_draft(store: Store, begun: Draft) -> Command:
    made = Command(begun.id, now(), REPORT)
    store.write(lambda writer: writer.save_draft(begun)).result()
    store.write(lambda writer: writer.send(begun.id, ACCOUNT.id, made)).result()
    return made


def test_sending_replaces_the_draft_in_one_transaction(store: Store) -> None:
    """After the commit the command waits and the draft is gone; the log says 'saved'."""
    begun = draft()
    made = from_draft(store, begun)
    assert store.read(lambda reader: reader.drafts(None)).result() == ()
    delivery = store.read(lambda reader: reader.delivery(made.id)).result()
    assert (delivery.state, delivery.subject, delivery.do) == (OutboxState.QUEUED, "Printer", "create_ticket")
    assert steps(store, made.id) == [(LogStep.SAVED, "")]


def test_without_its_files_nothing_is_sent_and_the_draft_stays(store: Store) -> None:
    """Bytes that are not in the blob folder are said before, not after."""
    missing = FileRef("scan.png", "0" * 64, 3)
    begun = draft()
    store.write(lambda writer: writer.save_draft(begun)).result()
    made = Command(begun.id, now(), CreateTicket("Printer", "x", files=(missing,)))
    with pytest.raises(StoreError, match=r"scan\.png"):
        store.write(lambda writer: writer.send(begun.id, ACCOUNT.id, made)).result()
    assert len(store.read(lambda reader: reader.drafts(None)).result()) == 1


def test_a_second_click_sends_nothing_twice(store: Store) -> None:
    """The same command again is harmless; the same id with other words, or an unknown account, is refused."""
    made = send(store, REPORT)
    store.write(lambda writer: writer.send(None, ACCOUNT.id, made)).result()
    assert len(store.read(lambda reader: reader.outbox(None)).result()) == 1
    other = Command(made.id, now(), CreateTicket("Scanner", "x"))
    with pytest.raises(IdempotencyConflict):
        store.write(lambda writer: writer.send(None, ACCOUNT.id, other)).result()
    with pytest.raises(NotFound):
        store.write(lambda writer: writer.send(None, "nobody", command(REPORT))).result()


def test_taking_back_gives_the_draft_back(store: Store) -> None:
    """With everything that was in it; sending it once more keeps its id, with whatever it says now."""
    begun = draft()
    made = from_draft(store, begun)
    store.write(lambda writer: writer.cancel(made.id)).result()
    assert store.read(lambda reader: reader.draft(begun.id)).result() == begun
    assert store.read(lambda reader: reader.outbox(None)).result() == ()
    corrected = Command(begun.id, now(), CreateTicket("Printer 2", "x"))
    store.write(lambda writer: writer.send(begun.id, ACCOUNT.id, corrected)).result()
    (waiting,) = store.read(lambda reader: reader.outbox(None)).result()
    assert (waiting.command_id, waiting.subject) == (begun.id, "Printer 2")
    assert [step for step, _detail in steps(store, made.id)] == [
        LogStep.SAVED,
        LogStep.CANCELLED,
        LogStep.SAVED,
    ]


def test_what_is_on_its_way_cannot_be_taken_back(store: Store) -> None:
    """While sending and afterwards it is refused with words."""
    made = send(store, REPORT)
    advance(store, made.id, Event.SEND_BEGUN)
    with pytest.raises(Refused):
        store.write(lambda writer: writer.cancel(made.id)).result()
    advance(store, made.id, Event.ACCEPTED)
    with pytest.raises(Refused):
        store.write(lambda writer: writer.cancel(made.id)).result()
    with pytest.raises(Refused):
        store.write(lambda writer: writer.retry(made.id)).result()


def test_a_ticket_with_a_reply_is_not_taken_back_alone(store: Store) -> None:
    """Words written later are not lost by taking back the first; marks of reading go with it."""
    made = send(store, REPORT)
    reply = send(store, Reply(made.id, "And smoke."))
    mark = send(store, MarkRead("ticket", made.id))
    with pytest.raises(Refused):
        store.write(lambda writer: writer.cancel(made.id)).result()
    store.write(lambda writer: writer.cancel(reply.id)).result()
    store.write(lambda writer: writer.cancel(made.id)).result()
    assert store.read(lambda reader: reader.unfinished(ACCOUNT.id)).result() == []
    assert store.read(lambda reader: reader.command(mark.id)).result().state == OutboxState.CANCELLED


def test_the_customer_can_try_again(store: Store) -> None:
    """What needed help or is uncertain goes back into the queue, at once."""
    made = send(store, REPORT)
    advance(store, made.id, Event.SEND_BEGUN)
    advance(store, made.id, Event.REFUSED, "No such product.")
    delivery = store.read(lambda reader: reader.delivery(made.id)).result()
    assert (delivery.state, delivery.reason) == (OutboxState.NEEDS_USER, "No such product.")
    store.write(lambda writer: writer.retry(made.id)).result()
    delivery = store.read(lambda reader: reader.delivery(made.id)).result()
    assert (delivery.state, delivery.reason, delivery.attempts) == (OutboxState.QUEUED, "", 1)


def test_an_event_that_comes_too_late_changes_nothing(store: Store) -> None:
    """The engine learns that the customer was quicker."""
    made = send(store, REPORT)
    store.write(lambda writer: writer.cancel(made.id)).result()
    assert not advance(store, made.id, Event.SEND_BEGUN)
    assert store.read(lambda reader: reader.command(made.id)).result().state == OutboxState.CANCELLED


def test_of_many_tries_the_log_keeps_the_latest(store: Store) -> None:
    """A week without a connection does not become a thousand lines."""
    made = send(store, REPORT)
    for number in range(50):
        advance(store, made.id, Event.SEND_BEGUN)
        advance(store, made.id, Event.POSTPONED, f"Not now {number}.")
    assert steps(store, made.id) == [
        (LogStep.SAVED, ""),
        (LogStep.SENDING, ""),
        (LogStep.WAITING, "Not now 49."),
    ]


def test_waiting_is_said_once(store: Store) -> None:
    """Losing the connection again does not repeat itself in the log of what is queued."""
    made = send(store, REPORT)
    for _each in range(3):
        store.write(lambda writer: writer.mark_waiting(ACCOUNT.id, "No connection.")).result()
    assert steps(store, made.id) == [(LogStep.SAVED, ""), (LogStep.WAITING, "No connection.")]


@pytest.mark.parametrize(
    ("repeatable", "state"), [(True, OutboxState.QUEUED), (False, OutboxState.UNCERTAIN)]
)
def test_what_was_being_sent_when_the_app_died(store: Store, repeatable: bool, state: OutboxState) -> None:
    """It is repeated with its id where repeats are recognised, else uncertain; uploads begin again."""
    sending, uploading = send(store, REPORT), send(store, REPORT)
    advance(store, sending.id, Event.SEND_BEGUN)
    advance(store, uploading.id, Event.UPLOAD_BEGUN)
    store.write(lambda writer: writer.take_over(ACCOUNT.id, repeatable=repeatable)).result()
    rows = {row.id: row.state for row in store.read(lambda reader: reader.unfinished(ACCOUNT.id)).result()}
    assert rows == {sending.id: state, uploading.id: OutboxState.QUEUED}


def test_signing_out_and_in_moves_everything_that_can(store: Store) -> None:
    """Commands wait as blocked and come back; what needs the customer stays as it is."""
    waiting, refused, sending = (send(store, REPORT) for _each in range(3))
    advance(store, refused.id, Event.REFUSED)
    advance(store, sending.id, Event.SEND_BEGUN)
    store.write(lambda writer: writer.move_all(ACCOUNT.id, Event.SIGNED_OUT)).result()
    states = {row.id: row.state for row in store.read(lambda reader: reader.unfinished(ACCOUNT.id)).result()}
    assert states == {
        waiting.id: OutboxState.BLOCKED_AUTH,
        refused.id: OutboxState.NEEDS_USER,
        sending.id: OutboxState.SENDING,
    }
    store.write(lambda writer: writer.move_all(ACCOUNT.id, Event.SIGNED_IN)).result()
    assert store.read(lambda reader: reader.command(waiting.id)).result().state == OutboxState.QUEUED


def test_accepted_files_are_freed_when_nobody_needs_them(store: Store, blobs: Blobs) -> None:
    """A file that a draft also has is kept."""
    own = blobs.put_bytes(b"own", "a.txt", "text/plain")
    shared = blobs.put_bytes(b"shared", "b.txt", "text/plain")
    store.write(lambda writer: writer.save_draft(draft(files=(shared,)))).result()
    made = send(store, CreateTicket("Printer", "x", files=(own, shared)))
    assert store.read(lambda reader: reader.referenced_blobs()).result() == {own.sha256, shared.sha256}
    advance(store, made.id, Event.SEND_BEGUN)
    advance(store, made.id, Event.ACCEPTED)
    assert set(store.read(lambda reader: reader.unsettled(ACCOUNT.id)).result()) == {made.id}
    assert store.write(lambda writer: writer.settle([made.id])).result() == (own.sha256,)
    assert store.read(lambda reader: reader.command(made.id)).result().intact


def test_deliveries_say_what_they_are_about(store: Store, blobs: Blobs) -> None:
    """Subject and number come from the ticket, sent or not, or stay empty; uploads tell how far."""
    file = blobs.put_bytes(b"12345", "a.txt", "text/plain")
    give(store, [ticket("t1", "Printer", number="1042")])
    known = send(store, Reply("t1", "x", files=(file,)))
    report = send(store, REPORT)
    unsent = send(store, Reply(report.id, "x"))
    orphan = send(store, Reply("gone", "x"))
    store.write(lambda writer: writer.put_progress(known.id, file.sha256, 3)).result()
    found = {each.command_id: each for each in store.read(lambda reader: reader.outbox(ACCOUNT.id)).result()}
    assert [(found[each.id].subject, found[each.id].number) for each in (known, unsent, orphan)] == [
        ("Printer", "1042"),
        ("Printer", ""),
        ("", ""),
    ]
    assert [progress.sent_bytes for progress in found[known.id].uploads] == [3]


def test_deleting_a_draft_twice_is_harmless(store: Store) -> None:
    """It is gone; asking for it says so."""
    begun = draft()
    store.write(lambda writer: writer.save_draft(begun)).result()
    for _each in range(2):
        store.write(lambda writer: writer.delete_draft(begun.id)).result()
    with pytest.raises(NotFound):
        store.read(lambda reader: reader.draft(begun.id)).result()
    with pytest.raises(NotFound):
        store.read(lambda reader: reader.delivery(uuid7())).result()


def test_a_command_whose_bytes_have_changed_is_not_settled(store: Store) -> None:
    """The repair begins instead; where no backup has the command, its loss is said."""
    made = send(store, REPORT)
    store.write(
        lambda writer: writer._db.execute(
            "UPDATE outbox.command SET payload = x'00' WHERE id = ?", (made.id,)
        )
    ).result()
    with pytest.raises(NotFound):
        store.write(lambda writer: writer.settle((made.id,))).result()
    assert any(made.id in event for event in store.events)
