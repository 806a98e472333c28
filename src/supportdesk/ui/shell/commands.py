"""What the entries of menu and palette do."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from supportdesk import i18n
from supportdesk.app.actions import route_of
from supportdesk.app.requests import CAPTURE
from supportdesk.app.workspace import Workspace
from supportdesk.i18n import _
from supportdesk.ui.shell.language import running
from supportdesk.ui.shell.text_editing import TextEditing

if TYPE_CHECKING:
    from supportdesk.ui.shell.main_window import MainWindow
    from supportdesk.ui.shell.palette import Palette
    from supportdesk.ui.shell.picture_taker import PictureTaker


class WindowCommands(QObject):
    """Palette and studio are loaded when they are first wanted, so that the window is there sooner."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._editing = TextEditing(running(), self)
        self._palette: Palette | None = None
        self._pictures: PictureTaker | None = None
        self._handlers: dict[str, Callable[[], None]] = {
            "capture": lambda: window.go(CAPTURE),
            "switch_account": window.top_bar.show_accounts,
            "add_account": window.add_account_requested.emit,
            "sign_out": window.sign_out_requested.emit,
            "close_window": self._close_window,
            "quit": window.quit_requested.emit,
            "find": self._find,
            "palette": self.open_palette,
            "back": window.back,
            "forward": window.navigator.forward,
            "refresh": self._refresh,
            "full_screen": self._toggle_full_screen,
            "work_offline": self._toggle_offline,
            "video_help": lambda: self._follow(window.open_video, "video_help"),
            "web_portal": lambda: self._follow(window.open_link, "web_portal"),
        }

    @property
    def _workspace(self) -> Workspace:
        """The menus stand empty until an account is shown, so whoever asks has one."""
        if self._window.workspace is None:
            message = "no account is shown"
            raise RuntimeError(message)
        return self._window.workspace

    @Slot(str)
    def perform(self, command_id: str) -> None:
        route = route_of(command_id)
        if route is not None:
            self._window.go(route)
        elif self._editing.offers(command_id):
            self._editing.perform(command_id)
        elif command_id in self._handlers:
            self._handlers[command_id]()
        else:
            self._perform_here(command_id)

    def _perform_here(self, command_id: str) -> None:
        """Unless the shown screen has just stopped offering it."""
        do = self._window.stack.offers().get(command_id)
        if do is not None:
            do()

    @Slot()
    def open_palette(self) -> None:
        if self._palette is None:
            from supportdesk.ui.shell.palette import Palette

            self._palette = Palette(self._window)
            self._palette.chosen.connect(self._window.go)
            self._palette.command_chosen.connect(self.perform)
            self._palette.account_chosen.connect(self._window.found_elsewhere)
        if self._window.place is not None:
            self._palette.begin(self._workspace, self._window.place, self._window.stack.offers().keys())

    def pictures(self) -> "PictureTaker":
        if self._pictures is None:
            from supportdesk.ui.shell.picture_taker import PictureTaker

            self._pictures = PictureTaker(
                self._window, self._workspace.settings, self._window.cameras, self._window.tell
            )
        return self._pictures

    def retranslate(self) -> None:
        if self._palette is not None:
            self._palette.retranslate()

    def end(self) -> None:
        if self._palette is not None:
            self._palette.end()
        if self._pictures is not None:
            self._pictures.close()

    def _close_window(self) -> None:
        self._window.close()

    def _find(self) -> None:
        if self._window.stack.shown is not None:
            self._window.stack.shown.focus_search()

    def _refresh(self) -> None:
        if self._workspace.sync.works_offline:
            self._window.toast(
                _("You work offline."), tone="info", action=_("Go online"), on_action=self._toggle_offline
            )
        self._workspace.sync.kick()
        if self._window.stack.shown is not None:
            self._window.stack.shown.refresh()

    def _toggle_full_screen(self) -> None:
        full = not self._window.isFullScreen()
        self._window.showFullScreen() if full else self._window.showNormal()
        self._window.menu_bar.set_checked("full_screen", full)

    def _toggle_offline(self) -> None:
        self._workspace.sync.go_offline(not self._workspace.sync.works_offline)
        self.show_offline()

    def show_offline(self) -> None:
        """The tick in the menu says what the engines do, whoever has asked them for it."""
        self._window.menu_bar.set_checked("work_offline", self._workspace.sync.works_offline)

    def _follow(self, go: Callable[[str], None], name: str) -> None:
        profile = self._window.place.profile if self._window.place else None
        if profile is not None:
            go(profile.text(getattr(profile.links, name), i18n.language()))
