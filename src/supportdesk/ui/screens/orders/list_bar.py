"""Above the order list: what it is called, the search, which are shown and in which order."""

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from supportdesk.app.orders import OrderListState
from supportdesk.domain.projections import ItemSort, OpenState
from supportdesk.i18n import _, pgettext
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import Button, icon_button
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.search_field import SearchField
from supportdesk.ui.widgets.segmented import SegmentedChoice
from supportdesk.ui.widgets.text_label import PageTitle

_SEARCH_WIDTH = 240
_DOWN, _UP = "arrow-down-wide-narrow", "arrow-up-narrow-wide"


class ListBar(QFrame):
    """`filtered` carries changes of the query, a dict that Qt must not take apart: it makes strings of enums;
    `sorted` an ItemSort, the same one again to turn it round."""

    filtered = Signal(object)
    sorted = Signal(object)
    new_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._title = PageTitle()
        self.new = Button("", "primary", "plus")
        self.search = SearchField()
        self._open = SegmentedChoice([(OpenState.OPEN, ""), (OpenState.ALL, "")])
        self._sort = Combo()
        self._turn = icon_button(_DOWN, "")
        self._build()
        self._connect()
        self.retranslate()

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_margins(self, side: int) -> None:
        self._line.setContentsMargins(side, theme().space.l, side, theme().space.m)

    def render_state(self, state: OrderListState) -> None:
        query = state.query
        if self.search.text().strip() != query.text and not self.search.hasFocus():  # it is being written in
            self.search.setText(query.text)
        self._open.set_value(query.open_state)
        self._sort.set_value(query.sort)
        self._turn.set_icon(_DOWN if query.descending else _UP)

    def retranslate(self) -> None:
        self.new.setText(_("New order"))
        self.search.setPlaceholderText(_("Search orders"))
        self.search.setAccessibleName(_("Search orders"))
        self._open.setAccessibleName(_("Which orders"))
        self._open.set_options([(OpenState.OPEN, pgettext("state", "Open")), (OpenState.ALL, _("All"))])
        self._sort.setAccessibleName(_("Sorted by"))
        self._sort.set_options(
            [
                (ItemSort.CREATED, _("Date of order")),
                (ItemSort.UPDATED, _("Last change")),
                (ItemSort.TITLE, _("Your reference")),
            ]
        )
        self._turn.set_label(_("Reverse the sorting"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))

    def _build(self) -> None:
        space = theme().space
        self.search.setMinimumWidth(theme().scaled(_SEARCH_WIDTH))
        self._line = column(self, gap=space.m)
        head = row(gap=space.m)
        head.addWidget(self._title, 1)
        head.addWidget(self.new)
        filters = QWidget()
        flow = FlowLayout(filters, gap=space.m)
        for widget in (self.search, self._open, self._sort, self._turn):
            flow.addWidget(widget)
        self._line.addLayout(head)
        self._line.addWidget(filters)

    def _connect(self) -> None:
        self.new.clicked.connect(self.new_requested)
        self.search.searched.connect(self._search)
        self._open.changed.connect(self._show_open)
        self._sort.changed.connect(self._sort_by)
        self._turn.clicked.connect(self._turn_round)

    @Slot(str)
    def _search(self, text: str) -> None:
        self.filtered.emit({"text": text.strip()})

    @Slot(str)
    def _show_open(self, key: str) -> None:
        self.filtered.emit({"open_state": OpenState(key)})

    @Slot(str)
    def _sort_by(self, key: str) -> None:
        self.sorted.emit(ItemSort(key))

    @Slot()
    def _turn_round(self) -> None:
        self.sorted.emit(ItemSort(self._sort.value() or ItemSort.CREATED))
