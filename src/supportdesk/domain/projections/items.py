"""Lists of documents, orders and subscriptions, and what is asked of them."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec

from supportdesk.domain.entities import Document, Order, Subscription
from supportdesk.domain.projections.tickets import OpenState

ItemKind = Literal["document", "order", "subscription"]


class ItemSort(StrEnum):
    UPDATED = "updated"
    CREATED = "created"
    TITLE = "title"
    DUE = "due"


class ItemQuery(msgspec.Struct, frozen=True):
    """A question about a list of documents, orders or subscriptions; None asks all accounts at once."""

    account_id: str | None
    kind: ItemKind
    open_state: OpenState = OpenState.ALL
    states: tuple[str, ...] = ()
    text: str = ""
    sort: ItemSort = ItemSort.UPDATED
    descending: bool = True


class ItemRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of such a list. `state` is as shown: with what waits in the outbox.

    Of what exists on this computer only `fact` is None, and `state` is a Stage: draft, outbox, needs_user.
    """

    account_id: str
    id: str
    kind: ItemKind
    number: str
    title: str
    state: str
    open: bool
    unread: bool
    created_at: datetime
    updated_at: datetime
    due_at: datetime | None
    """By when it wants an answer, or ends, or renews."""
    fact: Document | Order | Subscription | None
    pending: bool = False
    """Something of the customer's own for it still waits in the outbox."""
    refused: bool = False
    """Of what waits, something was refused and needs the customer."""
