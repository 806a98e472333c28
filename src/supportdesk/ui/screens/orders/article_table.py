"""The table in which articles are written: Tab and Enter go from cell to cell, files fall on their row."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from supportdesk.app.flows.order_draft import FIELDS
from supportdesk.app.order_form import OrderFormState
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.ui.delegates.article_cell import ArticleCellDelegate, choice_width, row_height
from supportdesk.ui.models.article_model import ArticleModel, Column, Index
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_focus_inside
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.more_columns import MoreColumns

_WIDTHS = {
    Column.NUMBER: 112,
    Column.SERIAL_NUMBER: 110,
    Column.QUANTITY: 76,
    Column.FAULT: 190,
    Column.CONDITION: 160,
    Column.FILES: 116,
    Column.REMOVE: 44,
}
_NAME_LEAST, _NAME_ENOUGH = 150, 196
_GROWING = (Column.FAULT, Column.CONDITION)
_PRESSES = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class ArticleTable(QTableView):
    """As high as its rows. Signals carry the id of an article."""

    said = Signal(str, str, str)
    left = Signal(str, str)
    """The cursor went away from a cell: (field, article)."""
    files_requested = Signal(str)
    remove_requested = Signal(str)
    dropped = Signal(str, list)
    pasted = Signal(str)
    more_requested = Signal()
    """Enter on the last line."""
    shown_at = Signal(QRect)
    """Where the current cell is, for the page to scroll there."""

    def __init__(self, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = ArticleModel(profile, self)
        self._cells = ArticleCellDelegate(self)
        self._beyond = MoreColumns(self)
        self._lit = -1
        self.setModel(self._rows)
        self.setItemDelegate(self._cells)
        self._build()
        self._connect()
        self._fit_heights()
        self.retranslate()

    def render_state(self, state: OrderFormState) -> None:
        offered = [self._rows.choices(column) for column in _GROWING]
        self._rows.show(state)
        if offered != [self._rows.choices(column) for column in _GROWING]:
            self._share_width()

    def edit_cell(self, article: str, field: str = FIELDS[0]) -> None:
        row = self._rows.row_of(article)
        if row is not None and field in FIELDS:
            self.setFocus()
            self._go_to(self._rows.index(row, FIELDS.index(field)))

    def place_of_files(self, article: str) -> QPoint:
        """Below the cell, on the screen, for a menu."""
        cell = self.visualRect(self._rows.index(self._rows.row_of(article) or 0, Column.FILES))
        return self.viewport().mapToGlobal(cell.bottomLeft())

    def retranslate(self) -> None:
        self.setAccessibleName(_("Articles"))
        self.horizontalHeader().setAccessibleName(_("Columns of the articles"))
        self._rows.retranslate()
        self._share_width()
        if (editor := self.indexWidget(self.currentIndex())) is not None:  # its choices are of before
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def sizeHint(self) -> QSize:
        rows = self._rows.rowCount() * row_height()
        bar = self.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        return QSize(super().sizeHint().width(), self.horizontalHeader().height() + rows + extra + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().scaled(_NAME_LEAST), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        article = self._rows.article(index.row())
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif article is not None and event.key() in _PRESSES and index.column() >= Column.FILES:
            self._press(article.id, Column(index.column()))
        elif self._leaves(event.key(), index):
            event.ignore()  # the focus then goes on; asked to move it, the view would press Tab here again
        else:
            super().keyPressEvent(event)
            if event.key() == Qt.Key.Key_F2:
                self._drop_down()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        goes_back = hint is QAbstractItemDelegate.EndEditHint.EditPreviousItem
        if goes_back and self._leaves(Qt.Key.Key_Backtab, self.currentIndex()):
            super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self.focusPreviousChild()
        else:
            super().closeEditor(editor, hint)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        article = self._rows.article(index.row())
        if article is not None and index.column() >= Column.FILES:
            self._press(article.id, Column(index.column()))
        elif event.button() is Qt.MouseButton.LeftButton and index == self.currentIndex():
            self._drop_down()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            event.acceptProposedAction()
        else:
            event.ignore()
        self._light(index.row())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._light(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(-1)
        article = self._rows.article(self.indexAt(event.position().toPoint()).row())
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if article is not None and paths:
            event.acceptProposedAction()
            self.dropped.emit(article.id, paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._lit >= 0:
            row = self.visualRect(self._rows.index(self._lit, Column.NUMBER))
            row.setLeft(0)
            row.setWidth(self.viewport().width())
            draw_focus_inside(QPainter(self.viewport()), row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
        self._beyond.arrange()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        article = self._rows.article(previous.row()) if previous.isValid() else None
        if article is not None and previous.column() < Column.FILES:
            self.left.emit(FIELDS[previous.column()], article.id)
        if current.isValid():
            self.shown_at.emit(self.visualRect(current))

    def _light(self, row: int) -> None:
        """The one on which what is dragged would fall; -1 for none."""
        if row != self._lit:
            self._lit = row
            self.viewport().update()

    def _drop_down(self) -> None:
        """The choices of the cell that is edited, where it has some: the click that went there opens them."""
        editor = self.indexWidget(self.currentIndex())
        if isinstance(editor, Combo):
            editor.showPopup()

    def _press(self, article: str, column: Column) -> None:
        (self.files_requested if column is Column.FILES else self.remove_requested).emit(article)

    def _leaves(self, key: int, index: QModelIndex) -> bool:
        """Tab behind the last cell, and Backtab before the first one."""
        cell = (index.row(), index.column())
        last = (self._rows.rowCount() - 1, Column.REMOVE)
        return (key, cell) in {(Qt.Key.Key_Tab, last), (Qt.Key.Key_Backtab, (0, 0))}

    @Slot()
    def _go_down(self) -> None:
        index = self.currentIndex()
        if index.row() == self._rows.rowCount() - 1:
            self.more_requested.emit()
            return
        self._go_to(self._rows.index(index.row() + 1, index.column()))

    def _go_to(self, index: QModelIndex) -> None:
        """Going there opens the editor, unless that was the place already."""
        self.setCurrentIndex(index)
        if self.state() is not QAbstractItemView.State.EditingState:
            self.edit(index)

    def _build(self) -> None:
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.CurrentChanged
            | triggers.SelectedClicked
            | triggers.AnyKeyPressed
            | triggers.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setProperty("paintsRows", True)  # the round corners of the card stay
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setProperty("over", "fields")  # its words stand at their edges
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )

    def _connect(self) -> None:
        self._rows.said.connect(self.said)
        self._rows.modelReset.connect(self._fit_heights)
        self._cells.pasted.connect(self.pasted)
        self._cells.entered.connect(self._go_down)
        self.horizontalScrollBar().rangeChanged.connect(self.updateGeometry)
        theme().changed.connect(self._fit_heights)

    @Slot()
    def _fit_heights(self) -> None:
        self.horizontalHeader().setFixedHeight(theme().height.table_header)
        self.verticalHeader().setDefaultSectionSize(row_height())
        self._share_width()
        self.updateGeometry()

    def _share_width(self) -> None:
        """What is left is the name's; what it does not need goes to choices that would be cut."""
        widths = {column: theme().scaled(width) for column, width in _WIDTHS.items()}
        name = self.viewport().width() - sum(widths.values())
        for column in _GROWING:
            longest = max((choice_width(words) for _id, words in self._rows.choices(column)), default=0)
            more = max(0, min(longest - widths[column], name - theme().scaled(_NAME_ENOUGH)))
            widths[column] += more
            name -= more
        widths[Column.NAME] = max(theme().scaled(_NAME_LEAST), name)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
