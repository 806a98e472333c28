"""How often something may be tried: so many at once, then one each interval.

Kept in the database, so that a restart forgives nothing. A try is paid for before it is looked at: many at
the same moment cannot slip through.
"""

import hashlib
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, select, update

from supportdesk.desk.store.database import writing
from supportdesk.desk.store.schema import guesses
from supportdesk.domain.errors import TooManyAttempts


class Allowance(msgspec.Struct, frozen=True):
    at_once: int
    interval: timedelta
    """Until the next one, when all were used."""


PASSWORDS = Allowance(10, timedelta(minutes=20))
"""At most 82 in a day."""


def bucket(user_name: str, device: str) -> str:
    """What guesses are counted for: a name, existing or not, on a device it is used from or on all others."""
    return _digest(user_name, device)


def bucket_for(purpose: str, whom: str) -> str:
    """What anything else is counted for."""
    return _digest("", purpose, whom)  # no user name is empty


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def spend(
    connection: Connection,
    bucket_id: str,
    now: datetime,
    allowance: Allowance = PASSWORDS,
    sentence: str = "",
) -> None:
    """Pays for one try, in a transaction of its own. Raises TooManyAttempts, which says `sentence`."""
    with writing(connection):
        pay(connection, bucket_id, now, allowance, sentence)


def pay(
    connection: Connection, bucket_id: str, now: datetime, allowance: Allowance, sentence: str = ""
) -> None:
    """As `spend`, within a writing transaction."""
    free_at = connection.execute(select(guesses.c.free_at).where(guesses.c.bucket == bucket_id)).scalar()
    if free_at is None or free_at > now + allowance.at_once * allowance.interval:
        free_at = now  # so far ahead it was written by a clock that was set back since
    begin = max(free_at, now)
    wait = begin - now - (allowance.at_once - 1) * allowance.interval
    if wait > timedelta(0):
        raise TooManyAttempts(sentence, retry_after_s=wait.total_seconds())
    connection.execute(guesses.delete().where(guesses.c.bucket == bucket_id))
    connection.execute(guesses.insert().values(bucket=bucket_id, free_at=begin + allowance.interval))


def give_back(connection: Connection, bucket_id: str, allowance: Allowance) -> None:
    """What was paid for one try, in a transaction of its own. Earlier ones still count."""
    this = guesses.c.bucket == bucket_id
    with writing(connection):
        free_at = connection.execute(select(guesses.c.free_at).where(this)).scalar()
        if free_at is not None:
            connection.execute(update(guesses).where(this).values(free_at=free_at - allowance.interval))


def clear(connection: Connection, bucket_id: str) -> None:
    """Forgets all tries, after the right password. Within a writing transaction."""
    connection.execute(guesses.delete().where(guesses.c.bucket == bucket_id))


def sweep(connection: Connection, now: datetime) -> None:
    """Forgets what weighs no more: strangers can ask in any number of names. Within a writing transaction."""
    connection.execute(guesses.delete().where(guesses.c.free_at < now))
