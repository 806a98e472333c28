"""The code was right: who they are, if that is new, and the password from now on."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.sign_in_state import SignInState
from supportdesk.app.sign_in_words import keyring_note
from supportdesk.app.way_in import WayInState
from supportdesk.domain.account import CodePurpose
from supportdesk.i18n import _
from supportdesk.ui.login.form_page import FormPage
from supportdesk.ui.widgets.check_row import CheckRow
from supportdesk.ui.widgets.line_edit import LineEdit
from supportdesk.ui.widgets.password_field import PasswordField


class NewPasswordPage(FormPage):
    submitted = Signal(str, str, bool)
    """Name, password, stay signed in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way: WayInState | None = None
        self._keyring_note = ""
        self.name, self.password = LineEdit(), PasswordField()
        self._name_field = self.add_field("name", self.name)
        self._password_field = self.add_field("password", self.password)
        self._stay = CheckRow()
        self._stay.check.setChecked(True)
        self.add_part(self._stay)
        self.next.clicked.connect(self._submit)
        self.retranslate()

    def render_state(self, state: SignInState) -> None:
        way, self._keyring_note = state.way, keyring_note(state)
        new = way is not None and (self._way is None or way.meaning != self._way.meaning)
        self._way = way
        if way is None or new:
            self.name.clear()
            self.password.clear()
        if way is None:
            return
        self._name_field.setVisible(way.needs_name)
        self._password_field.setVisible(way.needs_password)
        if self._keyring_note:
            self._stay.check.setChecked(False)
        self._stay.check.setEnabled(not self._keyring_note)
        self._tell(way)
        self.show_trouble(way.wrong, way.error, way.rejections)
        self.show_busy(way.busy)

    def retranslate(self) -> None:
        super().retranslate()
        self._name_field.set_label(_("Your full name"))
        self._password_field.set_label(_("New password"))
        self._password_field.set_hint(_("At least 10 characters."))
        if self._way is not None:
            self._tell(self._way)

    def take_focus(self) -> None:
        fields = (self._name_field, self._password_field)
        shown = next((field.control for field in fields if not field.isHidden()), self.next)
        shown.setFocus()

    def _tell(self, way: WayInState) -> None:
        purpose = way.meaning.purpose if way.meaning is not None else CodePurpose.RESET
        title, done = {
            CodePurpose.SIGN_UP: (_("Create an account"), _("Create the account")),
            CodePurpose.RESET: (_("Set a new password"), _("Set the password and sign in")),
            CodePurpose.INVITATION: (_("Your first password"), _("Set the password and sign in")),
            CodePurpose.VERIFY: (_("Confirm your address"), _("Confirm and sign in")),
        }[purpose]
        self.title.setText(title)
        self.text.setText(way.meaning.email if way.meaning is not None else "")
        self.next.setText(done)
        self._stay.set_texts(_("Stay signed in"), self._keyring_note)

    @Slot()
    def _submit(self) -> None:
        self.submitted.emit(self.name.text(), self.password.text(), self._stay.check.isChecked())
