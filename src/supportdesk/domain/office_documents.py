"""What the vendor's people ask about documents that customers sign."""

from datetime import datetime
from typing import Annotated

import msgspec

from supportdesk.domain.commands import FileRef
from supportdesk.domain.documents import DocumentState, DocumentType, SealTrouble
from supportdesk.domain.office import FileRow, ListRequest, Moment, OfficeRequest, Said, TimeRow


class AddDocument(OfficeRequest, frozen=True):
    """For an organisation to sign. InvalidInput for a PDF without a place for the signature."""

    organisation: str
    number: str
    """Under which the vendor keeps it; there is one of each."""
    title: str
    file: FileRef
    """A PDF. Its content has arrived before."""
    type: DocumentType = DocumentType.OTHER
    sign_by: Moment | None = None
    concerns: str = ""
    """Number or id of the ticket, the order or the document that it belongs to."""
    contact: str = ""
    """Who is mailed; without one the organisation's administrators are."""


class WithdrawDocument(OfficeRequest, frozen=True):
    """One that waits for its signature: nobody signs it any more. The contact is mailed."""

    document: str


class ListDocuments(ListRequest, frozen=True):
    """Those that meet everything that is said."""

    state: tuple[DocumentState, ...] = ()
    """One of these; none: all."""
    organisation: str = ""
    words: str = ""
    """Stand in the title."""


class DocumentRow(msgspec.Struct, frozen=True):
    id: str
    number: str
    state: DocumentState
    type: DocumentType
    title: str
    organisation: str
    sign_by: datetime | None
    answered_by: str
    answered_at: datetime | None
    updated_at: datetime
    seal_trouble: SealTrouble | None


class Documents(msgspec.Struct, frozen=True):
    """Latest change first."""

    documents: tuple[DocumentRow, ...]


class ShowDocument(OfficeRequest, frozen=True):
    """With everything that only the vendor's people see."""

    document: str


class DocumentShown(msgspec.Struct, frozen=True):
    id: str
    number: str
    title: str
    state: DocumentState
    type: DocumentType
    organisation: str
    contact: str
    assignee: str
    created_at: datetime
    updated_at: datetime
    sign_by: datetime | None
    concerns_id: str
    concerns: str
    """The number of the ticket, order or document that it belongs to; '' where it belongs to none."""
    answered_by: str
    answered_at: datetime | None
    answered_from: str
    """The address from which it was signed or declined."""
    reason: str
    """Why it was declined."""
    file_sha256: str
    sealed_sha256: str
    """Of the sealed PDF; '' until it is made."""
    seal_trouble: SealTrouble | None
    fields: dict[str, str]
    """What the customer filled in."""
    files: tuple[FileRow, ...]
    conversation: tuple[Said, ...]
    """Oldest first."""
    time_records: tuple[TimeRow, ...]


class AnswerDocument(OfficeRequest, frozen=True):
    """The customer gets it in the app and by mail."""

    document: str
    body: str
    files: tuple[FileRef, ...] = ()
    """Their contents have arrived before."""


class NoteDocument(OfficeRequest, frozen=True):
    """No customer ever sees it, or that it is there."""

    document: str
    body: str


class AssignDocument(OfficeRequest, frozen=True):
    document: str
    assignee: str = ""
    """Nobody named: who asks."""


class RecordDocumentTime(OfficeRequest, frozen=True):
    document: str
    minutes: Annotated[int, msgspec.Meta(ge=1, le=60_000)]
    note: str = ""
