"""What of the settings the first painted window needs, before the data folder is open."""

import json
from pathlib import Path
from typing import Protocol, TypeVar

from supportdesk.app.settings import LAST_ACCOUNT, Setting
from supportdesk.domain.errors import InvalidInput

T = TypeVar("T", str, int, bool)


class Values(Protocol):
    """Settings, or what is known of them so far."""

    def get(self, setting: Setting[T]) -> T: ...


class FirstLook:
    """Read from the settings file without keeping it; what is damaged or missing is the default."""

    def __init__(self, settings_file: Path) -> None:
        try:
            raw = json.loads(settings_file.read_text("utf-8"))
        except (OSError, ValueError):
            raw = {}  # told where the settings are loaded for good
        self._raw: dict[str, object] = raw if isinstance(raw, dict) else {}

    def get(self, setting: Setting[T]) -> T:
        try:
            return setting.checked(self._raw.get(setting.key, setting.default))
        except InvalidInput:
            return setting.default

    @property
    def has_account(self) -> bool:
        """Somebody was signed in when the app ended."""
        return bool(self.get(LAST_ACCOUNT))
