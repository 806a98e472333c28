"""The menu behind the account button: switch, access data, another account, log out."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.settings_panes import account_parts
from supportdesk.app.shell import KnownAccount, Place
from supportdesk.domain.capabilities import Capabilities
from supportdesk.i18n import _
from supportdesk.ui.widgets.menu import Menu


class AccountMenu(Menu):
    switch_requested = Signal(str)
    part_requested = Signal(str)
    """One part of what there is about the account."""
    add_requested = Signal()
    sign_out_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accounts: tuple[KnownAccount, ...] = ()
        self._place: Place | None = None

    def set_accounts(self, accounts: tuple[KnownAccount, ...], place: Place | None) -> None:
        self._accounts = accounts
        self._place = place
        self.setAccessibleName(_("Accounts"))

    def fill(self) -> None:
        """To be called before it is shown: accounts come and go."""
        self.clear()
        shown = self._place.account.id if self._place else ""
        for known in self._accounts:
            account = known.account
            name = account.person_name or account.user
            text = f"{known.vendor}\t{name}".replace("&", "&&")
            self.entry(text, partial(self.switch_requested.emit, account.id), checked=account.id == shown)
        self.line()
        for part, title, icon in account_parts(self._place.capabilities if self._place else Capabilities()):
            self.entry(_(title), partial(self.part_requested.emit, part), icon=icon)
        self.entry(_("Add an account…"), self.add_requested.emit, icon="user-plus")
        self.line()
        self.entry(_("Log out"), self.sign_out_requested.emit, icon="log-out")
