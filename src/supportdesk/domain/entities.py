"""Facts: what a backend tells about its tickets and everything around them.

All are frozen; a change is a new fact with the same id. Times are timezone-aware UTC. Text of other people is
plain text with light Markdown and is never trusted.
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec

from supportdesk.domain.documents import DocumentForm, DocumentState, DocumentType
from supportdesk.domain.orders import Article, OrderStatus
from supportdesk.domain.status import Status


class Role(StrEnum):
    CUSTOMER = "customer"
    ORGANISATION_ADMIN = "organisation_admin"
    PARTNER = "partner"
    STAFF = "staff"


class Fact(msgspec.Struct, frozen=True, tag_field="kind", forbid_unknown_fields=False):
    """Base of everything that `pull` delivers; `id` is unique within its kind and account."""

    id: str


class Organisation(Fact, frozen=True, tag="organisation"):
    name: str
    partner_id: str | None = None
    """The organisation that looks after this one, if any."""


class Person(Fact, frozen=True, tag="person"):
    name: str
    organisation_id: str
    role: Role = Role.CUSTOMER
    email: str = ""
    """Empty for staff: customers don't see their addresses."""
    active: bool = True
    job: str = ""
    """Of staff: what they do, as the vendor says it, e.g. 'Hotline'."""
    picture: bytes = b""
    """Of staff: a small PNG (see `portraits`); empty where there is none."""

    def __repr__(self) -> str:
        """Without the picture: what is written into logs is made of this."""
        return f"Person(id={self.id!r}, name={self.name!r})"


class Ticket(Fact, frozen=True, tag="ticket"):
    number: str
    """As people say it, without the leading '#'."""
    subject: str
    status: Status
    requester_id: str
    requester_name: str
    organisation_id: str
    organisation_name: str
    created_at: datetime
    updated_at: datetime
    """Last thing a customer can notice: message, status, assignment, file."""
    priority_id: str = ""
    type_id: str = ""
    service_id: str = ""
    desk_id: str = ""
    consent_id: str = ""
    assignee_name: str = ""
    fields: dict[str, str] = {}
    """Values of the vendor's form fields by field id; dates are ISO 8601, check boxes 'yes' or 'no'."""
    has_attachments: bool = False
    reopen_until: datetime | None = None
    """Set while a solved or closed ticket may be reopened."""
    rating: int | None = None
    """1 (did not help) or 5 (helped); None while not rated."""
    read_at: datetime | None = None
    """When this person last opened it, or came after all that; unread while `updated_at` is later and not
    by themselves."""
    last_author_id: str = ""
    assignee_id: str = ""


class Document(Fact, frozen=True, tag="document"):
    """A paper of the vendor's that waits for a signature or had its answer. Its files are attachments."""

    number: str
    title: str
    type: DocumentType
    state: DocumentState
    organisation_id: str
    organisation_name: str
    created_at: datetime
    updated_at: datetime
    file_id: str
    """The attachment that is to be signed."""
    form: DocumentForm
    sign_by: datetime | None = None
    concerns_id: str = ""
    """The order or ticket, or the document before, that it belongs to."""
    signed_file_id: str = ""
    """The sealed attachment; empty until the desk has made it."""
    answered_by_name: str = ""
    """Who signed or declined, and when."""
    answered_at: datetime | None = None
    reason: str = ""
    """Why it was declined."""
    assignee_name: str = ""
    read_at: datetime | None = None
    last_author_id: str = ""
    assignee_id: str = ""


class Order(Fact, frozen=True, tag="order"):
    number: str
    reference: str
    """The customer's own."""
    status: OrderStatus
    requester_id: str
    requester_name: str
    organisation_id: str
    organisation_name: str
    created_at: datetime
    updated_at: datetime
    articles: tuple[Article, ...] = ()
    """Attachments name their article by its place in here, from 0."""
    order_kind: str = ""
    note: str = ""
    assignee_name: str = ""
    read_at: datetime | None = None
    last_author_id: str = ""
    assignee_id: str = ""


class SubscriptionState(StrEnum):
    ORDERED = "ordered"
    ACTIVE = "active"
    ENDING = "ending"
    """Terminated, and still there until `ends_at`."""
    ENDED = "ended"


class Subscription(Fact, frozen=True, tag="subscription"):
    """Something the organisation ordered: a product, a module of it, or a component of that."""

    number: str
    name: str
    state: SubscriptionState
    organisation_id: str
    organisation_name: str
    created_at: datetime
    updated_at: datetime
    parent_id: str | None = None
    """The subscription that it is a part of."""
    description: str = ""
    quantity: int = 1
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    renews_at: datetime | None = None
    price: str = ""
    """As the vendor writes it, e.g. '39.00 € a month'; empty where the vendor shows none."""
    key_ids: tuple[str, ...] = ()
    assignee_name: str = ""
    read_at: datetime | None = None
    last_author_id: str = ""
    assignee_id: str = ""


class Message(Fact, frozen=True, tag="message"):
    conversation_id: str
    author_id: str
    author_name: str
    author_role: Role
    body: str
    created_at: datetime


class EventKind(StrEnum):
    STATUS = "status"
    ASSIGNED = "assigned"
    CLOSED = "closed"
    REOPENED = "reopened"
    RATED = "rated"
    SIGNED = "signed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"


class ConversationEvent(Fact, frozen=True, tag="event"):
    conversation_id: str
    event: EventKind
    created_at: datetime
    actor_name: str = ""
    value: str = ""
    """New status, name of the assignee, the rating, or what was changed."""


class Attachment(Fact, frozen=True, tag="attachment"):
    conversation_id: str
    name: str
    size_bytes: int
    sha256: str
    media_type: str
    created_at: datetime
    message_id: str | None = None
    """None when added to the ticket as a whole, by whom is then the event's matter."""
    article: int | None = None
    """Place in the articles of the order that it belongs to."""


class TimeRecord(Fact, frozen=True, tag="time_record"):
    conversation_id: str
    staff_name: str
    minutes: int
    note: str
    created_at: datetime


class PublicationKind(StrEnum):
    NOTICE = "notice"
    NEWSLETTER = "newsletter"
    ARTICLE = "article"


class Publication(Fact, frozen=True, tag="publication"):
    """Important information, a newsletter issue or a help article.

    A backend delivers it no sooner than `published_at`; what is past `valid_until` is no longer listed.
    """

    publication: PublicationKind
    title: str
    body: str
    published_at: datetime
    summary: str = ""
    category: str = ""
    labels: tuple[str, ...] = ()
    service_id: str = ""
    valid_until: datetime | None = None
    must_confirm: bool = False
    confirmed_at: datetime | None = None
    read_at: datetime | None = None
    helpful_percent: int | None = None
    my_rating: bool | None = None
    video: str = ""
    """A web address or a file that came with the vendor's profile, see `videos`; '' for none."""


class KeyKind(StrEnum):
    LICENSE = "license"
    COMPANY_SWITCH = "company_switch"


class LicenseKey(Fact, frozen=True, tag="license_key"):
    key_kind: KeyKind
    product: str
    key: str
    note: str = ""
    valid_until: datetime | None = None

    def __repr__(self) -> str:
        """Without the key: what is written into logs and crash reports is made of this."""
        return f"LicenseKey(id={self.id!r}, product={self.product!r})"


Entity = (
    Organisation
    | Person
    | Ticket
    | Document
    | Order
    | Subscription
    | Message
    | ConversationEvent
    | Attachment
    | TimeRecord
    | Publication
    | LicenseKey
)
EntityKind = Literal[
    "organisation",
    "person",
    "ticket",
    "document",
    "order",
    "subscription",
    "message",
    "event",
    "attachment",
    "time_record",
    "publication",
    "license_key",
]


class ConversationKind(StrEnum):
    TICKET = "ticket"
    DOCUMENT = "document"
    ORDER = "order"
    SUBSCRIPTION = "subscription"


Item = Document | Order | Subscription
Conversation = Ticket | Item
"""What people talk about: messages, files, events and time records have its id as `conversation_id`."""


def kind_of(entity: Entity) -> EntityKind:
    kind: EntityKind = type(entity).__struct_config__.tag  # type: ignore[assignment]
    return kind
