"""Labels and values one below the other; values can be selected and copied."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from supportdesk.app.settings_panes import Fact
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import clear_layout, grid
from supportdesk.ui.widgets.text_label import TextLabel

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_LEAST_BESIDE = 400


class FactList(QWidget):
    """The value beside its label; below it where there is no room beside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid(self, gap=theme().space.m)
        self._grid.setHorizontalSpacing(theme().space.xl)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[TextLabel, TextLabel]] = []
        self._is_narrow = False

    def set_facts(self, facts: tuple[Fact, ...]) -> None:
        clear_layout(self._grid)
        self._lines = [_line(fact) for fact in facts]
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().scaled(_LEAST_BESIDE)
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._arrange()

    def _arrange(self) -> None:
        for at, (label, value) in enumerate(self._lines):
            if self._is_narrow:
                self._grid.addWidget(label, 2 * at, 0, 1, 2)
                self._grid.addWidget(value, 2 * at + 1, 0, 1, 2)
            else:
                self._grid.addWidget(label, at, 0)
                self._grid.addWidget(value, at, 1)


def _line(fact: Fact) -> tuple[TextLabel, TextLabel]:
    label, value = TextLabel(fact.label, tone="muted", wrap=True), TextLabel(fact.value, wrap=True)
    value.setTextInteractionFlags(_SELECTABLE)
    value.setAccessibleName(f"{fact.label}: {fact.value}")
    value.setMinimumWidth(1)  # a long path breaks anywhere rather than be cut
    return label, value
