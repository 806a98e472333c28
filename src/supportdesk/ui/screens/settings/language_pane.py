"""Which language the app speaks."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from supportdesk.app.settings import LANGUAGE, Setting, Settings
from supportdesk.app.settings_panes import Pane, languages
from supportdesk.i18n import _
from supportdesk.ui.screens.settings.pane import SettingsPane
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.text_label import TextLabel


class LanguagePane(SettingsPane):
    def __init__(self, pane: Pane, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(pane, parent)
        self._settings = settings
        self._card = Card(padding=20, gap=theme().space.xs)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        for key, _label in languages():
            button = QRadioButton()
            button.toggled.connect(partial(self._toggled, key))
            self._group.addButton(button)
            self._buttons[key] = button
            self._card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._note = TextLabel(kind="caption", tone="muted", wrap=True)
        self.cards.addWidget(self._card)
        self.cards.addWidget(self._note)
        self._unsubscribe = settings.subscribe(self._changed)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self._card.setAccessibleName(_("Language"))
        for key, label in languages():
            self._buttons[key].setText(label)
            self._buttons[key].setAccessibleName(label)
        self._note.setText(_("What your vendor writes stays in the vendor's language."))
        self._show()

    def end(self) -> None:
        self._unsubscribe()

    def _show(self) -> None:
        self._buttons[self._settings.get(LANGUAGE)].setChecked(True)

    def _toggled(self, key: str, on: bool) -> None:
        if on:
            self._settings.set(LANGUAGE, key)

    def _changed(self, setting: Setting[Any]) -> None:
        if setting is LANGUAGE:
            self._show()
