"""The manual of the portal for return orders of key accounts, followed in the running program.

Each step is one line of that manual (its docstring), done by what is written on the screen: with the demo,
whose desk is inside the program, and with a server. The staff works at the vendor's command line.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLineEdit,
    QListView,
    QRadioButton,
    QWidget,
)

from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.ui.models.article_model import Column
from supportdesk.ui.screens.colleagues.colleague_row import ColleagueRow
from supportdesk.ui.screens.colleagues.given_card import GivenCard
from supportdesk.ui.screens.colleagues.new_colleague import NewColleagueCard
from supportdesk.ui.screens.orders.article_table import ArticleTable
from supportdesk.ui.screens.orders.list_screen import OrdersScreen
from supportdesk.ui.screens.orders.new_order_screen import NewOrderScreen
from supportdesk.ui.screens.orders.order_screen import OrderScreen
from supportdesk.ui.screens.settings.my_data_card import MyDataCard
from supportdesk.ui.widgets.segmented import SegmentedChoice
from tests.support.app import Desktop, running_app
from tests.support.newcomer import Newcomer
from tests.support.person import parts, put, rows, said
from tests.support.vendor_side import BACKENDS, Unheeded, VendorSide, side_of

pytestmark = [
    pytest.mark.second_stage,
    pytest.mark.timeout(900),
    pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard"),  # an open menu
]

VENDOR, STAFF = "Velmark Teilehandel", "ana.petrov@velmark.example"
COMPANY = "Autohaus Sundermann"
NAME, EMAIL = "Hana Brandl", "hana.brandl@sundermann.example"
FIRST_PASSWORD, PASSWORD = "left-hand-thread", "torque-at-ninety"
PHONE = "0221 4710 888"
WAITING, PACKED, SHORT = "RET-2025-111", "RET-2025-114", "RET-2025-116"
"""One that waits for an answer, and the one on a pallet, which is being worked on."""
FOREIGN = "K-2025-31"
"""Of another customer."""
REFERENCE = "RET-2026-001"
CARLA, CARLA_EMAIL = "Carla Wenzel", "carla.wenzel@sundermann.example"
MARA, MARA_EMAIL = "Mara Quint", "mara.quint@sundermann.example"


class KeyAccount(Newcomer):
    """She sends back parts for a car dealer."""

    def __init__(self, desktop: Desktop, folder: Path, vendor: VendorSide) -> None:
        super().__init__(desktop, folder / "data", vendor, NAME, EMAIL)
        self.folder = folder

    def asks_to_come_in(self, email: str, password: str) -> None:
        """Whose access data these are."""
        self.email = email
        self.sign_in(password)

    def picture(self, name: str) -> Path:
        picture = QImage(320, 200, QImage.Format.Format_RGB32)
        picture.fill(QColor("#93296F"))
        path = self.folder / name
        assert picture.save(str(path))
        return path

    def orders(self) -> QListView:
        return self.desktop.find(QListView, "Orders", self.desktop.find(OrdersScreen, "Orders"))

    def show_orders(self, which: str) -> None:
        self.click(which, self.desktop.find(SegmentedChoice, "Which orders"))

    def open_order(self, reference: str) -> OrderScreen:
        self.click_row(self.orders(), reference)
        screen = self.desktop.find(OrderScreen, "Order")
        self.desktop.wait(lambda: any(said(part).startswith(reference) for part in parts(screen)), reference)
        return screen

    def listed(self, reference: str, words: str = "") -> bool:
        return any(reference in row and words in row for row in rows(self.orders()))

    def order_of_vendor(self, reference: str) -> Any:
        """As the vendor's people see it."""
        (row,) = self.vendor.admin("order", "list", f"--words={reference}")["orders"]
        return self.vendor.admin("order", "show", row["number"])

    def write_article(self, line: int, number: str, name: str, quantity: str, reason: str) -> None:
        table = self.desktop.find(ArticleTable, "Articles")
        texts = (
            (Column.NUMBER, "Article number", number),
            (Column.NAME, "Name", name),
            (Column.QUANTITY, "Quantity", quantity),
        )
        for column, title, text in texts:
            self._click_cell(table, line, column)
            put(self.desktop.find(QLineEdit, title, table), text)
        self._click_cell(table, line, Column.FAULT)
        self.choose("Reason", reason)

    def drop_on_article(self, line: int, file: Path) -> None:
        table = self.desktop.find(ArticleTable, "Articles")
        cell = table.model().index(line, Column.FILES)
        self.drop(table.viewport(), file, place=table.visualRect(cell).center())
        self.desktop.wait(lambda: str(cell.data()) == "1 file", f"{file.name} is at its article")

    def _click_cell(self, table: ArticleTable, line: int, column: Column) -> None:
        place = table.visualRect(table.model().index(line, column)).center()
        if table.viewport().childAt(place) is None:  # else it is being written in already
            QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.desktop.settle()

    def colleague(self, name: str) -> ColleagueRow:
        return self.desktop.find(ColleagueRow, name)

    def choose_option(self, name: str, within: QWidget | None = None) -> None:
        choice = self.desktop.find(QRadioButton, name, within)
        QTest.mouseClick(choice, Qt.MouseButton.LeftButton, pos=QPoint(8, choice.height() // 2))
        assert choice.isChecked()


@pytest.fixture
def hana(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[KeyAccount]:
    with (
        side_of(request.param, tmp_path, "orders", STAFF) as vendor,
        running_app(tmp_path / "data") as desktop,
    ):
        yield KeyAccount(desktop, tmp_path, vendor)


def login_or_register(hana: KeyAccount) -> None:
    """1. One logs in, or registers to ask for access."""
    hana.choose_vendor(VENDOR)
    hana.sees("For key accounts of Velmark.")
    hana.press("Create an account")
    hana.sees("Velmark looks at it and mails you your access.")
    hana.write("Your full name", NAME)
    hana.write("E-mail", EMAIL)
    hana.write("Organisation", COMPANY)
    hana.for_manual("register")
    hana.press("Send the request")
    hana.sees("Your request is on its way")
    hana.vendor.admin("access-request", "accept", EMAIL, f"--organisation={COMPANY}")
    hana.vendor.admin("person", "role", EMAIL, "organisation_admin")
    hana.press("Back to sign-in")
    hana.press("Forgot your password?")
    hana.press("I have a code already")
    hana.enter_code(hana.mail("your access"))
    hana.write("New password", FIRST_PASSWORD)
    hana.press("Set the password and sign in")
    hana.comes_in()
    hana.log_out()
    hana.asks_to_come_in(EMAIL, FIRST_PASSWORD)
    hana.comes_in()


def orders(hana: KeyAccount) -> None:
    """2. Orders: the list, each with its status."""
    hana.open_tile("Orders")
    hana.desktop.wait(lambda: hana.listed(PACKED, "In progress"), "one is being worked on")
    assert hana.listed(WAITING, "Waiting for you")
    assert not hana.listed(FOREIGN)
    hana.for_manual("orders")
    hana.show_orders("All")
    hana.desktop.wait(lambda: hana.listed("RET-2025-099", "Completed"), "one is done")


def an_order(hana: KeyAccount) -> None:
    """3. An order shows how far it is; further files can be added."""
    screen = hana.open_order(PACKED)
    for words in ("In progress", "Status history", "Stoßdämpfer hinten, Gasdruck", "packliste.pdf"):
        hana.sees(words)
    hana.click("Add files", screen)
    dialog = screen.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(hana.picture("ramp.png"))])
    dialog.close()
    hana.drop(hana.desktop.find(QWidget, "Querlenker vorn links", screen), hana.picture("ball-joint.png"))
    hana.desktop.wait(lambda: _files_at_vendor(hana) == ("ramp.png", "ball-joint.png"), "the vendor has them")
    hana.sees("ramp.png")
    hana.sees("ball-joint.png")
    hana.open_tile("Orders")
    hana.open_order(SHORT)
    hana.sees("glas.png")
    hana.for_manual("order")
    hana.open_tile("Orders")
    hana.open_order(PACKED)


def _files_at_vendor(hana: KeyAccount) -> tuple[str, ...]:
    """The newest one of the order, and the one of its third article."""
    order = hana.vendor.admin("order", "show", "50335")
    at_articles = order["articles"][2]["files"]
    return tuple(files[-1]["name"] for files in (order["files"], at_articles) if files)


def back_office(hana: KeyAccount) -> None:
    """4. The vendor sees and edits all orders in its back office.

    The customer's data of orders from the portal cannot be changed there.
    """
    seen = {order["reference"] for order in hana.vendor.admin("order", "list")["orders"]}
    assert {PACKED, WAITING, FOREIGN} <= seen
    before = hana.vendor.admin("order", "show", "50335")
    hana.vendor.signed("order", "edit", "50335", "--note=Rampe 4 statt Rampe 2")
    hana.vendor.signed("order", "edit-article", "50335", "3", "--quantity=5")
    hana.vendor.signed("order", "status", "50335", "sent")
    for words in ("Rampe 4 statt Rampe 2", "5 ×", "On its way to you"):
        hana.sees(words)
    for customers_own in ("reference", "organisation", "requester"):
        with pytest.raises(Unheeded):
            hana.vendor.signed("order", "edit", "50335", f"--{customers_own}=Something else")
    after = hana.vendor.admin("order", "show", "50335")
    for customers_own in ("reference", "organisation", "requester"):
        assert after[customers_own] == before[customers_own]


def new_order(hana: KeyAccount) -> None:
    """5. A new order: a reference number of one's own, one or more articles, files for each of them."""
    hana.open_tile("Orders")
    hana.click("New order", hana.desktop.find(OrdersScreen, "Orders"))
    screen = hana.desktop.find(NewOrderScreen, "New order")
    hana.click("Send order", screen)  # nothing is said yet: it asks for it
    assert hana.desktop.application.stage.window is not None
    hana.fill(QLineEdit, "Your reference number", REFERENCE)
    hana.choose("Kind of order", "Return of a wrong delivery")
    hana.write_article(0, "BD-31204", "Bremsscheibe vorn", "4", "Wrong article delivered")
    hana.click("Add article", screen)
    hana.write_article(1, "HL-88017", "Scheinwerfer links", "1", "Damaged in transport")
    hana.drop_on_article(0, hana.picture("label.png"))
    hana.drop_on_article(1, hana.picture("glass.png"))
    hana.for_manual("new-order")
    hana.click("Send order", screen)
    hana.desktop.find(OrderScreen, "Order")
    hana.sees("Received")
    order = hana.order_of_vendor(REFERENCE)
    told = [(each["number"], each["quantity"], each["files"][0]["name"]) for each in order["articles"]]
    assert told == [("BD-31204", 4, "label.png"), ("HL-88017", 1, "glass.png")]
    assert (order["requester"], order["organisation"]) == (NAME, COMPANY)
    hana.sees(f"#{order['number']}")
    hana.for_manual("sent")
    hana.open_tile("Orders")
    hana.desktop.wait(lambda: hana.listed(REFERENCE, "Received"), "it is among the others")


def my_data(hana: KeyAccount) -> None:
    """6. My data: one's own personal data."""
    hana.choose_in_account_menu("My data")
    card = hana.desktop.find(MyDataCard, "Your data at Velmark")
    name, phone = hana.desktop.find(QLineEdit, "Name", card), hana.desktop.find(QLineEdit, "Phone", card)
    hana.desktop.wait(lambda: name.text() == NAME, "her data are there")
    put(phone, PHONE)
    hana.click("Save", card)
    hana.sees("Your data are saved.")
    hana.for_manual("my-data")


def password(hana: KeyAccount) -> None:
    """7. The password can be changed."""
    hana.choose_in_account_menu("Change password")
    hana.change_password(FIRST_PASSWORD, PASSWORD)


def settings(hana: KeyAccount) -> None:
    """8. Settings: the language (German, English), and how many orders are listed on a page."""
    hana.open_tile("Settings")
    hana.click("Language")
    for language, word in (("Deutsch", "Einstellungen"), ("English", "Settings")):
        hana.choose_option(language)
        hana.sees(word)
    hana.click("Appearance")
    hana.for_manual("appearance")
    hana.choose("Orders per page", "25")
    hana.open_tile("Orders")
    hana.show_orders("All")
    hana.desktop.wait(lambda: len(rows(hana.orders())) == 25, "one page")
    hana.sees("1–25 of")
    hana.click("Next page")
    hana.sees("26–")
    assert 0 < len(rows(hana.orders())) < 25


def employees(hana: KeyAccount) -> None:
    """9. Employees are deactivated and reactivated; who is deactivated cannot log in."""
    hana.open_tile("Colleagues")
    hana.click("Deactivate", hana.colleague(CARLA))
    hana.sees("They can no longer sign in.")
    hana.for_manual("deactivate")
    hana.click("Deactivate", hana.colleague(CARLA))
    hana.desktop.find(QAbstractButton, "Activate", hana.colleague(CARLA))
    hana.log_out()
    hana.asks_to_come_in(CARLA_EMAIL, DEMO_PASSWORD)
    hana.sees("User name or password is not right.")  # what anybody is told who cannot get in
    hana.asks_to_come_in(EMAIL, PASSWORD)
    hana.comes_in()
    hana.open_tile("Colleagues")
    hana.click("Activate", hana.colleague(CARLA))
    hana.desktop.find(QAbstractButton, "Deactivate", hana.colleague(CARLA))


def new_employee(hana: KeyAccount) -> None:
    """10. A new employee: a form, an e-mail address that nobody else has; the access data are shown then."""
    hana.click("New colleague")
    form = hana.desktop.find(NewColleagueCard, "New colleague")
    put(hana.desktop.find(QLineEdit, "Name", form), MARA)
    put(hana.desktop.find(QLineEdit, "E-mail", form), CARLA_EMAIL)
    hana.choose_option("Show a password here", form)
    hana.click("Add", form)
    hana.sees("Somebody has an account with this address already.")
    put(hana.desktop.find(QLineEdit, "E-mail", form), MARA_EMAIL)
    hana.click("Add", form)
    given = hana.desktop.find(GivenCard, f"{MARA} can sign in")
    hana.sees("These access data are shown only now.")
    hana.for_manual("access-data")
    hana.click("Copy the access data", given)
    user, first_password = QGuiApplication.clipboard().text().splitlines()
    hana.sees(user)
    hana.sees(first_password)
    hana.click("Clear now")
    hana.log_out()
    # she gets in with them, and so does who was reactivated
    for name, email, password in ((MARA, user, first_password), (CARLA, CARLA_EMAIL, DEMO_PASSWORD)):
        hana.asks_to_come_in(email, password)
        hana.name = name
        hana.comes_in()
        hana.log_out()


LINES: tuple[Callable[[KeyAccount], None], ...] = (
    login_or_register,
    orders,
    an_order,
    back_office,
    new_order,
    my_data,
    password,
    settings,
    employees,
    new_employee,
)


@pytest.mark.parametrize("hana", BACKENDS, indirect=True)
def test_the_manual_can_be_followed(hana: KeyAccount) -> None:
    """All ten lines, one after the other, in one sitting."""
    for line in LINES:
        line(hana)
