"""Takes the customer from place to place and remembers the way."""

from PySide6.QtCore import QObject, Signal

from supportdesk.app.navigation import HOME, Crumb, History, crumbs
from supportdesk.app.screens import Route, name_of
from supportdesk.domain.profile import Profile
from supportdesk.ui.screen import Screen, ScreenContext
from supportdesk.ui.shell.screen_stack import ScreenStack


class Navigator(QObject):
    """`moved` carries the breadcrumb; a screen may keep the customer by `may_leave`."""

    moved = Signal(object)

    def __init__(self, stack: ScreenStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self._history = History()
        self._last = ""
        self._profile: Profile | None = None

    @property
    def current(self) -> Route:
        return self._history.current

    @property
    def can_go_forward(self) -> bool:
        return self._history.can_go_forward

    def begin(self, context: ScreenContext, route: Route = HOME) -> None:
        """Another account, or the same one with other rights: all screens are made anew."""
        self._profile = context.profile
        self._stack.begin(context)
        self._history.reset()
        self._history.visit(route)
        self._show(route)

    def go(self, route: Route) -> None:
        if self._may_leave(route):
            self._history.visit(route)
            self._show(route)

    def back(self) -> None:
        if self._history.current != HOME and self._may_leave(None):
            self._show(self._history.back())

    def forward(self) -> None:
        if self._history.can_go_forward and self._may_leave(None):
            self._show(self._history.forward())

    def crumb(self, text: str) -> None:
        if text != self._last:
            self._last = text
            self._tell()

    def retranslate(self) -> None:
        self._stack.retranslate()
        self._tell()

    def title(self) -> str:
        path = self._path()
        return path[-1].text if path else name_of(HOME.screen, self._profile)

    def _may_leave(self, to: Route | None) -> bool:
        shown: Screen | None = self._stack.shown
        stays = shown is not None and to is not None and to.screen == shown.objectName()
        return shown is None or stays or shown.may_leave()

    def _show(self, route: Route) -> None:
        self._last = ""
        self._stack.show_screen(route.screen, route.args)
        self._tell()

    def _tell(self) -> None:
        self.moved.emit(self._path())

    def _path(self) -> tuple[Crumb, ...]:
        return crumbs(self.current, self._last, self._profile)
