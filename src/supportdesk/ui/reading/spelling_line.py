"""Above what was found: which words were searched in place of the typed ones, and the way back to these."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.reading import ReadingState
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.text_label import TextLabel


class SpellingLine(QWidget):
    meant = Signal(str)
    literal = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggestion = ""
        self._results = TextLabel(wrap=True)
        self._offer = button("", "link")
        flow = FlowLayout(self, gap=theme().space.s)
        flow.addWidget(self._results)
        flow.addWidget(self._offer)
        self._offer.clicked.connect(self._choose)

    def render_state(self, state: ReadingState) -> None:
        self._suggestion = state.suggestion
        self.setVisible(bool(state.entries) and bool(state.corrected or state.suggestion))
        self._results.setVisible(bool(state.corrected))
        self._results.setText(_("Results for “{text}”").format(text=state.corrected))
        if state.corrected:
            text = _("Search instead for “{text}”").format(text=state.ask.text)
        else:
            text = _("Did you mean “{text}”?").format(text=state.suggestion)
        self._offer.setText(text.replace("&", "&&"))
        self._offer.setAccessibleName(text)

    @Slot()
    def _choose(self) -> None:
        if self._suggestion:
            self.meant.emit(self._suggestion)
        else:
            self.literal.emit()
