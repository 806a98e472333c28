"""Greeting and organisation: two lines, or one where height is short."""

from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.text_label import ElidedLabel, PageTitle


class Heading(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._greeting = PageTitle()
        self._organisation = ElidedLabel(tone="muted")
        self._line: QBoxLayout = column(self)
        self._line.addWidget(self._greeting)
        self._line.addWidget(self._organisation)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_texts(self, greeting: str, organisation: str) -> None:
        self._greeting.setText(greeting)
        self._organisation.setText(organisation)
        self._organisation.setVisible(bool(organisation))

    def set_compact(self, compact: bool) -> None:
        self._greeting.set_kind("section" if compact else "title", strong=True)
        direction = QBoxLayout.Direction.LeftToRight if compact else QBoxLayout.Direction.TopToBottom
        self._line.setDirection(direction)
        self._line.setStretchFactor(self._organisation, 1 if compact else 0)
        self._line.setSpacing(theme().space.m if compact else 0)
