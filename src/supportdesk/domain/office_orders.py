"""What the vendor's people ask about orders. Nothing in here names whose an order is, or its reference: those
are the customer's own.
"""

from datetime import datetime
from typing import Annotated

import msgspec

from supportdesk.domain.commands import FileRef
from supportdesk.domain.office import FileRow, ListRequest, OfficeRequest, Said, TimeRow
from supportdesk.domain.orders import MAX_ARTICLES, MAX_QUANTITY, OrderStatus

ArticlePlace = Annotated[int, msgspec.Meta(ge=1, le=MAX_ARTICLES)]
"""Counted from 1, as people count lines."""
Quantity = Annotated[int, msgspec.Meta(ge=1, le=MAX_QUANTITY)]


class ListOrders(ListRequest, frozen=True):
    """Those that meet everything that is said."""

    status: tuple[OrderStatus, ...] = ()
    """One of these; none: all but completed and cancelled."""
    organisation: str = ""
    requester: str = ""
    assignee: str = ""
    unassigned: bool = False
    words: str = ""
    """Stand in the reference."""


class OrderRow(msgspec.Struct, frozen=True):
    id: str
    number: str
    status: OrderStatus
    reference: str
    organisation: str
    requester: str
    assignee: str
    articles: int
    """Without those that were removed."""
    updated_at: datetime


class Orders(msgspec.Struct, frozen=True):
    """Latest change first."""

    orders: tuple[OrderRow, ...]


class ShowOrder(OfficeRequest, frozen=True):
    """With everything that only the vendor's people see."""

    order: str


class ArticleRow(msgspec.Struct, frozen=True):
    article: int
    """Its place, counted from 1."""
    number: str
    name: str
    serial_number: str
    quantity: int
    fault: str
    condition: str
    removed: bool
    """It is no longer part of the order."""
    files: tuple[FileRow, ...]


class OrderShown(msgspec.Struct, frozen=True):
    id: str
    number: str
    reference: str
    status: OrderStatus
    may_become: tuple[OrderStatus, ...]
    """Which statuses can follow."""
    organisation: str
    requester: str
    assignee: str
    created_at: datetime
    updated_at: datetime
    order_kind: str
    note: str
    articles: tuple[ArticleRow, ...]
    files: tuple[FileRow, ...]
    """Of the order as a whole."""
    conversation: tuple[Said, ...]
    """Oldest first."""
    time_records: tuple[TimeRow, ...]


class SetOrderStatus(OfficeRequest, frozen=True):
    """Who ordered is told by mail."""

    order: str
    status: OrderStatus


class EditOrder(OfficeRequest, frozen=True):
    """What is not said stays as it is."""

    order: str
    order_kind: str | None = None
    note: str | None = None


class EditArticle(OfficeRequest, frozen=True):
    """What is not said stays as it is; its files stay with it."""

    order: str
    article: ArticlePlace
    number: str | None = None
    name: str | None = None
    serial_number: str | None = None
    quantity: Quantity | None = None
    fault: str | None = None
    condition: str | None = None


class AddArticle(OfficeRequest, frozen=True):
    """At the end."""

    order: str
    number: str = ""
    name: str = ""
    serial_number: str = ""
    quantity: Quantity = 1
    fault: str = ""
    condition: str = ""


class RemoveArticle(OfficeRequest, frozen=True):
    """The customer reads that it is no longer part of the order. Places and files of all articles stay."""

    order: str
    article: ArticlePlace


class AddOrderFiles(OfficeRequest, frozen=True):
    """To an article, or to the order as a whole."""

    order: str
    article: ArticlePlace | None = None
    files: tuple[FileRef, ...] = ()
    """Their contents have arrived before."""


class RemoveOrderFile(OfficeRequest, frozen=True):
    """One of the order or of an article, whoever added it; what came with a message stays with it."""

    order: str
    file_id: str


class AnswerOrder(OfficeRequest, frozen=True):
    """The customer gets it in the app and by mail."""

    order: str
    body: str
    files: tuple[FileRef, ...] = ()
    """Their contents have arrived before."""


class NoteOrder(OfficeRequest, frozen=True):
    """No customer ever sees it, or that it is there."""

    order: str
    body: str


class AssignOrder(OfficeRequest, frozen=True):
    order: str
    assignee: str = ""
    """Nobody named: who asks."""


class RecordOrderTime(OfficeRequest, frozen=True):
    order: str
    minutes: Annotated[int, msgspec.Meta(ge=1, le=60_000)]
    note: str = ""
