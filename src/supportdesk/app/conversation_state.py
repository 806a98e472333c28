"""What is known about one conversation, whatever it is about, and what the customer can do in it now."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

import msgspec

from supportdesk.app.attachments import AttachmentsState
from supportdesk.app.composer import ComposerState
from supportdesk.app.conversation import Entry, Said, Side, conversation, sides
from supportdesk.app.ticket_vendor import Vendor, vendor_of
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.documents import Seal
from supportdesk.domain.entities import ConversationKind
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import (
    Delivery,
    ItemView,
    Linked,
    OutboxState,
    SyncState,
    TicketView,
)
from supportdesk.i18n import _
from supportdesk.replica.reader import Reader

FINISHED = frozenset({OutboxState.SENT, OutboxState.CANCELLED})


class Phase(StrEnum):
    NONE = "none"
    """Nothing is chosen."""
    LOADING = "loading"
    READY = "ready"
    GONE = "gone"
    """Deleted, or no longer visible for this person."""
    FAILED = "failed"


class ConversationState(msgspec.Struct, frozen=True):
    phase: Phase = Phase.NONE
    vendor: Vendor | None = None
    view: TicketView | ItemView | None = None
    entries: tuple[Entry, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    """What the customer sent for it and what is on its way, newest first."""
    sync: SyncState | None = None
    can_reply: bool = False
    can_add_files: bool = False
    reply: ComposerState = ComposerState()
    files: AttachmentsState = AttachmentsState()
    seals: Mapping[str, Seal] = {}
    """Of the signed documents that it is linked with, as far as they were checked, by attachment id."""
    error: SupportDeskError | None = None

    @property
    def is_on_its_way(self) -> bool:
        """Something of the customer's is, for this conversation."""
        return any(each.state not in FINISHED for each in self.deliveries)

    @property
    def kind(self) -> ConversationKind:
        if isinstance(self.view, ItemView):
            return ConversationKind(self.view.row.kind)
        return ConversationKind.TICKET

    @property
    def is_known_to_vendor(self) -> bool:
        """False while the ticket or order itself is still on its way."""
        view = self.view
        fact = view.row.fact if isinstance(view, ItemView) else view.ticket if view is not None else None
        return fact is not None

    @property
    def linked(self) -> tuple[Linked, ...]:
        """What it belongs to, and the documents that belong to it."""
        if self.view is None:
            return ()
        return (*([self.view.belongs_to] if self.view.belongs_to else []), *self.view.documents)

    @property
    def assignee_name(self) -> str:
        """Of the vendor's person who takes care of it; empty where the vendor shows none."""
        if self.view is None or self.vendor is None or not self.vendor.profile.shown.assignee:
            return ""
        if isinstance(self.view, TicketView):
            return self.view.row.assignee_name
        return self.view.row.fact.assignee_name if self.view.row.fact is not None else ""

    @property
    def assignee_role(self) -> str:
        """What they do, as the vendor says it; else for whom they work."""
        if self.view is not None and self.view.assignee is not None and self.view.assignee.job:
            return self.view.assignee.job
        vendor = self.vendor.profile.short_name if self.vendor is not None else ""
        return _("{vendor} support").format(vendor=vendor)

    @property
    def assignee_picture(self) -> bytes:
        """PNG; empty where there is none."""
        return self.view.assignee.picture if self.view is not None and self.view.assignee else b""

    @property
    def reader_name(self) -> str:
        """Who will read an answer: the last of them who wrote, else who handles it; for staff who asked."""
        is_staff = self.vendor is not None and self.vendor.account.is_staff
        them = Side.CUSTOMER if is_staff else Side.VENDOR
        names = [each.name for each in self.entries if isinstance(each, Said) and each.side is them]
        if names or not is_staff:
            return names[-1] if names else self.assignee_name
        return self.view.row.requester_name if isinstance(self.view, TicketView) else ""


class ItemState(ConversationState, frozen=True):
    """A document, order or subscription."""

    view: ItemView | None = None


ProfileOf = Callable[[str], Profile]
S = TypeVar("S", bound=ConversationState)
Look = Callable[[Reader, str, str, ProfileOf], S]
"""One consistent look at a conversation by account and id; raises NotFound."""


def look_at_item(reader: Reader, account_id: str, item_id: str, profile_of: ProfileOf) -> ItemState:
    vendor = vendor_of(reader, reader.account(account_id), profile_of)
    view = reader.item(account_id, item_id)
    fact = view.row.fact
    is_there = fact is not None
    others = sides(vendor.account, fact.organisation_id if fact is not None else "")
    return ItemState(
        phase=Phase.READY,
        vendor=vendor,
        view=view,
        entries=conversation(view, vendor.account.person_id, others=others),
        deliveries=reader.conversation_deliveries(account_id, item_id)[::-1],
        sync=reader.sync_state(account_id),
        can_reply=is_there,
        can_add_files=is_there and Capability.ADD_FILES in vendor.capabilities.offers,
    )


def draft_kind(conversation_id: str) -> str:
    return f"reply:{conversation_id}"
