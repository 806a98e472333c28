"""The same rows straight from SQLite: one plain connection, the statements a person would write."""

import sqlite3
from pathlib import Path

from supportdesk.domain.projections import OpenState, SortBy, TicketQuery, Whose
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


class RawTickets:
    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(f"{(folder / 'replica.db').as_uri()}?mode=ro", uri=True)
        self._db.execute("PRAGMA cache_size = -8192")

    def close(self) -> None:
        self._db.close()

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
