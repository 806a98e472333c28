"""What stands in the place of the order list while there are no rows to show."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.orders import OrderListState
from supportdesk.app.ticket_list_state import Face
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.ui.connection.not_loaded import NotLoaded
from supportdesk.ui.widgets.empty_state import EmptyState
from supportdesk.ui.widgets.skeleton import Skeleton


class OrderListStates(QStackedWidget):
    new_requested = Signal()
    clear_requested = Signal()

    def __init__(self, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._state: OrderListState | None = None
        self._build()
        self.retranslate()

    def render_state(self, state: OrderListState) -> None:
        self._state = state
        pages: dict[Face, QWidget] = {
            Face.LOADING: self._loading,
            Face.NOTHING_YET: self._nothing,
            Face.NOTHING_OPEN: self._none_open,
            Face.NO_MATCH: self._no_match,
            Face.NEVER_LOADED: self._error,
            Face.FAILED: self._error,
        }
        page = pages.get(state.face)
        if page is None:
            return
        self.setCurrentWidget(page)
        if page is self._error:
            safe = _("Your drafts and unsent orders are safe on this computer.")
            self._error.show_reason(_("The orders could not be loaded"), state.sync, state.error, safe=safe)
        text = _("No order contains “{text}”.").format(text=state.query.text)
        self._no_match.set_texts(_("Nothing found"), text)

    def retranslate(self) -> None:
        text = _("What you and your colleagues order from {vendor} appears here, with its status.")
        self._nothing.set_texts(_("No orders yet"), text.format(vendor=self._profile.short_name))
        self._none_open.set_texts(_("Nothing is open"), _("All orders are completed."))
        self._new.setText(_("New order"))
        self._clear.setText(_("Clear filters"))
        self._all.setText(_("Show all orders"))
        if self._state is not None:
            self.render_state(self._state)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        self._loading = Skeleton("list", 8)
        self._nothing = EmptyState("package")
        self._new = self._nothing.add_button("", "primary", "plus")
        self._none_open = EmptyState("circle-check", tone="success")
        self._all = self._none_open.add_button("", "secondary")
        self._no_match = EmptyState("search", tone="neutral")
        self._clear = self._no_match.add_button("", "secondary", "x")
        self._error = NotLoaded(self._profile)
        self.way_out = self._error.way_out
        for page in (self._loading, self._nothing, self._none_open, self._no_match, self._error):
            self.addWidget(page)
        self._new.clicked.connect(self.new_requested)
        self._clear.clicked.connect(self.clear_requested)
        self._all.clicked.connect(self.clear_requested)
