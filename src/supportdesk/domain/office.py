"""What the vendor's people ask of their desk, at its command line or through its API, and what is answered.

Organisations, people and tickets are named as people name them (a name, an e-mail address, a number), or by
their ids. Empty texts leave things open; what is said stands on the requests.
"""

from datetime import datetime
from typing import Annotated

import msgspec

from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import KeyKind, PublicationKind, Role
from supportdesk.domain.status import Status

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
MAX_ROWS = 500


class OfficeRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class ListRequest(OfficeRequest, frozen=True):
    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_ROWS)] = 100
    skip: Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)] = 0


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was made or changed. `password` is told once and kept nowhere."""

    id: str
    number: str = ""
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"Outcome(id={self.id!r})"


class AddOrganisation(OfficeRequest, frozen=True):
    name: str
    partner: str = ""
    """The organisation that looks after it."""


class RenameOrganisation(OfficeRequest, frozen=True):
    organisation: str
    name: str


class SetPartner(OfficeRequest, frozen=True):
    """Without a partner, nobody looks after the organisation any more."""

    organisation: str
    partner: str = ""


class ListOrganisations(ListRequest, frozen=True):
    pass


class OrganisationRow(msgspec.Struct, frozen=True):
    id: str
    name: str
    partner: str
    people: int
    """Those with access."""
    open_tickets: int


class Organisations(msgspec.Struct, frozen=True):
    organisations: tuple[OrganisationRow, ...]


class AddPerson(OfficeRequest, frozen=True):
    """Mails an invitation, or tells a first password. InvalidInput for an address that is taken."""

    email: str
    name: str
    organisation: str = ""
    """Only of staff it may be left out: then it is the vendor's own."""
    role: Role = Role.CUSTOMER
    language: str = ""
    tell_password: bool = False


class InvitePerson(OfficeRequest, frozen=True):
    """Mails a code with which they set a password, once more."""

    person: str


class DeactivatePerson(OfficeRequest, frozen=True):
    """They are signed out everywhere at once."""

    person: str


class ActivatePerson(OfficeRequest, frozen=True):
    person: str


class LinkPerson(OfficeRequest, frozen=True):
    """To another organisation; the tickets that they reported move along."""

    person: str
    organisation: str


class SetRole(OfficeRequest, frozen=True):
    person: str
    role: Role


class SetJob(OfficeRequest, frozen=True):
    """What one of the staff does, as customers read it beside the name; empty: nothing is said."""

    person: str
    job: str = ""


class SetPicture(OfficeRequest, frozen=True):
    """Of one of the staff, for customers: a small PNG."""

    person: str
    file: FileRef
    """Its content has arrived before."""


class RemovePicture(OfficeRequest, frozen=True):
    """Customers see initials instead."""

    person: str


class ListPeople(ListRequest, frozen=True):
    organisation: str = ""


class PersonRow(msgspec.Struct, frozen=True):
    id: str
    user: str
    name: str
    role: Role
    organisation: str
    active: bool
    job: str


class People(msgspec.Struct, frozen=True):
    people: tuple[PersonRow, ...]


class ListAccessRequests(ListRequest, frozen=True):
    decided: bool = False
    """Those that were decided, instead of those that wait."""


class AccessRequestRow(msgspec.Struct, frozen=True):
    id: str
    email: str
    name: str
    organisation: str
    """In the words of who asks."""
    message: str
    created_at: datetime
    accepted: bool | None


class AccessRequests(msgspec.Struct, frozen=True):
    requests: tuple[AccessRequestRow, ...]


class AcceptAccessRequest(OfficeRequest, frozen=True):
    """Makes the account and mails an invitation."""

    request: str
    organisation: str = ""
    """One that is there; else one is made with the name that was given."""


class DeclineAccessRequest(OfficeRequest, frozen=True):
    """Who asked is told by mail."""

    request: str


class AddNotification(OfficeRequest, frozen=True):
    """From now on this address is told by mail what customers do about tickets that nobody has.

    While there is such an address, those are told, too, to whom a ticket is assigned.
    """

    email: str


class RemoveNotification(OfficeRequest, frozen=True):
    email: str


class ListNotifications(OfficeRequest, frozen=True):
    pass


class NotificationRow(msgspec.Struct, frozen=True):
    email: str


class Notifications(msgspec.Struct, frozen=True):
    notifications: tuple[NotificationRow, ...]


class ListMails(ListRequest, frozen=True):
    """Without their texts, which may hold codes."""

    given_up: bool = False
    """Those that will not be tried again, instead of those that wait."""


class MailRow(msgspec.Struct, frozen=True):
    id: str
    to_address: str
    subject: str
    created_at: datetime
    attempts: int
    next_try_at: datetime
    trouble: str
    """Why the last attempt failed, in the words of the other side."""


class Mails(msgspec.Struct, frozen=True):
    mails: tuple[MailRow, ...]


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


class AddKey(OfficeRequest, frozen=True):
    organisation: str
    product: str
    key: str
    key_kind: KeyKind = KeyKind.LICENSE
    note: str = ""
    valid_until: Moment | None = None

    def __repr__(self) -> str:
        return f"AddKey(product={self.product!r})"


class WithdrawKey(OfficeRequest, frozen=True):
    id: str


class ListKeys(ListRequest, frozen=True):
    organisation: str = ""


class KeyRow(msgspec.Struct, frozen=True):
    id: str
    organisation: str
    product: str
    key: str
    key_kind: KeyKind
    note: str
    valid_until: datetime | None

    def __repr__(self) -> str:
        return f"KeyRow(id={self.id!r})"


class Keys(msgspec.Struct, frozen=True):
    keys: tuple[KeyRow, ...]


class ListTickets(ListRequest, frozen=True):
    """Those that meet everything that is said."""

    status: tuple[Status, ...] = ()
    """One of these; none: all but solved and closed."""
    organisation: str = ""
    requester: str = ""
    assignee: str = ""
    unassigned: bool = False
    words: str = ""
    """Stand in the subject."""


class TicketRow(msgspec.Struct, frozen=True):
    id: str
    number: str
    status: Status
    subject: str
    organisation: str
    requester: str
    assignee: str
    service_id: str
    priority_id: str
    updated_at: datetime


class Tickets(msgspec.Struct, frozen=True):
    """Latest change first."""

    tickets: tuple[TicketRow, ...]


class ShowTicket(OfficeRequest, frozen=True):
    """With everything that only the vendor's people see."""

    ticket: str


class FileRow(msgspec.Struct, frozen=True):
    id: str
    name: str
    size_bytes: int


class Said(msgspec.Struct, frozen=True):
    author: str
    at: datetime
    body: str
    internal: bool
    """Only the vendor's people see it."""
    files: tuple[FileRow, ...] = ()


class TimeRow(msgspec.Struct, frozen=True):
    staff: str
    at: datetime
    minutes: int
    note: str


class TicketShown(msgspec.Struct, frozen=True):
    id: str
    number: str
    subject: str
    status: Status
    organisation: str
    requester: str
    assignee: str
    created_at: datetime
    updated_at: datetime
    priority_id: str
    type_id: str
    service_id: str
    fields: dict[str, str]
    rating: int | None
    guest_email: str
    """Of somebody without an account."""
    files: tuple[FileRow, ...]
    """Added to the ticket as a whole."""
    conversation: tuple[Said, ...]
    """Oldest first."""
    time_records: tuple[TimeRow, ...]


class AnswerTicket(OfficeRequest, frozen=True):
    """The customer gets it in the app and by mail."""

    ticket: str
    body: str
    status: Status | None = None
    """To which the answer leads."""
    files: tuple[FileRef, ...] = ()
    """Their contents have arrived before."""


class NoteTicket(OfficeRequest, frozen=True):
    """No customer ever sees it, or that it is there."""

    ticket: str
    body: str


class AssignTicket(OfficeRequest, frozen=True):
    ticket: str
    assignee: str = ""
    """Nobody named: who asks."""


class SetStatus(OfficeRequest, frozen=True):
    ticket: str
    status: Status


class RecordTime(OfficeRequest, frozen=True):
    ticket: str
    minutes: Annotated[int, msgspec.Meta(ge=1, le=60_000)]
    note: str = ""


class ReportFor(OfficeRequest, frozen=True):
    """A ticket for a customer who called, for example."""

    requester: str
    subject: str
    body: str


class SumTime(OfficeRequest, frozen=True):
    since: Moment | None = None
    until: Moment | None = None
    organisation: str = ""


class TimeSum(msgspec.Struct, frozen=True):
    organisation: str
    staff: str
    tickets: int
    minutes: int


class TimeSums(msgspec.Struct, frozen=True):
    sums: tuple[TimeSum, ...]
