"""Before you sign: what is required, and how it stands."""

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.document_state import DocumentPageState
from supportdesk.app.flows.signing import Required
from supportdesk.i18n import _
from supportdesk.ui.document.required_row import RequiredRow
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.text_label import TextLabel


class RequiredList(QWidget):
    """`chosen` carries the name of a field, or SIGNATURE; `made` the rows when there are others."""

    chosen = Signal(str)
    made = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, RequiredRow] = {}
        self._current = ""
        self._title = TextLabel(strong=True)
        self._note = TextLabel(kind="caption", tone="muted", wrap=True)
        self._list = column(gap=0)
        whole = column(self, gap=theme().space.s)
        whole.addWidget(self._title)
        whole.addLayout(self._list)
        whole.addWidget(self._note)
        self.retranslate()

    def show_state(self, state: DocumentPageState) -> None:
        required = state.filling.required
        if [each.name for each in required] != list(self._rows):
            self._make(required)
        for each in required:
            self._rows[each.name].show_required(each, current=each.name == self._current)
        final = _("Once signed, the document is saved and cannot be changed any more.")
        kept = _("Your answers are kept on this computer until you sign.")
        self._note.setText(kept if state.saved_at else final)

    def show_current(self, name: str) -> None:
        """The one that has the focus."""
        self._current = name
        for each, row in self._rows.items():
            row.set_current(each == name)

    def retranslate(self) -> None:
        self._title.setText(_("Before you sign"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _make(self, required: tuple[Required, ...]) -> None:
        for old in self._rows.values():
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = {each.name: RequiredRow() for each in required}
        for name, row in self._rows.items():
            row.clicked.connect(partial(self.chosen.emit, name))
            self._list.addWidget(row)
        self.made.emit(list(self._rows.values()))
