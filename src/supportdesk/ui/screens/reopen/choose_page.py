"""Which ticket came back: those that can still be reopened, the latest first."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStackedWidget, QWidget

from supportdesk.app.reopen import ReopenPhase, ReopenState
from supportdesk.app.screens import name_of
from supportdesk.app.ticket_list_state import TicketListState
from supportdesk.app.ticket_vendor import Vendor
from supportdesk.app.ticket_windows import WINDOW_ROWS, TicketWindows
from supportdesk.domain.projections import TicketQuery
from supportdesk.i18n import _, ngettext
from supportdesk.ui.delegates.ticket_row import TicketRowDelegate
from supportdesk.ui.models.ticket_model import TicketModel
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.empty_state import EmptyState, ErrorState
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.search_field import SearchField
from supportdesk.ui.widgets.skeleton import Skeleton
from supportdesk.ui.widgets.text_label import PageTitle, TextLabel

_WIDEST = 1080
_NARROW_BELOW = 800


class ChoosePage(QWidget):
    """`picked` carries a ticket id."""

    searched = Signal(str)
    picked = Signal(str)
    tickets_requested = Signal()
    retry_requested = Signal()

    def __init__(self, vendor: Vendor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vendor = vendor
        self._model = TicketModel(self)
        self._state = ReopenState()
        self._build()
        self._connect()
        self.retranslate()

    @property
    def search(self) -> SearchField:
        return self._search

    def render_state(self, state: ReopenState) -> None:
        self._state = state
        self._model.show(self._listed(state))
        self._stack.setCurrentWidget(self._page_of(state))
        self._search.setVisible(bool(state.total or state.text))
        if state.text:
            matches = ngettext("{n} match", "{n} matches", state.total).format(n=state.total)
            self._search.set_matches(matches)
            self._none.set_texts(
                _("Nothing found"),
                _("No ticket that can be reopened contains “{text}”.").format(text=state.text),
            )
        else:
            self._search.set_matches("")
            self._none.set_texts(
                _("Nothing to reopen"),
                _("Solved and closed tickets stand here for as long as they can be reopened."),
            )
        if state.error is not None:
            self._failed.set_texts(_("The tickets could not be loaded"), f"{state.error} {state.error.safe}")
            self._failed.set_details(f"{state.error.code}: {state.error}")

    def retranslate(self) -> None:
        self._title.setText(name_of("reopen", self._vendor.profile))
        self._lead.setText(_("The problem came back, or the solution did not help? Choose the ticket."))
        self._search.setPlaceholderText(_("Search tickets"))
        self._search.setAccessibleName(_("Search tickets"))
        self._list.setAccessibleName(_("Tickets that can be reopened"))
        self._tickets.setText(_("Your tickets"))
        self._retry.setText(_("Try again"))
        self._model.retranslate()
        self.render_state(self._state)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        space = theme().space
        whole = column(self)
        self._head = head = QWidget()
        self._top = top = column(head, gap=space.s)
        self._title = PageTitle()
        self._lead = TextLabel(tone="muted", wrap=True)
        self._search = SearchField()
        for widget in (self._title, self._lead, self._search):
            top.addWidget(widget)
        whole.addWidget(head)
        self._build_pages()
        whole.addWidget(self._stack, 1)

    def _build_pages(self) -> None:
        self._list = QListView()
        self._list.setModel(self._model)
        self._delegate = TicketRowDelegate(self._list)
        self._delegate.keyboard = True  # a click leads away at once
        self._list.setItemDelegate(self._delegate)
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QListView.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._loading = Skeleton("list", 6)
        self._none = EmptyState("rotate-ccw", tone="neutral")
        self._tickets = self._none.add_button("", "secondary", "inbox")
        self._failed = ErrorState()
        self._retry = self._failed.add_button("", "primary", "refresh-cw")
        self._stack = QStackedWidget()
        for page in (self._list, self._loading, self._none, self._failed):
            self._stack.addWidget(page)

    def _connect(self) -> None:
        self._search.searched.connect(self.searched)
        self._search.left.connect(self._go_to_rows)
        self._list.clicked.connect(self._pick)
        self._list.activated.connect(self._pick)
        self._list.verticalScrollBar().rangeChanged.connect(self._align)
        self._tickets.clicked.connect(self.tickets_requested)
        self._retry.clicked.connect(self.retry_requested)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._align()

    def _align(self, *_range: int) -> None:
        """The rows begin and end where the field above them does, with a scroll bar and without."""
        space = theme().space
        margin = space.page_margin_narrow if self.width() < _NARROW_BELOW else space.page_margin
        field = min(self.width() - 2 * margin, theme().scaled(_WIDEST))
        self._top.setContentsMargins(margin, margin, margin, space.l)
        self._head.setMaximumWidth(field + 2 * margin)
        bar = self._list.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > 0 else 0
        self._delegate.leading, self._delegate.trailing = margin, self.width() - margin - field - taken

    def _page_of(self, state: ReopenState) -> QWidget:
        if state.phase is ReopenPhase.FAILED:
            return self._failed
        if state.phase is ReopenPhase.LOADING:
            return self._list if state.rows else self._loading
        return self._list if state.rows else self._none

    def _listed(self, state: ReopenState) -> TicketListState:
        """The rows as the model takes them."""
        rows = state.rows
        windows = {
            start // WINDOW_ROWS: rows[start : start + WINDOW_ROWS]
            for start in range(0, len(rows), WINDOW_ROWS)
        }
        account = self._vendor.account
        return TicketListState(
            TicketQuery(account.id, text=state.text),
            loaded=True,
            tickets=TicketWindows(len(rows), windows),
            vendors={account.id: self._vendor},
        )

    def _go_to_rows(self) -> None:
        self._list.setFocus(Qt.FocusReason.TabFocusReason)

    def _pick(self, index: QModelIndex) -> None:
        row = self._model.ticket(index.row())
        if row is not None and self._state.phase is ReopenPhase.CHOOSE:
            self.picked.emit(row.id)
