"""What people talk about, with everything that was said."""

from typing import TypeVar

from supportdesk.domain.commands import CreateOrder
from supportdesk.domain.entities import Attachment, ConversationEvent, Message, Person, Role, TimeRecord
from supportdesk.domain.errors import NotFound
from supportdesk.domain.projections import ItemView, TicketView
from supportdesk.replica import deliveries, items, linked, tickets
from supportdesk.replica.commands import find_command
from supportdesk.replica.query import Query
from supportdesk.replica.rows import part_of, person_of

Part = Message | ConversationEvent | Attachment | TimeRecord
P = TypeVar("P", bound=Part)


def ticket_view(query: Query, account_id: str, ticket_id: str) -> TicketView:
    """Raises NotFound; a ticket that is still on its way has a row and no fact."""
    found = tickets.fact(query, account_id, ticket_id)
    row, ticket = found or (deliveries.unsent_row(query, account_id, ticket_id), None)
    parts = _parts(query, account_id, ticket_id)
    return TicketView(
        row=row,
        ticket=ticket,
        messages=_only(parts, Message),
        events=_only(parts, ConversationEvent),
        attachments=_only(parts, Attachment),
        time_records=_only(parts, TimeRecord),
        pending=deliveries.pending_messages(query, account_id, ticket_id),
        assignee=_person(query, account_id, ticket.assignee_id if ticket else ""),
        staff=_staff(query, account_id, parts),
        documents=linked.documents_of(query, account_id, ticket_id),
        delivery=deliveries.delivery_of(query, account_id, ticket_id),
    )


def item_view(query: Query, account_id: str, item_id: str) -> ItemView:
    """A document, order or subscription. Raises NotFound; an order on its way has no fact."""
    try:
        row, sent = items.find(query, account_id, item_id), None
    except NotFound:
        row = deliveries.unsent_order(query, account_id, item_id)
        intent = find_command(query.connection, item_id).intent
        sent = intent if isinstance(intent, CreateOrder) else None
    parts = _parts(query, account_id, item_id)
    return ItemView(
        row=row,
        order=sent,
        messages=_only(parts, Message),
        events=_only(parts, ConversationEvent),
        attachments=_only(parts, Attachment),
        time_records=_only(parts, TimeRecord),
        pending=deliveries.pending_messages(query, account_id, item_id),
        assignee=_person(query, account_id, row.fact.assignee_id if row.fact else ""),
        staff=_staff(query, account_id, parts),
        belongs_to=linked.belongs_to(query, row),
        documents=linked.documents_of(query, account_id, item_id),
        delivery=deliveries.delivery_of(query, account_id, item_id),
    )


def _person(query: Query, account_id: str, person_id: str) -> Person | None:
    row = query.one(
        "SELECT fact FROM thing WHERE account = ? AND kind = 'person' AND id = ?",
        (query.account(account_id).num, person_id),
    )
    return person_of(row[0]) if row else None


def _staff(query: Query, account_id: str, parts: list[Part]) -> tuple[Person, ...]:
    wrote = dict.fromkeys(each.author_id for each in _only(parts, Message) if each.author_role is Role.STAFF)
    found = (_person(query, account_id, person_id) for person_id in wrote)
    return tuple(person for person in found if person is not None)


def _parts(query: Query, account_id: str, conversation_id: str) -> list[Part]:
    rows = query.rows(
        "SELECT fact FROM part WHERE account = ? AND conversation_id = ? ORDER BY at, row",
        (query.account(account_id).num, conversation_id),
    )
    return [part_of(fact) for (fact,) in rows]


def _only(parts: list[Part], kind: type[P]) -> tuple[P, ...]:
    return tuple(part for part in parts if isinstance(part, kind))
