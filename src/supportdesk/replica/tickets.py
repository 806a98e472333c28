"""The ticket list: one statement for a window, one for a count, whatever the filters.

Every order has an index with all filters in it, so that a window touches full rows only for what it returns.
"""

from datetime import datetime

from supportdesk.clock import now
from supportdesk.domain.entities import Ticket
from supportdesk.domain.errors import NotFound
from supportdesk.domain.projections import OpenState, SortBy, TicketQuery, TicketRow, Whose
from supportdesk.domain.status import Stage
from supportdesk.replica.projection import MINE, STATUSES, WHOSE
from supportdesk.replica.query import Known, Query, Row, fts_all
from supportdesk.replica.rows import from_us, ticket_of, to_us

STAGES = tuple(Stage(status.value) for status in STATUSES)
MAX_TEXT_MATCHES = 2000
"""Of a text search the newest this many are looked at."""

ROW_COLUMNS = """
    t.account, t.id, t.stage, t.number, t.subject, t.requester_name, t.whose, t.organisation_name,
    t.assignee_name, t.service_id, t.priority_id, t.updated_at, t.created_at, t.unread,
    t.has_attachments, t.pending,
    CASE WHEN t.pending = 0 THEN 0 ELSE EXISTS (
        SELECT 1 FROM account a JOIN outbox.command c ON c.account_id = a.id AND c.subject_id = t.id
        WHERE a.num = t.account AND c.settled = 0 AND c.state = 'needs_user' AND c.do != 'mark_read'
    ) END
"""
_KEYS = {
    SortBy.UPDATED: ("updated_at",),
    SortBy.CREATED: ("created_at",),
    SortBy.NUMBER: ("number_key",),
    SortBy.SUBJECT: ("subject_key",),
    SortBy.STATUS: ("stage", "updated_at"),
    SortBy.PRIORITY: ("priority_rank", "updated_at"),
}


def count(query: Query, wanted: TicketQuery) -> int:
    if fts_all(wanted.text):
        return len(_found(query, wanted))
    where, values = _filters(query, wanted)
    return sum(
        query.number(f"SELECT count(*) FROM ticket WHERE account = ? {where}", (known.num, *values))  # noqa: S608
        for known in query.chosen(wanted.account_id)
    )


def lists(query: Query, wanted: TicketQuery, account_id: str, ticket_id: str) -> bool:
    account = next((each for each in query.accounts if each.id == account_id), None)
    if account is None or wanted.account_id not in {None, account_id}:
        return False
    where, values = _filters(query, wanted)
    row = query.one(
        f"SELECT row FROM ticket WHERE account = ? AND id = ? {where}",  # noqa: S608
        (account.num, ticket_id, *values),
    )
    return row is not None and (not fts_all(wanted.text) or row[0] in _found(query, wanted))


def window(query: Query, wanted: TicketQuery, offset: int, limit: int) -> tuple[TicketRow, ...]:
    accounts = query.chosen(wanted.account_id)
    if fts_all(wanted.text):
        return ticket_rows(_rows(query, _found(query, wanted)[offset : offset + limit]), accounts)
    where, values = _filters(query, wanted)
    keys, direction = _KEYS[wanted.sort], _direction(wanted)
    order = ", ".join(f"{place} {direction}" for place in range(2, 2 + len(keys)))
    arm = f"SELECT row, {', '.join(keys)} FROM ticket WHERE account = ? {where}"  # noqa: S608 names from this module
    arms = " UNION ALL ".join(arm for _known in accounts)
    if not arms:
        return ()
    rows = query.rows(
        f"SELECT {ROW_COLUMNS} FROM ({arms} ORDER BY {order} LIMIT ? OFFSET ?) i"  # noqa: S608
        " CROSS JOIN ticket t ON t.row = i.row",
        [*(value for known in accounts for value in (known.num, *values)), limit, offset],
    )
    return ticket_rows(rows, accounts)


def _found(query: Query, wanted: TicketQuery) -> tuple[int, ...]:
    """The row numbers of all matches of a text in their order; looked for once in a transaction.

    The text comes first in the statement: left to itself, SQLite walks through all tickets instead.
    """
    known = query.found.get(wanted)
    if known is None:
        accounts = query.chosen(wanted.account_id)
        where, values = _filters(query, wanted)
        order = ", ".join(f"{key} {_direction(wanted)}" for key in _KEYS[wanted.sort])
        rows = query.rows(
            "SELECT row FROM (SELECT rowid AS match FROM ticket_fts WHERE ticket_fts MATCH ?"  # noqa: S608
            f" ORDER BY rowid DESC LIMIT {MAX_TEXT_MATCHES}) CROSS JOIN ticket ON row = match"
            f" WHERE TRUE {_among('account', len(accounts))} {where} ORDER BY {order}",
            (fts_all(wanted.text), *(account.num for account in accounts), *values),
        )
        known = query.found[wanted] = tuple(row for (row,) in rows)
    return known


def _rows(query: Query, numbers: tuple[int, ...]) -> list[Row]:
    """Rows of ROW_COLUMNS in the order of their numbers."""
    marks = ", ".join("?" * len(numbers))
    rows = query.rows(f"SELECT t.row, {ROW_COLUMNS} FROM ticket t WHERE t.row IN ({marks})", numbers)  # noqa: S608
    by_number = {number: tuple(columns) for number, *columns in rows}
    return [by_number[number] for number in numbers]


def _direction(wanted: TicketQuery) -> str:
    return "DESC" if wanted.descending else "ASC"


def ticket_rows(rows: list[Row], accounts: tuple[Known, ...]) -> tuple[TicketRow, ...]:
    """From rows of ROW_COLUMNS."""
    ids = {known.num: known.id for known in accounts}
    return tuple(
        TicketRow(
            ids[account],
            id,
            STAGES[stage],
            number,
            subject,
            requester,
            whose == MINE,
            organisation,
            assignee,
            service,
            priority,
            from_us(updated),
            from_us(created),
            unread != 0,
            attachments != 0,
            pending=pending != 0,
            refused=refused != 0,
        )
        for (
            account,
            id,
            stage,
            number,
            subject,
            requester,
            whose,
            organisation,
            assignee,
            service,
            priority,
            updated,
            created,
            unread,
            attachments,
            pending,
            refused,
        ) in rows
    )


def status_counts(query: Query, account_id: str, whose: Whose) -> dict[str, int]:
    """Numbers of tickets by status, those with none included."""
    chosen = WHOSE[whose]
    rows = query.rows(
        "SELECT stage, count(*) FROM ticket INDEXED BY ticket_stage WHERE account = ?"  # noqa: S608
        f"{_among('whose', len(chosen))} GROUP BY stage",
        (query.account(account_id).num, *chosen),
    )
    found = {STATUSES[stage].value: number for stage, number in rows}
    return {status.value: found.get(status.value, 0) for status in STATUSES}


def fact(query: Query, account_id: str, ticket_id: str) -> tuple[TicketRow, Ticket] | None:
    known = query.account(account_id)
    row = query.one(
        f"SELECT {ROW_COLUMNS}, t.fact FROM ticket t WHERE t.account = ? AND t.id = ?",  # noqa: S608
        (known.num, ticket_id),
    )
    return None if row is None else (ticket_rows([row[:-1]], (known,))[0], ticket_of(row[-1]))


def by_number(query: Query, account_id: str | None, number: str) -> tuple[str, str]:
    """Account and ticket of a number as people write it. Raises NotFound."""
    plain = number.strip().lstrip("#")
    for known in query.chosen(account_id):
        row = query.one("SELECT id FROM ticket WHERE number = ? AND account = ?", (plain, known.num))
        if row:
            return known.id, row[0]
    raise NotFound


def reopenable_count(query: Query, known: Known, moment: datetime) -> int:
    return query.number(
        "SELECT count(*) FROM ticket WHERE account = ? AND reopen_until > ?", (known.num, to_us(moment))
    )


def _filters(query: Query, wanted: TicketQuery) -> tuple[str, list[object]]:
    """Conditions after the account and the text, and their values."""
    where: list[str] = []
    values: list[object] = []
    if wanted.open_state is not OpenState.ALL:
        where.append(f" AND open = {int(wanted.open_state is OpenState.OPEN)}")
    _in(where, values, "whose", WHOSE[wanted.whose])
    if wanted.statuses:
        _in(
            where,
            values,
            "stage",
            [STATUSES.index(s) for s in STATUSES if s.value in wanted.statuses] or [-1],
        )
    if wanted.service_id:
        _in(where, values, "service", _services(query, wanted))
    if wanted.reopenable_only:
        where.append(" AND reopen_until > ?")
        values.append(to_us(now()))
    return "".join(where), values


def _services(query: Query, wanted: TicketQuery) -> list[int]:
    """Numbers of the wanted service and of those under it."""
    ids = {wanted.service_id}
    for known in query.chosen(wanted.account_id):
        catalogue = query.catalogue(known.num)
        path = catalogue.service_path(wanted.service_id) if catalogue else ()
        for service in path[-1:]:
            ids.update(part.id for part in service.parts)
    marks = ", ".join("?" * len(ids))
    rows = query.rows(f"SELECT num FROM word WHERE text IN ({marks})", sorted(ids))  # noqa: S608
    return [num for (num,) in rows] or [-1]


def _in(where: list[str], values: list[object], column: str, among: list[int] | tuple[int, ...]) -> None:
    where.append(_among(column, len(among)))
    values.extend(among)


def _among(column: str, count: int) -> str:
    return f" AND {column} IN ({', '.join('?' * count)})" if count else ""
