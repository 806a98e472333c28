"""The head of the ticket table: quiet words, the arrow of the order beside the word it belongs to."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from supportdesk.ui.delegates.ticket_cell import alignment, leading_margin
from supportdesk.ui.models.ticket_model import Column
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_icon, draw_line, draw_text, visual_rect


class TableHead(QHeaderView):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def needed_width(self, column: Column) -> int:
        """That shows the whole title, and the arrow where it stands."""
        words = QFontMetrics(theme().font("caption", strong=True)).horizontalAdvance(self._title(column)) + 1
        arrow = theme().icon_size.small + theme().space.xs if self._is_ordered(column) else 0
        return leading_margin(self, column) + words + arrow + theme().space.m

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, theme().color("canvas"))
        bottom = rect.bottom()
        draw_line(painter, rect.left(), bottom, rect.right() + 1, bottom, theme().color("hairline"))
        ordered = self._is_ordered(section)
        edge, gap = theme().icon_size.small, theme().space.xs
        column = Column(section)
        inner = rect.adjusted(leading_margin(self, column), 0, -theme().space.m, 0)
        words = inner.adjusted(0, 0, -(edge + gap) if ordered else 0, 0)
        direction = self.layoutDirection()
        taken = draw_text(
            painter,
            visual_rect(words, rect, direction),
            self._title(section),
            theme().font("caption", strong=True),
            theme().color("text" if ordered else "muted"),
            align=alignment(column),
            direction=direction,
        )
        if ordered:
            at_end = alignment(column) is Qt.AlignmentFlag.AlignRight
            left = words.right() + 1 if at_end else inner.left() + taken
            place = QRect(left + gap, inner.top(), edge, inner.height())
            draw_icon(painter, visual_rect(place, rect, direction), self._arrow(), "text")
        painter.restore()

    def _title(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal))

    def _is_ordered(self, section: int) -> bool:
        return self.isSortIndicatorShown() and self.sortIndicatorSection() == section

    def _arrow(self) -> str:
        descending = self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        return "chevron-down" if descending else "chevron-up"
