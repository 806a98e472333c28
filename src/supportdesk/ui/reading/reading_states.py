"""What stands in the place of list and text while there is nothing to read."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.reading import Face, ReadingState
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.ui.connection.not_loaded import NotLoaded
from supportdesk.ui.reading.words import ReadingWords
from supportdesk.ui.widgets.empty_state import EmptyState
from supportdesk.ui.widgets.skeleton import Skeleton


class ReadingStates(QStackedWidget):
    home_requested = Signal()

    def __init__(self, icon: str, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loading = Skeleton("list", 8)
        self._nothing = EmptyState(icon)
        self._home = self._nothing.add_button("", "secondary", "house")
        self._error = NotLoaded(profile)
        self.way_out = self._error.way_out
        for page in (self._loading, self._nothing, self._error):
            self.addWidget(page)
        self._home.clicked.connect(self.home_requested)

    def render_state(self, state: ReadingState, words: ReadingWords) -> None:
        self._nothing.set_texts(words.empty_title, words.empty_text)
        self._home.setText(_("Back to Home"))
        match state.face:
            case Face.LOADING:
                self.setCurrentWidget(self._loading)
            case Face.NOTHING_YET:
                self.setCurrentWidget(self._nothing)
            case Face.NEVER_LOADED | Face.FAILED:
                self._error.show_reason(words.failed, state.sync, state.error)
                self.setCurrentWidget(self._error)
