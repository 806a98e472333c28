"""What the vendor's people ask about notices, newsletters and articles."""

from datetime import datetime

import msgspec

from supportdesk.domain.entities import PublicationKind
from supportdesk.domain.office import ListRequest, Moment, OfficeRequest


class Publish(OfficeRequest, frozen=True):
    """At once, or when its moment has come. With the id of one that is there, that one is replaced."""

    publication: PublicationKind
    title: str
    body: str
    """Light Markdown."""
    summary: str = ""
    category: str = ""
    labels: tuple[str, ...] = ()
    service_id: str = ""
    published_at: Moment | None = None
    valid_until: Moment | None = None
    must_confirm: bool = False
    """Notices only: every customer has to say that they read it."""
    video: str = ""
    """A web address, or a file that came with the vendor's profile."""
    id: str = ""


class Withdraw(OfficeRequest, frozen=True):
    id: str


class ListPublications(ListRequest, frozen=True):
    publication: PublicationKind | None = None


class PublicationRow(msgspec.Struct, frozen=True):
    id: str
    publication: PublicationKind
    title: str
    published_at: datetime
    valid_until: datetime | None
    read_by: int
    confirmed_by: int
    votes_up: int
    votes_down: int


class Publications(msgspec.Struct, frozen=True):
    """Newest first."""

    publications: tuple[PublicationRow, ...]
