"""The mails of an embedded desk, newest first, so that everything can be tried without a mail server."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from supportdesk.app.local_mailbox import LocalMail, code_in
from supportdesk.app.sign_in_state import SignInState
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.login.form_page import FormPage
from supportdesk.ui.login.mail_text import MailText
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.text_label import TextLabel

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class MailboxPage(FormPage):
    code_chosen = Signal(str)
    link_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mails: tuple[LocalMail, ...] = ()
        self._shown: LocalMail | None = None
        self._may_use = False
        self._choice = Combo()
        self._card = Card(gap=theme().space.s, tone="sunken")
        self._subject = TextLabel(strong=True, wrap=True)
        self._to = TextLabel(kind="caption", tone="muted", wrap=True)
        self._words = MailText()
        for label in (self._subject, self._to):
            label.setTextInteractionFlags(_SELECTABLE)
            self._card.add(label)
        self._card.add(self._words)
        self._copy = button("", icon="copy", size="small")
        line = row()
        line.addWidget(self._copy)
        line.addStretch(1)
        self._card.body.addLayout(line)
        self.add_part(self._choice)
        self.add_part(self._card)
        self._choice.changed.connect(self._choose)
        self._words.link_requested.connect(self._follow)
        self._copy.clicked.connect(self._copy_code)
        self.next.clicked.connect(self._use)
        self.retranslate()

    def render_state(self, state: SignInState) -> None:
        mails = state.way.mails if state.way is not None else state.report.mails if state.report else ()
        self._may_use = state.way is not None
        if mails is not self._mails:
            self._mails = mails
            self._fill()
            self._show(mails[0] if mails else None)

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(_("Mailbox"))
        self._choice.setAccessibleName(_("Mails"))
        self.next.setText(_("Use this code"))
        self._fill()
        self._show(self._shown)

    def take_focus(self) -> None:
        goes_on = self.back if self.next.isHidden() else self.next
        (self._choice if len(self._mails) > 1 else goes_on).setFocus()

    def _fill(self) -> None:
        self._choice.set_options([(str(at), _name(mail)) for at, mail in enumerate(self._mails)])
        self._choice.set_value("0" if self._mails else None)

    def _show(self, mail: LocalMail | None) -> None:
        self._shown = mail
        self._card.setVisible(mail is not None)
        self._choice.setVisible(len(self._mails) > 1)
        self.text.setText(
            _("These mails were sent nowhere: they lie on this computer.")
            if self._mails
            else _("No mail has been written yet.")
        )
        self.next.setVisible(self._may_use and mail is not None and bool(mail.code))
        if mail is None:
            return
        self._subject.setText(mail.subject)
        sent = f" · {formats.ago_within(mail.sent_at)}" if mail.sent_at is not None else ""
        self._to.setText(_("To {address}").format(address=mail.to) + sent)
        self._words.setAccessibleName(mail.subject)
        self._words.set_mail(mail.text)
        self._copy.setVisible(bool(mail.code))
        self._copy.setText(_("Copy the code"))

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._show(self._mails[int(key)])

    @Slot(str)
    def _follow(self, link: str) -> None:
        if code := code_in(link):
            self.code_chosen.emit(code)
        else:
            self.link_requested.emit(link)

    @Slot()
    def _copy_code(self) -> None:
        if self._shown is not None:
            QGuiApplication.clipboard().setText(self._shown.code)
            self._copy.setText(_("Copied"))

    @Slot()
    def _use(self) -> None:
        if self._shown is not None:
            self.code_chosen.emit(self._shown.code)


def _name(mail: LocalMail) -> str:
    return f"{mail.subject} ({mail.to})"
