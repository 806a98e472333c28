"""A row of two lines, as tickets and texts have them: title and time; a chip and what there is to say."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from supportdesk.ui.delegates.marked_text import draw_marked_text
from supportdesk.ui.delegates.row_ground import draw_row_ground
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_focus_inside, draw_icon, draw_text, visual_rect
from supportdesk.ui.widgets.chip import ChipStyle, chip_size, paint_chip

_DOT = 8
_DOT_BEFORE_TEXT = 18
_BAR_SHARES = (0.6, 0.35)


class TwoLines:
    """Paints the parts of one row. Mirrored where the text runs from right to left.

    The second line fills up: a chip or an icon takes its room away from what is painted after it.
    """

    def __init__(
        self, painter: QPainter, option: QStyleOptionViewItem, sides: tuple[int, int], search: str
    ) -> None:
        """`sides`: the margins before and after the lines."""
        self._painter, self._search = painter, search
        self._bounds, self._direction = option.rect, option.direction
        self._selected = bool(option.state & QStyle.StateFlag.State_Selected)
        first, second = theme().line_height("body"), theme().height.chip
        top = option.rect.top() + (option.rect.height() - first - theme().space.xs - second) // 2
        leading, trailing = sides
        width = option.rect.width() - leading - trailing
        self._first = QRect(option.rect.left() + leading, top, width, first)
        self._rest = QRect(self._first.left(), self._first.bottom() + 1 + theme().space.xs, width, second)

    def title(self, text: str, time: str, *, unread: bool) -> None:
        taken = self._time(time) if time else 0
        if unread:
            self._dot()
        place = self._first.adjusted(0, 0, -taken, 0)
        self._words(place, text, "body", "onSelection" if self._selected else "text", strong=unread)

    def chip(self, words: str, style: ChipStyle) -> None:
        size = chip_size(words, style.icon)
        place = self._visual(QRect(self._rest.topLeft(), size))
        paint_chip(self._painter, place, words, style.tone, style.icon, direction=self._direction)
        self._rest.adjust(size.width() + theme().space.s, 0, 0, 0)

    def icon(self, name: str, role: str = "muted") -> None:
        """At the trailing end."""
        edge = theme().icon_size.small
        place = QRect(self._rest.right() + 1 - edge, self._rest.top(), edge, self._rest.height())
        draw_icon(self._painter, self._visual(place), name, self._ink(role))
        self._rest.adjust(0, 0, -edge - theme().space.s, 0)

    def caption(self, text: str, spare: str = "") -> None:
        """`spare` stands behind `text` where all of it has room."""
        whole = " · ".join(part for part in (text, spare) if part)
        fits = QFontMetrics(theme().font("caption")).horizontalAdvance(whole) <= self._rest.width()
        self._words(self._rest, whole if fits else text, "caption", "muted")

    def bars(self) -> None:
        """The shape of a row whose content is on its way."""
        height = theme().line_height("caption") - theme().space.xs
        middle = self._bounds.center().y()
        for top, share in zip(
            (middle - height - theme().space.s, middle + theme().space.s), _BAR_SHARES, strict=True
        ):
            bar = QRect(self._first.left(), top, round(self._first.width() * share), height)
            fill = theme().color("neutralSoft")
            draw_box(self._painter, self._visual(bar), fill=fill, radius=theme().radius.tag)

    def _time(self, text: str) -> int:
        """Returns what it takes away from the title."""
        width = draw_text(
            self._painter,
            self._visual(self._first),
            text,
            theme().font("caption", tabular=True),
            self._ink("muted"),
            align=Qt.AlignmentFlag.AlignRight,
            direction=self._direction,
        )
        return width + theme().space.m

    def _dot(self) -> None:
        middle = self._first.center().y()
        where = QRect(self._first.left() - _DOT_BEFORE_TEXT, middle - _DOT // 2 + 1, _DOT, _DOT)
        draw_box(self._painter, QRectF(self._visual(where)), fill=self._ink("accentText"), radius=_DOT / 2)

    def _words(self, rect: QRect, text: str, kind: str, role: str, *, strong: bool = False) -> None:
        draw_marked_text(
            self._painter,
            self._visual(rect),
            text,
            theme().font(kind, strong=strong),
            self._ink(role),
            search=self._search,
            direction=self._direction,
        )

    def _ink(self, role: str) -> QColor:
        """On the bright selection of high contrast there is one ink only."""
        on_bright = self._selected and theme().is_high_contrast
        return theme().color("onSelection" if on_bright else role)

    def _visual(self, rect: QRect) -> QRect:
        return visual_rect(rect, self._bounds, self._direction)


class TwoLineDelegate(QStyledItemDelegate):
    """`keyboard` decides whether the current row shows its ring; the view sets it from the focus reason.

    `leading` and `trailing` are the margins of a row in px.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keyboard = False
        self.leading, self.trailing = theme().space.page_margin, theme().space.l

    def paint_lines(self, row: TwoLines, index: QModelIndex | QPersistentModelIndex) -> None:
        raise NotImplementedError

    def search(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What is searched for, to mark it."""
        raise NotImplementedError

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
        row = TwoLines(painter, option, (self.leading, self.trailing), self.search(index))
        self.paint_lines(row, index)
        if self.keyboard and option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_inside(painter, option.rect)
        painter.restore()
