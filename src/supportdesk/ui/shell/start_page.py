"""What the window shows until it knows the account, or when it cannot get to know it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.domain.errors import SupportDeskError
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.empty_state import ErrorState
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.skeleton import Skeleton
from supportdesk.ui.widgets.text_label import TextLabel


class StartPage(QStackedWidget):
    again_requested = Signal()
    quit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loading = QWidget()
        lines = column(self._loading, gap=theme().space.l, margins=theme().space.page_margin)
        self._note = TextLabel(tone="muted", align=Qt.AlignmentFlag.AlignHCenter)
        lines.addWidget(self._note)
        lines.addWidget(Skeleton("cards", 8), 1)
        self._error = ErrorState()
        self._again = self._error.add_button("", "primary", "refresh-cw")
        self._quit = self._error.add_button("", "secondary")
        self._again.clicked.connect(self.again_requested)
        self._quit.clicked.connect(self.quit_requested)
        self.addWidget(self._loading)
        self.addWidget(self._error)
        self.retranslate()

    def retranslate(self) -> None:
        self._again.setText(_("Try again"))
        self._quit.setText(_("Quit"))
        self.setAccessibleName(_("Starting"))

    def wait(self, note: str = "") -> None:
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setCurrentWidget(self._loading)

    def fail(self, error: SupportDeskError) -> None:
        from supportdesk.app import failure

        self._error.set_texts(str(error), f"{error.safe} {error.next_step}")
        self._error.set_details(failure.details_of(error))
        self.setCurrentWidget(self._error)
