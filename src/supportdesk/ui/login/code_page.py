"""Where the code from the mail is typed, or the link pasted."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.sign_in_state import SignInState
from supportdesk.app.way_in import WayInState, Wish
from supportdesk.i18n import _
from supportdesk.ui.login.form_page import FormPage
from supportdesk.ui.login.mailbox_button import MailboxButton
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.line_edit import LineEdit


class CodePage(FormPage):
    submitted = Signal(str)
    help_requested = Signal()
    mailbox_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way: WayInState | None = None
        self.code = LineEdit()
        self._field = self.add_field("code", self.code)
        self._no_mail = button("", kind="link")
        self.add_part(self._no_mail, theme().space.s)
        self.mailbox = MailboxButton()
        self.add_part(self.mailbox, theme().space.l)
        self._no_mail.clicked.connect(self.help_requested)
        self.mailbox.clicked.connect(self.mailbox_requested)
        self.next.clicked.connect(self._submit)
        self.retranslate()

    def render_state(self, state: SignInState) -> None:
        before, way = self._way, state.way
        self._way = way
        if way is None:
            self.code.clear()
            return
        if before is None or way.code != before.code:
            self.code.setText(way.code)
        self._tell(way)
        self.mailbox.show_door(way.door)
        self.show_trouble(way.wrong, way.error, way.rejections)
        self.show_busy(way.busy)

    def retranslate(self) -> None:
        super().retranslate()
        self._field.set_label(_("Code from the mail"))
        self._field.set_hint(_("Four groups of four signs. You can also paste the link from the mail."))
        self._no_mail.setText(_("No mail has come"))
        self.mailbox.retranslate()
        self.next.setText(_("Next"))
        if self._way is not None:
            self._tell(self._way)

    def take_focus(self) -> None:
        """A link has filled it in already: only 'Next' is left."""
        (self.next if self.code.text() else self.code).setFocus()

    def _tell(self, way: WayInState) -> None:
        if way.email and way.wish is not Wish.CODE:
            self.title.setText(_("Look into your mail"))
            text = _("If {email} can be used here, a mail is on its way to it. Look into junk mail, too.")
            self.text.setText(text.format(email=way.email))
        else:
            self.title.setText(_("Enter a code"))
            self.text.setText(_("From a mail of {vendor}.").format(vendor=way.profile.short_name))

    @Slot()
    def _submit(self) -> None:
        self.submitted.emit(self.code.text())
