"""What a screen gets from the shell, and what the shell expects of a screen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.screens import Route
from supportdesk.app.workspace import Workspace
from supportdesk.domain.capabilities import Capabilities
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import Account
from supportdesk.ui.camera.cameras import Cameras

Offers = dict[str, Callable[[], object]]
"""What can be done now: the id of a command that is for the shown screen (`Command.here`), what does it."""


def offers(*asked: tuple[str, bool, Callable[[], object]]) -> Offers:
    """Those that can be done: id, whether it can, and what does it."""
    return {id: do for id, there, do in asked if there}


class Frame(Protocol):
    """The services of the window around a screen. All belong to the GUI thread."""

    def go(self, route: Route) -> None: ...

    def back(self) -> None: ...

    def toast(
        self,
        text: str,
        *,
        tone: str = "success",
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None: ...

    def announce(self, text: str) -> None:
        """Says `text` through the screen reader without showing it."""

    def open_link(self, url: str) -> None:
        """Opens an http, https or mailto address outside, after showing where it leads."""

    def open_video(self, video: str) -> None:
        """Plays outside what `domain.videos` knows as a video: an address as `open_link` does, a film that
        came with the profile in the system's player."""

    @property
    def cameras(self) -> Cameras: ...

    def capture(self, done: Callable[[bytes, str, int], None]) -> None:
        """Takes and marks a picture; `done` gets PNG bytes, a file name and how many areas were blacked
        out, or is not called at all."""

    def photograph(self, done: Callable[[bytes, str, int], None]) -> None:
        """As `capture`, with a camera; only while there is one."""

    def mark(self, png: bytes, name: str, done: Callable[[bytes, str, int], None]) -> None:
        """Opens a picture in the studio; `done` as for `capture`."""

    def crumb(self, text: str) -> None:
        """Sets the last part of the breadcrumb of the shown screen."""

    def sign_in(self) -> None:
        """Asks for the password of the shown account again."""

    def sign_out(self) -> None:
        """Leaves the shown account, after saying what that means for anything unsent."""


@dataclass(frozen=True)
class ScreenContext:
    workspace: Workspace
    frame: Frame
    account: Account
    profile: Profile
    capabilities: Capabilities


class Screen(QWidget):
    """Base of all screens: made at the first visit, kept for the account, destroyed with it.

    Subclasses call `_build`, `_connect`, `retranslate` at the end of their `__init__`, and emit
    `offers_changed` when `offers` may say something else.
    """

    offers_changed = Signal()

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._next_crumb = ""
        self._tell_soon = QTimer(self, singleShot=True, interval=0)
        self._tell_soon.timeout.connect(self._tell_crumb_now)

    def open(self, args: dict[str, str]) -> None:
        """Shown, with the arguments of its route; also when it is shown already."""

    def retranslate(self) -> None:
        """The language changed: set all texts again."""

    def offers(self) -> Offers:
        """What menu and palette can do with what is shown."""
        return {}

    def may_leave(self) -> bool:
        """Asked before another screen is shown; False keeps this one (it says why in place)."""
        return True

    def refresh(self) -> None:
        """F5. The engine is asked to synchronise by the shell; a screen only re-reads what it shows."""

    def focus_search(self) -> None:
        """Ctrl+F: puts the focus into the screen's own search field, if it has one."""

    def tell_crumb(self, text: str) -> None:
        """The last part of the breadcrumb, as long as it is this screen that is shown.

        In the next turn: a screen that gets narrow says so while Qt lays out the window, and the breadcrumb,
        filled meanwhile, would keep the place of what it was before.
        """
        self._next_crumb = text
        self._tell_soon.start()

    @Slot()
    def _tell_crumb_now(self) -> None:
        if self.isVisibleTo(self.window()):
            self.context.frame.crumb(self._next_crumb)

    def end(self) -> None:
        """The account signs out or the window closes: close presenters, save what is unsaved."""
