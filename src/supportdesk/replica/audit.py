"""Looks for flipped bits that SQLite does not see: rows against their seals and derived columns."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from supportdesk.domain.entities import LicenseKey, Ticket
from supportdesk.domain.text import sort_key
from supportdesk.replica import items
from supportdesk.replica.apply import publication_columns, ticket_columns
from supportdesk.replica.commands import pendings_by_subject
from supportdesk.replica.projection import Me, Pending
from supportdesk.replica.query import Query, Row
from supportdesk.replica.rows import fact_of, fact_seal, item_of, publication_of, ticket_of, to_us

Position = tuple[int, int]
"""Number of a table and the last row that was checked in it."""

_TABLES = {
    "ticket": "id, number, number_key, subject, subject_key, stage, open, whose, unread, pending,"
    " requester_name, organisation_name, assignee_name, service, service_id, priority_id, priority_rank,"
    " created_at, updated_at, reopen_until, has_attachments",
    "part": "kind, id, conversation_id, at",
    "publication": "id, kind, title, published_at, valid_until, must_confirm, confirmed, read,"
    " title_key, category, helpful",
    "thing": "kind, id, name",
    "item": "kind, id, number, title, title_key, state, open, unread, pending, created_at, updated_at,"
    " due_at, parent_id",
}
_NAMES = tuple(_TABLES)


class AuditSlice(NamedTuple):
    next_position: Position | None
    """Where to go on; None at the end."""
    damaged_rows: int


def audit_slice(query: Query, position: Position, limit: int) -> AuditSlice:
    """Checks up to `limit` rows behind `position`; begin with (0, 0)."""
    table, after_row = position
    name = _NAMES[table]
    rows = query.rows(
        f"SELECT row, account, fact, seal, {_TABLES[name]} FROM {name} WHERE row > ? ORDER BY row LIMIT ?",  # noqa: S608
        (after_row, limit),
    )
    expected = _Expected(query).of[name]
    damaged = sum(not _intact(row, expected) for row in rows)
    if len(rows) == limit:
        return AuditSlice((table, rows[-1][0]), damaged)
    return AuditSlice((table + 1, 0) if table + 1 < len(_NAMES) else None, damaged)


def _intact(row: Row, expected: Callable[[int, bytes], tuple[object, ...]]) -> bool:
    _row, account, fact, kept, *columns = row
    if not isinstance(fact, bytes) or kept != fact_seal(fact):
        return False
    try:
        return tuple(columns) == expected(account, fact)
    except (msgspec.DecodeError, LookupError):
        return False


class _Expected:
    """Columns as they follow from a fact; LookupError for an account or word that does not exist."""

    def __init__(self, query: Query) -> None:
        self.of = {
            "ticket": self._ticket,
            "part": self._part,
            "publication": self._publication,
            "thing": self._thing,
            "item": self._item,
        }
        self._words: dict[str, int] = dict(query.rows("SELECT text, num FROM word"))
        self._people: dict[int, Me] = {known.num: known.me for known in query.accounts}
        self._pendings: dict[int, dict[str, list[Pending]]] = {
            known.num: pendings_by_subject(query.connection, known.id) for known in query.accounts
        }
        self._ranks: dict[int, dict[str, int]] = {}
        for known in query.accounts:
            catalogue = query.catalogue(known.num)
            priorities = catalogue.priorities if catalogue else ()
            self._ranks[known.num] = {priority.id: priority.rank for priority in priorities}

    def _ticket(self, account: int, fact: bytes) -> tuple[object, ...]:
        ticket: Ticket = ticket_of(fact)
        return ticket_columns(
            ticket,
            self._people[account],
            self._pendings[account].get(ticket.id, ()),
            self._words[ticket.service_id],
            self._ranks[account].get(ticket.priority_id, 0),
        )

    def _part(self, _account: int, fact: bytes) -> tuple[object, ...]:
        part = fact_of(fact)
        fields = msgspec.structs.asdict(part)
        return part.__struct_config__.tag, part.id, fields["conversation_id"], to_us(fields["created_at"])

    def _item(self, account: int, fact: bytes) -> tuple[object, ...]:
        item = item_of(fact)
        return items.columns(item, self._people[account], self._pendings[account].get(item.id, ()))

    def _publication(self, _account: int, fact: bytes) -> tuple[object, ...]:
        return publication_columns(publication_of(fact))

    def _thing(self, _account: int, fact: bytes) -> tuple[object, ...]:
        thing = fact_of(fact)
        name = thing.product if isinstance(thing, LicenseKey) else msgspec.structs.asdict(thing)["name"]
        return thing.__struct_config__.tag, thing.id, sort_key(name)
