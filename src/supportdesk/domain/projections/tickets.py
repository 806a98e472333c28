"""Lists of tickets, and what is asked of them."""

from datetime import datetime
from enum import StrEnum

import msgspec

from supportdesk.domain.status import Stage


class Whose(StrEnum):
    MINE = "mine"
    COLLEAGUES = "colleagues"
    ALL = "all"
    CUSTOMERS = "customers"
    """Of the organisations this partner looks after."""


class OpenState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


class SortBy(StrEnum):
    UPDATED = "updated"
    CREATED = "created"
    NUMBER = "number"
    SUBJECT = "subject"
    STATUS = "status"
    PRIORITY = "priority"


class TicketQuery(msgspec.Struct, frozen=True):
    """A question about the ticket list. `account_id` None asks all accounts at once."""

    account_id: str | None
    whose: Whose = Whose.ALL
    open_state: OpenState = OpenState.OPEN
    statuses: tuple[str, ...] = ()
    service_id: str = ""
    """A service of the first level includes those under it."""
    text: str = ""
    sort: SortBy = SortBy.UPDATED
    descending: bool = True
    reopenable_only: bool = False


class TicketRow(msgspec.Struct, frozen=True):
    """One line of a ticket list. Drafts and unsent tickets have no number."""

    account_id: str
    id: str
    """Ticket id; for drafts and unsent ones the command id."""
    stage: Stage
    number: str
    subject: str
    requester_name: str
    mine: bool
    organisation_name: str
    assignee_name: str
    service_id: str
    priority_id: str
    updated_at: datetime
    created_at: datetime
    unread: bool
    has_attachments: bool
    file_count: int = 0
    file_bytes: int = 0
    draft_step: int = 0
    pending: bool = False
    """Something of the customer's own for this ticket still waits in the outbox."""
    refused: bool = False
    """Of what waits, something was refused and needs the customer."""
