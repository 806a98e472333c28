"""One ticket on its own page."""

from PySide6.QtWidgets import QWidget

from supportdesk.i18n import _
from supportdesk.ui.screen import Offers, Screen, ScreenContext
from supportdesk.ui.ticket.pane import TicketPane
from supportdesk.ui.widgets.layouts import column


class TicketScreen(Screen):
    """Arguments: ticket_id, account_id (default: this account), then ('reply' or 'attach')."""

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._pane = TicketPane(context, own_page=True)
        column(self).addWidget(self._pane)
        self._pane.titled.connect(self.tell_crumb)
        self._pane.offers_changed.connect(self.offers_changed)
        self.retranslate()

    def open(self, args: dict[str, str]) -> None:
        self._pane.open(args.get("account_id", self.context.account.id), args["ticket_id"])
        if args.get("then") == "attach":
            self._pane.ask_for_files()
        elif args.get("then") == "reply":
            self._pane.focus_reply()

    def refresh(self) -> None:
        self._pane.presenter.refresh()

    def offers(self) -> Offers:
        return self._pane.offers()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Ticket"))

    def end(self) -> None:
        self._pane.close_presenter()
