"""What all panes of the settings have in common: title, hint, cards below."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.settings_panes import Pane
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.text_label import SectionLabel, TextLabel

_WIDTH, _WIDEST = 744, 4096
"""The text stands beside the list of panes, not in the middle of the window."""


class SettingsPane(PageLayout):
    """Subclasses add cards to `cards` and call `retranslate` at the end of their `__init__`."""

    def __init__(self, pane: Pane, parent: QWidget | None = None) -> None:
        super().__init__(max_width=_WIDEST, top=theme().space.xl, parent=parent)
        self.pane = pane
        self._title, self._hint = SectionLabel(), TextLabel(tone="muted", wrap=True)
        self._content = QWidget()
        lines = column(self._content)
        lines.addWidget(self._title)
        lines.addWidget(self._hint)
        lines.addSpacing(theme().space.l)
        self.cards = column(gap=theme().space.l)
        lines.addLayout(self.cards)
        beside = row()
        beside.addWidget(self._content, 1)
        beside.addStretch(0)
        self.add_layout(beside)
        self.column.addStretch(1)
        theme().changed.connect(self._measure)
        self._measure()

    def retranslate(self) -> None:
        self._title.setText(_(self.pane.title))
        self._hint.setText(_(self.pane.hint))
        self.setAccessibleName(_(self.pane.title))

    def opened(self) -> None:
        """The pane is shown: what may have changed meanwhile is read again."""

    def show_part(self, part: str) -> None:
        """A part of the pane is asked for by name; '' for none."""

    def end(self) -> None:
        """The screen ends: close presenters."""

    @Slot()
    def _measure(self) -> None:
        self._content.setMaximumWidth(theme().scaled(_WIDTH))
