"""What stands in the place of list and text while there is nothing to read."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.reading import Face, ReadingState
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import Link
from supportdesk.i18n import _
from supportdesk.ui.reading.words import ReadingWords
from supportdesk.ui.widgets.empty_state import EmptyState, ErrorState
from supportdesk.ui.widgets.skeleton import Skeleton


class ReadingStates(QStackedWidget):
    home_requested = Signal()
    retry_requested = Signal()

    def __init__(self, icon: str, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self._loading = Skeleton("list", 8)
        self._nothing = EmptyState(icon)
        self._home = self._nothing.add_button("", "secondary", "house")
        self._error = ErrorState()
        self._retry = self._error.add_button("", "primary", "refresh-cw")
        for page in (self._loading, self._nothing, self._error):
            self.addWidget(page)
        self._home.clicked.connect(self.home_requested)
        self._retry.clicked.connect(self.retry_requested)

    def render_state(self, state: ReadingState, words: ReadingWords) -> None:
        self._nothing.set_texts(words.empty_title, words.empty_text)
        self._home.setText(_("Back to Home"))
        self._retry.setText(_("Try again"))
        match state.face:
            case Face.LOADING:
                self.setCurrentWidget(self._loading)
            case Face.NOTHING_YET:
                self.setCurrentWidget(self._nothing)
            case Face.NEVER_LOADED | Face.FAILED:
                self._show_error(state, words)

    def _show_error(self, state: ReadingState, words: ReadingWords) -> None:
        text, details = self._trouble(state)
        phone = self._profile.support.phone
        note = _("Urgent? Call {phone}").format(phone=phone) if phone else ""
        self._error.set_texts(words.failed, f"{text} {_('It is tried again by itself.')}", note)
        self._error.set_details(details)
        self.setCurrentWidget(self._error)

    def _trouble(self, state: ReadingState) -> tuple[str, str]:
        if state.error is not None:
            return f"{state.error} {state.error.safe}", f"{state.error.code}: {state.error}"
        sync, vendor = state.sync, self._profile.short_name
        details = f"{sync.link}: {sync.error_code} {sync.error}" if sync else ""
        if sync is not None and sync.link is Link.SIGN_IN_NEEDED:
            return _("{vendor} asks you to sign in again.").format(vendor=vendor), details
        return _("There is no connection to {vendor}.").format(vendor=vendor), details
