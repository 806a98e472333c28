"""Which documents are listed, and in which order."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from supportdesk.app.documents import DocumentsState
from supportdesk.app.item_words import state_name
from supportdesk.domain.documents import DocumentState
from supportdesk.domain.projections import ItemSort
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.search_field import SearchField
from supportdesk.ui.widgets.wrapping_bar import WrappingBar

_EVERY = ""
_SEARCH_LEAST = 240
_AROUND_TEXT = 56
"""Of a closed list: its margins and the arrow."""


class FilterBar(WrappingBar):
    """`state_chosen` carries a state, '' for all."""

    state_chosen = Signal(str)
    sort_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(theme().scaled(_SEARCH_LEAST), parent)
        self._state: DocumentsState | None = None
        self.states, self._sort, self.search = Combo(), Combo(), SearchField()
        self.set_controls([self.states, self._sort, self.search], self.search)
        self.states.changed.connect(self.state_chosen)
        self._sort.changed.connect(self.sort_chosen)
        theme().changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def show_state(self, state: DocumentsState) -> None:
        self._state = state
        self.states.set_options(self._options(state))
        self.states.set_value(state.query.states[0] if state.query.states else _EVERY)
        self._sort.set_value(state.query.sort)
        self._fit()
        if self.search.text().strip() != state.query.text and not self.search.hasFocus():
            self.search.setText(state.query.text)
        found = ngettext("{n} match", "{n} matches", state.count).format(n=formats.number(state.count))
        self.search.set_matches(found if state.query.text and state.loaded else "")

    def retranslate(self) -> None:
        self.states.setAccessibleName(_("Status"))
        self._sort.setAccessibleName(_("Order of the list"))
        self._sort.set_options(
            [
                (ItemSort.UPDATED, _("Latest change first")),
                (ItemSort.DUE, _("Next deadline first")),
                (ItemSort.TITLE, _("By title")),
            ]
        )
        self.search.setPlaceholderText(_("Search documents"))
        self.search.setAccessibleName(_("Search documents"))
        if self._state is not None:
            self.show_state(self._state)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @staticmethod
    def _options(state: DocumentsState) -> list[tuple[str, str]]:
        """Each with how many there are."""
        options = [(_EVERY, _counted(_("All documents"), state.total))]
        options += [
            (each.value, _counted(state_name("document", each), state.counts.get(each, 0)))
            for each in DocumentState
        ]
        return options

    @Slot()
    def _fit(self) -> None:
        metrics = QFontMetrics(theme().font("body"))
        for combo in (self.states, self._sort):
            texts = (combo.itemText(index) for index in range(combo.count()))
            widest = max(map(metrics.horizontalAdvance, texts), default=0)
            combo.setFixedWidth(widest + theme().scaled(_AROUND_TEXT))
        self.arrange()


def _counted(name: str, count: int) -> str:
    return f"{name} ({formats.number(count)})"
