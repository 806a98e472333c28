"""Looks for flipped bits that SQLite does not see: rows against their seals and derived columns."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from supportdesk.domain.entities import Ticket
from supportdesk.replica.apply import number_key
from supportdesk.replica.query import Row
from supportdesk.replica.reader import Reader
from supportdesk.replica.rows import fact_of, fact_seal, publication_of, ticket_of, to_us

_TABLES = ("ticket", "part", "publication", "thing")
_COLUMNS = {
    "ticket": "id, number, number_key, subject, requester_name, service_id, priority_id, created_at",
    "part": "id, ticket_id, at",
    "publication": "id, title, published_at",
    "thing": "id",
}


class AuditSlice(NamedTuple):
    next_position: tuple[int, int] | None
    """Where to go on; None at the end."""
    damaged_rows: int


def audit_slice(reader: Reader, position: tuple[int, int], limit: int) -> AuditSlice:
    """Checks up to `limit` rows from `position` (table, row) on."""
    table, after_row = position
    rows = reader.raw_rows(
        f"SELECT row, fact, seal, {_COLUMNS[_TABLES[table]]} FROM {_TABLES[table]}"  # noqa: S608
        " WHERE row > ? ORDER BY row LIMIT ?",
        (after_row, limit),
    )
    damaged = sum(not _intact(_TABLES[table], row) for row in rows)
    if len(rows) == limit:
        return AuditSlice((table, rows[-1][0]), damaged)
    return AuditSlice((table + 1, 0) if table + 1 < len(_TABLES) else None, damaged)


def _intact(table: str, row: Row) -> bool:
    _row, fact, kept, *columns = row
    if not isinstance(fact, bytes) or kept != fact_seal(fact):
        return False
    try:
        return tuple(columns) == tuple(_expected(table, fact))
    except msgspec.DecodeError:
        return False


def _expected(table: str, fact: bytes) -> Iterable[object]:
    if table == "ticket":
        return _ticket_columns(ticket_of(fact))
    if table == "publication":
        item = publication_of(fact)
        return item.id, item.title, to_us(item.published_at)
    entity = fact_of(fact)
    if table == "thing":
        return (entity.id,)
    part = msgspec.structs.asdict(entity)
    return entity.id, part["ticket_id"], to_us(part["created_at"])


def _ticket_columns(ticket: Ticket) -> Iterable[object]:
    return (
        ticket.id,
        ticket.number,
        number_key(ticket.number),
        ticket.subject,
        ticket.requester_name,
        ticket.service_id,
        ticket.priority_id,
        to_us(ticket.created_at),
    )
