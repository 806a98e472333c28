"""Facts: what a backend tells about its tickets and everything around them.

All are frozen; a change is a new fact with the same id. Times are timezone-aware UTC. Text of other people is
plain text with light Markdown and is never trusted.
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec

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
    """When this person last opened it; unread while `updated_at` is later and not by themselves."""
    last_author_id: str = ""


class Message(Fact, frozen=True, tag="message"):
    ticket_id: str
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


class TicketEvent(Fact, frozen=True, tag="event"):
    ticket_id: str
    event: EventKind
    created_at: datetime
    actor_name: str = ""
    value: str = ""
    """New status, name of the assignee, or the rating."""


class Attachment(Fact, frozen=True, tag="attachment"):
    ticket_id: str
    name: str
    size_bytes: int
    sha256: str
    media_type: str
    created_at: datetime
    message_id: str | None = None
    """None when added to the ticket as a whole, by whom is then the event's matter."""


class TimeRecord(Fact, frozen=True, tag="time_record"):
    ticket_id: str
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
    | Message
    | TicketEvent
    | Attachment
    | TimeRecord
    | Publication
    | LicenseKey
)
EntityKind = Literal[
    "organisation",
    "person",
    "ticket",
    "message",
    "event",
    "attachment",
    "time_record",
    "publication",
    "license_key",
]


def kind_of(entity: Entity) -> EntityKind:
    kind: EntityKind = type(entity).__struct_config__.tag  # type: ignore[assignment]
    return kind
