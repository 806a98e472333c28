"""The manual of the practice software's portal, followed in the running program from first to last sentence.

Each step is one line of that manual (its docstring), done by what is written on the screen: at the demo desk
in the program, and at a vendor's server that is added by its address.
"""

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
    QWidget,
)

from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.domain.projections import OpenState, TicketQuery, TicketRow
from supportdesk.domain.status import Stage
from supportdesk.ui.reading.entry_list import EntryList
from supportdesk.ui.screens.license_keys.key_card import KeyCard
from supportdesk.ui.screens.tickets.screen import TicketsScreen
from supportdesk.ui.ticket.pane import TicketPane
from supportdesk.ui.widgets.drop_area import DropArea
from supportdesk.ui.widgets.segmented import SegmentedChoice
from supportdesk.ui.widgets.tile import Tile
from supportdesk.ui.widgets.tree_choice import TreeChoice
from tests.support.app import Desktop, running_app
from tests.support.cameras import MadeCameras, scene
from tests.support.newcomer import Newcomer
from tests.support.person import rows, said
from tests.support.vendor_side import BACKENDS, VendorSide, side_of

pytestmark = [pytest.mark.second_stage, pytest.mark.timeout(900)]

VENDOR = "Medora Praxissoftware"
NAME, EMAIL = "Jana Wiebe", "jana.wiebe@lindenplatz.example"
SUBJECT = "Fach 2 wird ignoriert"
DESCRIPTION = "Seit heute Morgen kommt jedes Rezept auf A4. Zuerst erscheint die Meldung im Bild."
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


class Nurse(Newcomer):
    """Known to the vendor, in the middle of her work."""

    def __init__(
        self, desktop: Desktop, folder: Path, vendor: VendorSide, browser: Browser, camera: MadeCameras
    ) -> None:
        super().__init__(desktop, folder / "data", vendor, NAME, EMAIL)
        self.folder, self.browser, self.camera = folder, browser, camera

    def ticket_of_desk(self, number: str) -> TicketRow:
        query = TicketQuery(self.desktop.account_id, open_state=OpenState.ALL)
        found = self.desktop.workspace.read(lambda reader: reader.ticket_window(query, 0, 500)).result(30)
        return next(row for row in found if row.number == number)


@pytest.fixture
def jana(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Nurse]:
    browser, camera = Browser(), MadeCameras("Desk camera")
    with (
        side_of(request.param, tmp_path, "practice", staff="mia.storm@medora.example") as vendor,
        running_app(tmp_path / "data", cameras=camera) as desktop,
    ):
        yield Nurse(desktop, tmp_path, vendor, browser, camera)
    browser.close()
    browser.deleteLater()
    QGuiApplication.clipboard().clear()


def opened(jana: Nurse) -> None:
    """1. Opened from the desktop, or from the host application's selection menu."""
    desktop = jana.desktop
    desktop.wait(lambda: desktop.has(QDialog, "Sign in"), "the program opens")
    command = [
        "--data-dir",
        str(jana.folder / "data"),
        "new",
        "--module",
        "printing",
        "--subject",
        SUBJECT,
    ]
    menu_entry = subprocess.Popen([sys.executable, "-m", "supportdesk", *command, "--source", HOST])
    desktop.wait(lambda: menu_entry.poll() is not None, "the host application's call returns")
    assert menu_entry.returncode == 0


def signed_in(jana: Nurse) -> None:
    """2. On first start a window asks for the portal credentials, confirmed with "Next"."""
    jana.choose_vendor(VENDOR)
    jana.sees("Use the access data from your welcome letter.")
    jana.for_manual("sign-in")
    jana.sign_in(DEMO_PASSWORD)
    jana.comes_in()
    jana.sees(f"{HOST} handed over some details")  # the host application's call was waiting
    assert jana.desktop.find(TreeChoice, MODULE).value() == "printing"


def modules(jana: Nurse) -> None:
    """3. After login the modules are shown as tiles."""
    jana.desktop.go("home")
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
        jana.desktop.find(Tile, name)
    jana.for_manual("home")


def important_information(jana: Nurse) -> None:
    """4. Important information: vendor notices to read."""
    jana.open_tile("Important information")
    notices = jana.desktop.find(EntryList, "Important information")
    jana.click_row(notices, "Online-Kalender: Wartung am Sonntag von 6 bis 8 Uhr")
    jana.sees("Am kommenden Sonntag erneuern wir die Server des Online-Kalenders.")
    jana.click_row(notices, "Neues Formular für E-Rezepte ab 1. Januar")
    jana.click("I have read this")
    jana.sees("You confirmed this on")
    jana.for_manual("information")


def report(jana: Nurse) -> None:
    """5. Report a problem: fields are filled in one after the other."""
    jana.open_tile("Report a problem")
    jana.click("Begin a new report")  # the one from the host application is kept as a draft
    module_of_the_program(jana)
    priority(jana)
    jana.for_manual("about")
    jana.click("Next")
    subject_and_description(jana)
    jana.click("Next")
    file_attachments(jana)
    picture_from_the_camera(jana)
    jana.click("Next")
    if_it_is_chargeable(jana)
    jana.send()


def module_of_the_program(jana: Nurse) -> None:
    """Module of the program in which it occurs (with a "general" choice)."""
    jana.find_service(MODULE, "printing and", "printing")
    assert any(name.startswith("General") for name in jana.levels(MODULE)), "there is a general choice"


def priority(jana: Nurse) -> None:
    """Priority, three levels, with guidance.

    "High only if the program stands still or you cannot work at all."
    """
    names = ("Low", "Normal", "High")
    low, normal, high = (jana.desktop.find(QRadioButton, name) for name in names)
    assert normal.isChecked()
    assert "Only if the program stands still or you cannot work at all." in said(high)
    QTest.mouseClick(low, Qt.MouseButton.LeftButton)
    assert low.isChecked()


def subject_and_description(jana: Nurse) -> None:
    """Subject (short), description, as detailed as possible."""
    jana.fill(QLineEdit, "Subject", SUBJECT)
    jana.fill(QPlainTextEdit, "Description", DESCRIPTION)
    jana.fill(QLineEdit, "Printer model", "Lexa M210")


def file_attachments(jana: Nurse) -> None:
    """File attachments such as screenshots."""
    log = jana.folder / "medora.log"
    log.write_text("10:31:07 ERROR MD-2107 form Rezept 1, tray 1 reports A4\n")
    jana.sees("Up to 10 files, 25 MB each.")
    jana.drop(jana.desktop.find(DropArea, "Drop files or pictures here"), log)
    jana.sees("medora.log")
    screenshot = QImage(320, 200, QImage.Format.Format_RGB32)
    screenshot.fill(QColor("#246390"))
    QGuiApplication.clipboard().setImage(screenshot)
    jana.click("Paste")
    jana.sees("Picture 20")
    for name in ("Choose files", "Capture screen"):
        jana.desktop.find(QAbstractButton, name)


def picture_from_the_camera(jana: Nurse) -> None:
    """A new picture straight from the camera."""
    jana.click("Take a picture")
    jana.camera.send(scene())
    jana.click("Take the picture")
    jana.click("Use")
    jana.click("Use in ticket")
    jana.sees("Photo 20")
    jana.for_manual("attachments")


def if_it_is_chargeable(jana: Nurse) -> None:
    """Whether and how to handle the ticket if it is chargeable; send."""
    jana.sees("This leaves your computer")
    jana.sees("If this turns out to be chargeable")
    for name in ("Go ahead", "Ask me first", "Only if it is free of charge"):
        jana.desktop.find(QRadioButton, name)
    only_free = jana.desktop.find(QRadioButton, "Only if it is free of charge")
    QTest.mouseClick(only_free, Qt.MouseButton.LeftButton)
    jana.desktop.settle()
    assert only_free.isChecked()
    jana.for_manual("check")


def log_of_sending(jana: Nurse) -> None:
    """6. After sending, a log shows whether the ticket was created."""
    for line in ("Saved on this computer", "medora.log", "Accepted by Medora", f"#{jana.number}"):
        jana.sees(line)
    ticket = jana.vendor.admin("ticket", "show", jana.number)
    assert (ticket["subject"], ticket["service_id"], ticket["priority_id"]) == (SUBJECT, "printing", "low")
    jana.for_manual("log")


def attachments_later(jana: Nurse) -> None:
    """7. Attachments can also be added later to an existing ticket."""
    jana.click("Open ticket")
    pane = jana.desktop.find(QWidget, "Ticket").findChild(TicketPane)
    assert pane is not None
    settings = jana.folder / "printer-settings.txt"
    settings.write_text("tray 1: A4\ntray 2: prescription\n")
    answer = jana.desktop.find(QPlainTextEdit, "Your answer", pane)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(settings))])
    QGuiApplication.clipboard().setMimeData(data)
    answer.setFocus()
    QTest.keyClick(answer, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    jana.sees("printer-settings.txt")
    jana.click("Send files", pane)

    def names() -> set[str]:
        view = pane.presenter.state.view
        return {file.name for file in view.attachments} if view is not None else set()

    jana.desktop.wait(lambda: {"printer-settings.txt", "medora.log"} <= names(), "the file is at the ticket")


def your_tickets(jana: Nurse) -> None:
    """8. Your tickets: those created by you or by your colleagues."""
    jana.open_tile("Your tickets")
    screen = jana.desktop.find(TicketsScreen, "Your tickets")
    tickets = jana.desktop.find(QListView, "Tickets", screen)
    whose = jana.desktop.find(SegmentedChoice, "Whose tickets", screen)

    def listed(words: str) -> bool:
        return any(words in each for each in rows(tickets))

    mine, colleagues = f"#{jana.number}", "#1041"  # the latter is Mr Albrecht's
    jana.desktop.wait(lambda: listed(mine), "her own ticket is listed")
    jana.click("Colleagues", whose)
    jana.desktop.wait(lambda: listed(colleagues) and not listed(mine), "those of colleagues alone")
    jana.click("Mine", whose)
    jana.desktop.wait(lambda: listed(mine) and not listed(colleagues), "her own alone")
    jana.click("All", whose)
    jana.desktop.wait(lambda: listed(mine) and listed(colleagues), "both")
    how = jana.desktop.find(SegmentedChoice, "Open or closed", screen)
    jana.click("Closed", how)
    jana.desktop.wait(lambda: listed("#1028") and not listed(mine), "those that are done")
    jana.click("Open", how)
    jana.desktop.wait(lambda: listed(mine), "those that are not")
    jana.for_manual("tickets")


def reopen(jana: Nurse) -> None:
    """9. Reopen a ticket: the problem came back, or the solution did not help.

    A further description is added.
    """
    jana.open_tile("Reopen a ticket")
    tickets = jana.desktop.find(QListView, "Tickets that can be reopened")
    jana.desktop.wait(lambda: tickets.model().rowCount() > 0, "some can be reopened")
    jana.click_row(tickets, "#1038")
    jana.click("Reopen ticket")  # nothing is said yet: it asks for it
    field = jana.desktop.find(QPlainTextEdit, "What is different now, or what did not help?")
    QTest.keyClicks(field, "Seit Montag ist jeder Termin wieder zweimal da.")
    jana.for_manual("reopen")
    jana.click("Reopen ticket")
    jana.sees("Seit Montag ist jeder Termin wieder zweimal da.")
    open_stages = {Stage.NEW, Stage.BACKLOG, Stage.IN_PROGRESS}
    jana.desktop.wait(lambda: jana.ticket_of_desk("1038").stage in open_stages, "it is open again")


def newsletter(jana: Nurse) -> None:
    """10. Newsletter: browse past issues."""
    jana.open_tile("Newsletter")
    issues = jana.desktop.find(EntryList, "Newsletter")
    jana.click_row(issues, "Datensicherung: Hand aufs Herz")
    jana.sees("Eine Sicherung, die nie zurückgespielt wurde, ist nur eine Hoffnung.")
    jana.for_manual("newsletter")


def license_keys(jana: Nurse) -> None:
    """11. License keys: copy the license key or the company switch (a second key kind) to the clipboard."""
    jana.open_tile("License keys")
    jana.for_manual("license-keys")
    jana.click("Copy", jana.desktop.find(KeyCard, "License key, Medora 24 Praxis"))
    assert QGuiApplication.clipboard().text() == "MDP7-4KQA-81TX-ZV5N-9K2F"
    jana.sees("Copied. The clipboard is cleared in 60 s")
    jana.click("Copy", jana.desktop.find(KeyCard, "Company switch, Medora 24 Praxis"))
    assert QGuiApplication.clipboard().text() == "5521-7740-0318"
    jana.click("Clear now")
    assert QGuiApplication.clipboard().text() == ""


def settings(jana: Nurse) -> None:
    """12. Settings: shows the access data in use."""
    jana.open_tile("Settings")
    for known in (EMAIL, NAME, "Praxis am Lindenplatz", VENDOR):
        jana.sees(known)
    jana.sees_not(DEMO_PASSWORD)
    jana.for_manual("settings")


def without_the_host_application(jana: Nurse) -> None:
    """13. If the host application does not start, the ticket can still be reported.

    The app does not depend on the host application, and links to the vendor's web portal.
    """
    jana.desktop.go("home")
    jana.desktop.find(Tile, "Report a problem")
    jana.click("Web portal")
    jana.sees("portal.medora.example")
    jana.click("Open")
    assert jana.browser.opened == ["https://portal.medora.example/en"]


def video_help(jana: Nurse) -> None:
    """14. Video help on how to create a ticket."""
    jana.desktop.go("home")
    jana.click("Video help")
    jana.sees("medora.example")
    jana.click("Open")
    assert jana.browser.opened[-1] == "https://medora.example/en/video/report"


LINES: tuple[Callable[[Nurse], None], ...] = (
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


@pytest.mark.parametrize("jana", BACKENDS, indirect=True)
def test_the_manual_can_be_followed(jana: Nurse) -> None:
    """All fourteen lines, one after the other, in one sitting."""
    for line in LINES:
        line(jana)
