"""The same rows straight from SQLite: one plain connection, the statements a person would write."""

import sqlite3
from pathlib import Path

from supportdesk.domain.projections import ItemQuery, ItemSort, OpenState, SortBy, TicketQuery, Whose
from supportdesk.domain.text import words
from supportdesk.replica.projection import STATUSES, WHOSE
from supportdesk.replica.tickets import MAX_TEXT_MATCHES
from tests.bench.world import PROFILE

PAGE_ROWS = 100
_COLUMNS = (
    "id, stage, number, subject, requester_name, whose, organisation_name, assignee_name, service_id,"
    " priority_id, updated_at, created_at, unread, has_attachments, pending"
)
_ORDERS = {
    SortBy.UPDATED: "updated_at DESC",
    SortBy.CREATED: "created_at DESC",
    SortBy.NUMBER: "number_key DESC",
    SortBy.SUBJECT: "subject_key ASC",
    SortBy.STATUS: "stage DESC, updated_at DESC",
    SortBy.PRIORITY: "priority_rank DESC, updated_at DESC",
}
_ITEM_COLUMNS = "id, number, title, state, open, unread, pending, created_at, updated_at, due_at, fact"
_ITEM_ORDERS = {
    ItemSort.UPDATED: "updated_at",
    ItemSort.CREATED: "created_at",
    ItemSort.TITLE: "title_key",
}


class _Raw:
    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(f"{(folder / 'replica.db').as_uri()}?mode=ro", uri=True)
        self._db.execute("PRAGMA cache_size = -8192")

    def close(self) -> None:
        self._db.close()


class RawTickets(_Raw):
    def first_page(self, query: TicketQuery) -> list[tuple[object, ...]]:
        """How many there are, and all columns of the first rows."""
        source, where, values = self._parts(query)
        self._db.execute(f"SELECT count(*) FROM {source} WHERE {where}", values).fetchone()
        return self.page(query, 0)

    def page(self, query: TicketQuery, offset: int) -> list[tuple[object, ...]]:
        source, where, values = self._parts(query)
        return self._db.execute(
            f"SELECT {_COLUMNS} FROM {source} WHERE {where} ORDER BY {_ORDERS[query.sort]} LIMIT ? OFFSET ?",
            (*values, PAGE_ROWS, offset),
        ).fetchall()

    def _parts(self, query: TicketQuery) -> tuple[str, str, list[object]]:
        """What stands after FROM, after WHERE, and the values of both."""
        where, values = _conditions(query)
        terms = [word for word in words(query.text) if len(word) > 1 or word.isdigit()]
        if not terms:
            return "ticket", where, values
        matches = (
            "(SELECT rowid AS match FROM ticket_fts WHERE ticket_fts MATCH ?"
            f" ORDER BY rowid DESC LIMIT {MAX_TEXT_MATCHES}) CROSS JOIN ticket ON row = match"
        )
        return matches, where, [" ".join(f'"{term}"*' for term in terms), *values]


class RawItems(_Raw):
    """Orders or subscriptions."""

    def first_page(self, query: ItemQuery, rows: int = PAGE_ROWS) -> list[tuple[object, ...]]:
        """As `RawTickets.first_page`; -1 are all rows."""
        where, values = _item_conditions(query)
        self._db.execute(f"SELECT count(*) FROM item WHERE {where}", values).fetchone()
        return self.page(query, 0, rows)

    def page(self, query: ItemQuery, offset: int, rows: int = PAGE_ROWS) -> list[tuple[object, ...]]:
        where, values = _item_conditions(query)
        order = f"{_ITEM_ORDERS[query.sort]} {'DESC' if query.descending else 'ASC'}"
        return self._db.execute(
            f"SELECT {_ITEM_COLUMNS} FROM item WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",
            (*values, rows, offset),
        ).fetchall()


def _item_conditions(query: ItemQuery) -> tuple[str, list[object]]:
    conditions: list[str] = ["account = 1 AND kind = ?"]
    values: list[object] = [query.kind]
    if query.open_state is not OpenState.ALL:
        conditions.append(f"open = {int(query.open_state is OpenState.OPEN)}")
    if terms := [word for word in words(query.text) if len(word) > 1 or word.isdigit()]:
        conditions.append("row IN (SELECT rowid FROM item_fts WHERE item_fts MATCH ?)")
        values.append(" ".join(f'"{term}"*' for term in terms))
    return " AND ".join(conditions), values


def _conditions(query: TicketQuery) -> tuple[str, list[object]]:
    conditions: list[str] = ["account = 1"]
    values: list[object] = []
    if query.open_state is not OpenState.ALL:
        conditions.append(f"open = {int(query.open_state is OpenState.OPEN)}")
    if query.whose is not Whose.ALL:
        conditions.append(f"whose = {WHOSE[query.whose][0]}")
    if query.statuses:
        places = [str(place) for place, each in enumerate(STATUSES) if each.value in query.statuses]
        conditions.append(f"stage IN ({', '.join(places)})")
    if query.service_id:
        path = PROFILE.catalogue.service_path(query.service_id)
        ids = [query.service_id, *(part.id for part in path[-1].parts)]
        marks = ", ".join("?" * len(ids))
        conditions.append(f"service IN (SELECT num FROM word WHERE text IN ({marks}))")
        values += ids
    return " AND ".join(conditions), values
