"""All shortcuts, from the one list of commands."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from supportdesk.app.actions import Menu, commands, menu_title, title_of
from supportdesk.app.settings_panes import Pane
from supportdesk.ui.screen import ScreenContext
from supportdesk.ui.screens.settings.pane import SettingsPane
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import set_accessible
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.keycap import KeyCap
from supportdesk.ui.widgets.layouts import clear_layout, row
from supportdesk.ui.widgets.text_label import TextLabel


class ShortcutsPane(SettingsPane):
    def __init__(self, pane: Pane, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(pane, parent)
        self._profile = context.profile
        found = commands(context.capabilities, self._profile)
        self._commands = tuple(each for each in found if each.shortcut)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        clear_layout(self.cards)
        for menu in Menu:
            entries = [
                (title_of(each, self._profile), each.shortcut) for each in self._commands if each.menu is menu
            ]
            if entries:
                self.cards.addWidget(TextLabel(menu_title(menu).replace("&", ""), strong=True))
                self.cards.addWidget(_card(entries))


def _card(entries: list[tuple[str, str]]) -> Card:
    """Of titles with their shortcuts."""
    card = Card(padding=(20, 0, 20, 0))
    for at, (title, shortcut) in enumerate(entries):
        if at:
            card.add(Divider())
        card.add(_line(title, shortcut))
    return card


def _line(title: str, shortcut: str) -> QWidget:
    space = theme().space
    line = QWidget()
    keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    layout = row(line, gap=space.xs, margins=(0, space.s, 0, space.s))
    layout.addWidget(TextLabel(title.removesuffix("…"), wrap=True), 1)
    for key in _separate(keys):
        layout.addWidget(KeyCap(key))
    set_accessible(line, f"{title}: {keys}")
    return line


def _separate(keys: str) -> list[str]:
    """The keys of 'Ctrl+Shift+S'; a plus sign at the end is a key itself."""
    parts = keys.split("+")
    return [*parts[:-2], "+"] if keys.endswith("++") else parts
