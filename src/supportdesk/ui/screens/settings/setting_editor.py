"""The row that edits one declared setting, with the control its type asks for."""

from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.settings import Setting, Settings
from supportdesk.app.settings_panes import choices
from supportdesk.i18n import _
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.segmented import SegmentedChoice
from supportdesk.ui.widgets.setting_row import SettingRow
from supportdesk.ui.widgets.switch import Switch

_SIDE_BY_SIDE = 2


class SettingEditor(QObject):
    """Applies at once, and follows changes made elsewhere."""

    def __init__(self, settings: Settings, setting: Setting[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self._setting = setting
        self._control = self._make_control()
        self.row = SettingRow("", "", self._control)
        self._unsubscribe = settings.subscribe(self._changed)
        self.retranslate()

    def retranslate(self) -> None:
        self.row.set_texts(_(self._setting.label), _(self._setting.hint))
        if not isinstance(self._control, Switch):
            self._control.set_options([(str(value), label) for value, label in choices(self._setting)])
        self._show()

    def close(self) -> None:
        self._unsubscribe()

    def _make_control(self) -> Switch | SegmentedChoice | Combo:
        if isinstance(self._setting.default, bool):
            switch = Switch()
            switch.toggled.connect(self._toggled)
            return switch
        kind = SegmentedChoice if len(self._setting.choices) <= _SIDE_BY_SIDE else Combo
        control: SegmentedChoice | Combo = kind([])
        control.changed.connect(self._chosen)
        return control

    def _show(self) -> None:
        value = self._settings.get(self._setting)
        if isinstance(self._control, Switch):
            self._control.setChecked(bool(value))
        else:
            self._control.set_value(str(value))

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        self._settings.set(self._setting, on)

    @Slot(str)
    def _chosen(self, key: str) -> None:
        value = next(value for value, _label in self._setting.choices if str(value) == key)
        self._settings.set(self._setting, value)

    def _changed(self, setting: Setting[Any]) -> None:
        if setting is self._setting:
            self._show()
