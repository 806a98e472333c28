"""One line of text with the searched words marked."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle

from supportdesk.domain.text import match_spans
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_text


def draw_marked_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: QFont,
    color: QColor,
    *,
    search: str = "",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
) -> None:
    """Elided at its end and vertically centred in `rect`; words that `search` found are marked."""
    spans = match_spans(text, search) if search else ()
    if not spans:
        draw_text(painter, rect, text, font, color, align=align, direction=direction)
        return
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(" ".join(text.splitlines()), Qt.TextElideMode.ElideRight, rect.width())
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setTextDirection(direction)
    option.setAlignment(QStyle.visualAlignment(direction, align))
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats([_mark(start, min(end, len(shown))) for start, end in spans if start < len(shown)])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width())
    layout.endLayout()
    painter.setPen(color)
    top = rect.top() + (rect.height() - line.height()) / 2
    layout.draw(painter, QPointF(rect.left(), top))


def _mark(start: int, end: int) -> QTextLayout.FormatRange:
    mark = QTextLayout.FormatRange()
    mark.start, mark.length = start, end - start
    look = QTextCharFormat()
    look.setBackground(theme().color("warningSoft"))
    look.setForeground(theme().color("warning"))
    mark.format = look
    return mark
