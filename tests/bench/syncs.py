"""The first synchronisation of 10,000 tickets, against decoding and inserting the same."""

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from supportdesk.domain.changes import Page
from supportdesk.domain.projections import Link
from supportdesk.domain.session import Session
from supportdesk.replica.connections import connect_single
from supportdesk.replica.schema import REPLICA_STEPS, migrate
from tests.bench.measure import Line, in_turn
from tests.bench.world import ACCOUNT, Delivery, answered_by, pages
from tests.support.workspace import Loop, running

TICKETS = 10_000
_TIMEOUT_S = 300.0
Rows = dict[str, tuple[str, list[tuple[object, ...]]]]
"""By table: the insert statement and its values."""


def lines(folder: Path, repeats: int, tickets: int = TICKETS) -> list[Line]:
    raw_pages = tuple(pages(tickets))
    _synced(folder / "example", raw_pages)
    rows = _rows(folder / "example" / "replica.db")
    turn = iter(range(1_000_000))
    ours, floor = in_turn(
        repeats,
        lambda: _synced(folder / f"ours{next(turn)}", raw_pages),
        lambda: _inserted(folder / f"raw{next(turn)}.db", raw_pages, rows),
    )
    name = f"{tickets:,} tickets with a message each, {len(raw_pages)} pages"
    return [Line("first sync", name, "ms", ours, floor, most_times=2)]


def _synced(folder: Path, raw_pages: Sequence[bytes]) -> float:
    """From starting the engine until it says that it is up to date."""
    with answered_by(Delivery(raw_pages)), running(folder, Loop()) as opened:
        opened.workspace.write(lambda writer: writer.put_account(ACCOUNT)).result()
        began = time.perf_counter()
        opened.workspace.sync.start(ACCOUNT, Session(ACCOUNT.user, "token"))
        state = opened.workspace.sync.once(ACCOUNT.id, _TIMEOUT_S).result(_TIMEOUT_S)
        took = time.perf_counter() - began
    if state.link is not Link.ONLINE:
        message = f"not synchronised: {state}"
        raise RuntimeError(message)
    return took * 1000


def _rows(database: Path) -> Rows:
    """What the synchronisation left in the tables, in the order in which it came."""
    connection = sqlite3.connect(database)
    found: Rows = {}
    for table in ("ticket", "part"):
        cursor = connection.execute(f"SELECT * FROM {table} ORDER BY row")
        marks = ", ".join("?" * len(cursor.description))
        found[table] = (f"INSERT INTO {table} VALUES ({marks})", cursor.fetchall())
    texts = connection.execute("SELECT rowid, subject, number, people, body FROM ticket_fts ORDER BY rowid")
    insert = "INSERT INTO ticket_fts (rowid, subject, number, people, body) VALUES (?, ?, ?, ?, ?)"
    found["ticket_fts"] = (insert, texts.fetchall())
    connection.close()
    return found


def _inserted(database: Path, raw_pages: Sequence[bytes], rows: Rows) -> float:
    """Decodes every page and inserts its share of the finished rows, one transaction a page."""
    connection = connect_single(database, synchronous="NORMAL")
    migrate(connection, REPLICA_STEPS)
    decode = msgspec.json.Decoder(Page).decode
    began = time.perf_counter()
    for place, raw in enumerate(raw_pages):
        decode(raw)
        connection.execute("BEGIN")
        for insert, values in rows.values():
            share = -(-len(values) // len(raw_pages))
            connection.executemany(insert, values[place * share : (place + 1) * share])
        connection.execute("COMMIT")
    took = time.perf_counter() - began
    connection.close()
    return took * 1000
