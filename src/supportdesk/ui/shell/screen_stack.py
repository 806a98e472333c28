"""The screens of one account: made at the first visit, kept until the account leaves."""

from importlib import import_module

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.screens import BY_ID
from supportdesk.ui.screen import Offers, Screen, ScreenContext


class ScreenStack(QStackedWidget):
    offers_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: ScreenContext | None = None
        self._screens: dict[str, Screen] = {}

    @property
    def shown(self) -> Screen | None:
        widget = self.currentWidget()
        return widget if isinstance(widget, Screen) else None

    def offers(self) -> Offers:
        """Of the shown screen."""
        return self.shown.offers() if self.shown is not None else {}

    def begin(self, context: ScreenContext) -> None:
        """Ends the screens of the account before."""
        self.end()
        self._context = context

    def show_screen(self, screen_id: str, args: dict[str, str]) -> Screen:
        screen = self._screens.get(screen_id) or self._make(screen_id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt tabs on from what is hidden, and rings it
        self.setCurrentWidget(screen)
        screen.open(args)
        self.offers_changed.emit()
        return screen

    def retranslate(self) -> None:
        for screen in self._screens.values():
            screen.retranslate()

    def end(self) -> None:
        for screen in self._screens.values():
            screen.end()
            self.removeWidget(screen)
            screen.deleteLater()
        self._screens.clear()
        self._context = None

    def _make(self, screen_id: str) -> Screen:
        if self._context is None:
            message = "no account is shown"
            raise RuntimeError(message)
        module, _colon, name = BY_ID[screen_id].factory.partition(":")
        screen: Screen = getattr(import_module(module), name)(self._context)
        screen.setObjectName(screen_id)
        screen.offers_changed.connect(self.offers_changed)
        self._screens[screen_id] = screen
        self.addWidget(screen)
        return screen
