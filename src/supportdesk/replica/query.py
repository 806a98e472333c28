"""One read transaction's connection, and what every query in it needs to know about accounts."""

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from functools import cached_property
from typing import Any, NamedTuple

from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.errors import NotFound
from supportdesk.domain.projections import TicketQuery
from supportdesk.domain.text import words
from supportdesk.replica.projection import Me
from supportdesk.replica.rows import catalogue_of

Row = tuple[Any, ...]
"""A row as SQLite hands it over."""


class Known(NamedTuple):
    num: int
    id: str
    me: Me


class Query:
    def __init__(self, connection: sqlite3.Connection, unwanted: Callable[[], bool]) -> None:
        """While `unwanted()` the next statement raises CancelledError."""
        self.connection = connection
        self._unwanted = unwanted
        self.found: dict[TicketQuery, tuple[int, ...]] = {}
        """Row numbers of the text searches that were answered already."""

    def rows(self, sql: str, values: Sequence[object] | dict[str, object] = ()) -> list[Row]:
        if self._unwanted():
            raise CancelledError
        return self.connection.execute(sql, values).fetchall()

    def one(self, sql: str, values: Sequence[object] | dict[str, object] = ()) -> Row | None:
        found = self.rows(sql, values)
        return found[0] if found else None

    def number(self, sql: str, values: Sequence[object] | dict[str, object] = ()) -> int:
        return int(self.rows(sql, values)[0][0])

    @cached_property
    def accounts(self) -> tuple[Known, ...]:
        rows = self.rows("SELECT num, id, person_id, organisation_id FROM account ORDER BY num")
        return tuple(Known(num, id, Me(person, organisation)) for num, id, person, organisation in rows)

    def account(self, account_id: str) -> Known:
        """Raises NotFound."""
        for known in self.accounts:
            if known.id == account_id:
                return known
        raise NotFound

    def chosen(self, account_id: str | None) -> tuple[Known, ...]:
        """One account, or all for None."""
        return self.accounts if account_id is None else (self.account(account_id),)

    def catalogue(self, num: int) -> Catalogue | None:
        row = self.one("SELECT catalogue FROM account WHERE num = ?", (num,))
        return catalogue_of(row[0]) if row and row[0] else None


def fts_all(text: str) -> str:
    """An FTS5 expression for rows with every word of `text`, the words as beginnings; '' when there is none.

    Single letters are left out: they would match nearly everything.
    """
    return " ".join(f'"{word}"*' for word in words(text) if len(word) > 1 or word.isdigit())


def fts_any(stems: Sequence[str]) -> str:
    return " OR ".join(f'"{stem}"*' for stem in stems)
