"""The rows of a tree that is searched: what matches is marked, what was chosen is ticked."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QCursor, QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_text, visual_rect
from supportdesk.ui.widgets.tree_items import STEM

KEY = Qt.ItemDataRole.UserRole
"""What a row stands for; None for one that cannot be chosen."""


class TreeRows(QStyledItemDelegate):
    """Marks what was searched for, ticks what was chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.needle = ""
        self.chosen: str | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme().height.tree_row)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        chosen = self.chosen is not None and index.data(KEY) == self.chosen
        rect = option.rect.adjusted(4, 0, -12, 0)
        direction = option.direction
        if chosen:
            size = theme().icon_size.small
            tick = QRect(rect.right() - size + 1, rect.center().y() - size // 2 + 1, size, size)
            ink = self._ink("accentText", option, index)
            draw_icon(painter, visual_rect(tick, option.rect, direction), "check", ink)
            rect.setRight(tick.left() - 8)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        font = theme().font("body", strong=chosen)
        place = visual_rect(rect, option.rect, direction)
        is_enabled = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        ink = self._ink("text" if is_enabled else "muted", option, index)
        if ink == "text":  # on a selection of high contrast it would hide the words
            self._mark(painter, place, text, QFontMetrics(font), direction)
        color = theme().color(ink)
        draw_text(painter, place, text, font, color, direction=direction)

    def _ink(
        self, role: str, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> str:
        """What is pointed at has the same ground as what is chosen."""
        view = option.widget
        pointed = isinstance(view, QTreeView) and view.currentIndex() == index
        selected = pointed or bool(option.state & QStyle.StateFlag.State_Selected)
        return "onSelection" if selected and theme().is_high_contrast else role

    def _mark(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        metrics: QFontMetrics,
        direction: Qt.LayoutDirection,
    ) -> None:
        marked = self.needle if self.needle in text.casefold() else self.needle[:STEM]
        at = text.casefold().find(marked) if marked else -1
        if at < 0 or direction == Qt.LayoutDirection.RightToLeft:
            return
        left = rect.left() + metrics.horizontalAdvance(text[:at])
        width = metrics.horizontalAdvance(text[at : at + len(marked)])
        height = metrics.height()
        ground = QRect(left, rect.center().y() - height // 2 + 1, width, height)
        border = theme().color("warning") if theme().is_high_contrast else None
        draw_box(painter, ground, fill=theme().color("warningSoft"), border=border, radius=2)


class TreeView(QTreeView):
    """Rows are one rounded piece from edge to edge, branch and all."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("paintsRows", True)
        self.setHeaderHidden(True)
        # Of one column. Told to select rows, Qt makes screen readers select the top row of the same number.
        self.setSelectionBehavior(QTreeView.SelectionBehavior.SelectItems)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def drawRow(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        under_pointer = self.indexAt(self.viewport().mapFromGlobal(QCursor.pos())) == index
        if self.selectionModel().isSelected(index) or index == self.currentIndex():
            draw_box(painter, option.rect, fill=theme().color("selection"), radius=theme().radius.button)
        elif under_pointer and self.viewport().underMouse():
            draw_box(painter, option.rect, fill=theme().color("controlHover"), radius=theme().radius.button)
        super().drawRow(painter, option, index)
