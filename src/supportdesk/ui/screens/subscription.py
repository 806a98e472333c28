"""One subscription on its own page."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from supportdesk.i18n import _
from supportdesk.ui.screen import Offers, Screen, ScreenContext
from supportdesk.ui.screens.subscriptions.pane import SubscriptionPane
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import column

_NARROW_BELOW = 820


class SubscriptionScreen(Screen):
    """Arguments: subscription_id, account_id (default: this account)."""

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._pane = SubscriptionPane(context)
        column(self).addWidget(self._pane)
        self._pane.titled.connect(self.tell_crumb)
        self._pane.offers_changed.connect(self.offers_changed)
        self.retranslate()

    def open(self, args: dict[str, str]) -> None:
        self._pane.open(args.get("account_id", self.context.account.id), args["subscription_id"])

    def refresh(self) -> None:
        self._pane.refresh()

    def offers(self) -> Offers:
        return self._pane.offers()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Subscription"))
        self._pane.retranslate()

    def end(self) -> None:
        self._pane.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        space = theme().space
        margin = space.page_margin_narrow if self.width() < _NARROW_BELOW else space.page_margin
        self._pane.set_margins(margin, margin)
