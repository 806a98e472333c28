"""Mailed codes: told once, kept as a hash, good for one use and a short time.

Eighty random bits: nobody guesses one, so a quick hash is enough.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, select, update

from supportdesk.clock import uuid7
from supportdesk.desk.store.schema import codes
from supportdesk.domain.account import CodePurpose
from supportdesk.domain.errors import NotFound

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which are misread; 32 of them, so that each carries five bits."""
_LENGTH = 16
_GROUP = 4
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})

LIFE: dict[CodePurpose, timedelta] = {
    CodePurpose.SIGN_UP: timedelta(hours=1),
    CodePurpose.RESET: timedelta(hours=1),
    CodePurpose.VERIFY: timedelta(days=7),
    CodePurpose.INVITATION: timedelta(days=7),
}
_KEPT = timedelta(days=30)


class Code(msgspec.Struct, frozen=True):
    id: str
    purpose: CodePurpose
    email: str
    person_id: str | None
    language: str


def issue(
    connection: Connection,
    purpose: CodePurpose,
    email: str,
    now: datetime,
    *,
    person_id: str | None = None,
    language: str = "",
) -> str:
    """A new code, as it is written in a mail. Within a writing transaction.

    `person_id` is whose account it opens, None where it is still to be made.
    """
    code = "".join(secrets.choice(_SIGNS) for _place in range(_LENGTH))
    connection.execute(
        codes.insert().values(
            id=uuid7(),
            code_sha256=_hash(code),
            purpose=purpose,
            email=email,
            person_id=person_id,
            details={"language": language},
            created_at=now,
            expires_at=now + LIFE[purpose],
        )
    )
    return "-".join(code[place : place + _GROUP] for place in range(0, _LENGTH, _GROUP))


def find(connection: Connection, written: str, now: datetime) -> Code:
    """Raises NotFound, alike for one that never was, was used, or is too old. Within a transaction."""
    columns = codes.c
    row = connection.execute(
        select(columns.id, columns.purpose, columns.email, columns.person_id, columns.details).where(
            columns.code_sha256 == _hash(written), columns.used_at.is_(None), columns.expires_at > now
        )
    ).first()
    if row is None:
        raise NotFound
    return Code(row.id, row.purpose, row.email, row.person_id, row.details.get("language", ""))


def use(connection: Connection, code: Code, now: datetime) -> None:
    """Every other code of that address is worth nothing any more, either.

    Raises NotFound when somebody was quicker. Within a writing transaction.
    """
    unused = update(codes).where(codes.c.used_at.is_(None), codes.c.expires_at > now).values(used_at=now)
    if not connection.execute(unused.where(codes.c.id == code.id)).rowcount:
        raise NotFound
    connection.execute(unused.where(codes.c.email == code.email))


def sweep(connection: Connection, now: datetime) -> None:
    """Forgets codes that nobody can use any more. Within a writing transaction."""
    connection.execute(codes.delete().where(codes.c.expires_at < now - _KEPT))


def _hash(written: str) -> str:
    return hashlib.sha256(written.upper().translate(_MISREAD).encode()).hexdigest()
