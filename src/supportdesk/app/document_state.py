"""What is known about one document, how far it is filled in, and what can be done with it now."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from supportdesk.app.composer import draft_of_kind
from supportdesk.app.conversation_state import FINISHED, Phase
from supportdesk.app.flows.signing import Filling
from supportdesk.app.ticket_vendor import Vendor, vendor_of
from supportdesk.domain.commands import FileRef, SignDocument
from supportdesk.domain.documents import DocumentState, PageSize, Seal, Standing
from supportdesk.domain.entities import Attachment, Document
from supportdesk.domain.errors import NotFound, SupportDeskError
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import Delivery, Draft, ItemRow, OutboxState, SyncState
from supportdesk.replica.reader import Reader

_ANSWERS = frozenset({"sign_document", "decline_document"})


class SealLook(StrEnum):
    """How far it is known what the seal of a signed document proves."""

    NONE = "none"
    """There is no sealed document yet."""
    CHECKING = "checking"
    CHECKED = "checked"
    UNKNOWN = "unknown"
    """It could not be checked here."""


class PagesState(msgspec.Struct, frozen=True):
    """The file that is shown."""

    attachment: Attachment | None = None
    file: Path | None = None
    sizes: tuple[PageSize, ...] = ()
    """Empty until the document has been opened."""
    error: SupportDeskError | None = None
    """Why there are no pages."""
    seal_look: SealLook = SealLook.NONE
    seal: Seal | None = None

    @property
    def is_unchanged(self) -> bool:
        return self.seal is not None and self.seal.standing is Standing.INTACT


class DocumentRead(msgspec.Struct, frozen=True):
    """One consistent look at a document."""

    vendor: Vendor
    row: ItemRow
    document: Document
    shown: Attachment | None
    """The sealed file, or else the one that is to be signed; None when its record has not come yet."""
    answer: Delivery | None
    """The customer's own signature or refusal, sent from this computer."""
    sync: SyncState
    draft: Draft | None
    sent: SignDocument | None
    """What was signed on this computer."""


class DocumentPageState(msgspec.Struct, frozen=True):
    phase: Phase = Phase.NONE
    vendor: Vendor | None = None
    row: ItemRow | None = None
    document: Document | None = None
    pages: PagesState = PagesState()
    filling: Filling = Filling()
    mark: bytes = b""
    """PNG; empty until a signature was made. Not kept before it is sent."""
    answer: Delivery | None = None
    sync: SyncState | None = None
    saved_at: datetime | None = None
    """When the answers were last kept; None while there is nothing to keep."""
    sending: bool = False
    problem: str = ""
    """What went wrong with keeping or sending, with what to do."""
    error: SupportDeskError | None = None

    @property
    def standing(self) -> DocumentState | None:
        """As shown, with what waits in the outbox; None while nothing is known."""
        known = self.row is not None and self.row.state in set(DocumentState)
        return DocumentState(self.row.state) if self.row is not None and known else None

    @property
    def is_on_its_way(self) -> bool:
        """Signed or declined here, and not with the vendor yet."""
        return self.answer is not None and self.answer.state not in FINISHED

    @property
    def is_refused(self) -> bool:
        return self.answer is not None and self.answer.state is OutboxState.NEEDS_USER

    @property
    def is_open(self) -> bool:
        """Whether it can be filled in, signed and declined."""
        waits = self.is_on_its_way or self.sending
        return self.standing is DocumentState.TO_SIGN and not waits

    @property
    def shows_form(self) -> bool:
        """The answers stand over the pages until the sealed document has them in itself."""
        document = self.document
        return document is not None and not document.signed_file_id and self.standing in _WITH_ANSWERS

    @property
    def answers(self) -> Mapping[str, str]:
        """What belongs into a copy of the file, because it stands over its pages."""
        return self.filling.values if self.shows_form and self.pages.sizes else {}

    @property
    def can_sign(self) -> bool:
        return self.is_open and bool(self.pages.sizes) and self.filling.is_filled


_WITH_ANSWERS = frozenset({DocumentState.TO_SIGN, DocumentState.SIGNED})


def draft_kind(document_id: str) -> str:
    return f"sign:{document_id}"


def read_document(
    reader: Reader, account_id: str, document_id: str, profile_of: Callable[[str], Profile]
) -> DocumentRead:
    """Raises NotFound."""
    view = reader.item(account_id, document_id)
    document = view.row.fact
    if not isinstance(document, Document):
        raise NotFound
    file_id = document.signed_file_id or document.file_id
    answers = [
        each
        for each in reader.conversation_deliveries(account_id, document_id)
        if each.do in _ANSWERS and each.state is not OutboxState.CANCELLED
    ]
    answer = answers[-1] if answers else None
    intent = reader.command(answer.command_id).intent if answer else None
    return DocumentRead(
        vendor=vendor_of(reader, reader.account(account_id), profile_of),
        row=view.row,
        document=document,
        shown=next((each for each in view.attachments if each.id == file_id), None),
        answer=answer,
        sync=reader.sync_state(account_id),
        draft=draft_of_kind(reader, account_id, draft_kind(document_id)),
        sent=intent if isinstance(intent, SignDocument) else None,
    )


def answers_of(read: DocumentRead) -> Mapping[str, str]:
    """What was signed here, or else the draft; without what the form no longer asks."""
    kept: Mapping[str, str] = {}
    if read.sent is not None:
        kept = read.sent.values
    elif read.draft is not None:
        kept = msgspec.json.decode(read.draft.content, type=dict[str, str])
    names = {field.name for field in read.document.form.fields}
    return {name: value for name, value in kept.items() if name in names}


def mark_of(read: DocumentRead) -> FileRef | None:
    return read.sent.mark if read.sent is not None else None
