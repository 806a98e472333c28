"""The lanes of the store: transactions, notices of change, reading that can be stopped."""

import sqlite3
import threading
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from supportdesk.domain.changes import ChangeSet, Topic
from supportdesk.domain.commands import Reply
from supportdesk.domain.errors import NotFound, Refused, StoreError
from supportdesk.domain.projections import Account, Link, TicketQuery
from supportdesk.replica.reader import Reader
from supportdesk.replica.store import Store
from supportdesk.replica.writer import Writer
from tests.support.facts import ACCOUNT, draft, give, send, ticket


def test_a_write_is_read_at_once(store: Store) -> None:
    """What a finished write said, every later read sees."""
    begun = draft()
    store.write(lambda writer: writer.save_draft(begun)).result()
    assert store.read(lambda reader: reader.draft(begun.id)).result() == begun


def test_a_failed_write_leaves_nothing(store: Store) -> None:
    """An error in the middle of a job undoes what came before it, and nobody is told of a change."""
    changes: list[ChangeSet] = []
    store.subscribe(changes.append)

    def half(writer: Writer) -> None:
        writer.save_draft(draft())
        raise Refused("no")

    with pytest.raises(Refused):
        store.write(half).result()
    assert store.read(lambda reader: reader.drafts(None)).result() == ()
    assert changes == []


def test_listeners_hear_of_committed_changes(store: Store) -> None:
    """Each hears account, topics and who asked, after the commit; an ended subscription hears nothing."""
    heard: list[ChangeSet] = []
    seen_then: list[int] = []
    end = store.subscribe(heard.append)
    store.subscribe(
        lambda _change: seen_then.append(len(store.read(lambda reader: reader.drafts(None)).result()))
    )
    begun = draft()
    store.write(lambda writer: writer.save_draft(begun), origin="wizard").result()
    assert heard == [ChangeSet(ACCOUNT.id, frozenset({Topic("draft", begun.id)}), "wizard")]
    assert seen_then == [1]
    end()
    end()
    store.write(lambda writer: writer.delete_draft(begun.id)).result()
    assert len(heard) == 1


def test_a_listener_that_fails_does_not_harm(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """The write is done and the other listeners hear of it; the failure is in the log."""
    heard: list[ChangeSet] = []

    def broken(_change: ChangeSet) -> None:
        raise ValueError("broken listener")

    store.subscribe(broken)
    store.subscribe(heard.append)
    store.write(lambda writer: writer.save_draft(draft())).result()
    assert len(heard) == 1
    assert "broken listener" in caplog.text


def test_many_changes_become_one_topic_a_kind(store: Store) -> None:
    """A long page of facts does not become a thousand topics."""
    heard: list[ChangeSet] = []
    store.subscribe(heard.append)
    give(store, [ticket(f"t{number}") for number in range(300)])
    assert heard == [ChangeSet(ACCOUNT.id, frozenset({Topic("ticket")}), "")]


def test_a_running_query_can_be_cancelled(store: Store) -> None:
    """Cancelling interrupts SQLite, the result is CancelledError, and the lane goes on with the next."""
    begun = threading.Event()

    def endless(reader: Reader) -> object:
        begun.set()
        endless_sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        return reader._query.rows(endless_sql)

    future = store.read(endless)
    assert begun.wait(20)
    while not future.done():
        assert future.cancel() or future.done()
        time.sleep(0.01)
    with pytest.raises(CancelledError):
        future.result(20)
    assert not future.cancel()
    assert store.read(lambda reader: len(reader.accounts())).result(20) == 1


def test_a_waiting_query_can_be_cancelled(store: Store) -> None:
    """One that has not begun never begins."""
    gate = threading.Event()
    blockers = [store.read(lambda _reader: gate.wait(10)) for _each in range(2)]
    waiting = store.read(lambda reader: reader.accounts())
    assert waiting.cancel()
    gate.set()
    assert all(blocker.result(20) for blocker in blockers)
    with pytest.raises(CancelledError):
        waiting.result(20)


def test_between_two_statements_an_unwanted_reader_stops(store: Store) -> None:
    """A job of many small queries does not go on after it was cancelled."""
    begun, gate = threading.Event(), threading.Event()

    def two(reader: Reader) -> object:
        reader.accounts()
        begun.set()
        assert gate.wait(20)
        return reader.accounts()

    future = store.read(two)
    assert begun.wait(20)
    future.cancel()
    gate.set()
    with pytest.raises(CancelledError):
        future.result(20)


def test_readers_cannot_write(store: Store) -> None:
    """The reading connections refuse to change anything."""
    with pytest.raises(StoreError):
        store.read(lambda reader: reader._query.rows("DELETE FROM outbox.draft")).result()


def test_everything_is_there_after_reopening(store: Store, folder: Path) -> None:
    """Accounts, drafts, commands and facts survive; the connection's state begins anew."""
    give(store, [ticket("t1")])
    begun = draft()
    store.write(lambda writer: writer.save_draft(begun)).result()
    reply = send(store, Reply("t1", "Hello"))
    store.write(lambda writer: writer.put_link(ACCOUNT.id, Link.ONLINE, succeeded=True)).result()
    store.close()
    store.close()
    again = Store.open(folder)
    try:
        assert again.events == []
        assert again.read(lambda reader: reader.accounts()).result() == (ACCOUNT,)
        assert again.read(lambda reader: reader.drafts(None)).result() == (begun,)
        assert again.read(lambda reader: reader.delivery(reply.id)).result().do == "reply"
        assert again.read(lambda reader: reader.ticket(ACCOUNT.id, "t1")).result().row.pending
        state = again.read(lambda reader: reader.sync_state(ACCOUNT.id)).result()
        assert state.link is Link.STARTING
        assert state.last_success_at is not None
    finally:
        again.close()


def test_a_closed_store_takes_no_more_work(store: Store) -> None:
    """Submitting after the end is an error, not silence."""
    store.close()
    with pytest.raises(RuntimeError):
        store.write(lambda _writer: None)


def test_an_account_is_removed_with_its_facts_only_when_nothing_is_lost(store: Store) -> None:
    """Drafts and unsent messages hold it; `force` lets go of them."""
    give(store, [ticket("t1")])
    store.write(lambda writer: writer.save_draft(draft())).result()
    with pytest.raises(Refused):
        store.write(lambda writer: writer.remove_account(ACCOUNT.id)).result()
    store.write(lambda writer: writer.remove_account(ACCOUNT.id, force=True)).result()
    assert store.read(lambda reader: reader.accounts()).result() == ()
    assert store.read(lambda reader: reader.drafts(None)).result() == ()
    with pytest.raises(NotFound):
        store.read(lambda reader: reader.ticket(ACCOUNT.id, "t1")).result()
    with pytest.raises(NotFound):
        store.write(lambda writer: writer.remove_account(ACCOUNT.id)).result()


def test_another_person_in_the_same_account_sees_whose_tickets_anew(store: Store) -> None:
    """When the backend says that the person is another one, 'mine' follows."""
    give(store, [ticket("t1"), ticket("t2", requester="tom")])
    tom = Account(
        **{name: getattr(ACCOUNT, name) for name in Account.__struct_fields__} | {"person_id": "tom"}
    )
    store.write(lambda writer: writer.put_account(tom)).result()
    everything = TicketQuery(ACCOUNT.id)
    rows = store.read(lambda reader: reader.ticket_window(everything, 0, 9)).result()
    assert {row.id: row.mine for row in rows} == {"t1": False, "t2": True}


def test_the_precious_database_syncs_each_commit(store: Store) -> None:
    """outbox.db uses synchronous=FULL (2), the replica NORMAL (1): see the power scenario."""

    def modes(writer: Writer) -> list[int]:
        connection: sqlite3.Connection = writer._db
        return [connection.execute(f"PRAGMA {name}.synchronous").fetchone()[0] for name in ("main", "outbox")]

    assert store.write(modes).result() == [1, 2]
