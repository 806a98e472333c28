"""What stands in the list's place while there are no rows to show."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.ticket_list import Face, TicketListState
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import Link
from supportdesk.i18n import _
from supportdesk.ui.widgets.empty_state import EmptyState, ErrorState
from supportdesk.ui.widgets.skeleton import Skeleton


class ListStates(QStackedWidget):
    report_requested = Signal()
    video_requested = Signal()
    clear_requested = Signal()
    all_requested = Signal()
    retry_requested = Signal()
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
            self._render_error(state)
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
        self._report.setText(_("Report a problem"))
        self._video.setText(_("How it works (2 min)"))
        self._clear.setText(_("Clear filters"))
        self._all.setText(_("Show all tickets"))
        self._retry.setText(_("Try again"))
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
        self._error = ErrorState()
        self._retry = self._error.add_button("", "primary", "refresh-cw")
        self._portal = self._error.add_button("", "secondary", "external-link")
        self._portal.setVisible(bool(links.web_portal))
        self._error.set_details(" ")
        for page in (self._loading, self._nothing, self._none_open, self._no_match, self._error):
            self.addWidget(page)

    def _connect(self) -> None:
        self._report.clicked.connect(self.report_requested)
        self._video.clicked.connect(self.video_requested)
        self._clear.clicked.connect(self.clear_requested)
        self._all.clicked.connect(self.all_requested)
        self._retry.clicked.connect(self.retry_requested)
        self._portal.clicked.connect(self.portal_requested)

    def _render_error(self, state: TicketListState) -> None:
        text, details = self._trouble(state)
        safe = _("Your drafts and unsent reports are safe on this computer.")
        phone = self._profile.support.phone
        note = _("It is tried again by itself.")
        if phone:
            note += " · " + _("Urgent? Call {phone}").format(phone=phone)
        self._error.set_texts(_("The tickets could not be loaded"), f"{text} {safe}", note)
        self._error.set_details(details)

    def _trouble(self, state: TicketListState) -> tuple[str, str]:
        if state.error is not None:
            return str(state.error), f"{state.error.code}: {state.error}"
        vendor, sync = self._profile.short_name, state.sync
        details = f"{sync.link}: {sync.error_code} {sync.error}" if sync else ""
        if sync is not None and sync.link is Link.FAILING:
            text = _("{vendor} answers, but its list of tickets is out of order at the moment.")
        elif sync is not None and sync.link is Link.SIGN_IN_NEEDED:
            text = _("{vendor} asks you to sign in again.")
        else:
            text = _("There is no connection to {vendor}.")
        return text.format(vendor=vendor), details
