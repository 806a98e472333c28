"""What the first painted window needs, before the data folder is open."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from supportdesk.app.settings import LAST_ACCOUNT, LAST_VENDOR, Setting
from supportdesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from supportdesk.app.requests import Request
    from supportdesk.app.sign_in_state import SignInState

T = TypeVar("T", str, int, bool)


class Values(Protocol):
    """Settings, or what is known of them so far."""

    def get(self, setting: Setting[T]) -> T: ...


class FirstLook:
    """Read from the files of the data folder; of the settings what is damaged or missing is the default."""

    def __init__(self, folder: Path, request: "Request") -> None:
        self.folder = folder
        try:
            raw = json.loads((folder / "settings.json").read_text("utf-8"))
        except (OSError, ValueError):
            raw = {}  # told where the settings are loaded for good
        self._raw: dict[str, object] = raw if isinstance(raw, dict) else {}
        is_known = self.get(LAST_ACCOUNT) or request.get("demo")
        self.sign_in = None if is_known else self._sign_in()
        """None when somebody was signed in as the app ended, or a demo is asked for."""

    def get(self, setting: Setting[T]) -> T:
        try:
            return setting.checked(self._raw.get(setting.key, setting.default))
        except InvalidInput:
            return setting.default

    def _sign_in(self) -> "SignInState":
        from supportdesk.app.sign_in_state import first_state
        from supportdesk.app.vendors import Vendors
        from supportdesk.domain.demo_names import DEMO_NAMES

        vendors, last = Vendors(self.folder / "profiles"), self.get(LAST_VENDOR)
        is_tried = last in DEMO_NAMES and bool(vendors.added())  # a vendor of one's own comes first
        return first_state(vendors, "" if is_tried else last)
