"""The manual of the school administration's portal, followed in the running program.

Each step is one line of that manual (its docstring), done by what is written on the screen: at the demo desk
in the program, and at a vendor's server that is added by its address. The staff works at the command line.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QRadioButton,
)

from supportdesk.ui.reading.entry_list import EntryList
from supportdesk.ui.screens.tickets.screen import TicketsScreen
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.segmented import SegmentedChoice
from supportdesk.ui.widgets.tile import Tile
from tests.support.app import running_app
from tests.support.mails import text_of
from tests.support.newcomer import Newcomer
from tests.support.person import put, rows
from tests.support.vendor_side import BACKENDS, side_of

pytestmark = [
    pytest.mark.second_stage,
    pytest.mark.timeout(900),
    pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard"),  # an open menu
]

SCHOOL = "Gesamtschule Am Weiher"
NAME, EMAIL = "Merle Sander", "merle.sander@am-weiher.example"
FIRST_PASSWORD, PASSWORD, LAST_PASSWORD = "chalk-board-yellow", "seventh-period-bell", "blue-atlas-shelf"
SUBJECT = "Twins appear once in the class list"
TEXT = "Both children are in the pupil records, the list of 5b shows only one of them."
ANSWER = "The list was grouped by address; from tonight's update on it shows both."
COLLEAGUE, FOREIGN = "#7731", "#7729"
"""Ms Olms's of the same school, and one of another school."""
NEW_ARTICLE = "Why twins appear once in a class list"
TYPES = {
    "User support": "Recommended for ordinary matters",
    "Technical support": "Installation, network, printers",
    "Incident": "several people cannot go on",
    "Service request": "please call me",
    "Request for change": "something it does not do today",
    "Consulting": "Chargeable",
}


class Secretary(Newcomer):
    """Known to the vendor, who has reported two matters for her when she called."""

    open_number = ""
    closed_number = ""


@pytest.fixture
def merle(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Secretary]:
    data = tmp_path / "data"
    with side_of(request.param, tmp_path, "school", staff="astrid.falk@pultura.example") as vendor:
        vendor.admin("person", "add", EMAIL, NAME, f"--organisation={SCHOOL}")
        reported = [
            vendor.signed("ticket", "report-for", EMAIL, subject, "She called.")["number"]
            for subject in ("Access for a trainee", "Stamp on certificates")
        ]
        vendor.signed("ticket", "status", reported[1], "closed")
        with running_app(data) as desktop:
            merle = Secretary(desktop, data, vendor, NAME, EMAIL)
            merle.open_number, merle.closed_number = (f"#{number}" for number in reported)
            yield merle


def user_name(merle: Secretary) -> None:
    """1. The user name is the e-mail address that the vendor knows."""
    merle.choose_vendor("Pultura Schulverwaltung")
    merle.sees("Your user name is the e-mail address that Pultura knows.")
    merle.write("E-mail or user name", "merle")
    merle.press("Next")
    merle.sees("Enter your e-mail address, with the part behind the @.")


def forgotten_password(merle: Secretary) -> None:
    """2. At the first use, and when the password is forgotten, "Forgot your password?" sends a mail.

    With its link the password is set.
    """
    set_password_by_mail(merle, FIRST_PASSWORD, mails=1)
    merle.log_out()
    set_password_by_mail(merle, PASSWORD, mails=2)


def set_password_by_mail(merle: Secretary, password: str, mails: int) -> None:
    merle.press("Forgot your password?")
    merle.write("E-mail", EMAIL)
    merle.for_manual("forgotten")
    merle.press("Send the code")
    merle.open_link(merle.mail("set a new password", mails))
    merle.write("New password", password)
    merle.press("Set the password and sign in")
    merle.comes_in()


def preferences(merle: Secretary) -> None:
    """3. Password and language are changed in the preferences."""
    merle.open_tile("Settings")
    merle.change_password(PASSWORD, LAST_PASSWORD)
    merle.choose("Language of mails", "Deutsch")
    merle.click("Save")
    merle.sees("Your data are saved.")
    merle.click("Language")
    merle.for_manual("language")
    words = (("Deutsch", "Einstellungen"), ("Svenska", "Inställningar"), ("English", "Settings"))
    for language, word in words:
        choice = merle.desktop.find(QRadioButton, language)
        QTest.mouseClick(choice, Qt.MouseButton.LeftButton)
        merle.sees(word)


def two_functions(merle: Secretary) -> None:
    """4. There are two functions: tickets and FAQ."""
    merle.desktop.go("home")
    for name in ("Your tickets", "FAQ"):
        merle.desktop.find(Tile, name)
    merle.for_manual("home")


def tickets(merle: Secretary) -> None:
    """5. A new ticket, my tickets, the tickets of my organisation."""
    merle.desktop.find(Tile, "New ticket")
    merle.open_tile("Your tickets")
    merle.desktop.wait(lambda: COLLEAGUE in listed(merle), "the school's tickets are listed")
    assert FOREIGN not in listed(merle)
    merle.for_manual("tickets")
    choose_tickets(merle, "Whose tickets", "Mine")
    merle.desktop.wait(lambda: listed(merle) == {merle.open_number}, "her own alone")


def my_tickets(merle: Secretary) -> None:
    """6. My tickets: all, the open ones, the closed ones."""
    choose_tickets(merle, "Open or closed", "All")
    merle.desktop.wait(lambda: listed(merle) == {merle.open_number, merle.closed_number}, "all of hers")
    choose_tickets(merle, "Open or closed", "Closed")
    merle.desktop.wait(lambda: listed(merle) == {merle.closed_number}, "the closed one")
    choose_tickets(merle, "Open or closed", "Open")
    merle.desktop.wait(lambda: listed(merle) == {merle.open_number}, "the open one")


def faq(merle: Secretary) -> None:
    """7. FAQ: common matters and their solutions. It grows; search with "did you mean", labels, sorting."""
    merle.open_tile("FAQ")
    entries = merle.desktop.find(EntryList, "Help articles")
    merle.vendor.publish("article", NEW_ARTICLE, "The list of a class is grouped by address.")
    merle.desktop.wait(lambda: any(NEW_ARTICLE in row for row in rows(entries)), "the new one is listed")
    merle.choose("Sort by", "By title")
    merle.desktop.wait(lambda: rows(entries) == sorted(rows(entries), key=str.casefold), "by title")
    put(merle.desktop.find(QLineEdit, "Search help articles"), "pasword")
    merle.click("Search instead for “pasword”")
    merle.for_manual("did-you-mean")
    merle.click("Did you mean “password”?")
    merle.click_row(entries, "I forgot my own password")
    merle.click("Label: password")
    merle.desktop.find(QAbstractButton, "Remove label password")
    assert merle.desktop.find(QLineEdit, "Search help articles").text() == ""
    merle.desktop.wait(lambda: len(rows(entries)) == 2, "both that carry it are listed")
    merle.for_manual("article")


def form(merle: Secretary) -> None:
    """8. The form asks for type, service, subject and text."""
    merle.open_tile("New ticket")
    fill_in(merle)
    merle.for_manual("form")


def fill_in(merle: Secretary) -> None:
    merle.choose("Type", "User support")
    merle.find_service("Service", "class lists", "class-lists")
    merle.click("Next")
    merle.fill(QLineEdit, "Subject", SUBJECT)
    merle.fill(QPlainTextEdit, "Description", TEXT)


def types(merle: Secretary) -> None:
    """9. The types are explained, so that one chooses with care; one is recommended for ordinary matters.

    Until somebody has chosen, a ticket is unclassified.
    """
    merle.open_tile("Your tickets")
    merle.click_row(ticket_list(merle), merle.open_number)  # made for her when she called
    merle.click("Details")
    merle.sees("Type: Unclassified")
    merle.open_tile("New ticket")
    merle.click("Begin a new report")  # the one that was just filled in is kept as a draft
    combo = merle.desktop.find(Combo, "Type")
    assert combo.currentText() == "User support"
    assert [combo.itemText(at) for at in range(combo.count())] == list(TYPES)
    for name, explanation in TYPES.items():
        merle.choose("Type", name)
        merle.sees(explanation)
    merle.for_manual("types")


def services(merle: Secretary) -> None:
    """10. Services have two levels: a program, and a part of it."""
    levels = merle.levels("Service")
    assert "Class lists" in levels["Pultura Pupils"]
    assert set(levels) >= {"Pultura Grades", "Pultura Timetable", "Pultura Parents app", "Pultura Office"}


def followed(merle: Secretary) -> None:
    """11. After saving, the ticket is among my tickets, where its status can be followed."""
    fill_in(merle)
    for _step in range(2):
        merle.click("Next")
    merle.send()
    merle.open_tile("Your tickets")
    merle.desktop.wait(lambda: status(merle, "New"), "it is new")
    merle.vendor.signed("ticket", "assign", merle.number)
    merle.vendor.signed("ticket", "status", merle.number, "in_progress")
    merle.desktop.wait(lambda: status(merle, "In progress"), "it is being worked on")
    merle.click_row(ticket_list(merle), f"#{merle.number}")
    merle.sees(SUBJECT)
    merle.for_manual("followed")


def answer_by_mail(merle: Secretary) -> None:
    """12. The answer goes to the customer's e-mail address, too."""
    merle.vendor.signed("ticket", "answer", merle.number, ANSWER, "--status=solved")
    mail = text_of(merle.mail(f"[#{merle.number}] {SUBJECT}", 2))  # after the one about its status
    assert ANSWER in mail
    assert "Guten Tag" in mail  # she has chosen so
    merle.desktop.wait(lambda: status(merle, "Solved"), "the program says so, too")


def choose_tickets(merle: Secretary, choice: str, value: str) -> None:
    screen = merle.desktop.find(TicketsScreen, "Your tickets")
    merle.click(value, merle.desktop.find(SegmentedChoice, choice, screen))


def ticket_list(merle: Secretary) -> QListView:
    return merle.desktop.find(QListView, "Tickets", merle.desktop.find(TicketsScreen, "Your tickets"))


def listed(merle: Secretary) -> set[str]:
    """The numbers of the tickets that are listed."""
    return {
        word.strip(",.") for row in rows(ticket_list(merle)) for word in row.split() if word.startswith("#")
    }


def status(merle: Secretary, name: str) -> bool:
    return any(f"#{merle.number}" in row and name in row for row in rows(ticket_list(merle)))


LINES: tuple[Callable[[Secretary], None], ...] = (
    user_name,
    forgotten_password,
    preferences,
    two_functions,
    tickets,
    my_tickets,
    faq,
    form,
    types,
    services,
    followed,
    answer_by_mail,
)


@pytest.mark.parametrize("merle", BACKENDS, indirect=True)
def test_the_manual_can_be_followed(merle: Secretary) -> None:
    """All twelve lines, one after the other, in one sitting."""
    for line in LINES:
        line(merle)
