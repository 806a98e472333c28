"""Which window is shown: the sign-in, or the main window of the account in use."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from supportdesk.app.accounts import SignedIn
from supportdesk.app.documents_ahead import DocumentsAhead
from supportdesk.app.first_look import FirstLook
from supportdesk.app.navigation import HOME
from supportdesk.app.notifications import Notifications
from supportdesk.app.requests import (
    Destination,
    Request,
    account_to_fetch,
    destination,
    mailed_code,
    prefill_of,
    vendor_of,
)
from supportdesk.app.screens import Route
from supportdesk.app.settings import KEEP_RUNNING
from supportdesk.app.shell import Opened, Phase, Place, ShellPresenter, ShellState
from supportdesk.domain.errors import InvalidInput, NotFound, SupportDeskError
from supportdesk.i18n import _
from supportdesk.ui.camera.cameras import Cameras
from supportdesk.ui.shell.day_turn import DayTurn
from supportdesk.ui.shell.entrance import Entrance
from supportdesk.ui.shell.farewell import Farewell
from supportdesk.ui.shell.language import SpokenLanguage
from supportdesk.ui.shell.main_window import MainWindow
from supportdesk.ui.shell.onlooker import Onlooker
from supportdesk.ui.shell.settings_in_use import SettingsInUse
from supportdesk.ui.shell.tray import Tray
from supportdesk.ui.shell.tray_actions import TrayActions

_FETCH_S = 20.0


class Stage(QObject):
    """GUI thread. Begins with what the last start left behind, goes on with what the data folder says."""

    open_again = Signal()

    def __init__(
        self,
        first_look: FirstLook,
        entrance: Entrance,
        spoken: SpokenLanguage,
        cameras: Cameras,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._first_look = first_look
        self._spoken = spoken
        self._cameras = cameras
        self._opened: Opened | None = None
        self.shell: ShellPresenter | None = None
        self._settings: SettingsInUse | None = None
        self._notifications: Notifications | None = None
        self._ahead: DocumentsAhead | None = None
        self._onlooker: Onlooker | None = None
        self._day_turn = DayTurn(self)
        self._waiting: list[Request] = []
        self._route = HOME
        self.shown: Place | None = None
        self.window: MainWindow | None = None
        self.entrance = entrance
        self._tray = Tray(self)
        self._tray_actions = TrayActions(self._tray, self)
        self._connect()

    def show_window(self) -> MainWindow:
        """Something to look at before the data folder is open, where somebody was signed in the last time."""
        window = self._make_window()
        window.show()
        return window

    def begin(self, opened: Opened) -> None:
        self._opened = opened
        self.entrance.begin(opened)
        self._settings = SettingsInUse(opened.workspace.settings, self._tray, self._spoken)
        self._notifications = Notifications(opened.workspace, self._tray.tell)
        self._ahead = DocumentsAhead(opened.workspace)
        self._onlooker = Onlooker(opened.workspace.sync.attend, self._is_in_sight, self)
        self.shell = ShellPresenter(opened.workspace, opened.accounts)
        self.shell.show_to(self._render)
        demo = next((str(request["demo"]) for request in self._waiting if request.get("demo")), "")
        if demo and self.window is not None:
            self.window.start_page.wait(_("The demo is being prepared …"))
        self.shell.start(demo)

    def fail(self, error: SupportDeskError) -> None:
        """There is no account to show because of `error`."""
        self.entrance.drop()
        window = self._make_window()
        window.top_bar.show_ways(False)
        window.start_page.fail(error)
        window.show()

    def tell(self, error: SupportDeskError) -> None:
        if self.window is not None and self.window.isVisible():
            self.window.tell(error)

    def end(self) -> None:
        """Screens save what is unsaved; nothing is shown any more."""
        self._day_turn.close()
        for part in (self._settings, self._notifications, self._ahead, self._onlooker, self.shell):
            if part is not None:
                part.close()
        self.entrance.drop()
        self._drop_window()
        self._tray.set_shown(False)

    # What the accounts say

    def _render(self, state: ShellState) -> None:
        if state.phase is Phase.SIGN_IN:
            self.shown = None
            self._drop_window()
            self.entrance.ask(None)
            self._take_waiting_codes()
            self._hand_over_waiting()
        elif state.place is not None:
            self._show(state, state.place)
            if state.error is not None:
                self.tell(state.error)
        elif state.error is not None:
            self.fail(state.error)

    def _show(self, state: ShellState, place: Place) -> None:
        window = self._make_window()
        window.top_bar.menu.set_accounts(state.accounts, place)
        if place == self.shown or self._opened is None:
            return
        same_person = self.shown is not None and self.shown.account.id == place.account.id
        route = window.navigator.current if same_person else self._route
        self.shown, self._route = place, HOME
        self.entrance.drop()
        window.show_place(self._opened.workspace, place, route)
        window.show()
        if self._settings is not None:
            self._settings.show_vendor(place.profile)
        waiting, self._waiting = self._waiting, []
        for request in waiting:
            self.handle(request)

    # Requests

    def handle(self, request: Request) -> None:
        """Waits until somebody is signed in."""
        shell = self.shell
        if mailed_code(request) and shell is not None and shell.state.phase is not Phase.STARTING:
            self.entrance.take_code(self.window, mailed_code(request), vendor_of(request))
            self.bring_to_front()
            return
        if shell is None or self.shown is None:
            self._waiting.append(request)
            self._hand_over_waiting()
            self.bring_to_front()
            return
        self._find(shell, request, partial(self._fetch, shell, request))

    def _find(
        self, shell: ShellPresenter, request: Request, failed: Callable[[SupportDeskError], None]
    ) -> None:
        shell.jobs.start(
            self,
            f"request {id(request)}",
            lambda: shell.workspace.read(lambda reader: destination(reader, request)),
            lambda found: self._lead(shell, found, request),
            failed,
        )

    def _fetch(self, shell: ShellPresenter, request: Request, error: SupportDeskError) -> None:
        """What is not here is perhaps only new: it is looked for again once all has been fetched."""
        asked = account_to_fetch(shell.state, request) if isinstance(error, NotFound) else ""
        if not asked:
            self._refuse(error)
            return
        self.bring_to_front()
        key = f"fetch {id(request)}"

        def refuse(_error: SupportDeskError) -> None:
            self._refuse(error)

        def fetch(_accounts: object) -> None:
            shell.jobs.start(
                self,
                key,
                lambda: shell.workspace.sync.once(asked, _FETCH_S),
                lambda _state: self._find(shell, request, self._refuse),
                refuse,
            )

        shell.jobs.start(self, key, lambda: shell.restored, fetch, refuse)

    def _take_waiting_codes(self) -> None:
        """Nobody has to sign in before they can use the code with which they get in."""
        waiting = [request for request in self._waiting if mailed_code(request)]
        self._waiting = [request for request in self._waiting if request not in waiting]
        for request in waiting:
            self.handle(request)

    def _hand_over_waiting(self) -> None:
        """The newest report that waits for somebody to sign in can also be sent without."""
        newest = next((each for each in reversed(self._waiting) if each.get("do") == "new"), None)
        if newest is None:
            return
        try:
            self.entrance.hand_over(prefill_of(newest), partial(self._reported, newest))
        except InvalidInput as error:
            self.tell(error)

    def _reported(self, request: Request) -> None:
        """Without signing in: no draft of it is left for whoever signs in next."""
        self._waiting = [each for each in self._waiting if each is not request]
        self._hand_over_waiting()

    def _lead(self, shell: ShellPresenter, found: Destination, request: Request) -> None:
        self.bring_to_front()
        if not found.vendor:
            self.go_to(found.account, found.route)
            return
        self._waiting.append(request)
        if request.get("demo"):
            shell.start_demo(found.vendor)
        else:
            self.entrance.ask(self.window, found.vendor)

    def _refuse(self, error: SupportDeskError) -> None:
        self.bring_to_front()
        self.tell(error)

    @Slot(str, object)
    def go_to(self, account_id: str | None, route: Route | None) -> None:
        """`account_id` None stays with the one that is shown; `route` None stays where it is."""
        if self.shell and account_id and self.shown and account_id != self.shown.account.id:
            self._route = route or HOME
            self.shell.switch(account_id)
        elif route is not None and self.window is not None:
            self.window.go(route)

    # Windows

    def _connect(self) -> None:
        self.entrance.signed_in.connect(self._signed_in)
        self.entrance.dismissed.connect(self._dismissed)
        self._tray.show_requested.connect(self.bring_to_front)
        self._tray.quit_requested.connect(QApplication.quit)

    def _make_window(self) -> MainWindow:
        if self.window is not None:
            return self.window
        window = MainWindow(self._first_look, self._cameras)
        connections: tuple[tuple[object, Callable[..., object]], ...] = (
            (window.switch_requested, self._switch),
            (window.elsewhere_requested, self.go_to),
            (window.add_account_requested, self._add_account),
            (window.sign_in_requested, self._sign_in_again),
            (window.sign_out_requested, self._sign_out),
            (window.quit_requested, QApplication.quit),
            (window.closed, self._window_closed),
            (window.start_page.again_requested, self._open_again),
            (window.start_page.quit_requested, QApplication.quit),
        )
        for signal, slot in connections:
            signal.connect(slot)  # type: ignore[attr-defined]
        window.start_page.wait()
        self.window = window
        return window

    def _drop_window(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            window.end()
            window.hide()
            window.deleteLater()

    def _is_in_sight(self) -> bool:
        return self.window is not None and self.window.isVisible() and not self.window.isMinimized()

    @Slot()
    def bring_to_front(self) -> None:
        if self.window is not None:
            self.window.bring_to_front()
        elif self.entrance.dialog is not None:
            self.entrance.dialog.raise_()
            self.entrance.dialog.activateWindow()

    @Slot()
    def _window_closed(self) -> None:
        keep = self._opened is not None and self._opened.workspace.settings.get(KEEP_RUNNING)
        if not (keep and self._tray.is_shown):
            QApplication.quit()

    @Slot()
    def _dismissed(self) -> None:
        if self.window is None:
            QApplication.quit()
        else:
            self.window.show_colour()

    @Slot()
    def _open_again(self) -> None:
        if self.window is not None:
            self.window.start_page.wait()
        if self.shell is None:
            self.open_again.emit()
        else:
            self.shell.start()

    # Accounts

    @Slot(object)
    def _signed_in(self, signed_in: SignedIn) -> None:
        if self.shell is not None:
            self.shell.signed_in(signed_in.account)
        if signed_in.note and self.window is not None:
            self.window.toast(signed_in.note, tone="warning")

    @Slot(str)
    def _switch(self, account_id: str) -> None:
        self.go_to(account_id, HOME)

    @Slot()
    def _add_account(self) -> None:
        self.entrance.ask(self.window, "")

    @Slot()
    def _sign_in_again(self) -> None:
        if self.window is not None and self.shown is not None:
            self.entrance.ask_again(self.window, self.shown)

    @Slot()
    def _sign_out(self) -> None:
        if self.shell and self.window and self.shown:
            Farewell(self.shell, self.window.question, self.window.leave, self._stay, self.tell).ask(
                self.shown
            )

    def _stay(self) -> None:
        """Logging out failed: what was shown comes back."""
        place, self.shown = self.shown, None
        if self.shell is not None and place is not None:
            self._show(self.shell.state, place)
