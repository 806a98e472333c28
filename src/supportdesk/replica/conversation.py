"""One ticket with everything that was said."""

from typing import TypeVar

from supportdesk.domain.entities import Attachment, Message, TicketEvent, TimeRecord
from supportdesk.domain.projections import TicketView
from supportdesk.replica import deliveries, tickets
from supportdesk.replica.query import Query
from supportdesk.replica.rows import part_of

Part = Message | TicketEvent | Attachment | TimeRecord
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
        events=_only(parts, TicketEvent),
        attachments=_only(parts, Attachment),
        time_records=_only(parts, TimeRecord),
        pending=deliveries.pending_messages(query, account_id, ticket_id),
        delivery=deliveries.delivery_of_ticket(query, account_id, ticket_id),
    )


def _parts(query: Query, account_id: str, ticket_id: str) -> list[Part]:
    rows = query.rows(
        "SELECT fact FROM part WHERE account = ? AND ticket_id = ? ORDER BY at, row",
        (query.account(account_id).num, ticket_id),
    )
    return [part_of(fact) for (fact,) in rows]


def _only(parts: list[Part], kind: type[P]) -> tuple[P, ...]:
    return tuple(part for part in parts if isinstance(part, kind))
