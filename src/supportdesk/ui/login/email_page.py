"""To which address a code is mailed."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.sign_in_state import SignInState
from supportdesk.app.way_in import Wish
from supportdesk.i18n import _
from supportdesk.ui.login.form_page import FormPage
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.line_edit import LineEdit


class EmailPage(FormPage):
    submitted = Signal(str)
    have_code_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wish = Wish.RESET
        self._vendor = ""
        self._begun = False
        self.email = LineEdit()
        self.email.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
        self._field = self.add_field("email", self.email)
        self._have_code = button("", kind="link")
        self.add_part(self._have_code, theme().space.s)
        self._have_code.clicked.connect(self.have_code_requested)
        self.next.clicked.connect(self._submit)
        self.retranslate()

    def render_state(self, state: SignInState) -> None:
        way = state.way
        begun, self._begun = self._begun, way is not None
        if way is None:
            self.email.clear()
            return
        if not begun and "@" in way.user:
            self.email.setText(way.user.strip())
        if (way.wish, way.profile.short_name) != (self._wish, self._vendor):
            self._wish, self._vendor = way.wish, way.profile.short_name
            self.retranslate()
        self.show_trouble(way.wrong, way.error, way.rejections)
        self.show_busy(way.busy)

    def retranslate(self) -> None:
        super().retranslate()
        if self._wish is Wish.RESET:
            self.title.setText(_("Forgot your password?"))
            self.text.setText(_("A code comes by mail. With it you set a new password."))
        else:
            self.title.setText(_("Create an account"))
            text = _("A code comes by mail. With it you make your account at {vendor}.")
            self.text.setText(text.format(vendor=self._vendor))
        self._field.set_label(_("E-mail"))
        self._have_code.setText(_("I have a code already"))
        self.next.setText(_("Send the code"))

    @Slot()
    def _submit(self) -> None:
        self.submitted.emit(self.email.text())
