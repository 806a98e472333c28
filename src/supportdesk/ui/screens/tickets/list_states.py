"""What stands in the list's place while there are no rows to show."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.screens import name_of
from supportdesk.app.ticket_list_state import Face, TicketListState
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.ui.connection.not_loaded import NotLoaded
from supportdesk.ui.widgets.empty_state import EmptyState
from supportdesk.ui.widgets.skeleton import Skeleton


class ListStates(QStackedWidget):
    report_requested = Signal()
    video_requested = Signal()
    clear_requested = Signal()
    all_requested = Signal()
    portal_requested = Signal()

    def __init__(self, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._state: TicketListState | None = None
        self._build()
        self._connect()
        self.retranslate()

    def render_state(self, state: TicketListState) -> None:
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
            self._error.show_reason(
                _("The tickets could not be loaded"),
                state.sync,
                state.error,
                safe=_("Your drafts and unsent reports are safe on this computer."),
            )
        if state.query.text:
            self._no_match.set_texts(
                _("Nothing found"), _("No ticket contains “{text}”.").format(text=state.query.text)
            )
        else:
            self._no_match.set_texts(_("Nothing found"), _("No ticket fits these filters."))

    def retranslate(self) -> None:
        vendor = self._profile.short_name
        self._nothing.set_texts(
            _("No tickets yet"),
            _(
                "Everything you and your colleagues report to {vendor} appears here, "
                "with its state and every answer."
            ).format(vendor=vendor),
        )
        self._none_open.set_texts(_("Nothing is open"), _("All tickets are closed."))
        self._report.setText(name_of("report", self._profile))
        self._video.setText(_("How it works (2 min)"))
        self._clear.setText(_("Clear filters"))
        self._all.setText(_("Show all tickets"))
        self._portal.setText(_("Open web portal"))
        if self._state is not None:
            self.render_state(self._state)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        links = self._profile.links
        self._loading = Skeleton("list", 8)
        self._nothing = EmptyState("inbox")
        self._report = self._nothing.add_button("", "primary", "message-square-warning")
        self._video = self._nothing.add_button("", "secondary", "circle-play")
        self._video.setVisible(bool(links.video_help))
        self._none_open = EmptyState("circle-check", tone="success")
        self._all = self._none_open.add_button("", "secondary")
        self._no_match = EmptyState("search", tone="neutral")
        self._clear = self._no_match.add_button("", "secondary", "x")
        self._error = NotLoaded(self._profile)
        self.way_out = self._error.way_out
        self._portal = self._error.add_button("", "secondary", "external-link")
        self._portal.setVisible(bool(links.web_portal))
        for page in (self._loading, self._nothing, self._none_open, self._no_match, self._error):
            self.addWidget(page)

    def _connect(self) -> None:
        self._report.clicked.connect(self.report_requested)
        self._video.clicked.connect(self.video_requested)
        self._clear.clicked.connect(self.clear_requested)
        self._all.clicked.connect(self.all_requested)
        self._portal.clicked.connect(self.portal_requested)
