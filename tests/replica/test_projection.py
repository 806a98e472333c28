"""What the customer sees: facts of the backend plus what waits in the outbox."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supportdesk.clock import now
from supportdesk.domain.commands import (
    AddFiles,
    AnyIntent,
    CloseTicket,
    ConfirmNotice,
    CreateTicket,
    MarkRead,
    RateArticle,
    ReopenTicket,
    Reply,
)
from supportdesk.domain.delivery import Event
from supportdesk.domain.entities import PublicationKind, Ticket
from supportdesk.domain.errors import NotFound
from supportdesk.domain.projections import OpenState, OutboxState, TicketQuery, TicketRow
from supportdesk.domain.status import Stage, Status
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.store import Store
from tests.support.facts import ACCOUNT, MOMENT, draft, give, message, publication, send, ticket


def row(store: Store, id: str) -> TicketRow:
    return store.read(lambda reader: reader.ticket(ACCOUNT.id, id)).result().row


def advance(store: Store, command_id: str, *events: Event) -> None:
    for event in events:
        assert store.write(lambda writer, event=event: writer.advance(command_id, event)).result()  # type: ignore[misc]


def open_ids(store: Store) -> list[str]:
    return [
        each.id for each in store.read(lambda r: r.ticket_window(TicketQuery(ACCOUNT.id), 0, 99)).result()
    ]


def test_a_pending_close_shows_as_closed(store: Store) -> None:
    """The ticket leaves the open list at once and says that something still waits."""
    give(store, [ticket("t1"), ticket("t2")])
    send(store, CloseTicket("t1"))
    assert (row(store, "t1").stage, row(store, "t1").pending) == (Stage.CLOSED, True)
    assert open_ids(store) == ["t2"]


def test_a_refused_close_shows_the_desks_status_again(store: Store) -> None:
    """Server wins; what needs the customer is still marked as waiting."""
    give(store, [ticket("t1")])
    closing = send(store, CloseTicket("t1"))
    advance(store, closing.id, Event.SEND_BEGUN, Event.REFUSED)
    assert (row(store, "t1").stage, row(store, "t1").pending) == (Stage.NEW, True)
    assert row(store, "t1").refused
    store.write(lambda writer: writer.cancel(closing.id)).result()
    assert not row(store, "t1").pending
    assert not row(store, "t1").refused


def test_what_is_on_its_way_is_not_refused(store: Store) -> None:
    """Only the ticket whose own command came back needs the customer."""
    give(store, [ticket("t1"), ticket("t2")])
    closing = send(store, CloseTicket("t1"))
    send(store, CloseTicket("t2"))
    advance(store, closing.id, Event.SEND_BEGUN, Event.REFUSED)
    assert (row(store, "t1").refused, row(store, "t2").refused) == (True, False)


def test_a_pending_answer_hands_the_ball_back(store: Store) -> None:
    """A question that was answered offline no longer waits for the customer, and the ticket is the newest."""
    give(store, [ticket("t1", status=Status.QUESTION, minutes=5), ticket("t2", minutes=9)])
    send(store, Reply("t1", "The big one."))
    view = store.read(lambda reader: reader.ticket(ACCOUNT.id, "t1")).result()
    assert view.row.stage is Stage.IN_PROGRESS
    assert [(each.do, each.body, each.state) for each in view.pending] == [
        ("reply", "The big one.", OutboxState.QUEUED)
    ]
    assert open_ids(store) == ["t1", "t2"]
    assert store.read(lambda reader: reader.home(ACCOUNT.id, now())).result().waiting == ()


def test_an_accepted_reply_stays_until_its_fact_is_there(store: Store) -> None:
    """Between the receipt and the next pull nothing flickers, and it never shows twice."""
    give(store, [ticket("t1", status=Status.QUESTION)])
    reply = send(store, Reply("t1", "Here."))
    advance(store, reply.id, Event.SEND_BEGUN, Event.ACCEPTED)
    view = store.read(lambda reader: reader.ticket(ACCOUNT.id, "t1")).result()
    assert (view.row.stage, view.row.pending, len(view.pending)) == (Stage.IN_PROGRESS, False, 1)
    give(store, [message(reply.id, "t1", "Here.")])
    view = store.read(lambda reader: reader.ticket(ACCOUNT.id, "t1")).result()
    assert (len(view.messages), len(view.pending)) == (1, 0)
    store.write(lambda writer: writer.settle([reply.id])).result()
    assert row(store, "t1").stage is Stage.QUESTION  # the desk's own word, until it tells another


def test_reopening_shows_at_once(store: Store) -> None:
    """It is in progress and no longer among those that can be reopened."""
    until = now() + timedelta(days=3)
    give(store, [ticket("t1", status=Status.SOLVED, reopen_until=until)])
    query = TicketQuery(ACCOUNT.id, open_state=OpenState.ALL, reopenable_only=True)
    assert store.read(lambda reader: reader.ticket_count(query)).result() == 1
    send(store, ReopenTicket("t1", "Again"))
    assert row(store, "t1").stage is Stage.IN_PROGRESS
    assert store.read(lambda reader: reader.ticket_count(query)).result() == 0
    assert store.read(lambda reader: reader.home(ACCOUNT.id, now())).result().reopenable == 0


def test_reading_counts_at_once_and_until_something_new_comes(store: Store) -> None:
    """Local MarkRead needs no network; a later message makes the ticket unread again."""
    give(store, [ticket("t1", minutes=5)])
    assert row(store, "t1").unread
    send(store, MarkRead("ticket", "t1"))
    assert (row(store, "t1").unread, row(store, "t1").pending) == (False, False)
    give(store, [ticket("t1", minutes=6)])
    assert row(store, "t1").unread


def test_what_oneself_wrote_is_not_unread(store: Store) -> None:
    """Neither is what was read after the last change."""
    give(store, [ticket("t1", last_author="jana"), ticket("t2", minutes=5, read_minutes=5)])
    assert [row(store, id).unread for id in ("t1", "t2")] == [False, False]


def test_marks_of_reading_are_not_on_the_list_of_what_waits(store: Store) -> None:
    """Nobody wants to hear that '17 marks are waiting to be sent'; when settled they are forgotten."""
    give(store, [ticket("t1")])
    mark = send(store, MarkRead("ticket", "t1"))
    assert store.read(lambda reader: reader.outbox(None)).result() == ()
    assert store.read(lambda reader: reader.home(ACCOUNT.id, now())).result().outbox == 0
    advance(store, mark.id, Event.SEND_BEGUN, Event.ACCEPTED)
    store.write(lambda writer: writer.settle([mark.id])).result()
    with pytest.raises(NotFound):
        store.read(lambda reader: reader.delivery(mark.id)).result()


def test_drafts_and_unsent_tickets_stand_on_top(store: Store, blobs: Blobs) -> None:
    """Newest first, with their stage, files and step; drafts of replies are not tickets.

    An unsent one tells what it says.
    """
    file = blobs.put_bytes(b"abc", "scan.png", "image/png")
    begun = draft(files=(file,))
    store.write(lambda writer: writer.save_draft(begun)).result()
    store.write(lambda writer: writer.save_draft(draft(kind="reply:t1"))).result()
    waiting = send(store, CreateTicket("Printer", "It is on fire.", files=(file,)))
    refused = send(store, CreateTicket("Scanner", "Also."))
    advance(store, refused.id, Event.REFUSED)
    rows = store.read(lambda reader: reader.local_rows(None)).result()
    assert [(each.id, each.stage, each.pending, each.file_count) for each in rows] == [
        (refused.id, Stage.NEEDS_USER, True, 0),
        (waiting.id, Stage.OUTBOX, True, 1),
        (begun.id, Stage.DRAFT, False, 1),
    ]
    assert (rows[2].draft_step, rows[2].file_bytes) == (2, 3)
    (report,) = store.read(lambda reader: reader.ticket(ACCOUNT.id, waiting.id)).result().pending
    assert (report.do, report.body, report.files) == ("create_ticket", "It is on fire.", (file,))


def test_an_accepted_ticket_has_its_number_before_its_fact(store: Store) -> None:
    """It stays on top with its number until the backend gives it back, then it is an ordinary one."""
    made = send(store, CreateTicket("Printer", "It is on fire."))
    advance(store, made.id, Event.SEND_BEGUN)
    store.write(lambda writer: writer.advance(made.id, Event.ACCEPTED, number="1042")).result()
    (local,) = store.read(lambda reader: reader.local_rows(ACCOUNT.id)).result()
    assert (local.stage, local.number, local.pending) == (Stage.NEW, "1042", False)
    view = store.read(lambda reader: reader.ticket(ACCOUNT.id, made.id)).result()
    assert view.ticket is None
    assert view.delivery is not None
    give(store, [ticket(made.id, "Printer", number="1042")])
    assert store.read(lambda reader: reader.local_rows(ACCOUNT.id)).result() == ()
    view = store.read(lambda reader: reader.ticket(ACCOUNT.id, made.id)).result()
    assert view.ticket is not None
    assert view.delivery is not None
    assert [line.step.value for line in view.delivery.log] == ["saved", "sending", "accepted"]


def test_an_unsent_ticket_of_somebody_else_is_not_found(store: Store) -> None:
    """Neither is a command that is no ticket."""
    reply = send(store, Reply("t1", "x"))
    for account, id in ((ACCOUNT.id, reply.id), (ACCOUNT.id, "missing"), ("other", reply.id)):
        with pytest.raises(NotFound):
            store.read(lambda reader, a=account, i=id: reader.ticket(a, i)).result()  # type: ignore[misc]


def test_reading_matter_shows_what_was_done_here(store: Store) -> None:
    """Read, confirmed and rated count before the backend knows, and a withdrawn command no longer does."""
    notice = publication("n1", PublicationKind.NOTICE, must_confirm=True)
    article = publication("a1")
    give(store, [notice, article, publication("l1", PublicationKind.NEWSLETTER)])
    home = store.read(lambda reader: reader.home(ACCOUNT.id, now())).result()
    assert (home.unread_notices, home.unread_newsletters, home.articles) == (1, 1, 1)
    assert [each.kind for each in home.waiting] == ["confirm"]
    confirmation = send(store, ConfirmNotice("n1"))
    send(store, MarkRead("publication", "l1"))
    send(store, RateArticle("a1", helpful=True))
    shown = store.read(lambda reader: reader.publication(ACCOUNT.id, "n1")).result()
    assert shown.confirmed_at is not None
    assert shown.read_at is not None
    assert store.read(lambda reader: reader.publication(ACCOUNT.id, "a1")).result().my_rating is True
    home = store.read(lambda reader: reader.home(ACCOUNT.id, now())).result()
    assert (home.unread_notices, home.unread_newsletters, home.waiting) == (0, 0, ())
    store.write(lambda writer: writer.cancel(confirmation.id)).result()
    assert store.read(lambda reader: reader.publication(ACCOUNT.id, "n1")).result().confirmed_at is None


_IDS = ("t1", "t2", "t3")
_INTENTS = st.sampled_from(_IDS).flatmap(
    lambda id: st.sampled_from(
        [
            Reply(id, "x"),
            CloseTicket(id),
            ReopenTicket(id, "x"),
            MarkRead("ticket", id),
            AddFiles(id, ()),
        ]
    )
)
_FACTS = st.builds(
    ticket,
    st.sampled_from(_IDS),
    status=st.sampled_from(Status),
    minutes=st.integers(0, 9),
    read_minutes=st.none() | st.integers(0, 9),
    last_author=st.sampled_from(["jana", "mia"]),
    reopen_until=st.none() | st.just(MOMENT + timedelta(days=9000)),
)
_STEPS = st.lists(_FACTS | _INTENTS | st.sampled_from(Event) | st.just("settle"), max_size=25)


@given(_STEPS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_small_steps_and_one_large_look_agree(
    store: Store, steps: list[Ticket | AnyIntent | Event | str]
) -> None:
    """However facts, commands and answers come, derived columns are those a full check computes."""
    for step in steps:
        _take(store, step)
    position: tuple[int, int] | None = (0, 0)
    while position is not None:
        found = store.read(lambda reader, at=position: reader.audit(at, 100)).result()  # type: ignore[misc]
        assert found.damaged_rows == 0
        position = found.next_position


def advance_if_possible(store: Store, command_id: str, event: Event) -> None:
    store.write(lambda writer: writer.advance(command_id, event)).result()


def _take(store: Store, step: Ticket | AnyIntent | Event | str) -> None:
    if isinstance(step, Ticket):
        give(store, [step])
    elif isinstance(step, Event):
        for each in store.read(lambda reader: reader.unfinished(ACCOUNT.id)).result()[:1]:
            advance_if_possible(store, each.id, step)
    elif isinstance(step, str):
        waiting = store.read(lambda reader: reader.unsettled(ACCOUNT.id)).result()
        store.write(lambda writer: writer.settle(waiting)).result()
    else:
        send(store, step)
