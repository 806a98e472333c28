"""The sign-in window: painted at once, served as soon as the data folder is open."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QIcon, QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from supportdesk.app.settings import LANGUAGE
from supportdesk.app.sign_in import SignInPresenter
from supportdesk.app.sign_in_state import Page, SignInState
from supportdesk.i18n import _
from supportdesk.ui.login.detours import Detours
from supportdesk.ui.login.foot import LoginFoot
from supportdesk.ui.login.page import LoginPage, PageScroll, PageStack
from supportdesk.ui.placing import put_around
from supportdesk.ui.shell.vendor_icon import vendor_icon
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.skeleton import Skeleton

if TYPE_CHECKING:
    from supportdesk.app.prefill import Prefill
    from supportdesk.domain.profile import Profile

Wanted = Callable[[SignInPresenter], None]

_WIDTH = 440
_TITLE_BAR = 48
"""The system's own, which the screen must have room for too."""
_WITHOUT_VENDOR = frozenset({Page.STARTING, Page.VENDORS, Page.ADDRESS})
_FIRST_PAGES = frozenset({Page.STARTING, Page.VENDORS, Page.CREDENTIALS})
"""None leads back from these."""


class SignInDialog(QDialog):
    """Works on a presenter that is attached later: the data folder is opened while this is painted.

    What is asked of it before that is done then.
    """

    foot: LoginFoot
    _shown: QWidget

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter: SignInPresenter | None = None
        self._wishes: list[Wanted] = []
        self._pages: dict[Page, LoginPage] = {}
        self._detours = Detours(self)
        self._colour_before = theme().accent
        self._vendor: Profile | None = None
        """Whose colour is shown."""
        self._given = QSize()
        self._build()
        self._connect()
        theme().dress(self)
        self.retranslate()
        self.render_state(SignInState())

    def attach(self, presenter: SignInPresenter) -> None:
        self.end()
        self._presenter = self._detours.presenter = presenter
        presenter.show_to(self.render_state)
        wishes, self._wishes = self._wishes, []
        for wish in wishes:
            wish(presenter)

    def render_state(self, state: SignInState) -> None:
        page = self._page(state.page)
        turned = self._shown is not page
        self._shown = page
        self._stack.setCurrentWidget(page)
        if state.report is None:
            self._forget(Page.REPORT)
        for made in self._pages.values():
            made.render_state(state)
        self.foot.vendor.setVisible(state.page not in _WITHOUT_VENDOR)
        self._show_colour(state)
        self.setWindowTitle(_("Report a problem") if state.report is not None else _("Sign in"))
        self._fit(turned=turned)
        if turned and state.page is not Page.STARTING:
            self._pages[state.page].take_focus()

    def take_code(self, code: str) -> None:
        """From a link."""
        self._ask(lambda presenter: presenter.take_code(code))

    def hand_over(self, prefill: "Prefill", reported: Callable[[], None]) -> None:
        self._ask(lambda presenter: presenter.hand_over(prefill, reported))

    def retranslate(self) -> None:
        self.setWindowTitle(_("Sign in"))
        self.setAccessibleName(_("Sign in"))
        for made in self._pages.values():
            made.retranslate()
        self.foot.retranslate()
        if self._presenter is not None:
            self.render_state(self._presenter.state)

    def end(self) -> None:
        presenter, self._presenter = self._presenter, None
        self._detours.presenter = None
        if presenter is not None:
            presenter.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the page where it can be left, else the window."""
        shown = self._presenter.state.page if self._presenter is not None else Page.STARTING
        if event.key() == Qt.Key.Key_Escape and shown not in _FIRST_PAGES:
            self._ask(SignInPresenter.step_back)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A page knows its height only once its new parts are laid out."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        lines = column(self)
        self._stack = PageStack()
        self._starting = Skeleton("text", 4)
        self._shown = self._starting
        self._stack.addWidget(self._starting)
        self._stack.installEventFilter(self)
        self._scroll = PageScroll(self._stack)
        self.foot = LoginFoot()
        lines.addWidget(self._scroll, 1)
        lines.addWidget(self.foot)
        self.setMinimumWidth(theme().scaled(_WIDTH))

    def _connect(self) -> None:
        self.foot.vendor_requested.connect(self._other_vendor)
        self.foot.language_chosen.connect(self._speak)
        self._detours.link_requested.connect(_open_link)
        theme().changed.connect(self._fit)
        theme().changed.connect(self._show_icon)

    def _page(self, wanted: Page) -> QWidget:
        """Made when it is first shown: the window is painted before any of them is needed."""
        if wanted is Page.STARTING:
            return self._starting
        if wanted not in self._pages:
            made = self._pages[wanted] = self._make(wanted)
            self._stack.addWidget(made)
        return self._pages[wanted]

    def _forget(self, page: Page) -> None:
        """What was written there is not for the next one, who may choose another vendor."""
        made = self._pages.pop(page, None)
        if made is not None:
            self._stack.removeWidget(made)
            made.deleteLater()

    def _make(self, wanted: Page) -> LoginPage:
        if wanted is Page.VENDORS:
            from supportdesk.ui.login.vendors_page import VendorsPage

            vendors = VendorsPage()
            vendors.chosen.connect(self._choose)
            vendors.file_chosen.connect(self._open_file)
            vendors.address_requested.connect(self._type_address)
            return vendors
        if wanted is Page.HELP:
            from supportdesk.ui.login.help_page import HelpPage

            advice = HelpPage()
            advice.link_requested.connect(_open_link)
            advice.back_requested.connect(self._back)
            return advice
        if wanted is not Page.CREDENTIALS:
            return self._detours.make(wanted)
        from supportdesk.ui.login.credentials_page import CredentialsPage

        credentials = CredentialsPage()
        credentials.submitted.connect(self._submit)
        credentials.password_help_requested.connect(self._forgot)
        credentials.account_help_requested.connect(self._create)
        credentials.code_requested.connect(self._enter_code)
        credentials.report_requested.connect(self._report)
        credentials.sign_on_requested.connect(self._sign_on)
        credentials.link_requested.connect(_open_link)
        return credentials

    def _show_colour(self, state: SignInState) -> None:
        """Of the vendor that is shown, also of one that is only found; without any, the one from before."""
        found = state.address.found if state.address is not None else None
        vendor = found if state.page in _WITHOUT_VENDOR else state.profile
        theme().apply(accent=vendor.brand_colour if vendor is not None else self._colour_before)
        if vendor != self._vendor:
            self._vendor = vendor
            self._show_icon()

    @Slot()
    def _show_icon(self) -> None:
        """Of this window alone; those behind it keep the icon of their vendor."""
        self.setWindowIcon(vendor_icon(self._vendor) if self._vendor is not None else QIcon())

    @Slot()
    def _fit(self, *, turned: bool = False) -> None:
        """At least as wide and high as the page wants, where the screen has room; else it scrolls.

        When a page is turned, also lower, unless the person has chosen another size.
        """
        available, is_ours = self.screen().availableGeometry(), self.size() == self._given
        wanted = max(theme().scaled(_WIDTH), self._stack.minimumSizeHint().width())
        self.setMinimumWidth(min(wanted, available.width()))
        width = self.minimumWidth()
        height = self._stack.whole_height(width) + self.foot.sizeHint().height()
        shrinks = turned and is_ours
        wide = max(width, self.width()) if self.isVisible() and not shrinks else width
        fitting = QSize(wide, min(height, available.height() - _TITLE_BAR))
        if fitting.height() > self.height() or not self.isVisible() or shrinks:
            self._take(fitting, available)
        elif is_ours:
            self._given = self.size()
        self._scroll.fit_bar()

    def _take(self, size: QSize, available: QRect) -> None:
        """Around its middle, which at first is that of the window below it or of the screen."""
        below = self.parentWidget()
        around = self if self.isVisible() else below.window() if below is not None else None
        middle = around.frameGeometry().center() if around is not None else available.center()
        self.resize(size)
        self._given = self.size()
        put_around(self, middle)

    def _ask(self, wish: Wanted) -> None:
        if self._presenter is None:
            self._wishes.append(wish)
        else:
            wish(self._presenter)

    @Slot(object)
    def _choose(self, profile: "Profile") -> None:
        self._ask(lambda presenter: presenter.choose(profile))

    @Slot(object)
    def _open_file(self, path: Path) -> None:
        self._ask(lambda presenter: presenter.open_file(path))

    @Slot(str, str, bool)
    def _submit(self, user: str, password: str, stay: bool) -> None:
        self._ask(lambda presenter: presenter.submit(user, password, stay))

    @Slot(str)
    def _forgot(self, user: str) -> None:
        from supportdesk.app.way_in import Wish

        self._ask(lambda presenter: presenter.go_in(Wish.RESET, user=user))

    @Slot()
    def _create(self) -> None:
        from supportdesk.app.way_in import Wish

        self._ask(lambda presenter: presenter.go_in(Wish.SIGN_UP))

    @Slot()
    def _enter_code(self) -> None:
        from supportdesk.app.way_in import Wish

        self._ask(lambda presenter: presenter.go_in(Wish.CODE))

    @Slot()
    def _report(self) -> None:
        self._ask(SignInPresenter.report_as_guest)

    @Slot(bool)
    def _sign_on(self, stay: bool) -> None:
        self._ask(lambda presenter: presenter.sign_on(stay))

    @Slot()
    def _type_address(self) -> None:
        self._ask(SignInPresenter.type_address)

    @Slot()
    def _back(self) -> None:
        self._ask(SignInPresenter.back)

    @Slot()
    def _other_vendor(self) -> None:
        self._ask(SignInPresenter.other_vendor)

    @Slot(str)
    def _speak(self, language: str) -> None:
        self._ask(lambda presenter: presenter.workspace.settings.set(LANGUAGE, language))


def _open_link(url: str) -> None:
    """The address stands on the button or is the vendor's own portal, which the button names."""
    from supportdesk.app import markup

    if markup.is_safe_link(url):
        QDesktopServices.openUrl(QUrl(url))
