"""What only the customer can do: side by side in a wide window, one below the other in a narrow one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from supportdesk.app.home import WaitingCell
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.badge import Badge
from supportdesk.ui.widgets.button import Button
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.layouts import clear_layout, column, row
from supportdesk.ui.widgets.row_button import RowButton
from supportdesk.ui.widgets.text_label import TextLabel

_WIDE_FROM = 736


class WaitingStrip(QWidget):
    """Absent when nothing waits."""

    opened = Signal(object)
    unfold_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: tuple[WaitingCell, ...] = ()
        self._stacked = False
        self._width = theme().scaled(_WIDE_FROM)
        space = theme().space
        lines = column(self, gap=space.s)
        head = row(gap=space.s)
        self._title = TextLabel(strong=True)
        self._count = Badge()
        self._all = Button("", "link", size="small", flush=True)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._all)
        lines.addLayout(head)
        self._card = QFrame()
        self._card.setProperty("kind", "card")
        self._line: QBoxLayout = column(self._card)
        self._line.setContentsMargins(1, 1, 1, 1)
        lines.addWidget(self._card)
        self._all.clicked.connect(self.unfold_requested)
        theme().changed.connect(self._arrange)
        self.hide()

    def set_cells(self, cells: Sequence[WaitingCell], count: int) -> None:
        """`count` of them in all; `cells` are those that are shown."""
        self._title.setText(_("Waiting for you"))
        self.setAccessibleName(_("Waiting for you"))
        self._count.set_text(str(count))
        self._all.setText(_("Show all"))
        before = len(self._cells)
        if tuple(cells) != self._cells:
            self._cells = tuple(cells)
            self._fill()
        if self._all.hasFocus() and before < len(cells) == count:
            self._focus(before)
        self._all.setVisible(count > len(cells))
        self.setVisible(bool(cells))

    def set_width(self, content_width: int) -> None:
        """Of the page; decides between side by side and one below the other."""
        self._width = content_width
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        stacked = self._width < theme().scaled(_WIDE_FROM) or len(self._cells) > 3
        if stacked != self._stacked:
            self._stacked = stacked
            self._fill()

    def _fill(self) -> None:
        clear_layout(self._line)
        stacked = self._stacked or len(self._cells) > 3
        self._line.setDirection(
            QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        )
        for at, cell in enumerate(self._cells):
            if at:
                self._line.addWidget(_divider(stacked=stacked))
            self._line.addWidget(self._button(cell, stacked=stacked), 1)

    def _focus(self, at: int) -> None:
        """What has just been unfolded is read on from there."""
        item = self._line.itemAt(2 * at)  # with lines between them
        cell = item.widget() if item is not None else None
        if cell is not None:
            cell.show()  # which its layout does later, and what is hidden gets no focus
            cell.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, cell: WaitingCell, *, stacked: bool) -> RowButton:
        entry = RowButton(cell.title, cell.line, cell.icon, tone=cell.tone, well=True)
        entry.set_inline(stacked)
        entry.clicked.connect(partial(self._open, cell))
        return entry

    def _open(self, cell: WaitingCell, _checked: bool = False) -> None:
        self.opened.emit(cell)


def _divider(*, stacked: bool) -> Divider:
    if stacked:
        return Divider(inset=theme().space.l)
    return Divider(Qt.Orientation.Vertical, inset=theme().space.l)
