"""The manual of the video surveillance maker's service desk, followed in the running program.

Each step is one line of that manual (its docstring), done by what is written on the screen: at the demo desk
in the program, and at a vendor's server that is added by its address. The staff works at the command line.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QPlainTextEdit

from supportdesk.ui.screens.tickets.screen import TicketsScreen
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.segmented import SegmentedChoice
from supportdesk.ui.widgets.tile import Tile
from tests.support.app import running_app
from tests.support.mails import text_of
from tests.support.newcomer import Newcomer
from tests.support.person import numbers_in, put
from tests.support.vendor_side import BACKENDS, side_of

pytestmark = [
    pytest.mark.second_stage,
    pytest.mark.timeout(900),
    pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard"),  # an open menu
]

VENDOR = "Argusfeld Video Systems"
COMPANY = "Hafenlogistik Brandt"
FIRST_PASSWORD, PASSWORD, LAST_PASSWORD = "harbour-crane-seven", "three-blue-containers", "low-tide-at-nine"
SUBJECT = "Seit dem Update keine Bilder vom Tor"
DESCRIPTION = "Beide Kameras am Tor zeigen ein schwarzes Bild, seit das Update eingespielt wurde."
MORE = "Die Kameras antworten auf Ping, und ihre eigene Webseite zeigt ein Bild."
ANSWER = "Bitte stellen Sie den Stream beider Kameras auf H.264 und sagen Sie uns, was Sie sehen."
COLLEAGUES = "#30612"
"""Ms Hansen's, of the company to which he belongs."""


@pytest.fixture
def nils(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Newcomer]:
    data = tmp_path / "data"
    with (
        side_of(request.param, tmp_path, "video", staff="tobias.kern@argusfeld.example") as vendor,
        running_app(data) as desktop,
    ):
        yield Newcomer(desktop, data, vendor, "Nils Petersen", "nils.petersen@hafenlogistik-brandt.example")


def sign_up(nils: Newcomer) -> None:
    """1. One follows the link to sign up and gives one's e-mail address.

    A mail with a link comes, perhaps among the junk. Full name and password, and the home page appears.
    """
    nils.choose_vendor(VENDOR)
    nils.press("Create an account")
    nils.write("E-mail", nils.email)
    nils.press("Send the code")
    nils.sees("Look into junk mail, too.")
    nils.open_link(nils.mail("your sign-up"))
    nils.write("Your full name", nils.name)
    nils.write("New password", FIRST_PASSWORD)
    nils.for_manual("sign-up")
    nils.press("Create the account")
    nils.comes_in()


def forgotten_password(nils: Newcomer) -> None:
    """2. A forgotten password is set anew."""
    nils.log_out()
    nils.press("Forgot your password?")
    nils.write("E-mail", nils.email)
    nils.press("Send the code")
    nils.sees("Look into junk mail, too.")
    nils.enter_code(nils.mail("set a new password"))
    nils.write("New password", PASSWORD)
    nils.press("Set the password and sign in")
    nils.comes_in()


def profile_and_password(nils: Newcomer) -> None:
    """3. Behind the icon of one's profile, top right, profile and password are seen and changed."""
    nils.choose_in_account_menu("My data")
    for known in (nils.name, nils.email, VENDOR):
        nils.sees(known)
    nils.sees_not(PASSWORD)
    phone = nils.desktop.find(QLineEdit, "Phone")
    nils.desktop.wait(phone.isEnabled, "his data are there")
    put(phone, "040 66969 777")
    nils.click("Save")
    nils.sees("Your data are saved.")
    nils.for_manual("profile")
    nils.choose_in_account_menu("Change password")
    nils.change_password(PASSWORD, LAST_PASSWORD)


def home(nils: Newcomer) -> None:
    """4. The home page shows the phone number of the support and leads to a new request."""
    nils.desktop.go("home")
    nils.sees("Support 040 66969 210")
    nils.desktop.find(Tile, "New request")
    nils.for_manual("home")


def request_form(nils: Newcomer) -> None:
    """5. The form asks what the vendor wants to know.

    Country of the customer, end customer, status of the maintenance agreement, license number, a summary of
    the problem, product, and a detailed description.
    """
    nils.open_tile("New request")
    nils.choose("Service desk", "Technical support")
    nils.find_service("Product", "recording server", "vms-server")
    nils.choose("Type", "Fault")
    nils.click("Next")
    nils.fill(QLineEdit, "Subject", SUBJECT)
    nils.fill(QPlainTextEdit, "Description", DESCRIPTION)
    nils.click("Next")  # nothing of what the vendor must know is said yet
    nils.sees("Choose the country in which the system stands.")
    nils.choose("Customer country", "Germany")
    nils.fill(QLineEdit, "End customer", "Hafenlogistik Brandt, Tor 2")
    nils.choose("SMA status", "Active")
    nils.fill(QLineEdit, "VMS license number", "AV-4410-2207")
    nils.for_manual("details")
    nils.click("Next")
    nils.click("Next")


def own_number(nils: Newcomer) -> None:
    """6. Each request gets a number of its own, by which it can be found."""
    nils.send()
    found = nils.vendor.admin("ticket", "show", nils.number)
    assert (found["subject"], found["requester"]) == (SUBJECT, nils.name)
    nils.for_manual("sent")


def ticket_page(nils: Newcomer) -> None:
    """7. The request's page shows what was said; more can be added."""
    pane = nils.open_ticket()
    for said in (
        SUBJECT,
        DESCRIPTION,
        f"Number: #{nils.number}",
        "Product: Argus VMS › Recording server",
        "Customer country: Germany",
        "End customer: Hafenlogistik Brandt, Tor 2",
        "SMA status: Active",
        "VMS license number: AV-4410-2207",
    ):
        nils.sees(said)
    nils.reply(pane, MORE)
    assert MORE in nils.vendor.said_about(nils.number)
    nils.for_manual("request")


def mail_of_the_vendor(nils: Newcomer) -> None:
    """8. A mail comes when the vendor does something about it."""
    nils.vendor.signed("ticket", "answer", nils.number, ANSWER, "--status=question")
    mail = nils.mail(f"[#{nils.number}]")
    assert ANSWER in text_of(mail)
    nils.sees(ANSWER)  # in the program, without having asked for it
    nils.for_manual("answer")


def open_requests(nils: Newcomer) -> None:
    """9. The open requests; also those of one's own company, once staff has linked one to it."""
    nils.open_tile("Open requests")
    nils.desktop.wait(lambda: listed(nils) == {f"#{nils.number}"}, "his own is listed")
    nils.vendor.admin("person", "link", nils.email, COMPANY)
    nils.desktop.wait(lambda: COLLEAGUES in listed(nils), "the company's requests are listed")
    nils.for_manual("requests")
    assert f"#{nils.number}" in listed(nils)
    screen = nils.desktop.find(TicketsScreen, "Your tickets")
    nils.click("Mine", nils.desktop.find(SegmentedChoice, "Whose tickets", screen))
    nils.desktop.wait(lambda: listed(nils) == {f"#{nils.number}"}, "his own alone")


def several_service_desks(nils: Newcomer) -> None:
    """10. There are several service desks, each with a form of its own."""
    nils.open_tile("New request")
    desks = nils.desktop.find(Combo, "Service desk")
    names = [desks.itemText(at) for at in range(desks.count())]
    assert names == ["Technical support", "Repairs and returns", "Licensing and SMA"]
    nils.choose("Service desk", "Repairs and returns")
    nils.find_service("Product", "dome", "cam-dome")
    nils.choose("Type", "Return")
    nils.click("Next")
    nils.desktop.find(QLineEdit, "Serial number")
    nils.sees_not("SMA status")
    nils.for_manual("other-desk")


def log_out(nils: Newcomer) -> None:
    """11. One logs out, and comes back with the password that holds now."""
    nils.desktop.go("home")
    nils.sees("1 draft")  # the form that was just looked at
    nils.log_out("Log out and discard it")
    nils.sign_in(PASSWORD)
    nils.sees("not right")
    nils.sign_in(LAST_PASSWORD)
    nils.comes_in()


def listed(nils: Newcomer) -> set[str]:
    """The numbers of the requests that are listed."""
    screen = nils.desktop.find(TicketsScreen, "Your tickets")
    return numbers_in(nils.desktop.find(QListView, "Tickets", screen))


LINES: tuple[Callable[[Newcomer], None], ...] = (
    sign_up,
    forgotten_password,
    profile_and_password,
    home,
    request_form,
    own_number,
    ticket_page,
    mail_of_the_vendor,
    open_requests,
    several_service_desks,
    log_out,
)


@pytest.mark.parametrize("nils", BACKENDS, indirect=True)
def test_the_manual_can_be_followed(nils: Newcomer) -> None:
    """All eleven lines, one after the other, in one sitting."""
    for line in LINES:
        line(nils)
