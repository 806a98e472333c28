"""How often a password may be guessed: ten at once, then one each twenty minutes, so at most 82 in a day.

Kept in the database, so that a restart forgives nothing. A guess is paid for before the password is looked
at: many guesses at the same moment cannot slip through.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from supportdesk.desk.database import writing
from supportdesk.desk.schema import guesses
from supportdesk.domain.errors import TooManyAttempts

AT_ONCE = 10
INTERVAL = timedelta(minutes=20)


def bucket(user_name: str, device: str) -> str:
    """What guesses are counted for: a name, existing or not, on a device it is used from or on all others."""
    return hashlib.sha256(f"{user_name}\0{device}".encode()).hexdigest()


def spend(connection: Connection, bucket_id: str, now: datetime) -> None:
    """Pays for one guess. Raises TooManyAttempts when there is none left."""
    with writing(connection):
        free_at = connection.execute(select(guesses.c.free_at).where(guesses.c.bucket == bucket_id)).scalar()
        begin = max(free_at or now, now)
        wait = begin - now - (AT_ONCE - 1) * INTERVAL
        if wait > timedelta(0):
            raise TooManyAttempts(retry_after_s=wait.total_seconds())
        connection.execute(guesses.delete().where(guesses.c.bucket == bucket_id))
        connection.execute(guesses.insert().values(bucket=bucket_id, free_at=begin + INTERVAL))


def forget(connection: Connection, bucket_id: str) -> None:
    """After the right password."""
    with writing(connection):
        connection.execute(guesses.delete().where(guesses.c.bucket == bucket_id))
