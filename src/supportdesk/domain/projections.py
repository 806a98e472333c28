"""What screens read: frozen rows made of server facts plus what waits in the outbox."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec

from supportdesk.domain.commands import CreateOrder, FileRef
from supportdesk.domain.entities import (
    Attachment,
    ConversationEvent,
    Document,
    Message,
    Order,
    Person,
    Publication,
    PublicationKind,
    Role,
    Subscription,
    Ticket,
    TimeRecord,
)
from supportdesk.domain.status import Stage


class Account(msgspec.Struct, frozen=True):
    """One person's sign-in at one profile, as kept on this computer (without any secret)."""

    id: str
    profile_id: str
    user: str
    person_id: str = ""
    person_name: str = ""
    organisation_id: str = ""
    organisation_name: str = ""
    role: str = "customer"
    email: str = ""
    stay_signed_in: bool = True

    @property
    def is_staff(self) -> bool:
        """Of the vendor, who shows this person all customers."""
        return self.role == Role.STAFF


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


class OutboxState(StrEnum):
    QUEUED = "queued"
    UPLOADING = "uploading"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    BLOCKED_AUTH = "blocked_auth"
    NEEDS_USER = "needs_user"
    CANCELLED = "cancelled"


class LogStep(StrEnum):
    SAVED = "saved"
    UPLOADING = "uploading"
    UPLOADED = "uploaded"
    SENDING = "sending"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    """No connection; tried again by itself."""
    REFUSED = "refused"
    SIGN_IN_NEEDED = "sign_in_needed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


class LogLine(msgspec.Struct, frozen=True):
    """One line of the delivery log, oldest first. `detail` is a file name, a ticket number or a reason."""

    at: datetime
    step: LogStep
    detail: str = ""


class UploadProgress(msgspec.Struct, frozen=True):
    file: FileRef
    sent_bytes: int


class Delivery(msgspec.Struct, frozen=True):
    """Everything about one command on its way."""

    command_id: str
    account_id: str
    do: str
    """Tag of the intent, e.g. create_ticket."""
    ticket_id: str
    """Of the ticket, or of whatever else `about` says."""
    subject: str
    state: OutboxState
    created_at: datetime
    log: tuple[LogLine, ...]
    uploads: tuple[UploadProgress, ...]
    number: str = ""
    error_code: str = ""
    reason: str = ""
    attempts: int = 0
    next_try_at: datetime | None = None
    about: str = "ticket"
    """What kind of thing it concerns: a ConversationKind or a PublicationKind."""


class Draft(msgspec.Struct, frozen=True):
    """A report or reply that has begun.

    `content` is the flow's own JSON; `kind` is report or reply:<ticket id>.
    """

    id: str
    account_id: str
    kind: str
    subject: str
    step: int
    content: bytes
    files: tuple[FileRef, ...]
    updated_at: datetime


class PendingMessage(msgspec.Struct, frozen=True):
    """The customer's own report, reply, reopening or files that the backend has not confirmed yet."""

    command_id: str
    do: str
    body: str
    files: tuple[FileRef, ...]
    created_at: datetime
    state: OutboxState
    reason: str = ""


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """One end of "this document belongs to that"."""

    row: "TicketRow | ItemRow"
    sealed: Attachment | None = None
    """The file of a signed document, whose seal says whether it is unchanged."""


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation; each tuple is in time order, oldest first."""

    messages: tuple[Message, ...] = ()
    events: tuple[ConversationEvent, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    time_records: tuple[TimeRecord, ...] = ()
    pending: tuple[PendingMessage, ...] = ()
    assignee: Person | None = None
    """Who handles it, where the vendor introduces them."""
    belongs_to: Linked | None = None
    """What a document is about, as far as it is known here."""
    documents: tuple[Linked, ...] = ()
    """Those that belong to it, newest first."""


class TicketView(Talk, frozen=True, kw_only=True):
    """`ticket` is None while the ticket itself is still on its way (then `delivery` tells how far)."""

    row: TicketRow
    ticket: Ticket | None
    delivery: Delivery | None


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


class ItemView(Talk, frozen=True, kw_only=True):
    """`delivery` is that of the command that made it, where it was this computer's."""

    row: ItemRow
    order: CreateOrder | None = None
    """What was sent, while the order itself is still on its way."""
    delivery: Delivery | None = None


class PublicationOrder(StrEnum):
    NEWEST = "newest"
    HELPFUL = "helpful"
    TITLE = "title"
    BEST = "best"
    """Those first that have the words in their title, then in their labels."""


class PublicationQuery(msgspec.Struct, frozen=True):
    """Empty texts ask for everything; of `text` every word has to occur."""

    account_id: str
    kind: PublicationKind
    text: str = ""
    category: str = ""
    label: str = ""
    order: PublicationOrder = PublicationOrder.NEWEST
    limit: int = 60


class PublicationList(msgspec.Struct, frozen=True):
    """What of one kind is valid now and fits; `items` are the first of them."""

    items: tuple[Publication, ...] = ()
    count: int = 0
    matches: int = 0
    """With the words, whatever the filters."""
    total: int = 0
    """Without words and filters."""
    categories: tuple[tuple[str, int], ...] = ()
    """How many of each fit the words and the label; '' for those without one."""
    labels: tuple[tuple[str, int], ...] = ()
    """Those that several have, the most frequent first; how many with each fit the words and the category."""
    next_end: datetime | None = None
    """When the next one is no longer valid."""


class Suggestion(msgspec.Struct, frozen=True):
    """A known answer: `kind` is article or ticket; `detail` is the ticket's number or empty."""

    kind: str
    id: str
    title: str
    detail: str
    stage: Stage | None = None
    updated_at: datetime | None = None
    helpful_percent: int | None = None
    body_chars: int = 0


class Hit(msgspec.Struct, frozen=True):
    """One result of the search over everything. `kind` is a ConversationKind or PublicationKind."""

    account_id: str
    kind: str
    id: str
    title: str
    detail: str
    """The number of what has one, or empty."""
    stage: Stage | None = None
    state: str = ""
    """Of a document, order or subscription."""


class Waiting(msgspec.Struct, frozen=True):
    """One thing only the customer can do.

    `kind`: answer, solution, sign (a document), order (a question about one), renew (a subscription),
    confirm, read, needs_user, sign_in.
    """

    kind: str
    id: str
    title: str
    number: str = ""
    until: datetime | None = None
    by: str = ""
    """Who asks."""


class HomeCounts(msgspec.Struct, frozen=True):
    open_tickets: int = 0
    customers_tickets: int = 0
    """Open ones of other organisations, which staff and partners see."""
    unread_tickets: int = 0
    drafts: int = 0
    outbox: int = 0
    """Waiting to be sent (not: needing help)."""
    unread_notices: int = 0
    unread_newsletters: int = 0
    latest_newsletter: str = ""
    articles: int = 0
    license_keys: int = 0
    license_keys_running_out: int = 0
    reopenable: int = 0
    documents_to_sign: int = 0
    orders: int = 0
    """Open ones."""
    unread_orders: int = 0
    order_drafts: int = 0
    subscriptions: int = 0
    """Those that have not ended."""
    unread_subscriptions: int = 0
    subscriptions_to_renew: int = 0
    waiting: tuple[Waiting, ...] = ()


class Link(StrEnum):
    """State of the connection to one account's backend."""

    STARTING = "starting"
    SYNCING = "syncing"
    ONLINE = "online"
    OFFLINE = "offline"
    SIGN_IN_NEEDED = "sign_in_needed"
    FAILING = "failing"
    """Reached, but it answers with errors."""


class SyncState(msgspec.Struct, frozen=True):
    account_id: str
    link: Link
    last_success_at: datetime | None = None
    error_code: str = ""
    error: str = ""
