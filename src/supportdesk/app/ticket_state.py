"""What is known about one ticket, and what the customer can do with it now."""

import msgspec

from supportdesk import clock
from supportdesk.app.conversation import conversation, sides
from supportdesk.app.conversation_state import FINISHED, ConversationState, Phase, ProfileOf
from supportdesk.app.ticket_vendor import Vendor, vendor_of
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.entities import EventKind
from supportdesk.domain.projections import Delivery, TicketView
from supportdesk.domain.status import Stage, Status
from supportdesk.replica.reader import Reader

_DONE_STAGES = frozenset({Stage.SOLVED, Stage.CLOSED})


class Offers(msgspec.Struct, frozen=True):
    """What the customer can do with the ticket now, besides writing."""

    close: bool = False
    reopen: bool = False
    rate: bool = False


class TicketState(ConversationState, frozen=True):
    view: TicketView | None = None
    offers: Offers = Offers()


def look_at_ticket(reader: Reader, account_id: str, ticket_id: str, profile_of: ProfileOf) -> TicketState:
    """Raises NotFound. `ticket_id` may be that of a ticket that is still on its way."""
    vendor = vendor_of(reader, reader.account(account_id), profile_of)
    view = reader.ticket(account_id, ticket_id)
    deliveries = reader.conversation_deliveries(account_id, ticket_id)[::-1]
    others = sides(vendor.account, view.ticket.organisation_id if view.ticket is not None else "")
    can_reply = view.ticket is not None and view.row.stage is not Stage.CLOSED
    return TicketState(
        phase=Phase.READY,
        vendor=vendor,
        view=view,
        entries=conversation(view, vendor.account.person_id, others=others),
        deliveries=deliveries,
        sync=reader.sync_state(account_id),
        can_reply=can_reply,
        can_add_files=can_reply and Capability.ADD_FILES in vendor.capabilities.offers,
        offers=_offers(vendor, view, deliveries),
    )


def _offers(vendor: Vendor, view: TicketView, deliveries: tuple[Delivery, ...]) -> Offers:
    ticket, stage = view.ticket, view.row.stage
    if ticket is None:
        return Offers()
    going = {each.do for each in deliveries if each.state not in FINISHED}
    can = vendor.capabilities.offers
    until = ticket.reopen_until
    reopenable = stage in _DONE_STAGES and until is not None and until > clock.now()
    return Offers(
        close=Capability.CLOSE in can and stage is not Stage.CLOSED and "close_ticket" not in going,
        reopen=Capability.REOPEN in can and reopenable and not going & {"reopen_ticket", "close_ticket"},
        rate=Capability.RATE in can
        and not vendor.account.is_staff
        and (stage is Stage.SOLVED or (stage is Stage.CLOSED and _was_solved(view)))
        and ticket.rating is None
        and "rate_ticket" not in going,
    )


def _was_solved(view: TicketView) -> bool:
    """Since it was last reopened: a customer may close what nobody has solved."""
    for event in reversed(view.events):
        if event.event is EventKind.REOPENED:
            return False
        if event.event is EventKind.STATUS and event.value == Status.SOLVED:
            return True
    return False
