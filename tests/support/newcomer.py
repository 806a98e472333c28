"""Somebody who is new at a vendor, from the first start on."""

import re
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QTreeView, QWidget

from supportdesk.ui.conversation.waiting_bubble import WaitingBubble
from supportdesk.ui.login.dialog import SignInDialog
from supportdesk.ui.login.vendor_button import VendorButton
from supportdesk.ui.shell.account_button import AccountButton
from supportdesk.ui.shell.account_menu import AccountMenu
from supportdesk.ui.ticket.pane import TicketPane
from supportdesk.ui.widgets.delivery_log import DeliveryLog
from supportdesk.ui.widgets.tree_choice import TreeChoice
from tests.support.app import Desktop
from tests.support.mails import code_in, text_of
from tests.support.person import Person, parts, put, said
from tests.support.vendor_side import VendorSide, link_in


class Newcomer(Person):
    def __init__(self, desktop: Desktop, data: Path, vendor: VendorSide, name: str, email: str) -> None:
        super().__init__(desktop)
        self.vendor, self.name, self.email = vendor, name, email
        self.number = ""
        """Of the ticket that they report."""
        self._data = data

    # In the sign-in window

    def press(self, name: str) -> None:
        """Without `click`, which waits for the lanes of a main window: there is none yet."""
        button = self.desktop.find(QAbstractButton, name, self._door())
        self.desktop.wait(button.isEnabled, f"“{name}” can be clicked")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def write(self, name: str, text: str) -> None:
        put(self.desktop.find(QLineEdit, name, self._door()), text)

    def choose_vendor(self, name: str) -> None:
        """A demo stands on the list; a server has to be named."""
        if self.vendor.address:
            self.add_vendor(name)
            return
        QTest.mouseClick(self.desktop.find(VendorButton, name), Qt.MouseButton.LeftButton)
        self._demo_has_filled_in()

    def add_vendor(self, name: str) -> None:
        """By the address that they were told."""
        self.press("Enter an address…")
        self.write("Address of the support portal", self.vendor.address)
        self.press("Look it up")
        self.sees(name)
        self.press("Add this vendor")
        self.sees("E-mail or user name")

    def sign_in(self, password: str) -> None:
        self._demo_has_filled_in()
        self.write("E-mail or user name", self.email)
        self.write("Password", password)
        self.press("Next")

    def open_link(self, mail: EmailMessage) -> None:
        """As a click in a mail program does."""
        command = [sys.executable, "-m", "supportdesk", "--data-dir", str(self._data), "open", link_in(mail)]
        opened = subprocess.Popen(command)
        self.desktop.wait(lambda: opened.poll() is not None, "the link is handed over")
        assert opened.returncode == 0
        self._finds_code(mail)
        self.press("Next")

    def enter_code(self, mail: EmailMessage) -> None:
        """By hand, where the mail is read on another machine; those of a demo are at hand."""
        if self.vendor.address:
            self.write("Code from the mail", (code_in(text_of(mail)) or "").lower())
        else:
            self.press("Open the mailbox")
            self.sees(str(mail["Subject"]))
            self.press("Use this code")
            self._finds_code(mail)
        self.press("Next")

    def comes_in(self) -> None:
        """Waits for the home page, with everything that the vendor has to say."""
        desktop, stage = self.desktop, self.desktop.application.stage
        desktop.wait(lambda: stage.shown is not None and stage.window is not None, "the home page is shown")
        desktop.workspace.sync.once(desktop.account_id, 30).result(60)
        desktop.settle()
        self.sees(f"Account: {self.name}")

    def _demo_has_filled_in(self) -> None:
        """Where it is one: what is written before is replaced."""
        user = self.desktop.find(QLineEdit, "E-mail or user name", self._door())
        self.desktop.wait(lambda: bool(self.vendor.address or user.text()), "the demo has filled in its own")

    def _finds_code(self, mail: EmailMessage) -> None:
        field = self.desktop.find(QLineEdit, "Code from the mail", self._door())
        self.desktop.wait(lambda: field.text() == code_in(text_of(mail)), "the code is filled in")

    def _door(self) -> SignInDialog:
        return self.desktop.find(SignInDialog, "Sign in")

    # Their mail

    def mail(self, about: str, count: int = 1) -> EmailMessage:
        """The newest of `count` mails whose subject says `about`; waits for it."""
        self.desktop.wait(lambda: len(self._mails(about)) >= count, f"{count} mail(s) about “{about}”")
        (*_older, newest) = self._mails(about)
        return newest

    def _mails(self, about: str) -> list[EmailMessage]:
        return self.vendor.mails_to(self.email, about)

    # In the main window

    def choose_in_account_menu(self, entry: str) -> None:
        """Behind the account's button, top right, with the keyboard."""
        self.desktop.settle()
        button = self.desktop.find(AccountButton, f"Account: {self.name}")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        menu = self.desktop.find(AccountMenu, "Accounts")
        for _step in menu.actions():
            active = menu.activeAction()
            if active is None or active.text() != entry:
                QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)

    def change_password(self, old: str, new: str) -> None:
        """On the page of the account."""
        put(self.desktop.find(QLineEdit, "Present password"), old)
        put(self.desktop.find(QLineEdit, "New password"), new)
        self.click("Change password")
        self.sees("Your password is changed.")

    def log_out(self, agree: str = "Log out") -> None:
        """`agree` is the button for it, which says whether anything is lost."""
        self.choose_in_account_menu("Log out")
        self.sees(f"Log out {self.name}?")
        question = self.desktop.window.question
        QTest.mouseClick(self.desktop.find(QAbstractButton, agree, question), Qt.MouseButton.LeftButton)
        self.desktop.find(SignInDialog, "Sign in")
        assert self.desktop.application.stage.window is None

    def find_service(self, label: str, words: str, key: str) -> None:
        """By typing, then Enter."""
        tree = self.desktop.find(TreeChoice, label)
        search = tree.findChild(QLineEdit)
        assert search is not None
        QTest.keyClicks(search, words)
        self.desktop.settle()
        QTest.keyClick(search, Qt.Key.Key_Return)
        self.desktop.wait(lambda: tree.value() == key, f"“{words}” is chosen")

    def levels(self, label: str) -> dict[str, list[str]]:
        """Of the services that can be chosen: the upper ones with their parts."""
        tree = self.desktop.find(TreeChoice, label)
        search, view = tree.findChild(QLineEdit), tree.findChild(QTreeView)
        assert search is not None
        assert view is not None
        search.clear()
        self.desktop.settle()
        model = view.model()
        tops = [model.index(at, 0) for at in range(model.rowCount())]
        return {
            str(top.data()): [str(model.index(at, 0, top).data()) for at in range(model.rowCount(top))]
            for top in tops
        }

    def send(self) -> None:
        """The report whose steps are filled in; remembers its number."""
        self.click("Send ticket")
        self.desktop.find(QAbstractButton, "Open ticket")  # once the vendor has it
        self.desktop.wait(lambda: bool(self._numbers_in_log()), "the log tells its number")
        self.number = self._numbers_in_log()[0]

    def _numbers_in_log(self) -> list[str]:
        log = self.desktop.find(DeliveryLog, "Delivery log")
        return re.findall(r"#(\d+)", "\n".join(map(said, parts(log))))

    def open_ticket(self) -> TicketPane:
        """From the page that follows on sending."""
        self.click("Open ticket")
        pane = self.desktop.find(QWidget, "Ticket").findChild(TicketPane)
        assert pane is not None
        return pane

    def reply(self, pane: TicketPane, text: str) -> None:
        self.desktop.type_into(self.desktop.find(QPlainTextEdit, "Your answer", pane), text)
        self.click("Send reply", pane)
        self.sees(text)
        self.desktop.wait(lambda: not self.desktop.has(WaitingBubble, ""), "the vendor has it")
