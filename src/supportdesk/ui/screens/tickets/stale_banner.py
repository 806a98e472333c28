"""Says that the list may be older than what the vendor has now."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.connection import is_by_choice
from supportdesk.app.ticket_list import Face, TicketListState
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import Link, SyncState
from supportdesk.i18n import N_, _
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.layouts import column

_TEXTS: dict[Link, str] = {
    Link.OFFLINE: N_("No connection. You see what was here last."),
    Link.FAILING: N_("{vendor} answers with errors at the moment. You see what was here last."),
    Link.SIGN_IN_NEEDED: N_("{vendor} asks you to sign in again. You see what was here last."),
}

_BY_CHOICE = N_("You work offline. You see what was here last.")


class StaleBanner(QWidget):
    retry_requested = Signal()

    def __init__(self, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._sync: SyncState | None = None
        space = theme().space
        box = column(self, margins=(space.page_margin, space.m, space.page_margin, space.m))
        self._banner = Banner("", tone="warning")
        self._retry = self._banner.add_button("")
        self._retry.clicked.connect(self.retry_requested)
        box.addWidget(self._banner)
        self.hide()
        self.retranslate()

    def render_state(self, state: TicketListState) -> None:
        self.setVisible(state.is_stale and state.face is not Face.NEVER_LOADED)
        self._sync = state.sync
        self._say()

    def retranslate(self) -> None:
        self._retry.setText(_("Try again"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _say(self) -> None:
        sync = self._sync
        if sync is None or sync.link not in _TEXTS:
            return
        by_choice = is_by_choice(sync)
        self._retry.setText(_("Go online") if by_choice else _("Try again"))
        text = _(_BY_CHOICE if by_choice else _TEXTS[sync.link]).format(vendor=self._profile.short_name)
        if sync.last_success_at is not None:
            text += " " + _("Up to date: {time}.").format(time=formats.ago_within(sync.last_success_at))
        self._banner.set_texts(text)
        self._banner.set_tone("warning", "cloud-off" if sync.link is Link.OFFLINE else "cloud-alert")
