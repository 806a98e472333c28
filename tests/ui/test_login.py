"""The sign-in window, as a person meets it at the first start."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from supportdesk.app.settings import LANGUAGE, LAST_VENDOR
from supportdesk.app.sign_in_state import Page, SignInState
from supportdesk.app.vendor_address import AddressState
from supportdesk.app.vendors import Vendors
from supportdesk.app.way_in import WayInState, Wish
from supportdesk.domain.account import CodeMeaning, CodePurpose
from supportdesk.domain.profile_files import bundled
from supportdesk.ui.login.credentials_page import CredentialsPage
from supportdesk.ui.login.dialog import SignInDialog
from supportdesk.ui.login.mail_text import MailText
from supportdesk.ui.login.report_page import ReportPage
from supportdesk.ui.login.told_page import ToldPage
from supportdesk.ui.login.vendors_page import VendorsPage
from supportdesk.ui.shell.vendor_icon import vendor_icon
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.text_label import TextLabel
from tests.support.app import Desktop, running_app
from tests.support.seen import nameless_controls

pytestmark = pytest.mark.usefixtures("qapp")
JANA = "jana.wiebe@lindenplatz.example"


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with running_app(tmp_path) as opened:
        yield opened


def dialog(desktop: Desktop) -> SignInDialog:
    shown = desktop.application.stage.entrance.dialog
    assert shown is not None
    return shown


def choose(desktop: Desktop, vendor: str) -> None:
    """Without `Desktop.click`: there is no main window yet whose lanes could be waited for."""
    button = desktop.find(QWidget, vendor, dialog(desktop))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def press(desktop: Desktop, name: str) -> None:
    QTest.mouseClick(desktop.find(QPushButton, name, dialog(desktop)), Qt.MouseButton.LeftButton)


def knows_code(desktop: Desktop) -> bool:
    presenter = dialog(desktop)._presenter
    return presenter is not None and presenter._code != ""


def door_is_known(desktop: Desktop) -> bool:
    presenter = dialog(desktop)._presenter
    assert presenter is not None
    detour = presenter.way or presenter.report
    return detour is not None and detour.state.door is not None


def press_row(desktop: Desktop, name: str) -> None:
    QTest.mouseClick(desktop.find(QWidget, name, dialog(desktop)), Qt.MouseButton.LeftButton)


def test_the_window_is_there_before_the_data_folder_is_open(desktop: Desktop) -> None:
    """With its vendors; what is chosen meanwhile is done as soon as the folder is open."""
    assert desktop.application.stage.shell is None
    assert dialog(desktop).isVisible()
    assert dialog(desktop).windowTitle() == "Sign in"
    assert desktop.has(QWidget, "Medora Praxissoftware")
    choose(desktop, "Medora Praxissoftware")
    assert desktop.application.stage.shell is None
    user = desktop.find(QLineEdit, "E-mail or user name")
    desktop.wait(lambda: user.text() == JANA, "the demo's access data are filled in")


def test_the_keyboard_begins_with_the_first_entry(desktop: Desktop) -> None:
    """Not with the language at the foot, which Enter would open."""
    dialog(desktop).activateWindow()
    desktop.wait(lambda: QApplication.focusWidget() is not None, "something has the focus")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName().startswith("Open a profile file")


def test_the_vendor_of_the_last_time_is_shown_at_once(tmp_path: Path) -> None:
    """Nobody has to choose twice; the fields are there before the data folder is open."""
    (tmp_path / "settings.json").write_text(json.dumps({LAST_VENDOR.key: "practice"}), "utf-8")
    with running_app(tmp_path) as desktop:
        assert desktop.application.stage.shell is None
        assert desktop.has(QLineEdit, "E-mail or user name")
        user = desktop.find(QLineEdit, "E-mail or user name")
        desktop.wait(lambda: user.text() == JANA, "the demo's access data are filled in")


def test_a_demo_is_entered_with_next(desktop: Desktop) -> None:
    """Vendor, filled access data, 'Next', Home."""
    choose(desktop, "Medora Praxissoftware")
    user = desktop.find(QLineEdit, "E-mail or user name")
    desktop.wait(lambda: user.text() == JANA, "the demo's access data are filled in")
    press(desktop, "Next")
    desktop.wait(lambda: desktop.application.stage.shown is not None, "Home is shown")
    assert desktop.application.stage.entrance.dialog is None
    assert desktop.window.isVisible()
    assert desktop.window.stack.shown is not None
    assert desktop.window.stack.shown.accessibleName() == "Home"


def test_a_wrong_password_is_said_at_the_field_and_stays_selected(desktop: Desktop) -> None:
    """So that the next key replaces it."""
    choose(desktop, "Medora Praxissoftware")
    user, password = (desktop.find(QLineEdit, name) for name in ("E-mail or user name", "Password"))
    desktop.wait(lambda: user.text() == JANA, "the demo's access data are filled in")
    password.setText("wrong")
    press(desktop, "Next")
    desktop.wait(lambda: "not right" in password.accessibleDescription(), "the refusal is shown")
    assert password.selectedText() or password.hasSelectedText()
    assert user.text() == JANA
    assert desktop.find(QPushButton, "Next").isEnabled()


def test_enter_in_a_field_is_next(desktop: Desktop) -> None:
    """Nobody has to reach for the mouse."""
    choose(desktop, "Medora Praxissoftware")
    user, password = (desktop.find(QLineEdit, name) for name in ("E-mail or user name", "Password"))
    desktop.wait(lambda: user.text() == JANA, "the demo's access data are filled in")
    QTest.keyClick(password, Qt.Key.Key_Return)
    desktop.wait(lambda: desktop.application.stage.shown is not None, "Home is shown")


def test_an_impatient_second_enter_leads_nowhere_else(desktop: Desktop) -> None:
    """While it signs in, the focus stays at the button, which says so."""
    choose(desktop, "Medora Praxissoftware")
    user, password = (desktop.find(QLineEdit, name) for name in ("E-mail or user name", "Password"))
    desktop.wait(lambda: user.text() == JANA, "the demo's access data are filled in")
    password.setFocus()
    QTest.keyClick(password, Qt.Key.Key_Return)
    signing_in = desktop.find(QPushButton, "Signing in …", dialog(desktop))
    assert dialog(desktop).focusWidget() is signing_in
    QTest.keyClick(signing_in, Qt.Key.Key_Return)
    desktop.wait(lambda: desktop.application.stage.shown is not None, "Home is shown")


def test_empty_fields_are_pointed_out(desktop: Desktop) -> None:
    """And the focus goes to the first of them."""
    choose(desktop, "Tallwerk Handelssoftware")
    user, password = (desktop.find(QLineEdit, name) for name in ("E-mail or user name", "Password"))
    desktop.wait(lambda: user.text() != "", "the demo's access data are filled in")
    user.clear()
    password.clear()
    press(desktop, "Next")
    assert "Enter your e-mail address" in user.accessibleDescription()
    assert "Enter your password" in password.accessibleDescription()


def test_without_a_keyring_staying_signed_in_cannot_be_chosen(desktop: Desktop) -> None:
    """The reason stands beside it."""
    choose(desktop, "Medora Praxissoftware")
    check = desktop.find(QCheckBox, "Stay signed in")
    desktop.wait(lambda: not check.isEnabled(), "the keyring has answered")
    assert "no safe place for passwords" in check.accessibleDescription()


def test_whatever_takes_the_focus_has_a_name(desktop: Desktop) -> None:
    """On the page of the vendors as on that of the password."""
    assert nameless_controls(dialog(desktop)) == []
    choose(desktop, "Medora Praxissoftware")
    desktop.find(QLineEdit, "E-mail or user name")
    assert nameless_controls(dialog(desktop)) == []


def test_help_leads_to_the_vendor_and_back(desktop: Desktop) -> None:
    """Where no mail comes: phone number and web portal."""
    choose(desktop, "Medora Praxissoftware")
    press(desktop, "Forgot your password?")
    press(desktop, "I have a code already")
    press(desktop, "No mail has come")
    desktop.find(QWidget, "Open web portal")
    press(desktop, "Back")
    desktop.find(QLineEdit, "Password")


def test_another_vendor_can_be_chosen(desktop: Desktop) -> None:
    """From the foot of the window."""
    choose(desktop, "Medora Praxissoftware")
    press(desktop, "Other vendor")
    choose(desktop, "Argusfeld Video Systems")
    user = desktop.find(QLineEdit, "E-mail or user name")
    desktop.wait(lambda: user.text().startswith("timo"), "the other demo's access data are filled in")


def test_where_there_are_vendors_the_demo_is_a_link(tmp_path: Path) -> None:
    """They are offered first; the link leads to the demos, with the focus on the first."""
    vendors = Vendors(tmp_path / "profiles")
    for name in ("Acme", "Bolt"):
        vendors.keep(msgspec.structs.replace(vendors.demo("retail"), id=name.lower(), name=name))
    with running_app(tmp_path) as desktop:
        desktop.find(QWidget, "Acme", dialog(desktop))
        assert not desktop.has(QWidget, "Medora Praxissoftware")
        press(desktop, "Try the demo")
        first = desktop.find(QWidget, "Medora Praxissoftware", dialog(desktop))
        desktop.wait(first.hasFocus, "the first demo has the focus")
        assert not desktop.find(QWidget, "Bolt", dialog(desktop)).visibleRegion().isEmpty()
        choose(desktop, "Medora Praxissoftware")
        user = desktop.find(QLineEdit, "E-mail or user name")
        desktop.wait(lambda: user.text() == JANA, "the demo's access data are filled in")


def test_without_demos_no_link_leads_to_them(qtbot: QtBot, tmp_path: Path) -> None:
    """Whether there are vendors here or none."""
    some, none = (Vendors(tmp_path / "profiles").demo("retail"),), ()
    page = VendorsPage()
    qtbot.addWidget(page)
    page.show()
    for added, demos in ((some, none), (some, some), (none, none), (none, some)):
        page.render_state(SignInState(added=added, demos=demos))
        told: list[QLabel | QPushButton] = [*page.findChildren(QLabel), *page.findChildren(QPushButton)]
        shown = [each for each in told if each.isVisible() and each.text() == "Try the demo"]
        assert len(shown) == len(demos)


def test_the_language_can_be_changed_before_signing_in(desktop: Desktop) -> None:
    """At once, in the window that is shown."""
    choose(desktop, "Medora Praxissoftware")
    desktop.find(QLineEdit, "Password")
    dialog(desktop)._speak("de")
    assert desktop.find(QLineEdit, "Passwort").isVisible()
    assert dialog(desktop).windowTitle() == "Anmelden"
    presenter = dialog(desktop)._presenter
    assert presenter is not None
    assert presenter.workspace.settings.get(LANGUAGE) == "de"


def test_closing_the_only_window_ends_the_app(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is left with a process without a window."""
    ended: list[bool] = []
    monkeypatch.setattr(QApplication, "quit", lambda *_: ended.append(True))
    desktop.find(QWidget, "Medora Praxissoftware")
    dialog(desktop).close()
    assert ended
    assert desktop.application.stage.entrance.dialog is None


def test_an_account_is_made_by_mail(desktop: Desktop) -> None:
    """Address, mailbox, code, name, password, Home; with Enter wherever a form is filled in."""
    choose(desktop, "Argusfeld Video Systems")
    press(desktop, "Create an account")
    email = desktop.find(QLineEdit, "E-mail", dialog(desktop))
    email.setText("nora.lindt@objektschutz.example")
    QTest.keyClick(email, Qt.Key.Key_Return)
    QTest.mouseClick(desktop.find(QWidget, "Open the mailbox", dialog(desktop)), Qt.MouseButton.LeftButton)
    desktop.wait(
        lambda: dialog(desktop).focusWidget() is desktop.find(QPushButton, "Use this code", dialog(desktop)),
        "Enter goes on with the code",
    )
    press(desktop, "Use this code")
    code = desktop.find(QLineEdit, "Code from the mail", dialog(desktop))
    assert len(code.text()) == len("XXXX-XXXX-XXXX-XXXX")
    press(desktop, "Next")
    desktop.find(QLineEdit, "Your full name", dialog(desktop)).setText("Nora Lindt")
    password = desktop.find(QLineEdit, "New password", dialog(desktop))
    password.setText("short")
    press(desktop, "Create the account")
    desktop.wait(lambda: "10" in password.accessibleDescription(), "the rule is said at the field")
    desktop.wait(lambda: dialog(desktop).focusWidget() is password, "the focus is where it can be mended")
    password.setText("a good long password")
    press(desktop, "Create the account")
    desktop.wait(lambda: desktop.application.stage.shown is not None, "Home is shown")
    assert desktop.application.stage.entrance.dialog is None
    assert desktop.window.place is not None
    assert desktop.window.place.account.person_name == "Nora Lindt"


def test_a_report_goes_out_without_signing_in(desktop: Desktop) -> None:
    """What is missing is said at each field until it is there; what was written is gone for the next one."""
    choose(desktop, "Tallwerk Handelssoftware")
    press_row(desktop, "Report a problem without signing in")
    press(desktop, "Send the report")
    page = dialog(desktop)._pages[Page.REPORT]
    assert isinstance(page, ReportPage)
    assert dialog(desktop).focusWidget() is page.name
    assert "Describe what happened." in page.description.accessibleDescription()
    assert dialog(desktop).windowTitle() == "Report a problem"
    page.name.setText("Renate Holm")
    page.email.setText("renate@filiale.example")
    page.service.set_value("accounting")
    page.service.changed.emit("accounting")
    page.subject.setText("Wrong total")
    page.description.set_text("The sum of the day is wrong.")
    page.privacy.check.setChecked(True)
    assert not {name for name, field in page.fields.items() if field.control.property("state") == "error"}
    assert not page._privacy_trouble.isVisible()
    press(desktop, "Send the report")
    press(desktop, "Back to sign-in")
    desktop.find(QLineEdit, "Password", dialog(desktop))
    assert dialog(desktop).windowTitle() == "Sign in"
    assert Page.REPORT not in dialog(desktop)._pages


def test_a_link_with_a_code_opens_the_sign_in_with_it(tmp_path: Path) -> None:
    """Also as the very first start, as soon as a vendor is chosen."""
    request: dict[str, object] = {"do": "account", "code": "ABCD-EFGH-JKMN-PQRS", "profile": ""}
    with running_app(tmp_path, request) as desktop:
        desktop.wait(lambda: knows_code(desktop), "the link has been taken")
        choose(desktop, "Argusfeld Video Systems")
        code = desktop.find(QLineEdit, "Code from the mail", dialog(desktop))
        assert code.text() == "ABCD-EFGH-JKMN-PQRS"
        desktop.wait(lambda: door_is_known(desktop), "the vendor has said what it offers")


def test_the_address_that_was_typed_is_taken_over(desktop: Desktop) -> None:
    """Whoever has forgotten the password need not write it again; of a user name a mail knows nothing."""
    choose(desktop, "Medora Praxissoftware")
    user = desktop.find(QLineEdit, "E-mail or user name")
    desktop.wait(lambda: user.text() == JANA, "the demo's access data are filled in")
    for typed, begun in (
        ("tom.albrecht@lindenplatz.example ", "tom.albrecht@lindenplatz.example"),
        ("tom", ""),
    ):
        user.setText(typed)
        press(desktop, "Forgot your password?")
        assert desktop.find(QLineEdit, "E-mail", dialog(desktop)).text() == begun
        desktop.wait(lambda: door_is_known(desktop), "the vendor has said what it offers")
        press(desktop, "Back")


def test_a_link_in_a_mail_of_the_mailbox_is_followed(desktop: Desktop) -> None:
    """As “Use this code” does; its text can be copied."""
    choose(desktop, "Medora Praxissoftware")
    user = desktop.find(QLineEdit, "E-mail or user name")
    desktop.wait(lambda: user.text() == JANA, "the demo's access data are filled in")
    press(desktop, "Forgot your password?")
    press(desktop, "Send the code")
    press_row(desktop, "Open the mailbox")
    mail = desktop.find(MailText, "Medora Praxissoftware: set a new password", dialog(desktop))
    assert mail.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    at = mail.plain_text().index("supportdesk://")
    cursor = mail.textCursor()
    cursor.setPosition(at + len("supportdesk"))
    place = mail.cursorRect(cursor).center()
    QTest.mouseClick(mail.viewport(), Qt.MouseButton.LeftButton, pos=place)
    code = desktop.find(QLineEdit, "Code from the mail", dialog(desktop))
    assert code.text()
    assert code.text() in mail.plain_text()


def test_escape_leaves_the_page_and_not_the_program(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever there is a way back; only on the first pages it closes the window."""
    ended: list[bool] = []
    monkeypatch.setattr(QApplication, "quit", lambda *_: ended.append(True))
    press_row(desktop, "Enter an address…")
    QTest.keyClick(desktop.find(QLineEdit, "Address of the support portal"), Qt.Key.Key_Escape)
    choose(desktop, "Medora Praxissoftware")
    user = desktop.find(QLineEdit, "E-mail or user name")
    desktop.wait(lambda: user.text() == JANA, "the demo's access data are filled in")
    press(desktop, "Forgot your password?")
    QTest.keyClick(desktop.find(QLineEdit, "E-mail", dialog(desktop)), Qt.Key.Key_Escape)
    password = desktop.find(QLineEdit, "Password", dialog(desktop))
    assert not ended
    QTest.keyClick(password, Qt.Key.Key_Escape)
    assert ended


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_languages_are_listed_above_their_button(desktop: Desktop) -> None:
    """Which stands at the lower edge of the window and stays in sight."""
    foot = dialog(desktop).foot
    QTest.mouseClick(foot.language, Qt.MouseButton.LeftButton)
    menu = foot._menu
    desktop.wait(menu.isVisible, "the menu is open")
    assert [action.text() for action in menu.actions()] == ["English", "Deutsch", "Svenska"]
    assert menu.geometry().bottom() < foot.language.mapToGlobal(foot.language.rect().topLeft()).y()
    menu.close()


def test_the_icon_of_the_window_is_of_one_vendor(desktop: Desktop) -> None:
    """Drawing and colour of the one that is shown; the program keeps those of who was signed in last."""
    practice, school = (
        next(each for each in bundled() if each.id == name) for name in ("practice", "school")
    )
    desktop.wait(lambda: desktop.application.stage._settings is not None, "the data folder is open")
    in_use = desktop.application.stage._settings
    assert in_use is not None
    in_use.show_vendor(practice)
    choose(desktop, "Pultura Schulverwaltung")
    user = desktop.find(QLineEdit, "E-mail or user name")
    desktop.wait(lambda: user.text() != "", "the demo's access data are filled in")
    assert theme().accent == school.brand_colour
    for icon, vendor in ((dialog(desktop).windowIcon(), school), (QApplication.windowIcon(), practice)):
        assert picture(icon) == picture(vendor_icon(vendor))
    assert picture(vendor_icon(school)) != picture(vendor_icon(practice))


def picture(icon: QIcon) -> QImage:
    return icon.pixmap(32).toImage()


def test_a_long_page_does_not_make_short_ones_scroll(desktop: Desktop) -> None:
    """The report is longer than the screen; the page after it fits again."""
    choose(desktop, "Tallwerk Handelssoftware")
    press_row(desktop, "Report a problem without signing in")
    desktop.wait(lambda: dialog(desktop)._scroll.verticalScrollBar().isVisible(), "the form scrolls")
    desktop.wait(lambda: door_is_known(desktop), "the vendor has said what it offers")
    high = dialog(desktop).height()
    press(desktop, "Back")
    desktop.wait(lambda: not dialog(desktop)._scroll.verticalScrollBar().isVisible(), "nothing scrolls")
    assert dialog(desktop).height() < high, "what the long page needed is given back"


@pytest.mark.parametrize(("vendor", "label"), [("practice", "E-mail or user name"), ("school", "E-mail")])
def test_the_label_says_what_a_user_name_is(tmp_path: Path, vendor: str, label: str) -> None:
    """At vendors where it is always the address only that; the name of the field is the same everywhere."""
    (tmp_path / "settings.json").write_text(json.dumps({LAST_VENDOR.key: vendor}), "utf-8")
    with running_app(tmp_path) as desktop:
        user = desktop.find(QLineEdit, "E-mail or user name")
        assert label in [each.text() for each in dialog(desktop).findChildren(TextLabel)]
        desktop.wait(lambda: bool(user.text()), "the demo's access data are filled in")


@pytest.mark.parametrize("vendor", ["practice", "video", "school", "retail", "orders"])
def test_there_is_room_for_the_word_about_caps_lock(tmp_path: Path, vendor: str) -> None:
    """In the language with the longer words, too, nothing scrolls before or after it."""
    kept = {LAST_VENDOR.key: vendor, LANGUAGE.key: "de"}
    (tmp_path / "settings.json").write_text(json.dumps(kept), "utf-8")
    with running_app(tmp_path) as desktop:
        bar = dialog(desktop)._scroll.verticalScrollBar()
        password = desktop.find(QLineEdit, "Passwort")
        desktop.wait(lambda: bool(password.text()), "the demo's access data are filled in")
        desktop.wait(lambda: not bar.isVisible(), "nothing scrolls")
        password.setFocus()
        QTest.keyClick(password, Qt.Key.Key_CapsLock)
        desktop.wait(lambda: "Feststelltaste" in password.accessibleDescription(), "it is said")
        desktop.wait(lambda: not bar.isVisible(), "nothing scrolls")


def test_links_that_a_vendor_does_not_offer_take_no_room(qtbot: QtBot, tmp_path: Path) -> None:
    """Known at once: where the sign-in is the first page, the window takes its width from it."""
    page = CredentialsPage()
    qtbot.addWidget(page)
    with_all_links = page.minimumSizeHint().width()
    vendor = Vendors(tmp_path / "profiles").get("video")
    page.render_state(SignInState(page=Page.CREDENTIALS, profile=vendor))
    assert page.minimumSizeHint().width() < with_all_links


def test_a_page_with_long_words_makes_the_window_wider(desktop: Desktop, tmp_path: Path) -> None:
    """In German its two buttons need more than the window's usual width: nothing scrolls sideways."""
    desktop.wait(lambda: dialog(desktop)._presenter is not None, "the data folder is open")
    dialog(desktop)._speak("de")
    desktop.wait(lambda: dialog(desktop).windowTitle() == "Anmelden", "German is spoken")
    vendor = Vendors(tmp_path / "profiles").get("retail")
    meaning = CodeMeaning(CodePurpose.RESET, "renate@filiale.example")
    way = WayInState(vendor, Wish.RESET, Page.NEW_PASSWORD, meaning=meaning)
    dialog(desktop).render_state(SignInState(page=Page.NEW_PASSWORD, profile=vendor, way=way))
    desktop.find(QPushButton, "Passwort setzen und anmelden", dialog(desktop))
    assert dialog(desktop)._scroll.horizontalScrollBar().maximum() == 0


def test_a_vendor_that_is_found_shows_its_own_colour(desktop: Desktop, tmp_path: Path) -> None:
    """Before it is added; it is gone again when the vendor was not the one that was meant."""
    press_row(desktop, "Enter an address…")
    shown, before = dialog(desktop), theme().accent
    vendors = Vendors(tmp_path / "profiles")
    found = next(each for each in map(vendors.get, ("school", "video")) if each.brand_colour != before)
    state = SignInState(page=Page.ADDRESS, address=AddressState(found=found))
    shown.render_state(state)
    assert theme().accent == found.brand_colour != before
    shown.render_state(replace(state, address=AddressState()))
    assert theme().accent == before


def test_what_a_host_application_hands_over_can_be_sent_without_an_account(tmp_path: Path) -> None:
    """Only the person is asked. The answer names the number; nothing of it waits for a sign-in any more."""
    prefill = {
        "module": "receipt-printer",
        "subject": "No receipt",
        "fields": {"till": "Desk 2"},
        "source": "Kasse 5",
        "priority": "unheard of",
        "attach": [str(tmp_path / "last.log")],
    }
    request: dict[str, object] = {"do": "new", "prefill": prefill}
    with running_app(tmp_path, request) as desktop:
        stage = desktop.application.stage
        desktop.wait(lambda: stage.shell is not None and bool(stage._waiting), "the report waits")
        choose(desktop, "Tallwerk Handelssoftware")
        press_row(desktop, "Report a problem without signing in")
        assert desktop.find(QLineEdit, "Subject", dialog(desktop)).text() == "No receipt"
        assert desktop.find(QLineEdit, "Cash desk", dialog(desktop)).text() == "Desk 2"
        page = dialog(desktop)._pages[Page.REPORT]
        assert isinstance(page, ReportPage)
        assert page.service.value() == "receipt-printer"
        left_out = "The vendor does not offer “unheard of”.\n1 file does not come along. Sign in to send it."
        assert desktop.find(Banner, left_out, dialog(desktop)).isVisible()
        page.name.setText("Renate Holm")
        page.email.setText("renate@filiale.example")
        page.description.set_text("It prints nothing.")
        page.consent.set_value("offer")
        page.privacy.check.setChecked(True)
        page.next.click()
        desktop.wait(lambda: Page.REPORTED in dialog(desktop)._pages, "it has arrived")
        told = dialog(desktop)._pages[Page.REPORTED]
        assert isinstance(told, ToldPage)
        assert re.search(r"the number #\d+\.", told.text.text())
        assert not stage._waiting
        press(desktop, "Back to sign-in")
        press_row(desktop, "Report a problem without signing in")
        assert desktop.find(QLineEdit, "Subject", dialog(desktop)).text() == ""
        desktop.wait(lambda: door_is_known(desktop), "the vendor has said what it offers")
