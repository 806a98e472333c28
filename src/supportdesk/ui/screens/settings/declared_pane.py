"""A pane that is nothing but its declared settings."""

from typing import Any

from PySide6.QtWidgets import QWidget

from supportdesk.app.settings import Setting, Settings
from supportdesk.app.settings_panes import Pane, of_pane
from supportdesk.ui.screens.settings.pane import SettingsPane
from supportdesk.ui.screens.settings.setting_editor import SettingEditor
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.divider import Divider

_INSET = 20


class DeclaredPane(SettingsPane):
    """`without` are settings that the subclass shows in its own way."""

    def __init__(
        self,
        pane: Pane,
        settings: Settings,
        *,
        without: tuple[Setting[Any], ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(pane, parent)
        self.settings = settings
        self.rows = Card(padding=(_INSET, 0, _INSET, 0))
        self._editors = [
            SettingEditor(settings, each, self) for each in of_pane(pane.id) if each not in without
        ]
        for editor in self._editors:
            self.add_row(editor.row)
        self.cards.addWidget(self.rows)
        self.retranslate()

    def add_row(self, row: QWidget) -> None:
        """With a line above, unless it is the first."""
        if self.rows.body.count():
            self.rows.add(Divider())
        self.rows.add(row)

    def retranslate(self) -> None:
        super().retranslate()
        for editor in self._editors:
            editor.retranslate()

    def end(self) -> None:
        for editor in self._editors:
            editor.close()
