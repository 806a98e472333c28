"""Tickets and people that come to another organisation: the old one loses sight of them, the new one gets
them whole. All within a writing transaction.
"""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Select, Table, false, select, update

from supportdesk.desk.conversations.changing import head
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


def move_ticket(connection: Connection, ticket_id: str, organisation_id: str) -> None:
    """Raises NotFound. Who reported it has to be moved, too, or before."""
    before = head(connection, ticket_id).organisation_id
    for table in (conversations, tickets):
        connection.execute(
            update(table).where(table.c.id == ticket_id).values(organisation_id=organisation_id)
        )
    feed.record(connection, [*_all_of(connection, ticket_id, before, born=False)])
    feed.record(connection, [*_all_of(connection, ticket_id, organisation_id, born=True)])


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
    for ticket_id in connection.execute(mine).scalars().all():
        move_ticket(connection, ticket_id, organisation_id)
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


def _all_of(connection: Connection, ticket_id: str, audience: str, *, born: bool) -> list[Touch]:
    """Parents first."""
    ticket = Touch("ticket", ticket_id, audience, born=born)
    return [ticket, *_parts(connection, conversations.c.id == ticket_id, audience, born=born)]


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
