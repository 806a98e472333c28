"""It was taken: a request for access, or a report without an account."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.sign_in_state import Page, SignInState
from supportdesk.i18n import _
from supportdesk.ui.login.form_page import FormPage
from supportdesk.ui.login.mailbox_button import MailboxButton
from supportdesk.ui.theme import theme


class ToldPage(FormPage):
    mailbox_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = SignInState()
        self.mailbox = MailboxButton()
        self.add_part(self.mailbox, theme().space.l)
        self.back.hide()
        self.next.clicked.connect(self.back_requested)
        self.mailbox.clicked.connect(self.mailbox_requested)
        self.retranslate()

    def render_state(self, state: SignInState) -> None:
        self._state = state
        if state.page is Page.ASKED and state.way is not None:
            vendor, email, door = state.way.profile.short_name, state.way.email, state.way.door
            self.title.setText(_("Your request is on its way"))
            text = _("{vendor} looks at it. The answer goes to {email}; look into junk mail, too.")
        elif state.page is Page.REPORTED and state.report is not None:
            vendor, email, door = state.report.profile.short_name, state.report.email, state.report.door
            self.title.setText(_("Your report has arrived"))
            text = _(
                "{vendor} looks at it. The answer goes to {email}. As soon as that address has an account, "
                "the report is among its tickets."
            )
            if state.report.number:
                numbered = _("Your report has the number #{number}.").format(number=state.report.number)
                text = f"{numbered} {text}"
            if state.report.is_first_version:
                self.title.setText(_("Your first version has arrived"))
                changed = _("What you changed after sending it was not taken.")
                text = f"{changed} {text}"
        else:
            return
        self.text.setText(text.format(vendor=vendor, email=email))
        self.mailbox.show_door(door)

    def retranslate(self) -> None:
        super().retranslate()
        self.mailbox.retranslate()
        self.next.setText(_("Back to sign-in"))
        self.render_state(self._state)
