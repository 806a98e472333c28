"""Makes changed settings felt at once: look, language, tray."""

from typing import Any

from supportdesk.app.settings import (
    DENSITY,
    FEWER_MOVEMENTS,
    LANGUAGE,
    TEXT_PERCENT,
    THEME,
    TINT_TRAY,
    TRAY_ICON,
    Setting,
    Settings,
)
from supportdesk.domain.profile import Profile
from supportdesk.ui.shell.appearance import apply_appearance
from supportdesk.ui.shell.language import SpokenLanguage, running, speak
from supportdesk.ui.shell.tray import Tray
from supportdesk.ui.shell.vendor_icon import vendor_icon
from supportdesk.ui.theme import theme

_LOOK = (THEME, TEXT_PERCENT, DENSITY, FEWER_MOVEMENTS)


class SettingsInUse:
    """GUI thread; settings are only ever changed there while there is a window."""

    def __init__(self, settings: Settings, tray: Tray, spoken: SpokenLanguage) -> None:
        self._settings = settings
        self._tray = tray
        self._spoken = spoken
        self._vendor: Profile | None = None
        self._unsubscribe = settings.subscribe(self._changed)
        theme().changed.connect(self._tint)
        self._show_tray()

    def show_vendor(self, profile: Profile) -> None:
        self._vendor = profile
        self._tint()

    def close(self) -> None:
        self._unsubscribe()
        theme().changed.disconnect(self._tint)

    def _changed(self, setting: Setting[Any]) -> None:
        if setting in _LOOK:
            apply_appearance(self._settings, changed=setting is FEWER_MOVEMENTS)
        elif setting is LANGUAGE:
            speak(self._settings, self._spoken)
            self._tray.retranslate()
        elif setting is TRAY_ICON:
            self._show_tray()
        elif setting is TINT_TRAY:
            self._tint()

    def _show_tray(self) -> None:
        self._tray.set_shown(self._settings.get(TRAY_ICON))
        self._tint()

    def _tint(self) -> None:
        running().setWindowIcon(vendor_icon(self._vendor))
        self._tray.set_look(self._vendor, tinted=self._settings.get(TINT_TRAY))
