"""What is known about one ticket, and what the customer can do with it now."""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from supportdesk import clock
from supportdesk.app.attachments import AttachmentsState
from supportdesk.app.composer import ComposerState, draft_of_kind
from supportdesk.app.conversation import Entry, conversation
from supportdesk.app.ticket_vendor import Vendor, vendor_of
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.entities import EventKind
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import Delivery, Draft, OutboxState, SyncState, TicketView
from supportdesk.domain.status import Stage, Status
from supportdesk.replica.reader import Reader

_FINISHED = frozenset({OutboxState.SENT, OutboxState.CANCELLED})
_DONE_STAGES = frozenset({Stage.SOLVED, Stage.CLOSED})


class Phase(StrEnum):
    NONE = "none"
    """No ticket is chosen."""
    LOADING = "loading"
    READY = "ready"
    GONE = "gone"
    """Deleted, or no longer visible for this person."""
    FAILED = "failed"


class Offers(msgspec.Struct, frozen=True):
    """What the customer can do with the ticket now."""

    reply: bool = False
    add_files: bool = False
    close: bool = False
    reopen: bool = False
    rate: bool = False


class TicketRead(msgspec.Struct, frozen=True):
    """One consistent look at a ticket."""

    vendor: Vendor
    view: TicketView
    deliveries: tuple[Delivery, ...]
    sync: SyncState
    draft: Draft | None


class TicketState(msgspec.Struct, frozen=True):
    phase: Phase = Phase.NONE
    vendor: Vendor | None = None
    view: TicketView | None = None
    entries: tuple[Entry, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    """What the customer sent for this ticket and what is on its way, newest first."""
    sync: SyncState | None = None
    offers: Offers = Offers()
    reply: ComposerState = ComposerState()
    files: AttachmentsState = AttachmentsState()
    error: SupportDeskError | None = None

    @property
    def is_on_its_way(self) -> bool:
        """Something of the customer's is, for this ticket."""
        return any(each.state not in _FINISHED for each in self.deliveries)

    def showing(self, read: TicketRead) -> "TicketState":
        return msgspec.structs.replace(
            self,
            phase=Phase.READY,
            vendor=read.vendor,
            view=read.view,
            entries=conversation(read.view, read.vendor.account.person_id),
            deliveries=read.deliveries,
            sync=read.sync,
            offers=_offers(read),
            error=None,
        )


def draft_kind(ticket_id: str) -> str:
    return f"reply:{ticket_id}"


def read_ticket(
    reader: Reader, account_id: str, ticket_id: str, profile_of: Callable[[str], Profile]
) -> TicketRead:
    """Raises NotFound."""
    return TicketRead(
        vendor=vendor_of(reader, reader.account(account_id), profile_of),
        view=reader.ticket(account_id, ticket_id),
        deliveries=reader.conversation_deliveries(account_id, ticket_id)[::-1],
        sync=reader.sync_state(account_id),
        draft=draft_of_kind(reader, account_id, draft_kind(ticket_id)),
    )


def _offers(read: TicketRead) -> Offers:
    ticket, stage = read.view.ticket, read.view.row.stage
    if ticket is None:
        return Offers()
    going = {each.do for each in read.deliveries if each.state not in _FINISHED}
    can = read.vendor.capabilities.offers
    until = ticket.reopen_until
    reopenable = stage in _DONE_STAGES and until is not None and until > clock.now()
    return Offers(
        reply=stage is not Stage.CLOSED,
        add_files=Capability.ADD_FILES in can and stage is not Stage.CLOSED,
        close=Capability.CLOSE in can and stage is not Stage.CLOSED and "close_ticket" not in going,
        reopen=Capability.REOPEN in can and reopenable and not going & {"reopen_ticket", "close_ticket"},
        rate=Capability.RATE in can
        and (stage is Stage.SOLVED or (stage is Stage.CLOSED and _was_solved(read.view)))
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
