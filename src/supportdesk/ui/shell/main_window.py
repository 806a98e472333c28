"""The window of one signed-in account: menu, top bar, the screen, and what lies over it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDesktopServices, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from supportdesk.app import markup
from supportdesk.app.actions import commands
from supportdesk.app.connection import ConnectionPresenter, ConnectionState
from supportdesk.app.first_look import Values
from supportdesk.app.navigation import HOME, Crumb
from supportdesk.app.screens import Route
from supportdesk.app.settings import WINDOW_GEOMETRY
from supportdesk.app.shell import Place
from supportdesk.app.workspace import Workspace
from supportdesk.domain import videos
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Link
from supportdesk.i18n import _, pgettext
from supportdesk.ui.camera.cameras import Cameras
from supportdesk.ui.screen import ScreenContext
from supportdesk.ui.shell import geometry
from supportdesk.ui.shell.commands import WindowCommands
from supportdesk.ui.shell.focus_heir import FocusHeir
from supportdesk.ui.shell.menu_bar import CommandMenuBar
from supportdesk.ui.shell.navigator import Navigator
from supportdesk.ui.shell.question import Question
from supportdesk.ui.shell.screen_stack import ScreenStack
from supportdesk.ui.shell.start_page import StartPage
from supportdesk.ui.shell.top_bar import TopBar
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import announce
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.toast import ToastHost


class MainWindow(QMainWindow):
    """Is the `Frame` of its screens. What concerns accounts is for the application to do."""

    switch_requested = Signal(str)
    elsewhere_requested = Signal(str, object)
    """An account and the place to show there."""
    add_account_requested = Signal()
    sign_in_requested = Signal()
    sign_out_requested = Signal()
    quit_requested = Signal()
    closed = Signal()

    def __init__(self, values: Values, cameras: Cameras) -> None:
        """Can be shown before the data folder is open; `values` are the settings as far as they are known."""
        super().__init__()
        self.cameras = cameras
        self.workspace: Workspace | None = None
        self.place: Place | None = None
        self._connection: ConnectionPresenter | None = None
        self._build()
        self._connect()
        theme().dress(self)
        geometry.restore(self, values.get(WINDOW_GEOMETRY))

    def show_place(self, workspace: Workspace, place: Place, route: Route = HOME) -> None:
        """Makes the screens of this account and shows one of them."""
        self.workspace, self.place = workspace, place
        self.show_colour()
        self.top_bar.set_place(place)
        self.menu_bar.set_commands(commands(place.capabilities, place.profile), place.profile)
        if self._connection is not None:
            self._connection.close()
        self._connection = ConnectionPresenter(workspace, place.account.id)
        self._connection.show_to(self._show_connection)
        context = ScreenContext(workspace, self, place.account, place.profile, place.capabilities)
        self.setEnabled(True)
        self.navigator.begin(context, route)
        self._pages.setCurrentWidget(self.stack)

    def show_colour(self) -> None:
        """The vendor's: the sign-in may have shown another one's over this window."""
        if self.place is not None:
            theme().apply(accent=self.place.profile.brand_colour)

    # What screens may ask (Frame)

    @Slot(object)
    def go(self, route: Route) -> None:
        self.navigator.go(route)

    @Slot()
    def back(self) -> None:
        self.navigator.back()

    def toast(
        self,
        text: str,
        *,
        tone: str = "success",
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        shown = self._toasts.show_toast(text, tone=tone, action=action)
        if on_action is not None:
            shown.acted.connect(on_action)

    def announce(self, text: str) -> None:
        announce(self, text)

    def open_link(self, url: str) -> None:
        if not markup.is_safe_link(url):
            return
        target = QUrl(url)
        self.question.ask(
            _("Open this outside SupportDesk?"),
            target.host() or target.path(),
            detail=target.toDisplayString(),
            yes=pgettext("verb", "Open"),
            no=_("Stay here"),
            icon="external-link",
            then=lambda: QDesktopServices.openUrl(target),
        )

    def open_video(self, video: str) -> None:
        workspace, place = self.workspace, self.place
        if videos.host(video):
            self.open_link(video)
        elif workspace is not None and place is not None:
            profile_id = place.profile.id
            workspace.jobs.start(
                self,
                "film",
                lambda: workspace.cpu.submit(lambda: workspace.vendors.film(profile_id, video)),
                self._play,
            )

    def _play(self, film: Path | None) -> None:
        if film is None or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(film))):
            self.toast(_("The video could not be opened."), tone="danger")

    def capture(self, done: Callable[[bytes, str, int], None]) -> None:
        self.commands.pictures().take(done)

    def photograph(self, done: Callable[[bytes, str, int], None]) -> None:
        self.commands.pictures().photograph(done)

    def mark(self, png: bytes, name: str, done: Callable[[bytes, str, int], None]) -> None:
        self.commands.pictures().mark(png, name, done)

    def crumb(self, text: str) -> None:
        self.navigator.crumb(text)

    def sign_in(self) -> None:
        self.sign_in_requested.emit()

    def sign_out(self) -> None:
        self.sign_out_requested.emit()

    # The window

    @Slot(str, object)
    def found_elsewhere(self, account_id: str, route: Route) -> None:
        self.elsewhere_requested.emit(account_id, route)

    def tell(self, error: SupportDeskError) -> None:
        """A failure that no screen can show in place. Only its words are kept, not the error."""
        from supportdesk.app import failure  # like all that a start without failures can do without

        details = failure.details_of(error)
        self.toast(
            f"{error} {error.next_step}",
            tone="danger",
            action=_("Copy details"),
            on_action=lambda: self._copy_details(details),
        )

    def bring_to_front(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.workspace is not None:
            settings = self.workspace.settings
            settings.set(WINDOW_GEOMETRY, geometry.remembered(self, settings.get(WINDOW_GEOMETRY)))
        event.accept()
        self.closed.emit()

    def leave(self) -> None:
        """What is shown goes before its data does; there is nothing to do until `show_place`."""
        self.end()
        self.setEnabled(False)
        self.start_page.wait()
        self._pages.setCurrentWidget(self.start_page)

    def end(self) -> None:
        """The account leaves or the app ends: screens save what is unsaved."""
        if self._connection is not None:
            self._connection.close()
        self.commands.end()
        self.stack.end()

    def _build(self) -> None:
        self.setMinimumSize(geometry.MINIMUM_SIZE)
        self.menu_bar = CommandMenuBar()
        self.setMenuBar(self.menu_bar)
        self.top_bar = TopBar()
        self.stack = ScreenStack()
        self._heir = FocusHeir(self.stack)
        self.navigator = Navigator(self.stack, self)
        page = QWidget()
        lines = column(page)
        lines.addWidget(self.top_bar)
        self.start_page = StartPage()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self.stack)
        lines.addWidget(self._pages, 1)
        self.setCentralWidget(page)
        self._toasts = ToastHost(self)
        self.question = Question(self)
        self.commands = WindowCommands(self)

    def _connect(self) -> None:
        bar = self.top_bar
        bar.back_requested.connect(self.back)
        bar.route_requested.connect(self.go)
        bar.search_requested.connect(self.commands.open_palette)
        bar.connection_requested.connect(self._mend_connection)
        bar.menu.switch_requested.connect(self.switch_requested)
        bar.menu.part_requested.connect(self._show_account)
        bar.menu.add_requested.connect(self.add_account_requested)
        bar.menu.sign_out_requested.connect(self.sign_out_requested)
        self.navigator.moved.connect(self._moved)
        self.stack.offers_changed.connect(self._show_offers)
        self.menu_bar.triggered_command.connect(self.commands.perform)

    @Slot()
    def _show_offers(self) -> None:
        self.menu_bar.set_here(self.stack.offers().keys())

    def _copy_details(self, details: str) -> None:
        QGuiApplication.clipboard().setText(details)
        self.toast(_("Copied. Paste it where support asked for it."))

    def _show_connection(self, state: ConnectionState) -> None:
        self.top_bar.set_connection(state)
        self.commands.show_offline()

    @Slot()
    def _mend_connection(self) -> None:
        """As the top bar names it: signing in again, else the delivery log with all there is to know."""
        if self._connection is not None and self._connection.state.link is Link.SIGN_IN_NEEDED:
            self.sign_in()
        else:
            self.go(Route("outbox"))

    @Slot(str)
    def _show_account(self, part: str) -> None:
        self.go(Route("settings", {"pane": "account", "part": part}))

    @Slot(object)
    def _moved(self, crumbs: tuple[Crumb, ...]) -> None:
        self.top_bar.set_crumbs(crumbs)
        vendor = self.place.profile.short_name if self.place else ""
        self.setWindowTitle(f"{self.navigator.title()} · {vendor}")
        self.menu_bar.set_enabled("back", bool(crumbs))
        self.menu_bar.set_enabled("forward", self.navigator.can_go_forward)
        if crumbs:
            self.announce(_("{page} is shown").format(page=crumbs[-1].text))

    def _retranslate(self) -> None:
        self.menu_bar.retranslate()
        self.top_bar.retranslate()
        self.start_page.retranslate()
        self.commands.retranslate()
        if self.place is not None:
            self.navigator.retranslate()
