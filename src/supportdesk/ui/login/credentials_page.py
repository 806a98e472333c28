"""Name and password for one vendor."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from supportdesk import i18n
from supportdesk.app.answered_at_once import advice
from supportdesk.app.sign_in_state import SignInState
from supportdesk.app.sign_in_words import keyring_note
from supportdesk.i18n import _
from supportdesk.ui.login.page import LoginPage
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.check_row import CheckRow
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.icon_label import VendorMark
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.line_edit import LineEdit
from supportdesk.ui.widgets.password_field import PasswordField
from supportdesk.ui.widgets.row_button import RowButton
from supportdesk.ui.widgets.text_label import SectionLabel, TextLabel, plain_tooltip

_SIDE, _TOP = 40, 28


class CredentialsPage(LoginPage):
    submitted = Signal(str, str, bool)
    """User name, password, stay signed in."""
    password_help_requested = Signal(str)
    """What is typed as the user name."""
    account_help_requested = Signal()
    code_requested = Signal()
    report_requested = Signal()
    sign_on_requested = Signal(bool)
    """Stay signed in."""
    link_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = SignInState()
        self._rejections = 0
        self._build()
        self._connect()
        self.retranslate()

    def render_state(self, state: SignInState) -> None:
        new_vendor = state.profile != self._state.profile
        filled = state.user != self._state.user or state.password != self._state.password
        self._state = state
        if new_vendor or filled:
            self._fill(state)
        self._show_vendor(state)
        self._show_errors(state)
        self._show_busy(state.busy)
        if state.rejections != self._rejections:
            self._rejections = state.rejections
            self._focus_the_wrong(state)

    def take_focus(self) -> None:
        empty = [field for field in (self.user, self.password) if not field.text()]
        (empty[0] if empty else self._next).setFocus()

    def retranslate(self) -> None:
        self._password_field.set_label(_("Password"))
        self._name_next()
        self._or.setText(_("or"))
        self._forgot.setText(_("Forgot your password?"))
        self._create.setText(_("Create an account"))
        self._have_code.setText(_("I have a code"))
        self._report.set_texts(_("Report a problem without signing in"), "")
        self._portal.set_texts(_("Open web portal"), "")
        self._show_vendor(self._state)
        self._show_errors(self._state)

    def _build(self) -> None:
        space = theme().space
        lines = column(self)
        top = column(margins=(_SIDE, _TOP, _SIDE, space.s))
        lines.addLayout(top)
        self._mark = VendorMark(size=56)
        self._name = SectionLabel()
        self._name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._name.setWordWrap(True)
        self._welcome = TextLabel(tone="muted", wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        self._demo = Banner(tone="info")
        self._failure = Banner(tone="danger")
        self.user, self.password = LineEdit(), PasswordField()
        self.user.setInputMethodHints(Qt.InputMethodHint.ImhNoAutoUppercase)
        self._user_field = FormField("", self.user)
        self._password_field = FormField("", self.password)
        self._stay = CheckRow()
        self._next = button("", kind="primary", size="large")
        self._next.setDefault(True)
        self._add_head(top)
        for gap, part in (
            (space.xl, self._user_field),
            (space.field_gap, self._password_field),
            (space.m, self._stay),
            (space.m, self._next),
        ):
            top.addSpacing(gap)
            top.addWidget(part)
        self._add_sign_on(top)
        self._add_links(lines)
        lines.addStretch(1)
        self._add_portal(lines)

    def _add_head(self, top: QVBoxLayout) -> None:
        space = theme().space
        top.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        top.addSpacing(space.l)
        top.addWidget(self._name)
        top.addSpacing(space.xs)
        top.addWidget(self._welcome)
        self._banners = QWidget()
        lines = column(self._banners, gap=space.s, margins=(0, space.l, 0, 0))
        lines.addWidget(self._demo)
        lines.addWidget(self._failure)
        top.addWidget(self._banners)

    def _add_sign_on(self, top: QVBoxLayout) -> None:
        self._sign_on_part = QWidget()
        part = column(self._sign_on_part, margins=(0, theme().space.s, 0, theme().space.xs))
        self._or = TextLabel(tone="muted", align=Qt.AlignmentFlag.AlignHCenter)
        self._sign_on = button("", icon="external-link", size="large")
        part.addWidget(self._or)
        part.addSpacing(theme().space.s)
        part.addWidget(self._sign_on)
        top.addWidget(self._sign_on_part)

    def _add_links(self, lines: QVBoxLayout) -> None:
        self._forgot, self._create, self._have_code = (button("", kind="link") for _link in range(3))
        side = _SIDE - theme().space.s  # the text of a link stands on the margin, its ring outside
        line = row(margins=(side, theme().space.xs, side, theme().space.l))
        line.addWidget(self._forgot)
        line.addWidget(self._have_code)
        line.addStretch(1)
        line.addWidget(self._create)
        lines.addLayout(line)

    def _add_portal(self, lines: QVBoxLayout) -> None:
        space = theme().space
        self._portal_part = QWidget()
        part = column(self._portal_part)
        part.addWidget(Divider())
        inner = column(margins=(space.xl, space.s, space.xl, space.s))
        self._report = RowButton(icon="message-square-warning")
        self._portal = RowButton(icon="external-link")
        inner.addWidget(self._report)
        inner.addWidget(self._portal)
        part.addLayout(inner)
        lines.addWidget(self._portal_part)

    def _connect(self) -> None:
        self._next.clicked.connect(self._submit)
        self.user.returnPressed.connect(self._submit)
        self.password.returnPressed.connect(self._submit)
        self._forgot.clicked.connect(self._ask_for_help)
        self._create.clicked.connect(self.account_help_requested)
        self._have_code.clicked.connect(self.code_requested)
        self._report.clicked.connect(self.report_requested)
        self._sign_on.clicked.connect(self._go_to_browser)
        self._portal.clicked.connect(self._open_portal)

    def _fill(self, state: SignInState) -> None:
        self.user.setText(state.user)
        self.password.setText(state.password)
        self._stay.check.setChecked(not state.is_demo)
        self.take_focus()

    def _show_vendor(self, state: SignInState) -> None:
        profile = state.profile
        self._demo.setVisible(state.is_demo)
        self._demo.set_texts(
            _("This is a demo. Enter the password that you have set.")
            if state.has_own_password
            else _("This is a demo. The access data are filled in; go on with “Next”.")
        )
        self._stay.set_texts(_("Stay signed in"), keyring_note(state))
        if not state.has_keyring:
            self._stay.check.setChecked(False)
        self._stay.check.setEnabled(state.has_keyring)
        self._mark.setVisible(profile is not None)
        by_email = profile is not None and profile.sign_in.user_name == "email"
        self._user_field.set_label(_("E-mail") if by_email else _("E-mail or user name"))
        self.user.setAccessibleName(_("E-mail or user name"))  # the same at every vendor
        if profile is None:
            return
        self._mark.set_icon(profile.logo.icon)
        self._mark.set_logo(profile.logo.svg)
        self._name.setText(profile.name)
        welcome = profile.text(profile.sign_in.welcome, i18n.language())
        self._welcome.setText(welcome or _("Sign in with your access data."))
        self._sign_on.setText(state.single_sign_on.replace("&", "&&"))
        self._sign_on.setAccessibleName(state.single_sign_on)
        self._sign_on_part.setVisible(bool(state.single_sign_on))
        self._forgot.setVisible(profile.sign_in.forgot_password)
        self._create.setVisible(profile.sign_in.sign_up != "")
        self._have_code.setVisible(not profile.sign_in.forgot_password)
        self._report.setVisible(profile.sign_in.report_without_sign_in)
        self._portal.setVisible(bool(profile.links.web_portal))
        self._portal_part.setVisible(bool(profile.links.web_portal) or profile.sign_in.report_without_sign_in)
        self._portal.setToolTip(plain_tooltip(profile.text(profile.links.web_portal, i18n.language())))

    def _show_busy(self, busy: bool) -> None:
        """The focus waits at "Next": a second Enter must not reach whatever comes after a disabled field."""
        if busy and (self.user.hasFocus() or self.password.hasFocus()):
            self._next.setFocus()
        self._next.show_busy(busy)
        self._name_next()
        self.user.setEnabled(not busy)
        self.password.setEnabled(not busy)
        self._sign_on.setEnabled(not busy)

    def _name_next(self) -> None:
        self._next.setText(_("Signing in …") if self._state.busy else _("Next"))

    def _show_errors(self, state: SignInState) -> None:
        self._user_field.set_error(state.user_error)
        self._password_field.set_error(state.password_error)
        self._failure.setVisible(state.error is not None)
        self._banners.setVisible(state.is_demo or state.error is not None)
        if state.error is not None:
            self._failure.set_texts(advice(state.error), str(state.error))

    def _focus_the_wrong(self, state: SignInState) -> None:
        wrong: QLineEdit | None = None
        if state.user_error:
            wrong = self.user
        elif state.password_error:
            wrong = self.password
        if wrong is not None:
            wrong.setFocus()
            wrong.selectAll()

    @Slot()
    def _submit(self) -> None:
        if self._state.busy:
            return
        self.submitted.emit(self.user.text(), self.password.text(), self._stay.check.isChecked())

    @Slot()
    def _ask_for_help(self) -> None:
        self.password_help_requested.emit(self.user.text())

    @Slot()
    def _go_to_browser(self) -> None:
        self.sign_on_requested.emit(self._stay.check.isChecked())

    @Slot()
    def _open_portal(self) -> None:
        profile = self._state.profile
        if profile is not None:
            self.link_requested.emit(profile.text(profile.links.web_portal, i18n.language()))
