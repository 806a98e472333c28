"""What all panes of the settings have in common: title, hint, cards below."""

from PySide6.QtWidgets import QWidget

from supportdesk.app.settings_panes import Pane
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.page_layout import PageLayout
from supportdesk.ui.widgets.text_label import SectionLabel, TextLabel

_WIDTH = 744


class SettingsPane(PageLayout):
    """Subclasses add cards to `cards` and call `retranslate` at the end of their `__init__`."""

    def __init__(self, pane: Pane, parent: QWidget | None = None) -> None:
        super().__init__(max_width=_WIDTH, parent=parent)
        self.pane = pane
        self._title, self._hint = SectionLabel(), TextLabel(tone="muted", wrap=True)
        self.cards = column(gap=theme().space.l)
        self.add(self._title)
        self.add(self._hint)
        self.add_gap(theme().space.l)
        self.add_layout(self.cards)
        self.column.addStretch(1)

    def retranslate(self) -> None:
        self._title.setText(_(self.pane.title))
        self._hint.setText(_(self.pane.hint))
        self.setAccessibleName(_(self.pane.title))

    def opened(self) -> None:
        """The pane is shown: what may have changed meanwhile is read again."""

    def end(self) -> None:
        """The screen ends: close presenters."""
