"""The access data in use, what can be changed about them, and the way out."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from supportdesk.app.settings_panes import Pane, access_data
from supportdesk.domain.capabilities import Capability
from supportdesk.i18n import _
from supportdesk.ui.screen import ScreenContext
from supportdesk.ui.screens.settings.account_card import AccountCard
from supportdesk.ui.screens.settings.fact_list import FactList
from supportdesk.ui.screens.settings.my_data_card import MyDataCard
from supportdesk.ui.screens.settings.pane import SettingsPane
from supportdesk.ui.screens.settings.password_card import PasswordCard
from supportdesk.ui.screens.settings.sessions_card import SessionsCard
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.avatar import Avatar
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel


class AccountPane(SettingsPane):
    def __init__(self, pane: Pane, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(pane, parent)
        self._context = context
        account = context.account
        space = theme().space
        card = Card(padding=space.xl, gap=space.xl)
        head = row(gap=space.l)
        names = column()
        names.addWidget(TextLabel(account.person_name or account.user, kind="emphasis", strong=True))
        names.addWidget(TextLabel(account.organisation_name, tone="muted"))
        head.addWidget(Avatar(account.person_name or account.user, size=48))
        head.addLayout(names, 1)
        self._facts = FactList()
        card.body.addLayout(head)
        card.add(self._facts)
        self._sign_out = button("", icon="log-out")
        self._sign_out.clicked.connect(context.frame.sign_out)
        foot = row()
        foot.addWidget(self._sign_out)
        foot.addStretch(1)
        self._parts = self._offered(context)
        self._asked: AccountCard | None = None
        self.cards.addWidget(card)
        for part in self._parts.values():
            self.cards.addWidget(part)
        self.cards.addLayout(foot)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self._facts.set_facts(access_data(self._context.account, self._context.profile))
        self._sign_out.setText(_("Log out"))
        for part in self._parts.values():
            part.retranslate()

    def opened(self) -> None:
        for part in self._parts.values():
            if not isinstance(part, PasswordCard):
                part.presenter.read()

    def show_part(self, part: str) -> None:
        self._asked = self._parts.get(part)
        if self._asked is not None:
            QTimer.singleShot(0, self, self._show_asked)  # once it has its place

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        password = self._parts.get("password")
        if isinstance(password, PasswordCard) and not event.spontaneous():
            password.forget()

    def end(self) -> None:
        for part in self._parts.values():
            part.presenter.close()

    @staticmethod
    def _offered(context: ScreenContext) -> "dict[str, MyDataCard | PasswordCard | SessionsCard]":
        parts: dict[str, MyDataCard | PasswordCard | SessionsCard] = {}
        if Capability.PROFILE in context.capabilities:
            parts["data"] = MyDataCard(context)
        if Capability.CHANGE_PASSWORD in context.capabilities:
            parts["password"] = PasswordCard(context)
        if Capability.SESSIONS in context.capabilities:
            parts["sessions"] = SessionsCard(context)
        return parts

    @Slot()
    def _show_asked(self) -> None:
        if self._asked is not None:
            self._asked.take_focus()
            self.ensureWidgetVisible(self._asked)
