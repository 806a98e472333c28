"""The menu behind the account button: switch, access data, another account, log out."""

from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QMenu, QWidget

from supportdesk.app.shell import KnownAccount, Place
from supportdesk.i18n import _
from supportdesk.ui.theme import theme


class AccountMenu(QMenu):
    switch_requested = Signal(str)
    data_requested = Signal()
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
            entry = self.addAction(f"{known.vendor}\t{name}".replace("&", "&&"))
            entry.setCheckable(True)
            entry.setChecked(account.id == shown)
            entry.triggered.connect(partial(self._switch, account.id))
        self.addSeparator()
        self._add(_("My data"), "circle-user-round", self.data_requested)
        self._add(_("Add an account…"), "user-plus", self.add_requested)
        self.addSeparator()
        self._add(_("Log out"), "log-out", self.sign_out_requested)

    def _switch(self, account_id: str, _checked: bool = False) -> None:
        self.switch_requested.emit(account_id)

    def _add(self, text: str, icon: str, signal: SignalInstance) -> None:
        entry = self.addAction(theme().icon(icon, "muted"), text)
        entry.triggered.connect(signal)
