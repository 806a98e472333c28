"""Leads to the mails of an embedded desk, where the door says that there are any."""

from PySide6.QtWidgets import QWidget

from supportdesk.domain.account import Door
from supportdesk.i18n import _
from supportdesk.ui.widgets.row_button import RowButton


class MailboxButton(RowButton):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(icon="mail", well=True, parent=parent)
        self.hide()
        self.retranslate()

    def show_door(self, door: Door | None) -> None:
        self.setVisible(door is not None and door.mailbox)

    def retranslate(self) -> None:
        self.set_texts(_("Open the mailbox"), _("The demo’s mails are kept here"))
