"""Tickets and people that come to another organisation: the old one loses sight of them, the new one gets
them whole. All within a writing transaction.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, Select, Table, false, select, update

from supportdesk.desk.store.schema import (
    attachments,
    conversations,
    documents,
    events,
    license_keys,
    messages,
    orders,
    people,
    subscriptions,
    tickets,
    time_records,
)
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.feed import Touch
from supportdesk.domain.entities import EntityKind

_AT_ONCE = 500


def move_tickets(connection: Connection, ticket_ids: Sequence[str], organisation_id: str) -> None:
    """Who reported them has to be moved, too, or before."""
    for begin in range(0, len(ticket_ids), _AT_ONCE):
        _move(connection, ticket_ids[begin : begin + _AT_ONCE], organisation_id)


def _move(connection: Connection, ticket_ids: Sequence[str], organisation_id: str) -> None:
    owned = select(conversations.c.organisation_id, conversations.c.id)
    left: defaultdict[str, list[str]] = defaultdict(list)
    for before, id in connection.execute(owned.where(conversations.c.id.in_(ticket_ids))):
        left[before].append(id)
    for table in (conversations, tickets):
        these = update(table).where(table.c.id.in_(ticket_ids))
        connection.execute(these.values(organisation_id=organisation_id))
    for before, ids in left.items():
        feed.record(connection, _all_of(connection, ids, before, born=False))
    feed.record(connection, _all_of(connection, ticket_ids, organisation_id, born=True))


def move_person(connection: Connection, person_id: str, organisation_id: str) -> None:
    """With the tickets that they reported. They look again at all of the old organisation and the new one."""
    before = connection.execute(select(people.c.organisation_id).where(people.c.id == person_id)).scalar_one()
    if before == organisation_id:
        return
    feed.record(connection, everything_of(connection, before, person_id))
    connection.execute(update(people).where(people.c.id == person_id).values(organisation_id=organisation_id))
    feed.record(connection, [Touch("person", person_id, before)])
    feed.record(connection, [Touch("person", person_id, organisation_id, born=True)])
    mine = select(tickets.c.id).where(tickets.c.requester_id == person_id).order_by(tickets.c.id)
    move_tickets(connection, connection.execute(mine).scalars().all(), organisation_id)
    feed.record(connection, everything_of(connection, organisation_id, person_id))


def everything_of(
    connection: Connection, organisation_id: str, audience: str, *, born: bool = False
) -> list[Touch]:
    """For `audience`, who begins or ceases to see the organisation."""
    touches = [Touch("organisation", organisation_id, audience, born=born)]
    for kind, table in _OWNED.items():
        query = select(table.c.id).where(table.c.organisation_id == organisation_id)
        touches += _touches(connection, kind, query, audience, born=born)
    owned = conversations.c.organisation_id == organisation_id
    return [*touches, *_parts(connection, owned, audience, born=born)]


_OWNED: dict[EntityKind, Table] = {
    "person": people,
    "license_key": license_keys,
    "ticket": tickets,
    "document": documents,
    "order": orders,
    "subscription": subscriptions,
}
_PARTS: dict[EntityKind, Table] = {
    "message": messages,
    "event": events,
    "attachment": attachments,
    "time_record": time_records,
}


def _all_of(connection: Connection, ticket_ids: Sequence[str], audience: str, *, born: bool) -> list[Touch]:
    """Parents first."""
    whole = [Touch("ticket", id, audience, born=born) for id in ticket_ids]
    return [*whole, *_parts(connection, conversations.c.id.in_(ticket_ids), audience, born=born)]


def _parts(connection: Connection, of: ColumnElement[bool], audience: str, *, born: bool) -> Iterator[Touch]:
    """Internal notes are left out: nobody notices that there are any."""
    for kind, table in _PARTS.items():
        about = conversations.c.id == table.c.conversation_id
        query = select(table.c.id).join(conversations, about).where(of)
        if table is messages:
            query = query.where(messages.c.internal == false())
        yield from _touches(connection, kind, query, audience, born=born)


def _touches(
    connection: Connection, kind: EntityKind, ids: Select[str], audience: str, *, born: bool
) -> list[Touch]:
    return [Touch(kind, id, audience, born=born) for id in connection.execute(ids).scalars()]
