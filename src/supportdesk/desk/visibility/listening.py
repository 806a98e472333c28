"""Whom the news of a desk concern, while they listen: told by one look for all listeners of a process."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, select

from supportdesk.desk.store.schema import changes, organisations, sessions
from supportdesk.desk.store.settings import identity
from supportdesk.desk.visibility import announcing, feed
from supportdesk.desk.visibility.actors import Actor, Entrance, scope
from supportdesk.desk.visibility.feed import EVERYBODY
from supportdesk.domain.entities import Role


class Hearing(msgspec.Struct, frozen=True):
    """What one listener may hear of; the same as the feed says in SQL."""

    session_id: str
    actor: Actor
    organisations: frozenset[str]
    """Those whose things the actor sees."""
    head: int
    """The newest change when it was looked up."""


class News(msgspec.Struct, frozen=True):
    head: int
    audiences: frozenset[str]
    """Of the changes: organisations, people, EVERYBODY."""
    ended: frozenset[str]
    """Ids of sessions that no longer hold."""
    due: bool
    """Something published ahead is to be announced."""


def hearing(connection: Connection, entrance: Entrance) -> Hearing:
    """Within a transaction."""
    actor = entrance.actor
    seen = connection.execute(select(organisations.c.id).where(scope(actor, organisations.c.id))).scalars()
    own = frozenset() if actor.role is Role.STAFF else frozenset(seen)
    return Hearing(entrance.session_id, actor, own, feed.head(connection))


def is_newest(connection: Connection, cursor: str) -> bool:
    """Whether nothing at all has happened since this cursor was given. Within a transaction."""
    newest = feed.head(connection)
    known = feed.decode_cursor(cursor, identity(connection), newest)
    return known.encode() == cursor and known.seq == newest


def news(connection: Connection, after: int, looked_at: datetime, now: datetime) -> News:
    """What came after the change `after`, which sessions ended since `looked_at`. Within a transaction."""
    head = feed.head(connection)
    audiences: frozenset[str] = frozenset()
    if head > after:
        query = select(changes.c.audience).where(changes.c.seq > after, changes.c.seq <= head)
        audiences = frozenset(connection.execute(query.distinct()).scalars())
    ended = _ended(connection, looked_at, now)
    return News(head, audiences, ended, announcing.is_due(connection, now))


def _ended(connection: Connection, looked_at: datetime, now: datetime) -> frozenset[str]:
    query = select(sessions.c.id).where(sessions.c.expires_at > looked_at, sessions.c.expires_at <= now)
    return frozenset(connection.execute(query).scalars())


def concerns(news: News, hearing: Hearing) -> bool:
    if hearing.actor.role is Role.STAFF:
        return bool(news.audiences)
    return not news.audiences.isdisjoint(hearing.organisations | {EVERYBODY, hearing.actor.person_id})
