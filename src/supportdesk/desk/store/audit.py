"""Who did what, for the vendor. Never a password, a token or what somebody wrote."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import Connection

from supportdesk.clock import uuid7
from supportdesk.desk.store.schema import audit

_INSERT = audit.insert()
_KEPT = timedelta(days=365)
_NOTHING: Mapping[str, str] = MappingProxyType({})


def note(
    connection: Connection,
    person_id: str,
    action: str,
    subject_id: str,
    now: datetime,
    details: Mapping[str, str] = _NOTHING,
) -> None:
    """Within the transaction of the thing itself; `person_id` is '' where nobody is known."""
    connection.execute(_INSERT, _row(person_id, action, subject_id, now, details))


def note_all(
    connection: Connection, person_id: str, action: str, subject_ids: Iterable[str], now: datetime
) -> None:
    """As `note`, about each of some."""
    rows = [_row(person_id, action, subject_id, now) for subject_id in subject_ids]
    connection.execute(_INSERT, rows)


def _row(
    person_id: str, action: str, subject_id: str, now: datetime, details: Mapping[str, str] = _NOTHING
) -> dict[str, object]:
    return {
        "id": uuid7(),
        "at": now,
        "person_id": person_id,
        "action": action,
        "subject_id": subject_id,
        "details": dict(details),
    }


def sweep(connection: Connection, action: str, now: datetime) -> None:
    """Forgets what strangers can cause, after a year; all else stays. Within a writing transaction."""
    connection.execute(audit.delete().where(audit.c.at < now - _KEPT, audit.c.action == action))
