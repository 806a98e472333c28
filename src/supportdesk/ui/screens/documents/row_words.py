"""What a row says about a document."""

from supportdesk.app.document_words import called, state_words
from supportdesk.domain.documents import DocumentState
from supportdesk.domain.entities import Document
from supportdesk.domain.projections import ItemRow
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.widgets.chip import ChipStyle, chip_style


def chip(row: ItemRow) -> tuple[str, ChipStyle]:
    day = formats.date(row.due_at) if row.due_at is not None else ""
    return state_words(row, day), chip_style(row.state)


def second_line(row: ItemRow) -> str:
    """Type and number, and who answered; why, where it was declined."""
    document = row.fact
    if not isinstance(document, Document):
        return row.number
    parts = [called(document.type, document.number)]
    if row.state in {DocumentState.SIGNED, DocumentState.DECLINED} and document.answered_by_name:
        parts.append(document.answered_by_name)
    if row.state == DocumentState.DECLINED and document.reason:
        parts.append(" ".join(document.reason.split()))
    return " · ".join(parts)


def spoken(row: ItemRow) -> str:
    """A row as a screen reader says it."""
    unread = _("Unread") if row.unread else ""
    parts = (row.title, unread, chip(row)[0], second_line(row), formats.ago(row.updated_at))
    return ", ".join(part for part in parts if part)
