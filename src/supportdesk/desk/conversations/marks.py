"""What one person has read, confirmed and rated. Within the caller's writing transaction."""

from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Connection, Table, Update, and_, bindparam, select, update

from supportdesk.desk.conversations.changing import Head
from supportdesk.desk.store.schema import conversation_marks, publication_marks, publications
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.actors import Actor
from supportdesk.desk.visibility.feed import EVERYBODY, Touch
from supportdesk.domain.entities import EntityKind


def conversation_read(
    connection: Connection, actor: Actor, conversation: Head, at: datetime, *, told: bool = False
) -> None:
    """`told`: in the same transaction the feed tells everybody of it as it is now."""
    mark = {"person_id": actor.person_id, "conversation_id": conversation.id}
    _set(connection, conversation_marks, mark, {"read_at": at})
    if not told:
        _only_for(connection, actor, conversation.kind.value, conversation.id)


def publication_read(connection: Connection, actor: Actor, id: str, at: datetime) -> None:
    _set(connection, publication_marks, _mark(actor, id), {"read_at": at})
    _only_for(connection, actor, "publication", id)


def confirmed(connection: Connection, actor: Actor, id: str, at: datetime) -> None:
    _set(connection, publication_marks, _mark(actor, id), {"read_at": at, "confirmed_at": at})
    _only_for(connection, actor, "publication", id)


def article_rated(connection: Connection, actor: Actor, id: str, *, helpful: bool) -> None:
    """A person has one vote; another one replaces it."""
    mark = _mark(actor, id)
    before = connection.execute(
        select(publication_marks.c.helpful).where(_is(publication_marks, mark))
    ).scalar()
    _set(connection, publication_marks, mark, {"helpful": helpful})
    ups = int(helpful) - int(before is True)
    downs = int(not helpful) - int(before is False)
    connection.execute(
        update(publications)
        .where(publications.c.id == id)
        .values(votes_up=publications.c.votes_up + ups, votes_down=publications.c.votes_down + downs)
    )
    feed.record(connection, [Touch("publication", id, EVERYBODY)])


def _only_for(connection: Connection, actor: Actor, kind: EntityKind, id: str) -> None:
    """Nobody else hears of what one person has read."""
    feed.record(connection, [Touch(kind, id, actor.person_id)])


def _mark(actor: Actor, publication_id: str) -> dict[str, str]:
    return {"person_id": actor.person_id, "publication_id": publication_id}


def _is(table: Table, key: dict[str, str]) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in key.items()))


def _set(connection: Connection, table: Table, key: dict[str, str], values: dict[str, object]) -> None:
    marked = {f"this_{name}": value for name, value in key.items()}
    if not connection.execute(_renewing(table, tuple(key)), marked | values).rowcount:
        connection.execute(table.insert(), key | values)


@cache
def _renewing(table: Table, key: tuple[str, ...]) -> Update:
    return update(table).where(*(table.c[name] == bindparam(f"this_{name}") for name in key))
