"""What the vendor's people ask about tickets, and about the time that they spent on them."""

from datetime import datetime
from typing import Annotated

import msgspec

from supportdesk.domain.commands import FileRef
from supportdesk.domain.office import FileRow, ListRequest, Moment, OfficeRequest, Said, TimeRow
from supportdesk.domain.status import Status


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
