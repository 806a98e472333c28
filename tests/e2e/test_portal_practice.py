"""The manual of the practice software's portal, followed in the running program from first to last sentence.

Each step is one line of that manual (its docstring), done by what is written on the screen.
"""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QRadioButton,
    QTreeView,
    QWidget,
)

from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.domain.projections import OpenState, TicketQuery, TicketRow
from supportdesk.domain.status import Stage
from supportdesk.ui.login.vendor_button import VendorButton
from supportdesk.ui.reading.entry_list import EntryList
from supportdesk.ui.screens.license_keys.key_card import KeyCard
from supportdesk.ui.screens.tickets.screen import TicketsScreen
from supportdesk.ui.ticket.pane import TicketPane
from supportdesk.ui.widgets.delivery_log import DeliveryLog
from supportdesk.ui.widgets.drop_area import DropArea
from supportdesk.ui.widgets.segmented import SegmentedChoice
from supportdesk.ui.widgets.tile import Tile
from supportdesk.ui.widgets.tree_choice import TreeChoice
from tests.support.app import Desktop, running_app
from tests.support.person import Person, parts, put, rows, said

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

USER = "jana.wiebe@lindenplatz.example"
SUBJECT = "The second tray is ignored"
DESCRIPTION = "Since this morning every prescription comes on A4. The message in the picture appears first."
HOST = "Medora 24.3"
MODULE = "Where does it happen?"


class Browser(QObject):
    """Takes the addresses that would be opened outside."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        for scheme in ("https", "http"):
            QDesktopServices.setUrlHandler(scheme, self, "open")  # type: ignore[arg-type]  # wants str

    def close(self) -> None:
        for scheme in ("https", "http"):
            QDesktopServices.unsetUrlHandler(scheme)

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


class Customer(Person):
    """Ms Wiebe."""

    def __init__(self, desktop: Desktop, folder: Path, browser: Browser) -> None:
        super().__init__(desktop)
        self.folder, self.browser = folder, browser
        self.number = ""
        """Of the ticket she reports."""

    def ticket_of_desk(self, number: str) -> TicketRow:
        query = TicketQuery(self.desktop.account_id, open_state=OpenState.ALL)
        found = self.desktop.workspace.read(lambda reader: reader.ticket_window(query, 0, 500)).result(30)
        return next(row for row in found if row.number == number)


@pytest.fixture
def customer(qapp: QApplication, tmp_path: Path) -> Iterator[Customer]:
    browser = Browser()
    with running_app(tmp_path / "data") as desktop:
        yield Customer(desktop, tmp_path, browser)
    browser.close()
    browser.deleteLater()
    QGuiApplication.clipboard().clear()


def opened(customer: Customer) -> None:
    """1. Opened from the desktop, or from the host application's selection menu."""
    desktop = customer.desktop
    desktop.wait(lambda: desktop.has(QDialog, "Sign in"), "the program opens")
    command = [
        "--data-dir",
        str(customer.folder / "data"),
        "new",
        "--module",
        "printing",
        "--subject",
        SUBJECT,
    ]
    menu_entry = subprocess.Popen([sys.executable, "-m", "supportdesk", *command, "--source", HOST])
    desktop.wait(lambda: menu_entry.poll() is not None, "the host application's call returns")
    assert menu_entry.returncode == 0


def signed_in(customer: Customer) -> None:
    """2. On first start a window asks for the portal credentials, confirmed with "Next"."""
    desktop = customer.desktop
    QTest.mouseClick(desktop.find(VendorButton, "Medora Praxissoftware"), Qt.MouseButton.LeftButton)
    customer.sees("Use the access data from your welcome letter.")
    put(desktop.find(QLineEdit, "E-mail or user name"), USER)
    put(desktop.find(QLineEdit, "Password"), DEMO_PASSWORD)
    next_button = desktop.find(QAbstractButton, "Next")
    QTest.mouseClick(next_button, Qt.MouseButton.LeftButton)
    stage = desktop.application.stage
    desktop.wait(lambda: stage.shown is not None and stage.window is not None, "she is signed in")
    desktop.workspace.sync.once(desktop.account_id, 30).result(60)
    desktop.settle()
    customer.sees(f"{HOST} handed over some details")  # the host application's call was waiting
    tree = desktop.find(TreeChoice, MODULE)
    assert tree.value() == "printing"


def modules(customer: Customer) -> None:
    """3. After login the modules are shown as tiles."""
    customer.desktop.go("home")
    for name in (
        "Report a problem",
        "Your tickets",
        "Important information",
        "Reopen a ticket",
        "License keys",
        "Help articles",
        "Newsletter",
        "Settings",
    ):
        customer.desktop.find(Tile, name)


def important_information(customer: Customer) -> None:
    """4. Important information: vendor notices to read."""
    customer.open_tile("Important information")
    notices = customer.desktop.find(EntryList, "Important information")
    customer.click_row(notices, "Online-Kalender: Wartung am Sonntag von 6 bis 8 Uhr")
    customer.sees("Am kommenden Sonntag erneuern wir die Server des Online-Kalenders.")
    customer.click_row(notices, "Neues Formular für E-Rezepte ab 1. Januar")
    customer.click("I have read this")
    customer.sees("You confirmed this on")


def report(customer: Customer) -> None:
    """5. Report a problem: fields are filled in one after the other."""
    customer.open_tile("Report a problem")
    customer.click("Begin a new report")  # the one from the host application is kept as a draft
    module_of_the_program(customer)
    priority(customer)
    customer.click("Next")
    subject_and_description(customer)
    customer.click("Next")
    file_attachments(customer)
    picture_from_the_camera(customer)
    customer.click("Next")
    if_it_is_chargeable(customer)
    customer.click("Send ticket")


def module_of_the_program(customer: Customer) -> None:
    """Module of the program in which it occurs (with a "general" choice)."""
    tree = customer.desktop.find(TreeChoice, MODULE)
    search, branches = tree.findChild(QLineEdit), tree.findChild(QTreeView)
    assert search is not None
    assert branches is not None
    general = branches.model().match(
        branches.model().index(0, 0), Qt.ItemDataRole.DisplayRole, "General", 1, Qt.MatchFlag.MatchStartsWith
    )
    assert general, "there is a general choice"
    QTest.keyClicks(search, "printing and")
    customer.desktop.settle()
    QTest.keyClick(search, Qt.Key.Key_Return)
    customer.desktop.wait(lambda: tree.value() == "printing", "the module is chosen")


def priority(customer: Customer) -> None:
    """Priority, three levels, with guidance.

    "High only if the program stands still or you cannot work at all."
    """
    names = ("Low", "Normal", "High")
    low, normal, high = (customer.desktop.find(QRadioButton, name) for name in names)
    assert normal.isChecked()
    assert "Only if the program stands still or you cannot work at all." in said(high)
    QTest.mouseClick(low, Qt.MouseButton.LeftButton)
    assert low.isChecked()


def subject_and_description(customer: Customer) -> None:
    """Subject (short), description, as detailed as possible."""
    customer.fill(QLineEdit, "Subject", SUBJECT)
    customer.fill(QPlainTextEdit, "Description", DESCRIPTION)
    customer.fill(QLineEdit, "Printer model", "Lexa M210")


def file_attachments(customer: Customer) -> None:
    """File attachments such as screenshots."""
    log = customer.folder / "medora.log"
    log.write_text("10:31:07 ERROR MD-2107 form Rezept 1, tray 1 reports A4\n")
    customer.sees("Up to 10 files, 25 MB each.")
    customer.drop(customer.desktop.find(DropArea, "Drop files or pictures here"), log)
    customer.sees("medora.log")
    screenshot = QImage(320, 200, QImage.Format.Format_RGB32)
    screenshot.fill(QColor("#246390"))
    QGuiApplication.clipboard().setImage(screenshot)
    customer.click("Paste")
    customer.sees("Picture 20")
    customer.desktop.find(QAbstractButton, "Capture screen")


def picture_from_the_camera(customer: Customer) -> None:
    """A new picture straight from the camera: not offered where no camera can be used."""
    assert not customer.desktop.has(QAbstractButton, "Take a photo")


def if_it_is_chargeable(customer: Customer) -> None:
    """Whether and how to handle the ticket if it is chargeable; send."""
    customer.sees("This leaves your computer")
    customer.sees("If this turns out to be chargeable")
    for name in ("Go ahead", "Ask me first", "Only if it is free of charge"):
        customer.desktop.find(QRadioButton, name)
    only_free = customer.desktop.find(QRadioButton, "Only if it is free of charge")
    QTest.mouseClick(only_free, Qt.MouseButton.LeftButton)
    customer.desktop.settle()
    assert only_free.isChecked()


def log_of_sending(customer: Customer) -> None:
    """6. After sending, a log shows whether the ticket was created."""
    log = customer.desktop.find(DeliveryLog, "Delivery log")
    customer.desktop.find(QAbstractButton, "Open ticket")
    lines = "\n".join(map(said, parts(log)))
    for line in ("Saved on this computer", "medora.log", "Accepted by Medora"):
        assert line in lines
    numbers = re.findall(r"#(\d+)", lines)
    assert numbers, lines
    customer.number = numbers[0]
    row = customer.ticket_of_desk(customer.number)
    assert (row.subject, row.service_id, row.priority_id) == (SUBJECT, "printing", "low")


def attachments_later(customer: Customer) -> None:
    """7. Attachments can also be added later to an existing ticket."""
    customer.click("Open ticket")
    pane = customer.desktop.find(QWidget, "Ticket").findChild(TicketPane)
    assert pane is not None
    settings = customer.folder / "printer-settings.txt"
    settings.write_text("tray 1: A4\ntray 2: prescription\n")
    answer = customer.desktop.find(QPlainTextEdit, "Your answer", pane)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(settings))])
    QGuiApplication.clipboard().setMimeData(data)
    answer.setFocus()
    QTest.keyClick(answer, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    customer.sees("printer-settings.txt")
    customer.click("Send files", pane)

    def names() -> set[str]:
        view = pane.presenter.state.view
        return {file.name for file in view.attachments} if view is not None else set()

    customer.desktop.wait(
        lambda: {"printer-settings.txt", "medora.log"} <= names(), "the file is at the ticket"
    )


def your_tickets(customer: Customer) -> None:
    """8. Your tickets: those created by you or by your colleagues."""
    customer.open_tile("Your tickets")
    screen = customer.desktop.find(TicketsScreen, "Your tickets")
    tickets = customer.desktop.find(QListView, "Tickets", screen)
    whose = customer.desktop.find(SegmentedChoice, "Whose tickets", screen)

    def listed(words: str) -> bool:
        return any(words in each for each in rows(tickets))

    mine, colleagues = f"#{customer.number}", "#1041"  # the latter is Mr Albrecht's
    customer.desktop.wait(lambda: listed(mine), "her own ticket is listed")
    customer.click("Colleagues", whose)
    customer.desktop.wait(lambda: listed(colleagues) and not listed(mine), "those of colleagues alone")
    customer.click("Mine", whose)
    customer.desktop.wait(lambda: listed(mine) and not listed(colleagues), "her own alone")
    customer.click("All", whose)
    customer.desktop.wait(lambda: listed(mine) and listed(colleagues), "both")


def reopen(customer: Customer) -> None:
    """9. Reopen a ticket: the problem came back, or the solution did not help.

    A further description is added.
    """
    customer.open_tile("Reopen a ticket")
    tickets = customer.desktop.find(QListView, "Tickets that can be reopened")
    customer.desktop.wait(lambda: tickets.model().rowCount() > 0, "some can be reopened")
    customer.click_row(tickets, "#1038")
    customer.click("Reopen ticket")  # nothing is said yet: it asks for it
    field = customer.desktop.find(QPlainTextEdit, "What is different now, or what did not help?")
    QTest.keyClicks(field, "Since Monday every appointment is there twice again.")
    customer.click("Reopen ticket")
    customer.sees("Since Monday every appointment is there twice again.")
    open_stages = {Stage.NEW, Stage.BACKLOG, Stage.IN_PROGRESS}
    customer.desktop.wait(lambda: customer.ticket_of_desk("1038").stage in open_stages, "it is open again")


def newsletter(customer: Customer) -> None:
    """10. Newsletter: browse past issues."""
    customer.open_tile("Newsletter")
    issues = customer.desktop.find(EntryList, "Newsletter")
    customer.click_row(issues, "Datensicherung: Hand aufs Herz")
    customer.sees("Eine Sicherung, die nie zurückgespielt wurde, ist nur eine Hoffnung.")


def license_keys(customer: Customer) -> None:
    """11. License keys: copy the license key or the company switch (a second key kind) to the clipboard."""
    customer.open_tile("License keys")
    customer.click("Copy", customer.desktop.find(KeyCard, "License key, Medora 24 Praxis"))
    assert QGuiApplication.clipboard().text() == "MDP7-4KQA-81TX-ZV5N-9K2F"
    customer.sees("Copied. The clipboard is cleared in 60 s")
    customer.click("Copy", customer.desktop.find(KeyCard, "Company switch, Medora 24 Praxis"))
    assert QGuiApplication.clipboard().text() == "5521-7740-0318"
    customer.click("Clear now")
    assert QGuiApplication.clipboard().text() == ""


def settings(customer: Customer) -> None:
    """12. Settings: shows the access data in use."""
    customer.open_tile("Settings")
    for known in (USER, "Jana Wiebe", "Praxis am Lindenplatz", "Medora Praxissoftware"):
        customer.sees(known)
    customer.sees_not(DEMO_PASSWORD)


def without_the_host_application(customer: Customer) -> None:
    """13. If the host application does not start, the ticket can still be reported.

    The app does not depend on the host application, and links to the vendor's web portal.
    """
    customer.desktop.go("home")
    customer.desktop.find(Tile, "Report a problem")
    customer.click("Web portal")
    customer.sees("portal.medora.example")
    customer.click("Open")
    assert customer.browser.opened == ["https://portal.medora.example/en"]


def video_help(customer: Customer) -> None:
    """14. Video help on how to create a ticket."""
    customer.desktop.go("home")
    customer.click("Video help")
    customer.sees("medora.example")
    customer.click("Open")
    assert customer.browser.opened[-1] == "https://medora.example/en/video/report"


LINES: tuple[Callable[[Customer], None], ...] = (
    opened,
    signed_in,
    modules,
    important_information,
    report,
    log_of_sending,
    attachments_later,
    your_tickets,
    reopen,
    newsletter,
    license_keys,
    settings,
    without_the_host_application,
    video_help,
)


def test_the_manual_can_be_followed(customer: Customer) -> None:
    """All fourteen lines, one after the other, in one sitting."""
    assert [str(line.__doc__).partition(".")[0] for line in LINES] == [str(n) for n in range(1, 15)]
    for line in LINES:
        line(customer)
