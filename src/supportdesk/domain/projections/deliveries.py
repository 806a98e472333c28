"""What a person has begun, and how far it is on its way."""

from datetime import datetime
from enum import StrEnum

import msgspec

from supportdesk.domain.commands import FileRef


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
