"""The statements that one request makes, heard from the server, and said again through the bare driver."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, event

from supportdesk.clock import uuid7
from supportdesk.desk.store.database import CHANGE, TICKET
from supportdesk.desk.store.engines import WRITES
from tests.bench.server.customers import Customer

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NEIGHBOURS = 8
"""Numbers of changes that one request may draw."""

Driver = Any
"""A connection of sqlite3 or psycopg."""


class Begin(msgspec.Struct, frozen=True):
    writes: bool


class End(msgspec.Struct, frozen=True):
    commits: bool


class Statement(msgspec.Struct, frozen=True):
    sql: str
    values: Any
    many: bool

    @property
    def draws_from(self) -> str:
        """The counter of which it takes the next number, '' where it does not."""
        if not self.sql.startswith("UPDATE counters"):
            return ""
        given = self.values.values() if isinstance(self.values, dict) else self.values
        return next(name for name in (TICKET, CHANGE) if name in given)


Step = Begin | End | Statement


class Asked(msgspec.Struct, frozen=True):
    """What differs from one request to the next."""

    customer: Customer
    newest_change: int
    number: str = ""


@contextmanager
def heard() -> Iterator[list[Step]]:
    """What all desks of this process say to their databases meanwhile."""
    steps: list[Step] = []

    def begin(connection: Connection) -> None:
        steps.append(Begin(bool(connection.get_execution_options().get(WRITES))))

    def statement(_on: object, _cursor: object, sql: str, values: Any, _context: object, many: bool) -> None:
        steps.append(Statement(sql, values, many))

    def commit(_connection: Connection) -> None:
        steps.append(End(commits=True))

    def rollback(_connection: Connection) -> None:
        steps.append(End(commits=False))

    listeners: dict[str, Callable[..., None]] = {
        "begin": begin,
        "before_cursor_execute": statement,
        "commit": commit,
        "rollback": rollback,
    }
    for name, listener in listeners.items():
        event.listen(Engine, name, listener)
    try:
        yield steps
    finally:
        for name, listener in listeners.items():
            event.remove(Engine, name, listener)


class Script:
    """One request's statements, for any customer."""

    def __init__(self, steps: list[Step], asked: Asked) -> None:
        """`asked`: what was asked when they were heard, as it was afterwards."""
        self._steps = steps
        self._number = asked.number
        self._newest_change = asked.newest_change
        self._known = _values_of(asked)
        self._made = {
            value
            for step in steps
            if isinstance(step, Statement) and step.sql.startswith("INSERT") and not step.many
            for value in _given(step.values)
            if isinstance(value, str) and _UUID.fullmatch(value) and value not in self._known
        }

    def say(self, driver: Driver, customer: Customer, newest_change: int) -> None:
        """`newest_change` is where the customer's feed ends."""
        fresh = dict(zip(self._known, _values_of(Asked(customer, newest_change)), strict=True))
        fresh |= {value: uuid7() for value in self._made}
        cursor = driver.cursor()
        for step in self._steps:
            match step:
                case Begin(writes):
                    _set_mode(driver, writes=writes)
                case End(commits):
                    (driver.commit if commits else driver.rollback)()
                case Statement(sql, values, many):
                    (cursor.executemany if many else cursor.execute)(sql, _renewed(values, fresh))
                    found = cursor.fetchall() if cursor.description else []
                    if counter := step.draws_from:
                        fresh |= self._drawn(counter, found[0][0])
        driver.rollback()

    def _drawn(self, counter: str, value: int) -> Mapping[object, object]:
        if counter == TICKET:
            return {self._number: str(value)}
        return {self._newest_change - back: value - back for back in range(_NEIGHBOURS)}


def _values_of(asked: Asked) -> tuple[object, ...]:
    customer = asked.customer
    seen = int(customer.cursor.split(".")[1]) if customer.cursor else -1
    token = hashlib.sha256(customer.token.encode()).hexdigest()
    return customer.person_id, customer.organisation_id, token, customer.ticket_id, seen, asked.newest_change


def _given(values: Any) -> tuple[object, ...]:
    return tuple(values.values()) if isinstance(values, dict) else tuple(values)


def _renewed(values: Any, fresh: Mapping[object, object]) -> Any:
    if isinstance(values, list):
        return [_renewed(each, fresh) for each in values]
    if isinstance(values, dict):
        return {name: fresh.get(value, value) for name, value in values.items()}
    return tuple(fresh.get(value, value) for value in values)


def _set_mode(driver: Driver, *, writes: bool) -> None:
    """As `supportdesk.desk.store.database` has it; SQLite's modes are statements."""
    if hasattr(driver, "pgconn"):
        from psycopg import IsolationLevel

        driver.isolation_level = IsolationLevel.READ_COMMITTED if writes else IsolationLevel.REPEATABLE_READ
        driver.read_only = not writes
