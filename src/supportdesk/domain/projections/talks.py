"""One thing that people talk about, with all that was said."""

import msgspec

from supportdesk.domain.commands import CreateOrder
from supportdesk.domain.entities import Attachment, ConversationEvent, Message, Person, Ticket, TimeRecord
from supportdesk.domain.projections.deliveries import Delivery, PendingMessage
from supportdesk.domain.projections.items import ItemRow
from supportdesk.domain.projections.tickets import TicketRow


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """One end of "this document belongs to that"."""

    row: TicketRow | ItemRow
    sealed: Attachment | None = None
    """The file of a signed document, whose seal says whether it is unchanged."""


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation; each tuple is in time order, oldest first."""

    messages: tuple[Message, ...] = ()
    events: tuple[ConversationEvent, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    time_records: tuple[TimeRecord, ...] = ()
    pending: tuple[PendingMessage, ...] = ()
    assignee: Person | None = None
    """Who handles it, where the vendor introduces them."""
    staff: tuple[Person, ...] = ()
    """Of those who wrote whom the vendor introduces."""
    belongs_to: Linked | None = None
    """What a document is about, as far as it is known here."""
    documents: tuple[Linked, ...] = ()
    """Those that belong to it, newest first."""


class TicketView(Talk, frozen=True, kw_only=True):
    """`ticket` is None while the ticket itself is still on its way (then `delivery` tells how far)."""

    row: TicketRow
    ticket: Ticket | None
    delivery: Delivery | None


class ItemView(Talk, frozen=True, kw_only=True):
    """`delivery` is that of the command that made it, where it was this computer's."""

    row: ItemRow
    order: CreateOrder | None = None
    """What was sent, while the order itself is still on its way."""
    delivery: Delivery | None = None
