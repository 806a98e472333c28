"""Which commands were taken, and what was answered: why a repeat is harmless.

Rows are kept for ever: they are small, and a laptop may come back after a year with something to send.
"""

from datetime import datetime
from functools import cache

from sqlalchemy import Column, Connection, Select, bindparam, select

from supportdesk.desk.store.schema import ledger
from supportdesk.domain.commands import Receipt
from supportdesk.domain.errors import IdempotencyConflict

_EARLIER = select(ledger).where(ledger.c.command_id == bindparam("wanted"))
_INSERT = ledger.insert()


def earlier(connection: Connection, person_id: str, command_id: str, payload_sha256: str) -> Receipt | None:
    """The answer that this command got before, or None.

    Raises IdempotencyConflict when its id came with other content or from somebody else. Within the writing
    transaction in which the command is then applied, so that two at once cannot both find nothing.
    """
    row = connection.execute(_EARLIER, {"wanted": command_id}).first()
    if row is None:
        return None
    if (row.person_id, row.payload_sha256) != (person_id, payload_sha256):
        raise IdempotencyConflict
    return Receipt(
        command_id=command_id,
        payload_sha256=payload_sha256,
        entity_id=row.entity_id,
        number=row.number,
        accepted_at=row.accepted_at,
    )


def check_free(connection: Connection, column: "Column[str]", id: str) -> None:
    """Before something is made under an id that its author chose. Raises IdempotencyConflict.

    Ids of what exists can be seen, and the desk's own things stand in no ledger.
    """
    if connection.execute(_existing(column), {"wanted": id}).first() is not None:
        raise IdempotencyConflict


@cache
def _existing(column: "Column[str]") -> Select[str]:
    return select(column).where(column == bindparam("wanted"))


def enter(connection: Connection, person_id: str, receipt: Receipt, now: datetime) -> None:
    connection.execute(
        _INSERT,
        {
            "command_id": receipt.command_id,
            "person_id": person_id,
            "payload_sha256": receipt.payload_sha256,
            "entity_id": receipt.entity_id,
            "number": receipt.number,
            "accepted_at": now,
        },
    )
