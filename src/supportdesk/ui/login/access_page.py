"""A request for an account, which the vendor approves."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.sign_in_state import SignInState
from supportdesk.i18n import _
from supportdesk.ui.login.form_page import FormPage
from supportdesk.ui.widgets.line_edit import LineEdit
from supportdesk.ui.widgets.text_area import TextArea


class AccessPage(FormPage):
    submitted = Signal(str, str, str, str)
    """E-mail, name, organisation, message."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vendor = ""
        self.email, self.name, self.organisation = LineEdit(), LineEdit(), LineEdit()
        self.email.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
        self.message = TextArea(formatting=False, min_lines=2, max_lines=6)
        for name, control in (
            ("name", self.name),
            ("email", self.email),
            ("organisation", self.organisation),
        ):
            self.add_field(name, control, required=True)
        self.add_field("message", self.message)
        self.next.clicked.connect(self._submit)
        self.retranslate()

    def render_state(self, state: SignInState) -> None:
        way = state.way
        if way is None:
            for line in (self.email, self.name, self.organisation):
                line.clear()
            self.message.set_text("")
            return
        self._vendor = way.profile.short_name
        self._tell()
        self.show_trouble(way.wrong, way.error, way.rejections)
        self.show_busy(way.busy)

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(_("Request access"))
        self.fields["name"].set_label(_("Your full name"))
        self.fields["email"].set_label(_("E-mail"))
        self.fields["organisation"].set_label(_("Organisation"))
        self.fields["message"].set_label(_("Message"))
        self.fields["message"].set_hint(_("For example your customer number."))
        self.next.setText(_("Send the request"))
        self._tell()

    def _tell(self) -> None:
        text = _("{vendor} looks at it and mails you your access.")
        self.text.setText(text.format(vendor=self._vendor))

    @Slot()
    def _submit(self) -> None:
        self.submitted.emit(
            self.email.text(), self.name.text(), self.organisation.text(), self.message.text()
        )
