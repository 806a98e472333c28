"""The settings: panes at the leading side, made when they are first shown."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QStackedWidget, QWidget

from supportdesk.app.settings_panes import PANES, Pane, pane
from supportdesk.domain.capabilities import Capability
from supportdesk.i18n import _
from supportdesk.ui.screen import Screen, ScreenContext
from supportdesk.ui.screens.settings.about_pane import AboutPane
from supportdesk.ui.screens.settings.account_pane import AccountPane
from supportdesk.ui.screens.settings.appearance_pane import AppearancePane
from supportdesk.ui.screens.settings.declared_pane import DeclaredPane
from supportdesk.ui.screens.settings.diagnostics_pane import DiagnosticsPane
from supportdesk.ui.screens.settings.language_pane import LanguagePane
from supportdesk.ui.screens.settings.pane import SettingsPane
from supportdesk.ui.screens.settings.shortcuts_pane import ShortcutsPane
from supportdesk.ui.screens.settings.storage_pane import StoragePane
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.nav_button import NavButton
from supportdesk.ui.widgets.page_layout import page_margin

_SIDE, _WIDE_FROM = 256, 800


class SettingsScreen(Screen):
    """`pane` in the route chooses one; without it the one shown last stays."""

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        settings, workspace = context.workspace.settings, context.workspace
        takes_orders = Capability.ORDERS in context.capabilities
        self._factories: dict[str, Callable[[Pane], SettingsPane]] = {
            "account": lambda each: AccountPane(each, context),
            "appearance": lambda each: AppearancePane(each, settings, with_orders=takes_orders),
            "language": lambda each: LanguagePane(each, settings),
            "notifications": lambda each: DeclaredPane(each, settings),
            "capture": lambda each: DeclaredPane(each, settings),
            "shortcuts": lambda each: ShortcutsPane(each, context),
            "storage": lambda each: StoragePane(each, workspace),
            "diagnostics": lambda each: DiagnosticsPane(each, context),
            "about": AboutPane,
        }
        self._panes: dict[str, SettingsPane] = {}
        self._shown = PANES[0].id
        self._build()
        self._connect()
        self.retranslate()

    def open(self, args: dict[str, str]) -> None:
        self._show(pane(args.get("pane", self._shown)).id)
        chooser = self._choice if self._side.isHidden() else self._buttons[self._shown]
        chooser.setFocus(Qt.FocusReason.OtherFocusReason)
        self._panes[self._shown].show_part(args.get("part", ""))

    def refresh(self) -> None:
        self._panes[self._shown].opened()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Settings"))
        self._side.setAccessibleName(_("Settings"))
        for each in PANES:
            self._buttons[each.id].setText(_(each.title))
            self._buttons[each.id].setAccessibleName(_(each.title))
        self._choice.set_options([(each.id, _(each.title)) for each in PANES])
        self._choice.setAccessibleName(_("Settings"))
        self._choice.set_value(self._shown)
        for shown in self._panes.values():
            shown.retranslate()
        self._fit()

    def end(self) -> None:
        for shown in self._panes.values():
            shown.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _build(self) -> None:
        space = theme().space
        self._side = QFrame()
        entries = column(self._side, gap=2, margins=(20, space.xl, space.l, space.xl))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, NavButton] = {}
        for each in PANES:
            entry = NavButton(icon=each.icon)
            self._group.addButton(entry)
            self._buttons[each.id] = entry
            entries.addWidget(entry)
        entries.addStretch(1)
        self._line = Divider(Qt.Orientation.Vertical)
        self._choice = Combo()
        self._top = QWidget()
        above = column(self._top)
        self._choice_line = row()
        self._choice_line.addWidget(self._choice, 1)
        above.addLayout(self._choice_line)
        above.addWidget(Divider())
        self._stack = QStackedWidget()
        content = column()
        content.addWidget(self._top)
        content.addWidget(self._stack, 1)
        sides = row(self)
        sides.addWidget(self._side)
        sides.addWidget(self._line)
        sides.addLayout(content, 1)

    def _connect(self) -> None:
        for pane_id, entry in self._buttons.items():
            entry.toggled.connect(partial(self._toggled, pane_id))
        self._choice.changed.connect(self._show)
        theme().changed.connect(self._fit)

    @Slot()
    def _fit(self) -> None:
        """Without room for the side, the panes are chosen from a list above."""
        wide = self.width() >= theme().scaled(_WIDE_FROM)
        self._side.setVisible(wide)
        self._line.setVisible(wide)
        self._top.setVisible(not wide)
        margin, space = page_margin(self.width()), theme().space
        self._choice_line.setContentsMargins(margin, space.l, margin, space.l)
        self._side.setFixedWidth(max(theme().scaled(_SIDE), self._side.minimumSizeHint().width()))

    def _toggled(self, pane_id: str, on: bool) -> None:
        if on:
            self._show(pane_id)

    @Slot(str)
    def _show(self, pane_id: str) -> None:
        self._shown = pane_id
        if pane_id not in self._panes:
            made = self._factories[pane_id](pane(pane_id))
            self._panes[pane_id] = made
            self._stack.addWidget(made)
        self._buttons[pane_id].setChecked(True)
        self._choice.set_value(pane_id)
        self._stack.setCurrentWidget(self._panes[pane_id])
        self._panes[pane_id].opened()
