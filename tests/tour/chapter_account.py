"""Getting in by mail, reporting without an account, the own account, colleagues."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from supportdesk.i18n import _
from supportdesk.ui.login.dialog import SignInDialog
from supportdesk.ui.login.vendor_button import VendorButton
from supportdesk.ui.screens.colleagues.colleague_row import ColleagueRow
from supportdesk.ui.screens.colleagues.given_card import GivenCard
from supportdesk.ui.widgets.row_button import RowButton
from tests.tour.guide import Guide, put

_NEW = "nora.lindt@objektschutz.example"


def by_mail(guide: Guide) -> None:
    """Up to the password of a new account, which is not made."""
    dialog = _dialog(guide)
    _press(guide, dialog, VendorButton, "Argusfeld Video Systems")
    _press(guide, dialog, QPushButton, _("Create an account"))
    put(guide.desktop.find(QLineEdit, _("E-mail"), dialog), _NEW)
    guide.show_window("sign-up", dialog)
    _press(guide, dialog, QPushButton, _("Send the code"))
    guide.desktop.find(RowButton, _("Open the mailbox"), dialog)
    guide.show_window("sign-up-code", dialog)
    _press(guide, dialog, RowButton, _("Open the mailbox"))
    guide.desktop.find(QPushButton, _("Use this code"), dialog)
    guide.show_window("sign-up-mailbox", dialog)
    _press(guide, dialog, QPushButton, _("Use this code"))
    _press(guide, dialog, QPushButton, _("Next"))
    put(guide.desktop.find(QLineEdit, _("Your full name"), dialog), "Nora Lindt")
    guide.show_window("sign-up-password", dialog)
    _press(guide, dialog, QPushButton, _("Other vendor"))


def without_account(guide: Guide) -> None:
    dialog = _dialog(guide)
    _press(guide, dialog, VendorButton, "Tallwerk Handelssoftware")
    _press(guide, dialog, RowButton, _("Report a problem without signing in"))
    _press(guide, dialog, QPushButton, _("Send the report"))
    guide.show_window("report-without-account", dialog)
    _press(guide, dialog, QPushButton, _("Other vendor"))


def by_address(guide: Guide) -> None:
    dialog = _dialog(guide)
    _press(guide, dialog, RowButton, _("Enter an address…"))
    put(
        guide.desktop.find(QLineEdit, _("Address of the support portal"), dialog),
        "http://support.example.org",
    )
    _press(guide, dialog, QPushButton, _("Look it up"))
    guide.desktop.wait(
        lambda: bool(_error(guide, dialog, _("Address of the support portal"))), "the address is refused"
    )
    guide.show_window("vendor-address", dialog)
    _press(guide, dialog, QPushButton, _("Back"))


def own_account(guide: Guide) -> None:
    for part, name in (("password", "account-password"), ("sessions", "account-sessions")):
        guide.desktop.go("settings", pane="account", part=part)
        guide.show(name)


def colleagues(guide: Guide) -> None:
    """At Velmark."""
    desktop = guide.desktop
    desktop.go("home")
    desktop.wait(lambda: desktop.has(QWidget, _("Colleagues")), "the tile")
    desktop.go("colleagues")
    desktop.find(ColleagueRow, "Bernd Okafor")
    guide.show("colleagues")
    desktop.click(_("Deactivate"), desktop.find(ColleagueRow, "Bernd Okafor"))
    guide.show("colleagues-deactivate")
    desktop.click(_("Keep"), desktop.find(ColleagueRow, "Bernd Okafor"))
    desktop.click(_("New colleague"))
    desktop.click(_("Add"))
    guide.show("colleagues-new")
    guide.fill(QLineEdit, _("Name"), "Mara Quint")
    guide.fill(QLineEdit, _("E-mail"), "mara.quint@sundermann.example")
    desktop.click(_("Show a password here"))
    desktop.click(_("Add"))
    desktop.find(GivenCard, _("{name} can sign in").format(name="Mara Quint"))
    guide.show("colleagues-added")


def _dialog(guide: Guide) -> SignInDialog:
    stage = guide.desktop.application.stage
    guide.desktop.wait(lambda: stage.entrance.dialog is not None, "the sign-in window")
    assert stage.entrance.dialog is not None
    return stage.entrance.dialog


def _press(guide: Guide, dialog: SignInDialog, kind: type[QWidget], name: str) -> None:
    QTest.mouseClick(guide.desktop.find(kind, name, dialog), Qt.MouseButton.LeftButton)


def _error(guide: Guide, dialog: SignInDialog, field: str) -> str:
    control = guide.desktop.find(QLineEdit, field, dialog)
    return control.accessibleDescription() if control.property("state") == "error" else ""
