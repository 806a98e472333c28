"""Labels and values one below the other; values can be selected and copied."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from supportdesk.app.settings_panes import Fact
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import clear_layout, grid
from supportdesk.ui.widgets.text_label import TextLabel

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class FactList(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid(self, gap=theme().space.m)
        self._grid.setHorizontalSpacing(theme().space.xl)
        self._grid.setColumnStretch(1, 1)

    def set_facts(self, facts: tuple[Fact, ...]) -> None:
        clear_layout(self._grid)
        for at, fact in enumerate(facts):
            value = TextLabel(fact.value, wrap=True)
            value.setTextInteractionFlags(_SELECTABLE)
            value.setAccessibleName(f"{fact.label}: {fact.value}")
            self._grid.addWidget(TextLabel(fact.label, tone="muted"), at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, at, 1)
