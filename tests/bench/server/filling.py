"""A desk with very many tickets, as if reported one after the other, written by the database itself."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import text

from supportdesk.clock import uuid7
from supportdesk.desk.accounts import passwords
from supportdesk.desk.store.database import CHANGE, TICKET, DeskConnection, draw, reading, writing
from supportdesk.desk.store.schema import counters, organisations, people, sessions
from supportdesk.desk.store.settings import identity
from supportdesk.desk.visibility.feed import Cursor
from supportdesk.domain.entities import Role
from tests.bench.server.customers import Customer
from tests.bench.server.scale import Scale

_BATCH = 50_000
_ID = "'00000000-0000-7000-8000-' || CAST(100000000000 + i AS text)"
_ORGANISATION = "'00000000-0000-7000-9000-' || CAST(100000000000 + i % :organisations AS text)"
_PERSON = "'00000000-0000-7000-a000-' || CAST(100000000000 + i % :organisations AS text)"
_AT = ":now - (:count - i) * 20000000"
_DIGEST = "'" + hashlib.sha256(b"").hexdigest() + "'"
_STATUS = (
    "CASE i % 20 WHEN 0 THEN 'new' WHEN 1 THEN 'in_progress' WHEN 2 THEN 'question' WHEN 3 THEN 'solved'"
    " ELSE 'closed' END"
)
_TEXT = "'Since this morning the printer of room ' || CAST(i AS text) || ' prints nothing. Please help.'"
_CHANGE = "'00000000-0000-7000-8000-' || CAST(100000000000 + i / 2 AS text)"
_AUDIENCE = "'00000000-0000-7000-9000-' || CAST(100000000000 + (i / 2) % :organisations AS text)"
_ROWS = {
    "conversations": {"id": _ID, "kind": "'ticket'", "organisation_id": _ORGANISATION},
    "tickets": {
        "id": _ID,
        "number": "CAST(:number + i AS text)",
        "subject": "'The printer of room ' || CAST(i AS text)",
        "status": _STATUS,
        "requester_id": _PERSON,
        "organisation_id": _ORGANISATION,
        "last_author_id": _PERSON,
        "created_at": _AT,
        "updated_at": _AT,
        "priority_id": "'normal'",
        "service_id": "'general'",
        "fields": "'{}'",
    },
    "messages": {"id": _ID, "conversation_id": _ID, "author_id": _PERSON, "body": _TEXT, "created_at": _AT},
    "conversation_marks": {"person_id": _PERSON, "conversation_id": _ID, "read_at": _AT},
    "ledger": {
        "command_id": _ID,
        "person_id": _PERSON,
        "payload_sha256": _DIGEST,
        "entity_id": _ID,
        "number": "CAST(:number + i AS text)",
        "accepted_at": _AT,
    },
    "audit": {"id": _ID, "at": _AT, "person_id": _PERSON, "action": "'CreateTicket'", "subject_id": _ID},
    "changes": {
        "seq": ":change + i",
        "kind": "CASE i % 2 WHEN 0 THEN 'ticket' ELSE 'message' END",
        "entity_id": _CHANGE,
        "audience": _AUDIENCE,
        "born": "(1 = 1)",
    },
}
STAFF = "00000000-0000-7000-a000-000000000000"


def fill(connection: DeskConnection, scale: Scale, now: datetime) -> list[Customer]:
    """The customers, who are signed in and have read all there is, and last a person of the staff."""
    with writing(connection):
        customers = _people(connection, scale, now)
    for begin in range(0, scale.tickets, _BATCH):
        _tickets(connection, scale, now, begin, min(begin + _BATCH, scale.tickets))
    with reading(connection):
        read = connection.execute(counters.select().where(counters.c.name == CHANGE)).one().value
        cursor = Cursor(desk=identity(connection), seq=read).encode()
    for customer in customers:
        customer.cursor = cursor
    return customers


def tidy(connection: DeskConnection) -> None:
    """What PostgreSQL does by itself after some time."""
    if connection.dialect.name == "postgresql":
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE"))


def _people(connection: DeskConnection, scale: Scale, now: datetime) -> list[Customer]:
    customers = [
        Customer(
            person_id=f"00000000-0000-7000-a000-{100_000_000_000 + place}",
            organisation_id=f"00000000-0000-7000-9000-{100_000_000_000 + place}",
            token=f"bench-{place}",
        )
        for place in range(scale.organisations)
    ]
    staff = Customer(person_id=STAFF, organisation_id=uuid7(), token="bench-staff")
    everybody = [*customers, staff]
    connection.execute(
        organisations.insert(),
        [{"id": each.organisation_id, "name": f"Practice {each.token}"} for each in everybody],
    )
    connection.execute(
        people.insert(), [_person(each, Role.STAFF if each is staff else Role.CUSTOMER) for each in everybody]
    )
    connection.execute(sessions.insert(), [_session(each, now) for each in everybody])
    return everybody


def _person(customer: Customer, role: Role) -> dict[str, object]:
    return {
        "id": customer.person_id,
        "user_name": f"{customer.token}@practice.example",
        "name": f"Jana {customer.token}",
        "email": f"{customer.token}@practice.example",
        "organisation_id": customer.organisation_id,
        "role": role,
        "active": True,
        "password_hash": passwords.DUMMY_HASH,
    }


def _session(customer: Customer, now: datetime) -> dict[str, object]:
    return {
        "id": uuid7(),
        "person_id": customer.person_id,
        "token_sha256": hashlib.sha256(customer.token.encode()).hexdigest(),
        "device": "",
        "created_at": now,
        "expires_at": now + timedelta(days=90),
    }


def _tickets(connection: DeskConnection, scale: Scale, now: datetime, begin: int, end: int) -> None:
    """The tickets from `begin` to before `end`, and two changes of each."""
    with writing(connection):
        if connection.dialect.name == "postgresql":  # what refers to what is known here
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        values = {
            "organisations": scale.organisations,
            "count": scale.tickets,
            "now": int(now.timestamp()) * 1_000_000,
            "number": draw(connection, TICKET, end - begin) - end + 1,
            "change": draw(connection, CHANGE, 2 * (end - begin)) - 2 * end + 1,
        }
        for table, columns in _ROWS.items():
            times = 2 if table == "changes" else 1
            connection.execute(
                text(
                    "WITH RECURSIVE series(i) AS (SELECT CAST(:begin AS bigint) UNION ALL"
                    " SELECT i + 1 FROM series WHERE i + 1 < :end)"
                    f" INSERT INTO {table} ({', '.join(columns)})"
                    f" SELECT {', '.join(columns.values())} FROM series"
                ),
                _named(values | {"begin": begin * times, "end": end * times}, columns),
            )


def _named(values: dict[str, int], columns: dict[str, str]) -> dict[str, int]:
    """Those that these columns mention, and the range."""
    mentioned = f":begin :end {' '.join(columns.values())}"
    return {name: value for name, value in values.items() if f":{name}" in mentioned}
