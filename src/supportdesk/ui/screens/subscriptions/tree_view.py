"""The tree: what is opened stays open, also the next time; arrows, letters and Enter as everywhere."""

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QCursor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QStyleOptionViewItem, QTreeView, QWidget

from supportdesk.app.subscriptions import SubscriptionsState
from supportdesk.ui.delegates.row_ground import draw_selection_bar
from supportdesk.ui.screens.subscriptions.row_delegate import SubscriptionDelegate
from supportdesk.ui.screens.subscriptions.tree_model import SubscriptionModel
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_focus_inside, draw_line

_INDENT = 24
_LEADING = 16
"""At which the arrows of the first level begin, nearer to the page's margin than to the window's edge."""


class SubscriptionTree(QTreeView):
    """`chosen` and `opened` carry the id of a subscription, `turned` ids of wholes and if they closed."""

    chosen = Signal(str)
    opened = Signal(str)
    turned = Signal(object, bool)

    def __init__(self, warn_days: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = SubscriptionModel(warn_days, self)
        self._updating = False
        self._build()
        self._connect()

    def render_state(self, state: SubscriptionsState, chosen: str) -> None:
        self._updating = True
        top = self.verticalScrollBar().value()
        if self.tree.show_nodes(state.shown, state.marked):
            self._unfold(state)
            self._select(chosen)
            if not state.search:
                self.verticalScrollBar().setValue(top)
        self._updating = False

    def select(self, id: str) -> None:
        """Nobody is told of it; above it everything is opened."""
        index = self.tree.index_of(id)
        self._updating = True
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()
        self._select(id)
        if index.isValid():
            self.scrollTo(index)
        self._updating = False

    def has(self, id: str) -> bool:
        return self.tree.index_of(id).isValid()

    def set_all_closed(self, *, closed: bool) -> None:
        self._updating = True
        if closed:
            self.collapseAll()
        else:
            self.expandAll()
        self._updating = False
        ids = [node.id for index in self.tree.wholes() if (node := self.tree.node(index)) is not None]
        self.turned.emit(ids, closed)

    def first(self) -> str:
        """The id of the first subscription; '' where there is none."""
        index = self.tree.index(0, 0)
        while index.isValid():
            node = self.tree.node(index)
            if node is not None and node.row is not None:
                return node.id
            index = self.tree.index(0, 0, index)
        return ""

    def _build(self) -> None:
        self.setModel(self.tree)
        self.setItemDelegate(SubscriptionDelegate(self, _LEADING))
        self.setProperty("paintsRows", True)
        self.setHeaderHidden(True)
        # Of one column. Told to select rows, Qt makes screen readers select the top row of the same number.
        self.setSelectionBehavior(QTreeView.SelectionBehavior.SelectItems)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit()

    def _connect(self) -> None:
        self.selectionModel().selectionChanged.connect(self._on_selected)
        self.activated.connect(self._open)
        self.collapsed.connect(self._on_collapsed)
        self.expanded.connect(self._on_expanded)
        theme().changed.connect(self._fit)

    @Slot()
    def _fit(self) -> None:
        self.setIndentation(theme().scaled(_INDENT))

    def _unfold(self, state: SubscriptionsState) -> None:
        """While something is searched, down to all that was found and no further."""
        self.scheduleDelayedItemsLayout()  # so that Qt lays out once, and not for each that is opened
        wanted = self.tree.above(state.matched) if state.search else None
        quiet = QSignalBlocker(self)  # nobody needs to hear of each
        for index in self.tree.wholes():
            node = self.tree.node(index)
            if node is not None and (
                node.id in wanted if wanted is not None else node.id not in state.closed
            ):
                self.expand(index)
        quiet.unblock()

    def _select(self, id: str) -> None:
        index = self.tree.index_of(id)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        else:
            self.selectionModel().clear()

    def drawRow(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        selected = self.selectionModel().isSelected(index)
        hovered = self.viewport().underMouse() and self._under_pointer() == index
        role = "selection" if selected else "controlHover" if hovered else "surface"
        painter.fillRect(option.rect, theme().color(role))
        bottom, left, right = option.rect.bottom(), option.rect.left(), option.rect.right()
        draw_line(painter, left, bottom, right + 1, bottom, theme().color("hairline"))
        super().drawRow(painter, option, index)
        if selected:
            draw_selection_bar(painter, option)
        if self.hasFocus() and index == self.currentIndex() and self.property("keyboard"):
            draw_focus_inside(painter, option.rect)

    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().drawBranches(painter, self._moved(rect), index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The arrow is pressed where it is painted, and not only where Qt believes it to be."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        if event.button() is Qt.MouseButton.LeftButton and self._arrow(index).contains(place):
            self.setExpanded(index, not self.isExpanded(index))
        else:
            super().mousePressEvent(event)

    def _arrow(self, index: QModelIndex) -> QRect:
        """Empty where there is none."""
        if not self.tree.hasChildren(index):
            return QRect()
        row = self.visualRect(index)
        beside = QRect(row.left() - self.indentation(), row.top(), self.indentation(), row.height())
        if self.isRightToLeft():
            beside.moveLeft(row.right() + 1)
        return self._moved(beside)

    def _moved(self, rect: QRect) -> QRect:
        leading = theme().scaled(_LEADING)
        return rect.translated(-leading if self.isRightToLeft() else leading, 0)

    def _under_pointer(self) -> QModelIndex:
        return self.indexAt(self.viewport().mapFromGlobal(QCursor.pos()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.setProperty("keyboard", True)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        mouse = event.reason() is Qt.FocusReason.MouseFocusReason
        self.setProperty("keyboard", not mouse)
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.tree.rowCount():
            self.selectionModel().setCurrentIndex(
                self.tree.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.viewport().update()

    @Slot(QItemSelection)
    def _on_selected(self) -> None:
        for index in self.selectedIndexes():
            node = self.tree.node(index)
            if node is not None and not self._updating:
                self.chosen.emit(node.id)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        node = self.tree.node(index)
        if node is None:
            return
        if node.row is None:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.opened.emit(node.id)

    @Slot(QModelIndex)
    def _on_collapsed(self, index: QModelIndex) -> None:
        self._tell_turned(index, closed=True)

    @Slot(QModelIndex)
    def _on_expanded(self, index: QModelIndex) -> None:
        self._tell_turned(index, closed=False)

    def _tell_turned(self, index: QModelIndex, *, closed: bool) -> None:
        node = self.tree.node(index)
        if node is not None and not self._updating:
            self.turned.emit([node.id], closed)
