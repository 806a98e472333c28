"""The tickets as a list and as a table: the same rows, the same selection, one of them shown."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from supportdesk.app.ticket_list_state import Face, TicketListState
from supportdesk.domain.projections import OpenState, TicketRow
from supportdesk.i18n import _, pgettext
from supportdesk.ui.models.ticket_model import TicketModel
from supportdesk.ui.screens.tickets.list_view import TicketListView
from supportdesk.ui.screens.tickets.table_view import TicketTableView
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import column

Key = tuple[str, str]
"""Account id and ticket id."""


class TicketRows(QStackedWidget):
    """`in_sight` carries the first and last position among the server's tickets, the others a TicketRow.

    `chosen` and `clicked` come from the person alone; `opened` asks for more than to look at it.
    """

    in_sight = Signal(object, object)
    chosen = Signal(object)
    clicked = Signal(object)
    opened = Signal(object)
    menu_requested = Signal(object, QPoint)
    sort_requested = Signal(object)
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._updating = False
        self._build()
        self._connect()

    @property
    def is_empty(self) -> bool:
        return self.model.rowCount() == 0

    def first(self, count: int) -> list[TicketRow]:
        """Those of the first rows that are here."""
        return [row for row in map(self.model.ticket, range(count)) if row is not None]

    def show_table(self, table: bool) -> None:
        self.setCurrentIndex(int(table))

    def focus_rows(self) -> None:
        if not self.is_empty:
            self._view().setFocus(Qt.FocusReason.TabFocusReason)

    def set_leading(self, pixels: int) -> None:
        self.list.set_leading(pixels)

    def render_state(self, state: TicketListState) -> None:
        """What stands at the top stays there: a place in the list belongs to a ticket, not to a row number.

        The rows of the earlier question stay until those of the new one are here: nothing is painted twice.
        """
        query = state.query
        self.list.order_head.set_order(query.sort, query.descending)
        self.list.order_head.set_title(_head(query.open_state))
        self.table.show_order(query)
        if state.face is Face.LOADING and not self.is_empty:
            return
        view = self._view()
        row, offset = view.anchor()
        top = self.model.ticket(row)
        reset = query != self.model.query
        self._updating = True
        self.model.show(state)
        if not reset and top is not None and row > 0:
            found = self.model.row_of(top.account_id, top.id)
            if found is not None and found != row:
                view.show_anchor(found, offset)
        self._updating = False

    def select(self, key: Key | None) -> None:
        """As the program's choice, which is not told."""
        selection = self.list.selectionModel()
        row = self.model.row_of(*key) if key else None
        self._updating = True
        if row is None:
            selection.clearSelection()
        elif not selection.isRowSelected(row, QModelIndex()) or selection.currentIndex().row() != row:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            selection.setCurrentIndex(self.model.index(row, 0), flags)
        self._updating = False

    def retranslate(self) -> None:
        self.list.setAccessibleName(_("Tickets"))
        self.list.local_head.set_title(_("On this computer"))
        self.model.retranslate()

    def _build(self) -> None:
        self.model = TicketModel(self)
        self.list = TicketListView(self.model)
        self.table = TicketTableView(self.model)
        self.table.setSelectionModel(self.list.selectionModel())
        self.addWidget(self.list)
        self.addWidget(self._table_card())

    def _table_card(self) -> QWidget:
        space = theme().space
        around = QWidget()
        card = QFrame()
        card.setProperty("kind", "card")
        column(card, margins=1).addWidget(self.table)
        sides = (space.page_margin, space.l, space.page_margin, space.l)
        column(around, margins=sides).addWidget(card)
        return around

    def _connect(self) -> None:
        for view in (self.list, self.table):
            view.in_sight.connect(self._tell_sight)
            view.chosen.connect(self._open)
            view.menu_requested.connect(self._ask_menu)
        self.list.selectionModel().selectionChanged.connect(self._choose)
        self.list.clicked.connect(self._click)
        self.list.order_head.order_chosen.connect(self.sort_requested)
        self.list.order_head.turned.connect(self.turned)
        self.table.sort_requested.connect(self.sort_requested)

    def _view(self) -> TicketListView | TicketTableView:
        return self.table if self.currentIndex() else self.list

    def _tell_sight(self, first: int, last: int) -> None:
        local = self.model.local_count
        self.in_sight.emit(max(0, first - local), max(0, last - local))

    def _choose(self) -> None:
        """The current row alone is not chosen: focus may only be passing by."""
        selected = self.list.selectionModel().selectedRows()
        if selected and not self._updating:
            self.chosen.emit(self.model.ticket(selected[0].row()))

    def _click(self, index: QModelIndex) -> None:
        row = self.model.ticket(index.row())
        if row is not None:
            self.clicked.emit(row)

    def _open(self, position: int) -> None:
        row = self.model.ticket(position)
        if row is not None:
            self.opened.emit(row)

    def _ask_menu(self, position: int, place: QPoint) -> None:
        row = self.model.ticket(position)
        if row is not None:
            self.menu_requested.emit(row, place)


def _head(open_state: OpenState) -> str:
    return {
        OpenState.OPEN: pgettext("state", "Open"),
        OpenState.CLOSED: pgettext("state", "Closed"),
        OpenState.ALL: _("All"),
    }[open_state]
