"""Changing the password: all other sign-ins end, this one goes on."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.my_account import PasswordPresenter, PasswordState
from supportdesk.i18n import _
from supportdesk.ui.screen import ScreenContext
from supportdesk.ui.screens.settings.account_card import AccountCard
from supportdesk.ui.widgets.password_field import PasswordField


class PasswordCard(AccountCard):
    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._changed = 0
        self.presenter = PasswordPresenter(context.workspace, context.account.id)
        self.old, self.new = PasswordField(), PasswordField()
        self.add_field("old", self.old)
        self.add_field("new", self.new)
        self.act.clicked.connect(self._change)
        for field in (self.old, self.new):
            field.returnPressed.connect(self._change)
        self.retranslate()
        self.presenter.show_to(self.render_state)

    def render_state(self, state: PasswordState) -> None:
        self.show_error(state.error)
        self.show_wrong(state.wrong, state.rejections)
        self.act.show_busy(state.busy)
        if state.changed != self._changed:
            self._changed = state.changed
            self.forget()
            changed = _("Your password is changed. You are signed out everywhere else.")
            tone = "warning" if state.note else "success"
            self._context.frame.toast(f"{changed} {state.note}".rstrip(), tone=tone)

    def forget(self) -> None:
        """What was typed does not wait for the next person who comes by."""
        self.old.clear()
        self.new.clear()

    def retranslate(self) -> None:
        self.title.setText(_("Password"))
        self.setAccessibleName(_("Password"))
        self.fields["old"].set_label(_("Present password"))
        self.fields["new"].set_label(_("New password"))
        self.fields["new"].set_hint(_("At least 10 characters."))
        self.act.setText(_("Change password"))

    @Slot()
    def _change(self) -> None:
        self.presenter.change(self.old.text(), self.new.text())
