"""The manual of the shop software's portal, followed in the running program.

Each step is one line of that manual (its docstring), done by what is written on the screen: at the demo desk
in the program, and at a vendor's server that is added by its address.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDateEdit,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QWidget,
)

from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.ui.conversation.pane import ConversationPane
from supportdesk.ui.conversation.waiting_bubble import WaitingBubble
from supportdesk.ui.document.decline_window import DeclineWindow
from supportdesk.ui.document.page_field import PageField
from supportdesk.ui.document.pane import DocumentPane
from supportdesk.ui.screens.documents.list_view import DocumentList
from supportdesk.ui.screens.subscriptions.screen import SubscriptionsScreen
from supportdesk.ui.screens.subscriptions.tree_view import SubscriptionTree
from supportdesk.ui.screens.tickets.screen import TicketsScreen
from supportdesk.ui.signature.ink_pad import InkPad
from supportdesk.ui.signature.window import SignatureWindow
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.drop_area import DropArea
from supportdesk.ui.widgets.segmented import SegmentedChoice
from supportdesk.ui.widgets.tile import Tile
from tests.support.app import Desktop, running_app
from tests.support.newcomer import Newcomer
from tests.support.person import numbers_in, put, rows
from tests.support.vendor_side import BACKENDS, VendorSide, side_of

pytestmark = [
    pytest.mark.second_stage,
    pytest.mark.timeout(900),
    pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard"),  # an open menu
]

VENDOR = "Tallwerk Handelssoftware"
NAME, EMAIL = "Mirko Petri", "mirko.petri@haushaltswaren-petri.example"
PASSWORD = "pan-ladle-colander"
CUSTOMER, CUSTOMER_EMAIL = "Uwe Holt", "uwe.holt@eisenwaren-holt.example"
"""One of those whom he looks after, at the same computer."""
HOST = "Tallwerk Warenwirtschaft 8.1"
SUBJECT = "Die Voranmeldung wird nicht gesendet"
DESCRIPTION = "Zertifikat abgelaufen."
OF_CUSTOMERS, FOREIGN = {"#20360", "#20355"}, "#20416"
"""Mr Holt's and Ms Behnke's, whom he looks after; Mr Kröger's."""
STATUSES = {
    "20376": ("New: being prepared", "First level at Tallwerk is preparing it."),
    "20397": ("In the queue", "Prepared for the next department, which takes it as soon as possible."),
    "20418": ("Waiting for you", "Tallwerk has a question. Your answer moves it on."),
    "20360": ("In progress", "Tallwerk is working on it. You need to do nothing."),
}
OFFER, SHOP, SIGNED_ORDER, LONG_DECLINED = "AN-0318", "AN-0325", "AB-0291", "AN-0279"
OLDER_OFFER = "AN-0311"
"""To which OFFER belongs."""
REQUIRED = ("start_date", "order_number", "payment", "terms", "place_and_day")
REASON = "Erst im kommenden Jahr."
ANSWER = "Vielen Dank!"


class Partner(Newcomer):
    """He looks after two smaller shops."""

    def __init__(self, desktop: Desktop, folder: Path, vendor: VendorSide) -> None:
        super().__init__(desktop, folder / "data", vendor, NAME, EMAIL)
        self.folder = folder


@pytest.fixture
def mirko(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Partner]:
    with (
        side_of(request.param, tmp_path, "retail", staff="paula.renn@tallwerk.example") as vendor,
        running_app(tmp_path / "data") as desktop,
    ):
        yield Partner(desktop, tmp_path, vendor)


def overview(mirko: Partner) -> None:
    """1. Customers and sales partners have access; an overview after login."""
    mirko.choose_vendor(VENDOR)
    mirko.sees("For customers and sales partners of Tallwerk.")
    for name, email in ((CUSTOMER, CUSTOMER_EMAIL), (NAME, EMAIL)):
        mirko.name, mirko.email = name, email
        mirko.sign_in(DEMO_PASSWORD)
        mirko.comes_in()
        for tile in ("Submit a ticket", "Your tickets", "Documents", "Subscriptions"):
            mirko.desktop.find(Tile, tile)
        if name == CUSTOMER:
            mirko.log_out()
    mirko.sees("4 to sign")
    mirko.for_manual("overview")


def created_for_the_customer(mirko: Partner) -> None:
    """2. Tickets created by the customer or by the support team for the customer."""
    report = ("report-for", EMAIL, "Die Waage zeigt Gramm", "Er hat angerufen.")
    number = mirko.vendor.signed("ticket", *report)["number"]
    mirko.open_tile("Your tickets")
    choose_tickets(mirko, "Whose tickets", "Mine")
    choose_tickets(mirko, "Open or closed", "All")
    mirko.desktop.wait(lambda: {f"#{number}", "#20418"} <= listed(mirko), "both are among his own")
    mirko.click_row(ticket_list(mirko), f"#{number}")
    mirko.click("Details")
    mirko.sees("Requested by: Mirko Petri")
    mirko.sees("Paula Renn")


def customers_of_the_partner(mirko: Partner) -> None:
    """3. Partners also see their customers' tickets."""
    choose_tickets(mirko, "Whose tickets", "All")
    choose_tickets(mirko, "Open or closed", "Open")
    mirko.desktop.wait(lambda: listed(mirko) >= OF_CUSTOMERS, "those of his customers are listed")
    assert FOREIGN not in listed(mirko)
    mirko.for_manual("customers")


def glossary(mirko: Partner) -> None:
    """4. Status glossary: New, Backlog, Question to the customer, In progress, and what each means."""
    for number, (name, meaning) in STATUSES.items():
        mirko.click_row(ticket_list(mirko), f"#{number}")
        mirko.sees(name)
        mirko.sees(meaning)


def submit(mirko: Partner) -> None:
    """5. "Submit ticket" button."""
    mirko.open_tile("Submit a ticket")
    mirko.find_service("Module", "stocktaking", "inventory")
    mirko.click("Next")
    mirko.fill(QLineEdit, "Subject", "Doppelt im Bestand")
    mirko.fill(QPlainTextEdit, "Description", "Jedes Regal steht zweimal in der Liste.")
    for _step in range(2):
        mirko.click("Next")
    mirko.for_manual("check")
    mirko.send()


def without_login(mirko: Partner) -> None:
    """6. A ticket can be created from the host application without login or portal access.

    Access is needed only to view tickets. It appears later in the ticket list.
    """
    mirko.desktop.go("home")
    mirko.log_out()
    called_by_host(mirko)
    mirko.press("Report a problem without signing in")
    for name, text in (("Your full name", NAME), ("E-mail", EMAIL)):
        mirko.write(name, text)
    assert mirko.desktop.find(QLineEdit, "Subject").text() == SUBJECT
    assert mirko.desktop.find(Combo, "Module").value() == "accounting"
    QTest.keyClicks(mirko.desktop.find(QPlainTextEdit, "What happened?"), DESCRIPTION)
    may_answer = "Tallwerk may use what I wrote and my address to answer me."
    QTest.keyClick(mirko.desktop.find(QCheckBox, may_answer), Qt.Key.Key_Space)
    mirko.for_manual("without-login")
    mirko.press("Send the report")
    mirko.press("Back to sign-in")
    mirko.press("Forgot your password?")
    mirko.write("E-mail", EMAIL)
    mirko.press("Send the code")
    mirko.enter_code(mirko.mail("set a new password"))
    mirko.write("New password", PASSWORD)
    mirko.press("Set the password and sign in")
    mirko.comes_in()
    mirko.open_tile("Your tickets")
    mirko.desktop.wait(lambda: any(SUBJECT in row for row in rows(ticket_list(mirko))), "it is listed")


def documents(mirko: Partner) -> None:
    """7. Documents: all documents that wait for a signature or are signed."""
    mirko.open_tile("Documents")
    mirko.sees("4 documents wait for your signature")
    offers = mirko.desktop.find(DocumentList, "Documents")
    mirko.desktop.wait(lambda: "To sign by" in row_of(mirko, OFFER), "it can be signed")
    assert "Signed" in row_of(mirko, SIGNED_ORDER)
    assert not any("AB-0330" in row for row in rows(offers)), "the bicycle shop's"
    mirko.for_manual("documents")


def further_fields(mirko: Partner) -> None:
    """8. Besides the signature, further form fields, if the author set them."""
    open_document(mirko, OFFER)
    for name in ("cost_centre", "payment", "remarks", "newsletter"):
        on_page(mirko, name)
    type_on_page(mirko, "cost_centre", "4400")


def reddish(mirko: Partner) -> None:
    """9. Required fields have a reddish background."""
    mirko.sees("Required, empty")
    for name in REQUIRED:
        assert is_reddish(ground(mirko, name)), name
    assert not is_reddish(ground(mirko, "remarks"))


def next_field(mirko: Partner) -> None:
    """10. A "Next" button leads to the next required field and disappears when all are filled."""
    answers: dict[str, Callable[[], None]] = {
        "start_date": lambda: pick_date(mirko, "start_date"),
        "order_number": lambda: type_on_page(mirko, "order_number", "B-2204"),
        "payment": lambda: QTest.keyClick(on_page(mirko, "payment").control, Qt.Key.Key_Down),
        "terms": lambda: QTest.keyClick(on_page(mirko, "terms").control, Qt.Key.Key_Space),
        "place_and_day": lambda: type_on_page(mirko, "place_and_day", "Musterhafen, heute"),
    }
    mirko.for_manual("required")
    for left, name in zip(range(6, 1, -1), REQUIRED, strict=True):
        mirko.click(f"Next required field ({left} left)")
        assert on_page(mirko, name).control.hasFocus()
        answers[name]()
        mirko.desktop.settle()
    mirko.click("Next required field (1 left)")
    place = mirko.desktop.find(QAbstractButton, "Signature", document(mirko))
    assert place.hasFocus()
    QTest.keyClick(place, Qt.Key.Key_Space)
    draw(mirko)
    mirko.click("Continue", signature_window(mirko))
    assert not document(mirko).viewer.next.isVisible()


def signed(mirko: Partner) -> None:
    """11. Signing saves the document; nothing can be changed afterwards."""
    mirko.click("Sign now", signature_window(mirko))
    mirko.sees("Signed by Mirko Petri on")
    mirko.sees(", unchanged")  # by its seal
    mirko.for_manual("signed")
    for name in ("Sign", "Decline", "Take back"):
        assert not mirko.desktop.has(QAbstractButton, name)
    pane = document(mirko)
    mirko.desktop.wait(lambda: not changeable(pane), "nothing can be filled in any more")
    mirko.desktop.go("home")
    mirko.sees("3 to sign")


def signature(mirko: Partner) -> None:
    """12. A separate window to make the signature, however the customer likes: draw, type, picture."""
    pane = open_document(mirko, SHOP)
    mirko.click("Signature", pane)
    window = signature_window(mirko)
    assert window.isWindow()
    draw(mirko)
    mirko.for_manual("signature")
    mirko.click("Type", window)
    assert mirko.desktop.find(QLineEdit, "Your name", window).text() == NAME
    mirko.click("Handwriting 2", window)
    mirko.click("Picture", window)
    mirko.drop(mirko.desktop.find(DropArea, "Drop a picture of your signature here", window), photo(mirko))
    use = mirko.desktop.find(QAbstractButton, "Use this signature", window)
    mirko.desktop.wait(use.isEnabled, "the ink is found in the picture")
    mirko.click("Cancel", window)


def shown_as_signed(mirko: Partner) -> None:
    """13. The order then shows that it was signed."""
    mirko.desktop.go("documents")
    mirko.desktop.wait(lambda: "Signed, " in row_of(mirko, OFFER), "the list says so")
    open_document(mirko, SIGNED_ORDER)
    mirko.sees("Order AB-0291")
    mirko.sees("Signed by Mirko Petri on")
    open_document(mirko, OLDER_OFFER)
    mirko.sees("Zweite Kasse mit Waage · Signed by Mirko Petri on")
    mirko.sees(", unchanged")  # its seal is checked here, too
    mirko.click(f"Offer {OFFER}")
    mirko.sees("Belongs to")


def declined(mirko: Partner) -> None:
    """14. An offer can be declined; a reason is asked for before it takes effect."""
    pane = open_document(mirko, SHOP)
    mirko.click("Decline", pane)
    window = mirko.desktop.find(DeclineWindow, "Decline")
    mirko.sees("Why do you decline “Onlineshop-Anbindung”?")
    mirko.click("Decline", window)
    mirko.sees("Say why you decline.")
    mirko.desktop.find(QAbstractButton, "Sign", pane)
    mirko.for_manual("decline")
    QTest.keyClicks(mirko.desktop.find(QPlainTextEdit, "Reason", window), REASON)
    mirko.click("Decline", window)


def stays_visible(mirko: Partner) -> None:
    """15. Declined offers stay visible with a notice; no button to cancel them again."""
    mirko.sees(f": {REASON}")
    no_way_back(mirko)
    mirko.desktop.go("documents")
    mirko.desktop.wait(lambda: REASON in row_of(mirko, SHOP), "it is still listed, with the reason")
    open_document(mirko, LONG_DECLINED)
    mirko.for_manual("declined")
    mirko.sees("Declined by Gesa Petri on")
    no_way_back(mirko)


def subscriptions(mirko: Partner) -> None:
    """16. Subscriptions: all ordered modules and components, to find out whether a module is installed."""
    mirko.open_tile("Subscriptions")
    tree = mirko.desktop.find(SubscriptionTree, "Subscriptions")
    mirko.desktop.wait(lambda: bool(tree.first()), "they are listed")
    for words, answer in (
        ("Kundendisplay", "Ordered, not active yet: 2 × Kundendisplay"),
        ("Anlagenbuchhaltung", "No longer: Anlagenbuchhaltung"),
        ("Lohnabrechnung", "Not ordered: nothing of yours is called “Lohnabrechnung”."),
        ("Handscanner", "Yes: 2 × Handscanner"),
    ):
        put(mirko.desktop.find(QLineEdit, "Search subscriptions"), words)
        mirko.sees(answer)
    mirko.for_manual("subscriptions")


def conversations(mirko: Partner) -> None:
    """17. In every menu entry: conversation with the vendor's staff in a history."""
    mirko.desktop.go("tickets")
    mirko.click_row(ticket_list(mirko), "#20418")
    mirko.sees("Ihr Zertifikat ist gestern abgelaufen")
    reply(mirko, mirko.desktop.find(TicketsScreen, "Your tickets"))
    for number, said in (
        (OFFER, "Die Preise gelten vier Wochen."),
        (SIGNED_ORDER, "Die Displays sind bestellt"),
    ):
        pane = open_document(mirko, number)
        mirko.sees(said)
        reply(mirko, pane)
    mirko.desktop.go("subscriptions")
    put(mirko.desktop.find(QLineEdit, "Search subscriptions"), "Tallwerk Kasse")
    mirko.sees("Ein weiterer Kassenplatz kostet 39,00 € im Monat.")
    reply(mirko, mirko.desktop.find(SubscriptionsScreen, "Subscriptions"))


def staff(mirko: Partner) -> None:
    """18. The assigned staff member and their time records are visible."""
    mirko.sees("Sofie Adler")
    mirko.desktop.go("tickets")
    mirko.click_row(ticket_list(mirko), "#20418")
    mirko.vendor.signed("ticket", "time", "20418", "25")
    mirko.click("Details")
    mirko.sees("Handled by: Paula Renn")
    mirko.sees("Hotline")  # what she does
    mirko.sees("Time recorded: 35 min")
    mirko.for_manual("staff")


def choose_tickets(mirko: Partner, choice: str, value: str) -> None:
    screen = mirko.desktop.find(TicketsScreen, "Your tickets")
    mirko.click(value, mirko.desktop.find(SegmentedChoice, choice, screen))


def ticket_list(mirko: Partner) -> QListView:
    return mirko.desktop.find(QListView, "Tickets", mirko.desktop.find(TicketsScreen, "Your tickets"))


def listed(mirko: Partner) -> set[str]:
    return numbers_in(ticket_list(mirko))


def called_by_host(mirko: Partner) -> None:
    command = [
        "--data-dir",
        str(mirko.folder / "data"),
        "new",
        "--module",
        "accounting",
        "--subject",
        SUBJECT,
    ]
    called = subprocess.Popen([sys.executable, "-m", "supportdesk", *command, "--source", HOST])
    mirko.desktop.wait(lambda: called.poll() is not None, "the host application's call returns")
    assert called.returncode == 0


def row_of(mirko: Partner, number: str) -> str:
    """What a screen reader says of this document in the list; '' where it is not listed."""
    listed = rows(mirko.desktop.find(DocumentList, "Documents"))
    return next((row for row in listed if number in row), "")


def open_document(mirko: Partner, number: str) -> DocumentPane:
    mirko.desktop.go("documents")
    mirko.click_row(mirko.desktop.find(DocumentList, "Documents"), number)
    pane = document(mirko)
    mirko.desktop.wait(lambda: bool(pane.presenter.state.pages.sizes), "its pages are shown")
    mirko.desktop.settle()
    return pane


def document(mirko: Partner) -> DocumentPane:
    pane = mirko.desktop.find(QWidget, "Document").findChild(DocumentPane)
    assert pane is not None
    return pane


def on_page(mirko: Partner, name: str) -> PageField:
    found = document(mirko).viewer.sheets.form.place_of(name)
    assert isinstance(found, PageField)
    return found


def type_on_page(mirko: Partner, name: str, text: str) -> None:
    QTest.keyClicks(on_page(mirko, name).control, text)
    mirko.desktop.settle()


def pick_date(mirko: Partner, name: str) -> None:
    date = on_page(mirko, name).control
    assert isinstance(date, QDateEdit)
    QTest.keyClicks(date, "12/01/2026")


def ground(mirko: Partner, name: str) -> QColor:
    """What is seen in a field beside what stands in it."""
    field = on_page(mirko, name)
    return field.grab().toImage().pixelColor(field.width() // 2, field.height() - 7)


def is_reddish(colour: QColor) -> bool:
    return colour.red() > max(colour.green(), colour.blue()) + 10


def changeable(pane: DocumentPane) -> list[str]:
    return [each.field.name for each in pane.findChildren(PageField) if each.control.isVisible()]


def signature_window(mirko: Partner) -> SignatureWindow:
    return mirko.desktop.find(SignatureWindow, "Signature")


def draw(mirko: Partner) -> None:
    (pad,) = signature_window(mirko).findChildren(InkPad)
    start = QPoint(pad.width() // 4, pad.height() // 2)
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=start)
    for step in range(20):
        QTest.mouseMove(pad, start + QPoint(9 * step, 24 * (step % 3 - 1)))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=start + QPoint(190, 0))
    mirko.desktop.settle()


def photo(mirko: Partner) -> Path:
    """Of a signature: a dark stroke on white paper."""
    image = QImage(240, 90, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for x in range(30, 210):
        for y in range(42, 47):
            image.setPixelColor(x, y + (x // 6) % 9, QColor("navy"))
    path = mirko.folder / "signature.png"
    assert image.save(str(path))
    return path


def no_way_back(mirko: Partner) -> None:
    for name in ("Sign", "Decline", "Take back", "Cancel"):
        assert not mirko.desktop.has(QAbstractButton, name), name


def reply(mirko: Partner, within: QWidget) -> None:
    pane = next(each for each in within.findChildren(ConversationPane) if each.isVisible())
    mirko.desktop.type_into(mirko.desktop.find(QPlainTextEdit, "Your answer", pane), ANSWER)
    mirko.click("Send reply", pane)
    mirko.sees(ANSWER)
    mirko.desktop.wait(lambda: not mirko.desktop.has(WaitingBubble, ""), "the vendor has it")


LINES: tuple[Callable[[Partner], None], ...] = (
    overview,
    created_for_the_customer,
    customers_of_the_partner,
    glossary,
    submit,
    without_login,
    documents,
    further_fields,
    reddish,
    next_field,
    signed,
    signature,
    shown_as_signed,
    declined,
    stays_visible,
    subscriptions,
    conversations,
    staff,
)


@pytest.mark.parametrize("mirko", BACKENDS, indirect=True)
def test_the_manual_can_be_followed(mirko: Partner) -> None:
    """All eighteen lines, one after the other, in one sitting."""
    for line in LINES:
        line(mirko)
