"""Above what was found: which words were searched in place of the typed ones, and the way back to these."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.reading import ReadingState
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import announce
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.text_label import TextLabel


class SpellingNote(Card):
    meant = Signal(str)
    literal = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        space = theme().space
        super().__init__(padding=(space.s, space.s, space.s, space.xs), tone="sunken", parent=parent)
        self._suggestion = ""
        self._results = TextLabel(wrap=True)
        self._offer = button("", "link", size="small")
        results = row(margins=(space.s, 0, space.s, 0))  # a link's ring stands outside
        results.addWidget(self._results)
        self.body.addLayout(results)
        self.body.addWidget(self._offer, 0, Qt.AlignmentFlag.AlignLeading)
        self._offer.clicked.connect(self._choose)

    def render_state(self, state: ReadingState) -> None:
        self._suggestion = state.suggestion
        self.setVisible(bool(state.entries) and bool(state.corrected or state.suggestion))
        self._results.setVisible(bool(state.corrected))
        results = _("Results for “{text}”").format(text=state.corrected)
        if state.corrected and results != self._results.text():
            announce(self, results)
        self._results.setText(results)
        if state.corrected:
            text = _("Search instead for “{text}”").format(text=state.answered.text)
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
