"""One text as two lines: title and day; what is to be done with it and what it says."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from supportdesk.app.reading import Entry
from supportdesk.ui.delegates.marked_text import draw_marked_text
from supportdesk.ui.delegates.row_ground import draw_row_ground
from supportdesk.ui.reading import facts
from supportdesk.ui.reading.entries_model import EntryRole
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_focus_inside, draw_text, visual_rect
from supportdesk.ui.widgets.chip import chip_size, paint_chip

_DOT, _DOT_LEFT = 8, 14


class EntryRowDelegate(QStyledItemDelegate):
    """`keyboard` decides whether the current row shows its ring; the view sets it from the focus reason."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keyboard = False

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme().space.page_margin, theme().height.list_row)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        draw_row_ground(painter, option)
        entry = index.data(EntryRole.ENTRY)
        if isinstance(entry, Entry):
            _Lines(painter, option, entry, str(index.data(EntryRole.SEARCH))).paint()
        if self.keyboard and option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_inside(painter, option.rect)
        painter.restore()


class _Lines:
    """The geometry of one row, mirrored where the text runs from right to left."""

    def __init__(self, painter: QPainter, option: QStyleOptionViewItem, entry: Entry, search: str) -> None:
        self._painter, self._entry, self._search = painter, entry, search
        self._bounds, self._direction = option.rect, option.direction
        self._selected = bool(option.state & QStyle.StateFlag.State_Selected)
        first, second = theme().line_height("body"), theme().height.chip
        top = option.rect.top() + (option.rect.height() - first - theme().space.xs - second) // 2
        left, right = theme().space.page_margin, theme().space.l
        width = option.rect.width() - left - right
        self._first = QRect(option.rect.left() + left, top, width, first)
        self._second = QRect(self._first.left(), self._first.bottom() + 1 + theme().space.xs, width, second)

    def paint(self) -> None:
        unread = facts.is_unread(self._entry.item)
        if unread:
            self._dot()
        taken = self._day()
        self._text(
            self._first.adjusted(0, 0, -taken, 0), self._entry.item.title, "body", self._ink(), strong=unread
        )
        rest = self._second.adjusted(self._chip(), 0, 0, 0)
        line = facts.second_line(self._entry, searching=bool(self._search))
        self._text(rest, line, "caption", self._muted())

    def _dot(self) -> None:
        middle = self._first.center().y()
        where = QRect(self._bounds.left() + _DOT_LEFT, middle - _DOT // 2 + 1, _DOT, _DOT)
        color = theme().color("onSelection" if self._on_bright() else "accentText")
        draw_box(self._painter, QRectF(self._visual(where)), fill=color, radius=_DOT / 2)

    def _day(self) -> int:
        """Returns what it takes away from the title."""
        day = facts.when(self._entry.item)
        if not day:
            return 0
        width = draw_text(
            self._painter,
            self._visual(self._first),
            day,
            theme().font("caption", tabular=True),
            self._muted(),
            align=Qt.AlignmentFlag.AlignRight,
            direction=self._direction,
        )
        return width + theme().space.m

    def _chip(self) -> int:
        """Returns what it takes away from the line."""
        shown = facts.chip(self._entry.item)
        if shown is None:
            return 0
        words, style = shown
        size = chip_size(words, style.icon)
        place = self._visual(QRect(self._second.topLeft(), size))
        paint_chip(self._painter, place, words, style.tone, style.icon, direction=self._direction)
        return size.width() + theme().space.s

    def _text(self, rect: QRect, text: str, kind: str, ink: QColor, *, strong: bool = False) -> None:
        draw_marked_text(
            self._painter,
            self._visual(rect),
            text,
            theme().font(kind, strong=strong),
            ink,
            search=self._search,
            direction=self._direction,
        )

    def _visual(self, rect: QRect) -> QRect:
        return visual_rect(rect, self._bounds, self._direction)

    def _on_bright(self) -> bool:
        return self._selected and theme().is_high_contrast

    def _ink(self) -> QColor:
        return theme().color("onSelection" if self._selected else "text")

    def _muted(self) -> QColor:
        return theme().color("onSelection" if self._on_bright() else "muted")
