"""Signing in, Home, the palette, the menu of accounts."""

from contextlib import AbstractContextManager
from unittest.mock import patch

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from supportdesk.app import secrets
from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.i18n import _
from supportdesk.ui.login.vendor_button import VendorButton
from supportdesk.ui.widgets.password_field import PasswordField
from tests.tour.guide import USUAL, Guide, put


class MemorySafe:
    """A keyring that is unlocked and forgets everything with the process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self._kept[service, username]


def keyring_at_hand() -> AbstractContextManager[object]:
    safe = MemorySafe()
    return patch.object(secrets, "_system_safe", lambda: safe)


def sign_in(guide: Guide) -> None:
    desktop, stage = guide.desktop, guide.desktop.application.stage
    desktop.wait(lambda: stage.entrance.dialog is not None, "the sign-in window")
    dialog = stage.entrance.dialog
    assert dialog is not None
    vendor = desktop.find(VendorButton, "Medora Praxissoftware", dialog)
    guide.show_window("sign-in-vendors", dialog)
    QTest.mouseClick(vendor, Qt.MouseButton.LeftButton)
    password = desktop.find(PasswordField, _("Password"), dialog)
    desktop.wait(lambda: bool(password.text()), "the demo's access data are filled in")
    guide.show_window("sign-in", dialog)
    put(password, "Linde-Kaffee")
    QTest.keyClick(password, Qt.Key.Key_CapsLock)
    guide.show_window("sign-in-caps-lock", dialog)
    QTest.keyClick(password, Qt.Key.Key_CapsLock)
    QTest.keyClick(password, Qt.Key.Key_Return)
    desktop.wait(lambda: password.isEnabled() and password.hasSelectedText(), "the password is refused")
    guide.show_window("sign-in-wrong", dialog)
    put(password, DEMO_PASSWORD)
    QTest.keyClick(password, Qt.Key.Key_Return)
    desktop.wait(lambda: stage.shown is not None and stage.window is not None, "somebody is signed in")
    guide.synchronise()


def home(guide: Guide) -> None:
    desktop = guide.desktop
    guide.resize(USUAL)
    guide.show("home")
    QTest.keyClick(desktop.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = desktop.find(QLineEdit, _("Search or go to"))
    guide.show("palette")
    put(palette, "druck")
    guide.show("palette-found")
    guide.escape()
    _account_menu(guide)


def _account_menu(guide: Guide) -> None:
    bar = guide.desktop.window.top_bar
    QTest.mouseClick(bar.account, Qt.MouseButton.LeftButton)
    guide.desktop.wait(bar.menu.isVisible, "the menu of accounts")
    guide.show("account-menu", bar.menu)
    bar.menu.close()


def sign_in_as(guide: Guide, user: str, secret: str) -> None:
    """Another person at the same vendor, by the menu of accounts."""
    desktop, stage = guide.desktop, guide.desktop.application.stage
    desktop.window.top_bar.menu.add_requested.emit()
    desktop.wait(lambda: stage.entrance.dialog is not None, "the sign-in window")
    dialog = stage.entrance.dialog
    assert dialog is not None
    QTest.mouseClick(desktop.find(VendorButton, "Medora Praxissoftware", dialog), Qt.MouseButton.LeftButton)
    password = desktop.find(PasswordField, _("Password"), dialog)
    desktop.wait(lambda: bool(password.text()), "the demo's access data are filled in")
    put(desktop.find(QLineEdit, _("E-mail or user name"), dialog), user)
    put(password, secret)
    before = desktop.account_id
    QTest.keyClick(password, Qt.Key.Key_Return)
    desktop.wait(
        lambda: stage.window is not None and desktop.account_id != before, "the other account is shown"
    )
    desktop.settle()


def go_to_demo(guide: Guide, vendor: str) -> None:
    """To another demo vendor, as its demo customer."""
    desktop, stage = guide.desktop, guide.desktop.application.stage
    assert stage.shell is not None
    stage.shell.start_demo(vendor)
    desktop.wait(lambda: stage.shown is not None and stage.shown.profile.id == vendor, f"{vendor} is shown")
    guide.synchronise()
