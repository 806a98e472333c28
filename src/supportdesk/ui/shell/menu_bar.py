"""The application menu, drawn from the one list of commands."""

from collections.abc import Set as AbstractSet
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from supportdesk.app.actions import Command, Menu, menu_title, title_of
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _

_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "go:settings": QAction.MenuRole.PreferencesRole,
    "about": QAction.MenuRole.AboutRole,
}


class CommandMenuBar(QMenuBar):
    """Shortcuts of entries work in the whole window, except those that the control with the focus listens to:
    claimed here too, they would be ambiguous to Qt and nobody would get them."""

    triggered_command = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Menus and entries are made once and by Python, and only ever taken out and put in again: of what
        Qt makes or deletes behind its back, PySide keeps addresses that belong to others later."""
        super().__init__(parent)
        self._commands: tuple[Command, ...] = ()
        self._profile: Profile | None = None
        self._known: dict[str, QAction] = {}
        self._lines: dict[tuple[Menu, int], QAction] = {}
        self._menus: dict[Menu, QMenu] = {menu: QMenu(self) for menu in Menu}
        self._shown: set[str] = set()
        self.setAccessibleName(_("Menu"))

    def set_commands(self, commands: tuple[Command, ...], profile: Profile | None) -> None:
        """With the names that the vendor with this profile has for screens."""
        self._commands, self._profile = commands, profile
        self._shown = {each.id for each in commands}
        for action in self.actions():
            self.removeAction(action)
        for menu, shown in self._menus.items():
            for action in shown.actions():
                shown.removeAction(action)
            shown.setTitle(menu_title(menu))
            self._fill(menu, [each for each in commands if each.menu is menu])

    def retranslate(self) -> None:
        self.setAccessibleName(_("Menu"))
        self.set_commands(self._commands, self._profile)

    def set_here(self, offered: AbstractSet[str]) -> None:
        """What the shown screen offers; the rest of what only some screens do is greyed."""
        for command in self._commands:
            if command.here:
                self._known[command.id].setEnabled(command.id in offered)

    def set_enabled(self, command_id: str, enabled: bool) -> None:
        if command_id in self._shown:
            self._known[command_id].setEnabled(enabled)

    def set_checked(self, command_id: str, checked: bool) -> None:
        if command_id in self._shown:
            self._known[command_id].setChecked(checked)

    def _fill(self, menu: Menu, entries: list[Command]) -> None:
        if not entries:
            return
        shown = self._menus[menu]
        for before, entry in zip([None, *entries], entries, strict=False):
            if before is not None and before.group != entry.group:
                shown.addAction(self._line(menu, entry.group))
            shown.addAction(self._action(entry))
        self.addMenu(shown)

    def _line(self, menu: Menu, group: int) -> QAction:
        if (menu, group) not in self._lines:
            line = QAction(self)
            line.setSeparator(True)
            self._lines[menu, group] = line
        return self._lines[menu, group]

    def _action(self, command: Command) -> QAction:
        action = self._known.get(command.id)
        if action is None:
            action = self._known[command.id] = QAction(self)
            action.setCheckable(command.checkable)
            action.setEnabled(not command.here)
            action.setMenuRole(_ROLES.get(command.id, QAction.MenuRole.NoRole))
            action.triggered.connect(partial(self._tell, command.id))
        action.setText(title_of(command, self._profile).replace("&", "&&"))
        if command.at_focus:
            keys = QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
            action.setText(f"{action.text()}\t{keys}")
        elif command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
        return action

    def _tell(self, command_id: str, _checked: bool = False) -> None:
        self.triggered_command.emit(command_id)
