"""Every setting, declared once: the settings pane and the file on disk are drawn from it."""

import json
import logging
import os
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import N_, _

if TYPE_CHECKING:
    from supportdesk.lanes import Lane

T = TypeVar("T", str, int, bool)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Setting(Generic[T]):
    """`choices` are (value, marked label) pairs in the order of display; empty: free."""

    key: str
    default: T
    pane: str
    label: str
    hint: str = ""
    choices: tuple[tuple[T, str], ...] = ()
    hidden: bool = False
    """Kept by the app for itself (geometry, saved views), not shown in the pane."""

    def checked(self, value: object) -> T:
        """The value if it fits type and choices; else InvalidInput."""
        if type(value) is not type(self.default):
            raise InvalidInput(
                _("The setting {key} has the wrong type.").format(key=self.key), field=self.key
            )
        if self.choices and value not in [choice for choice, _label in self.choices]:
            raise InvalidInput(_("The setting {key} has no such value.").format(key=self.key), field=self.key)
        return value


THEME = Setting(
    "appearance.theme",
    "system",
    "appearance",
    N_("Theme"),
    choices=(
        ("system", N_("Like the system")),
        ("light", N_("Light")),
        ("dark", N_("Dark")),
        ("high-contrast", N_("High contrast")),
    ),
)
TEXT_PERCENT = Setting(
    "appearance.text_percent",
    100,
    "appearance",
    N_("Text size"),
    N_("Added to the text size of your system"),
    choices=((100, "100 %"), (115, "115 %"), (130, "130 %"), (150, "150 %"), (175, "175 %"), (200, "200 %")),
)
DENSITY = Setting(
    "appearance.density",
    "comfortable",
    "appearance",
    N_("Row height in lists"),
    N_("Compact shows about a third more tickets"),
    choices=(("comfortable", N_("Comfortable")), ("compact", N_("Compact"))),
)
ORDERS_PER_PAGE = Setting(
    "appearance.orders_per_page",
    0,
    "appearance",
    N_("Orders per page"),
    N_("Where the vendor takes orders"),
    choices=((0, N_("Endless")), (25, "25"), (50, "50"), (100, "100")),
)
FEWER_MOVEMENTS = Setting(
    "appearance.fewer_movements",
    False,
    "appearance",
    N_("Fewer movements"),
    N_("Follows the system until you change it"),
)
TINT_TRAY = Setting(
    "appearance.tint_tray",
    True,
    "appearance",
    N_("Tint the tray icon with the colour of the vendor"),
    N_("Helps when you use several portals"),
)
LANGUAGE = Setting(
    "language.language",
    "system",
    "language",
    N_("Language"),
    choices=(("system", N_("Like the system")), ("en", "English"), ("de", "Deutsch"), ("sv", "Svenska")),
)
NOTIFY_ANSWERS = Setting(
    "notifications.answers", True, "notifications", N_("Tell me when support has answered")
)
NOTIFY_NOTICES = Setting(
    "notifications.notices", True, "notifications", N_("Tell me about important information")
)
NOTIFY_DELIVERY = Setting(
    "notifications.delivery", True, "notifications", N_("Tell me when something waiting was sent")
)
TRAY_ICON = Setting(
    "notifications.tray_icon",
    True,
    "notifications",
    N_("Show SupportDesk beside the clock"),
    N_("One click there reports a problem"),
)
KEEP_RUNNING = Setting(
    "notifications.keep_running",
    False,
    "notifications",
    N_("Keep running when the window is closed"),
    N_("Answers are then noticed at once"),
)
CAPTURE_DELAY_S = Setting(
    "capture.delay_s",
    0,
    "capture",
    N_("Delay before a capture"),
    N_("Time to open a menu that should be in the picture"),
    choices=((0, N_("None")), (3, N_("3 seconds")), (5, N_("5 seconds")), (10, N_("10 seconds"))),
)
CAPTURE_MODE = Setting(
    "capture.mode",
    "region",
    "capture",
    N_("A capture begins with"),
    N_("You can change it while capturing"),
    choices=(
        ("region", N_("Region or window")),
        ("monitor", N_("This screen")),
        ("all", N_("All screens")),
    ),
)
CLIPBOARD_CLEAR_S = Setting(
    "privacy.clipboard_clear_s",
    60,
    "storage",
    N_("Clear a copied key from the clipboard"),
    N_("Only if nothing else was copied since"),
    choices=((30, N_("After 30 seconds")), (60, N_("After 60 seconds")), (300, N_("After 5 minutes"))),
)
DIAGNOSTICS_ATTACHED = Setting(
    "privacy.attach_diagnostics",
    True,
    "storage",
    N_("Offer system information with a report"),
    N_("You see it before it is sent, and can leave it out each time"),
)
WINDOW_GEOMETRY = Setting("window.geometry", "", "window", "", hidden=True)
SPLITTER_TICKETS = Setting("window.tickets_splitter", "", "window", "", hidden=True)
SPLITTER_READING = Setting("window.reading_splitter", "", "window", "", hidden=True)
SPLITTER_SUBSCRIPTIONS = Setting("window.subscriptions_splitter", "", "window", "", hidden=True)
SUBSCRIPTIONS_CLOSED = Setting("subscriptions.closed", "[]", "subscriptions", "", hidden=True)
TICKETS_AS_TABLE = Setting("tickets.as_table", False, "tickets", "", hidden=True)
TICKETS_COLUMNS = Setting("tickets.columns", "", "tickets", "", hidden=True)
SAVED_VIEWS = Setting("tickets.saved_views", "[]", "tickets", "", hidden=True)
LAST_ACCOUNT = Setting("accounts.last", "", "accounts", "", hidden=True)
LAST_VENDOR = Setting("accounts.last_vendor", "", "accounts", "", hidden=True)
LAST_COLOUR = Setting("accounts.last_colour", "", "accounts", "", hidden=True)

SETTINGS: tuple[Setting[Any], ...] = (
    THEME,
    TEXT_PERCENT,
    DENSITY,
    ORDERS_PER_PAGE,
    FEWER_MOVEMENTS,
    TINT_TRAY,
    LANGUAGE,
    NOTIFY_ANSWERS,
    NOTIFY_NOTICES,
    NOTIFY_DELIVERY,
    TRAY_ICON,
    KEEP_RUNNING,
    CAPTURE_DELAY_S,
    CAPTURE_MODE,
    CLIPBOARD_CLEAR_S,
    DIAGNOSTICS_ATTACHED,
    WINDOW_GEOMETRY,
    SPLITTER_TICKETS,
    SPLITTER_READING,
    SPLITTER_SUBSCRIPTIONS,
    SUBSCRIPTIONS_CLOSED,
    TICKETS_AS_TABLE,
    TICKETS_COLUMNS,
    SAVED_VIEWS,
    LAST_ACCOUNT,
    LAST_VENDOR,
    LAST_COLOUR,
)


class Settings:
    """Values in memory, kept in one JSON file. Reading never blocks; saving happens on `lane`."""

    def __init__(self, file: Path, lane: "Lane") -> None:
        self._file = file
        self._lane = lane
        self._values: dict[str, object] = {}
        self._listeners: list[Callable[[Setting[Any]], None]] = []

    def load(self) -> str:
        """Reads the file (off the GUI thread). Returns '' or why the defaults are used instead.

        A value that does not fit any more falls back to its default; a damaged file is set aside.
        """
        try:
            raw = json.loads(self._file.read_text("utf-8"))
        except FileNotFoundError:
            return ""
        except (OSError, ValueError) as error:
            return self._set_aside(error)
        if not isinstance(raw, dict):
            return self._set_aside(ValueError("not a table"))
        known = {setting.key: setting for setting in SETTINGS}
        for key, value in raw.items():
            if key in known and _fits(known[key], value):
                self._values[key] = value
        return ""

    def get(self, setting: Setting[T]) -> T:
        return self._values.get(setting.key, setting.default)  # type: ignore[return-value]

    def set(self, setting: Setting[T], value: T) -> None:
        """Applies at once, tells the listeners, saves soon. Raises InvalidInput when it does not fit."""
        checked = setting.checked(value)
        if checked == self.get(setting):
            return
        self._values[setting.key] = checked
        snapshot = dict(self._values)
        self._lane.submit(lambda: self._save(snapshot)).add_done_callback(_log_trouble)
        for listener in tuple(self._listeners):
            listener(setting)

    def subscribe(self, listener: Callable[[Setting[Any]], None]) -> Callable[[], None]:
        """`listener` is called on the thread that sets; returns how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _save(self, values: dict[str, object]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as out:
            json.dump(values, out, indent=1, sort_keys=True)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self._file)

    def _set_aside(self, error: Exception) -> str:
        aside = self._file.with_suffix(".damaged")
        if self._file.exists():
            self._file.replace(aside)
        return _("The settings file could not be read and was set aside as {name}: {error}").format(
            name=aside.name, error=error
        )


def _log_trouble(saving: Future[None]) -> None:
    if not saving.cancelled() and (error := saving.exception()) is not None:
        log.error("the settings could not be saved and last until the program ends: %s", error)


def _fits(setting: Setting[Any], value: object) -> bool:
    try:
        setting.checked(value)
    except InvalidInput:
        return False
    return True
