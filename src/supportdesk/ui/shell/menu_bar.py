"""The application menu, drawn from the one list of commands."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget
from shiboken6 import isValid

from supportdesk.app.actions import Command, Menu, menu_title
from supportdesk.i18n import _

_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "go:settings": QAction.MenuRole.PreferencesRole,
    "about": QAction.MenuRole.AboutRole,
}


class CommandMenuBar(QMenuBar):
    """Shortcuts of entries work in the whole window, except those that every text field has of its own:
    claimed here too, they would be ambiguous to Qt and nobody would get them."""

    triggered_command = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._commands: tuple[Command, ...] = ()
        self._actions: dict[str, QAction] = {}
        self._menus: list[QMenu] = []
        self._dropped: list[tuple[list[QMenu], dict[str, QAction]]] = []
        self.setAccessibleName(_("Menu"))

    def set_commands(self, commands: tuple[Command, ...]) -> None:
        self._commands = commands
        checked = {name for name, action in self._actions.items() if action.isChecked()}
        self._drop_menus()
        for menu in Menu:
            self._add_menu(menu, [each for each in commands if each.menu is menu])
        for name in checked & set(self._actions):
            self._actions[name].setChecked(True)

    def retranslate(self) -> None:
        self.setAccessibleName(_("Menu"))
        self.set_commands(self._commands)

    def set_enabled(self, command_id: str, enabled: bool) -> None:
        if command_id in self._actions:
            self._actions[command_id].setEnabled(enabled)

    def set_checked(self, command_id: str, checked: bool) -> None:
        if command_id in self._actions:
            self._actions[command_id].setChecked(checked)

    def _drop_menus(self) -> None:
        """Taken out of the bar a menu lives on, with its entries and their shortcuts.

        Python has to know menu and entries until Qt has deleted them: an entry that only Qt knows by then is
        freed twice, and the process dies.
        """
        self.clear()
        for menu in self._menus:
            menu.deleteLater()
        self._dropped = [each for each in self._dropped if any(map(isValid, each[0]))]
        self._dropped.append((self._menus, self._actions))
        self._menus, self._actions = [], {}

    def _add_menu(self, menu: Menu, entries: list[Command]) -> None:
        if not entries:
            return
        shown: QMenu = self.addMenu(menu_title(menu))
        self._menus.append(shown)
        for before, entry in zip([None, *entries], entries, strict=False):
            if before is not None and before.group != entry.group:
                shown.addSeparator()
            shown.addAction(self._action(entry, shown))

    def _action(self, command: Command, owner: QMenu) -> QAction:
        action = QAction(_(command.title).replace("&", "&&"), owner)
        action.setCheckable(command.checkable)
        action.setMenuRole(_ROLES.get(command.id, QAction.MenuRole.NoRole))
        if command.menu is Menu.EDIT and command.group < 3:
            keys = QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
            action.setText(f"{action.text()}\t{keys}")
        elif command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
        action.triggered.connect(partial(self._tell, command.id))
        self._actions[command.id] = action
        return action

    def _tell(self, command_id: str, _checked: bool = False) -> None:
        self.triggered_command.emit(command_id)
