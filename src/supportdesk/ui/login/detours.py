"""The pages beside vendors, name and password, made when they are first wanted."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from supportdesk.app.sign_in import SignInPresenter
from supportdesk.app.sign_in_state import Page, Topic
from supportdesk.ui.login.page import LoginPage

if TYPE_CHECKING:
    from supportdesk.app.guest_report import GuestReport


class Detours(QObject):
    """Makes pages and passes on to `presenter` what people do there."""

    link_requested = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.presenter: SignInPresenter | None = None
        self._makers: dict[Page, Callable[[], LoginPage]] = {
            Page.ADDRESS: self._address,
            Page.BROWSER: self._browser,
            Page.EMAIL: self._email,
            Page.CODE: self._code,
            Page.NEW_PASSWORD: self._new_password,
            Page.ACCESS: self._access,
            Page.ASKED: self._told,
            Page.REPORT: self._report,
            Page.REPORTED: self._told,
            Page.MAILBOX: self._mailbox,
        }

    def make(self, page: Page) -> LoginPage:
        return self._makers[page]()

    def _address(self) -> LoginPage:
        from supportdesk.ui.login.address_page import AddressPage

        page = AddressPage()
        page.look_requested.connect(self._look)
        page.add_requested.connect(self._add)
        page.other_requested.connect(self._other_address)
        page.back_requested.connect(self._back)
        return page

    def _browser(self) -> LoginPage:
        from supportdesk.ui.login.browser_page import BrowserPage

        page = BrowserPage()
        page.link_requested.connect(self.link_requested)
        page.back_requested.connect(self._back)
        return page

    def _email(self) -> LoginPage:
        from supportdesk.ui.login.email_page import EmailPage

        page = EmailPage()
        page.submitted.connect(self._mail)
        page.have_code_requested.connect(self._have_code)
        page.back_requested.connect(self._back)
        return page

    def _code(self) -> LoginPage:
        from supportdesk.ui.login.code_page import CodePage

        page = CodePage()
        page.submitted.connect(self._examine)
        page.help_requested.connect(self._help)
        page.mailbox_requested.connect(self._open_mailbox)
        page.back_requested.connect(self._back)
        return page

    def _new_password(self) -> LoginPage:
        from supportdesk.ui.login.new_password_page import NewPasswordPage

        page = NewPasswordPage()
        page.submitted.connect(self._redeem)
        page.back_requested.connect(self._back)
        return page

    def _access(self) -> LoginPage:
        from supportdesk.ui.login.access_page import AccessPage

        page = AccessPage()
        page.submitted.connect(self._ask_access)
        page.back_requested.connect(self._back)
        return page

    def _told(self) -> LoginPage:
        from supportdesk.ui.login.told_page import ToldPage

        page = ToldPage()
        page.mailbox_requested.connect(self._open_mailbox)
        page.back_requested.connect(self._back)
        return page

    def _report(self) -> LoginPage:
        from supportdesk.ui.login.report_page import ReportPage

        if self.presenter is None or self.presenter.state.profile is None:
            message = "nobody can report anything before a vendor is chosen"
            raise RuntimeError(message)
        page = ReportPage(self.presenter.state.profile)
        page.submitted.connect(self._send_report)
        page.written.connect(self._keep_report)
        page.service_chosen.connect(self._choose_service)
        page.answered.connect(self._answer)
        page.corrected.connect(self._correct)
        page.link_requested.connect(self.link_requested)
        page.back_requested.connect(self._back)
        return page

    def _mailbox(self) -> LoginPage:
        from supportdesk.ui.login.mailbox_page import MailboxPage

        page = MailboxPage()
        page.code_chosen.connect(self._use_code)
        page.link_requested.connect(self.link_requested)
        page.back_requested.connect(self._back)
        return page

    # These pages are only shown while the presenter is on the detour that they belong to.

    @Slot(str)
    def _look(self, address: str) -> None:
        if self.presenter and self.presenter.address:
            self.presenter.address.look(address)

    @Slot()
    def _add(self) -> None:
        if self.presenter and self.presenter.address:
            self.presenter.address.add()

    @Slot()
    def _other_address(self) -> None:
        if self.presenter and self.presenter.address:
            self.presenter.address.other()

    @Slot(str)
    def _mail(self, email: str) -> None:
        if self.presenter and self.presenter.way:
            self.presenter.way.mail(email)

    @Slot()
    def _have_code(self) -> None:
        if self.presenter and self.presenter.way:
            self.presenter.way.have_code()

    @Slot(str)
    def _examine(self, code: str) -> None:
        if self.presenter and self.presenter.way:
            self.presenter.way.examine(code)

    @Slot(str)
    def _use_code(self, code: str) -> None:
        if self.presenter and self.presenter.way:
            self.presenter.way.use_code(code)
        elif self.presenter:  # a mail that came after a report without an account
            self.presenter.take_code(code)

    @Slot(str, str, bool)
    def _redeem(self, name: str, password: str, stay: bool) -> None:
        if self.presenter and self.presenter.way:
            self.presenter.way.redeem(name, password, stay)

    @Slot(str, str, str, str)
    def _ask_access(self, email: str, name: str, organisation: str, message: str) -> None:
        if self.presenter and self.presenter.way:
            self.presenter.way.ask_access(email, name, organisation, message)

    @Slot(object)
    def _send_report(self, report: "GuestReport") -> None:
        if self.presenter and self.presenter.report:
            self.presenter.report.send(report)

    @Slot(object)
    def _keep_report(self, report: "GuestReport") -> None:
        if self.presenter and self.presenter.report:
            self.presenter.report.write(report)

    @Slot(str)
    def _choose_service(self, service_id: str) -> None:
        if self.presenter and self.presenter.report:
            self.presenter.report.choose_service(service_id)

    @Slot(str, str)
    def _answer(self, question_id: str, answer: str) -> None:
        if self.presenter and self.presenter.report:
            self.presenter.report.answer(question_id, answer)

    @Slot(str)
    def _correct(self, field: str) -> None:
        if self.presenter and self.presenter.report:
            self.presenter.report.correct(field)

    @Slot()
    def _open_mailbox(self) -> None:
        if self.presenter:
            self.presenter.open_mailbox()

    @Slot()
    def _back(self) -> None:
        if self.presenter:
            self.presenter.step_back()

    @Slot()
    def _help(self) -> None:
        if self.presenter:
            self.presenter.ask_help(Topic.PASSWORD)
