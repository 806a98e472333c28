"""The access data in use, and the way out."""

from PySide6.QtWidgets import QWidget

from supportdesk.app.settings_panes import Pane, access_data
from supportdesk.i18n import _
from supportdesk.ui.screen import ScreenContext
from supportdesk.ui.screens.settings.fact_list import FactList
from supportdesk.ui.screens.settings.pane import SettingsPane
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
        self.cards.addWidget(card)
        self.cards.addLayout(foot)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self._facts.set_facts(access_data(self._context.account, self._context.profile))
        self._sign_out.setText(_("Log out"))
