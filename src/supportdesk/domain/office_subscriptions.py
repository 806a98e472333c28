"""What the vendor's people ask about what their customers subscribed to."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec

from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import SubscriptionState
from supportdesk.domain.office import FileRow, ListRequest, Moment, OfficeRequest, Said, TimeRow

Quantity = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
MAX_CSV_CHARS = 4_000_000


class AddSubscription(OfficeRequest, frozen=True):
    organisation: str
    number: str
    """Under which the vendor keeps it; each once in an organisation."""
    name: str
    parent: str = ""
    """Number or id of the subscription that it is a part of."""
    quantity: Quantity = 1
    state: SubscriptionState = SubscriptionState.ACTIVE
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    renews_at: Moment | None = None
    price: str = ""
    """As customers read it; they get it only where the profile shows prices."""
    description: str = ""
    keys: tuple[str, ...] = ()
    """License keys of the organisation that belong to it, or their ids."""


class Part(StrEnum):
    """What a subscription need not have."""

    PARENT = "parent"
    STARTS_AT = "starts_at"
    ENDS_AT = "ends_at"
    RENEWS_AT = "renews_at"
    PRICE = "price"
    DESCRIPTION = "description"
    KEYS = "keys"


class ChangeSubscription(OfficeRequest, frozen=True):
    """What is not said stays as it is."""

    subscription: str
    """Its id, or its number where no other organisation has the same."""
    name: str = ""
    parent: str = ""
    quantity: Quantity | None = None
    state: SubscriptionState | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    renews_at: Moment | None = None
    price: str = ""
    description: str = ""
    keys: tuple[str, ...] = ()
    """In place of those that belong to it."""
    without: tuple[Part, ...] = ()
    """It has these no more."""


class EndSubscription(OfficeRequest, frozen=True):
    """At once, or at a moment ahead; what belongs to it ends along with it."""

    subscription: str
    ends_at: Moment | None = None


class ImportSubscriptions(OfficeRequest, frozen=True):
    """From a table: each line adds one, or changes the one that has its number.

    All of it or nothing: where lines are not right, InvalidInput names each of them. The outcome's number is
    how many there were.
    """

    organisation: str
    body: Annotated[str, msgspec.Meta(max_length=MAX_CSV_CHARS)]
    """CSV, with a first line that names the columns."""


class ListSubscriptions(ListRequest, frozen=True):
    organisation: str = ""
    state: SubscriptionState | None = None


class SubscriptionRow(msgspec.Struct, frozen=True):
    id: str
    organisation: str
    number: str
    parent: str
    """The number of what it is a part of."""
    name: str
    quantity: int
    state: SubscriptionState
    starts_at: datetime | None
    ends_at: datetime | None
    renews_at: datetime | None
    price: str


class Subscriptions(msgspec.Struct, frozen=True):
    """By organisation and number."""

    subscriptions: tuple[SubscriptionRow, ...]


class ShowSubscription(OfficeRequest, frozen=True):
    """With everything that only the vendor's people see."""

    subscription: str


class SubscriptionShown(msgspec.Struct, frozen=True):
    id: str
    number: str
    name: str
    organisation: str
    state: SubscriptionState
    quantity: int
    parent: str
    assignee: str
    created_at: datetime
    updated_at: datetime
    starts_at: datetime | None
    ends_at: datetime | None
    renews_at: datetime | None
    price: str
    description: str
    key_ids: tuple[str, ...]
    files: tuple[FileRow, ...]
    """Added to it as a whole."""
    conversation: tuple[Said, ...]
    """Oldest first."""
    time_records: tuple[TimeRow, ...]


class AnswerSubscription(OfficeRequest, frozen=True):
    """Whoever wrote about it gets it in the app and by mail."""

    subscription: str
    body: str
    files: tuple[FileRef, ...] = ()
    """Their contents have arrived before."""


class NoteSubscription(OfficeRequest, frozen=True):
    """No customer ever sees it, or that it is there."""

    subscription: str
    body: str


class AssignSubscription(OfficeRequest, frozen=True):
    subscription: str
    assignee: str = ""
    """Nobody named: who asks."""


class RecordSubscriptionTime(OfficeRequest, frozen=True):
    subscription: str
    minutes: Annotated[int, msgspec.Meta(ge=1, le=60_000)]
    note: str = ""
