"""Tickets that come to another organisation: the old one loses sight of them, the new one gets them whole."""

from sqlalchemy import Connection, Table, false, select, update

from supportdesk.desk import feed
from supportdesk.desk.feed import Touch
from supportdesk.desk.schema import attachments, events, messages, tickets, time_records
from supportdesk.desk.tickets import head
from supportdesk.domain.entities import EntityKind


def move_ticket(connection: Connection, ticket_id: str, organisation_id: str) -> None:
    """Within a writing transaction. Raises NotFound. Who reported it has to be moved, too, or before."""
    before = head(connection, ticket_id).organisation_id
    connection.execute(
        update(tickets).where(tickets.c.id == ticket_id).values(organisation_id=organisation_id)
    )
    feed.record(connection, [*_all_of(connection, ticket_id, before, born=False)])
    feed.record(connection, [*_all_of(connection, ticket_id, organisation_id, born=True)])


_PARTS: dict[EntityKind, Table] = {
    "event": events,
    "attachment": attachments,
    "time_record": time_records,
}


def _all_of(connection: Connection, ticket_id: str, audience: str, *, born: bool) -> list[Touch]:
    """Parents first. Internal notes are left out: nobody notices that there are any."""
    public = select(messages.c.id).where(messages.c.ticket_id == ticket_id, messages.c.internal == false())
    touches = [Touch("ticket", ticket_id, audience, born=born)]
    touches += [Touch("message", id, audience, born=born) for id in connection.execute(public).scalars()]
    for kind, table in _PARTS.items():
        ids = connection.execute(select(table.c.id).where(table.c.ticket_id == ticket_id)).scalars()
        touches += [Touch(kind, id, audience, born=born) for id in ids]
    return touches
