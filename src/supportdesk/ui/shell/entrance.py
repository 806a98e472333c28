"""Opens and closes the sign-in window, over the main window or alone."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.settings import LAST_VENDOR
from supportdesk.app.sign_in import SignInPresenter
from supportdesk.app.sign_in_state import SignInState
from supportdesk.ui.login.dialog import SignInDialog

if TYPE_CHECKING:
    from supportdesk.app.accounts import SignedIn
    from supportdesk.app.prefill import Prefill
    from supportdesk.app.shell import Opened, Place


class Entrance(QObject):
    signed_in = Signal(object)
    """Carries the `SignedIn`; the window is closed by then."""
    dismissed = Signal()
    """The person closed the window without signing in."""
    link_requested = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.dialog: SignInDialog | None = None
        self._opened: Opened | None = None
        self._first: SignInState | None = None

    def show_first(self, state: SignInState) -> SignInDialog:
        """At the very start: the data folder is not open yet, and what the person does waits for it."""
        self._first = state
        dialog = self._make(None)
        dialog.render_state(state)
        dialog.show()
        return dialog

    def begin(self, opened: "Opened") -> None:
        self._opened = opened

    def ask(self, over: QWidget | None, vendor: str | None = None) -> None:
        """For an account of `vendor` ('' lets the person choose, None is the vendor of the last time)."""
        if vendor is None:
            first, self._first = self._first, None
            self._present(over, self._last_vendor(), first)
        else:
            self._present(over, vendor)

    def ask_again(self, over: QWidget, place: "Place") -> None:
        """For the password of an account whose sign-in has ended."""
        self._present(over, "").again(place.profile, place.account.user)

    def take_code(self, over: QWidget | None, code: str, vendor: str) -> None:
        """From a link: filled in, and the person goes on. '' is the vendor that is shown or was the last."""
        if self.dialog is None or vendor:
            self._present(over, vendor or self._last_vendor())
        self._make(over).take_code(code)

    def hand_over(self, prefill: "Prefill", reported: Callable[[], None]) -> None:
        """What a host application wants reported; it waits for who reports it without signing in."""
        if self.dialog is not None:
            self.dialog.hand_over(prefill, reported)

    def drop(self) -> None:
        dialog, self.dialog, self._first = self.dialog, None, None
        if dialog is not None:
            dialog.end()
            dialog.hide()
            dialog.deleteLater()

    def _present(
        self, over: QWidget | None, vendor: str, first: SignInState | None = None
    ) -> SignInPresenter:
        if self._opened is None:
            message = "the data folder is not open yet"
            raise RuntimeError(message)
        dialog = self._make(over)
        opened = self._opened
        presenter = SignInPresenter(opened.workspace, opened.accounts, self._done, vendor, first)
        dialog.attach(presenter)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        return presenter

    def _make(self, over: QWidget | None) -> SignInDialog:
        if self.dialog is None:
            self.dialog = SignInDialog(over)
            self.dialog.rejected.connect(self._rejected)
        return self.dialog

    def _last_vendor(self) -> str:
        return self._opened.workspace.settings.get(LAST_VENDOR) if self._opened else ""

    def _done(self, signed_in: "SignedIn") -> None:
        self.drop()
        self.signed_in.emit(signed_in)

    @Slot()
    def _rejected(self) -> None:
        self.drop()
        self.dismissed.emit()
