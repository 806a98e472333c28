"""Marks in a text that is being read what the search looked for."""

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from supportdesk.domain.text import match_spans
from supportdesk.ui.theme import theme


def mark_matches(viewer: QTextEdit, search: str) -> None:
    """Takes away the marks of an earlier search; '' leaves none."""
    text = viewer.toPlainText()
    spans = match_spans(text, search) if search else ()
    look = QTextCharFormat()
    look.setBackground(theme().color("warningSoft"))
    look.setForeground(theme().color("warning"))
    viewer.setExtraSelections([_mark(viewer, text, start, end, look) for start, end in spans])


def _mark(
    viewer: QTextEdit, text: str, start: int, end: int, look: QTextCharFormat
) -> QTextEdit.ExtraSelection:
    mark = QTextEdit.ExtraSelection()
    cursor = QTextCursor(viewer.document())
    cursor.setPosition(_units(text[:start]))
    cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
    mark.cursor = cursor
    mark.format = look
    return mark


def _units(text: str) -> int:
    """Qt counts UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
