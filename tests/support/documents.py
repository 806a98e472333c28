"""Documents as a vendor would have sent them, with their files on this computer already."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from supportdesk.domain.changes import Page, Upsert
from supportdesk.domain.documents import DocumentForm, DocumentState, DocumentType
from supportdesk.domain.entities import Attachment, Document, Entity
from supportdesk.replica.store import Store
from supportdesk.sync.downloads import local_place
from tests.support.pdfs import FORM, form_pdf

MOMENT = datetime(2026, 11, 14, 9, 0, tzinfo=UTC)
_EMPTY = Document(
    id="d1",
    number="2025-0318",
    title="Second cash desk with scale",
    type=DocumentType.OFFER,
    state=DocumentState.TO_SIGN,
    organisation_id="o1",
    organisation_name="Haushaltswaren Petri",
    created_at=MOMENT,
    updated_at=MOMENT,
    file_id="d1-file",
    form=DocumentForm(pages=()),
    sign_by=datetime(2026, 11, 28, 11, 0, tzinfo=UTC),
)


def document(id: str = "d1", form: DocumentForm = FORM, **more: object) -> Document:
    return msgspec.structs.replace(_EMPTY, id=id, file_id=f"{id}-file", form=form, **more)


def file_of(document_id: str, pdf: bytes, file_id: str = "") -> Attachment:
    return Attachment(
        id=file_id or f"{document_id}-file",
        conversation_id=document_id,
        name="offer.pdf",
        size_bytes=len(pdf),
        sha256=hashlib.sha256(pdf).hexdigest(),
        media_type="application/pdf",
        created_at=MOMENT,
    )


def give(store: Store, account_id: str, *entities: Entity) -> None:
    page = Page(tuple(map(Upsert, entities)), cursor="documents", more=False)
    store.write(lambda writer: writer.apply(account_id, page)).result(30)


def place(folder: Path, account_id: str, attachment: Attachment, pdf: bytes) -> Path:
    """As if it had been downloaded; `folder` is the data folder. Where it is."""
    there = local_place(folder, account_id, attachment)
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_bytes(pdf)
    return there


def papers(store: Store, folder: Path, account_id: str, documents: Iterable[Document]) -> None:
    """These documents, each with the pages of its form."""
    for each in documents:
        pdf = form_pdf(each.form)
        attachment = file_of(each.id, pdf)
        place(folder, account_id, attachment, pdf)
        give(store, account_id, each, attachment)
