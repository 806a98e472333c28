"""What somebody at the door wishes to be mailed.

Asking writes one row, whoever it is about: the answer and the work are the same for an address that is known
and one that is not. `granting` decides later, where nobody waits.
"""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection

from supportdesk.clock import uuid7
from supportdesk.desk.store.schema import asked_mail
from supportdesk.domain.account import CodePurpose

_KEPT = timedelta(days=30)


class Wish(msgspec.Struct, frozen=True):
    """`purpose`: SIGN_UP and RESET were asked for; VERIFY comes with a guest's report, whose ticket has the
    same id; INVITATION comes with a request for access.
    """

    purpose: CodePurpose
    email: str
    language: str
    id: str = ""

    def __repr__(self) -> str:
        return f"Wish(purpose={self.purpose!r})"


def note(connection: Connection, wish: Wish, now: datetime) -> None:
    """Within a writing transaction."""
    values = msgspec.structs.asdict(wish) | {"id": wish.id or uuid7()}
    connection.execute(asked_mail.insert().values(**values, asked_at=now))


def sweep(connection: Connection, now: datetime) -> None:
    """Forgets wishes that were decided long ago. Within a writing transaction."""
    connection.execute(asked_mail.delete().where(asked_mail.c.done_at < now - _KEPT))
