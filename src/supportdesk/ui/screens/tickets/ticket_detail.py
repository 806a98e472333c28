"""What stands beside the list: the chosen ticket, or a draft that can be continued."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.domain.projections import TicketRow
from supportdesk.domain.status import Stage
from supportdesk.ui.screen import ScreenContext
from supportdesk.ui.screens.tickets.draft_card import DraftCard
from supportdesk.ui.ticket.pane import TicketPane

_PAUSE_MS = 90
"""While arrows run through the list, only the ticket they stop at is opened."""


class TicketDetail(QStackedWidget):
    """`titled` carries what the breadcrumb says of it, the others the draft's TicketRow."""

    titled = Signal(str)
    continue_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._next: TicketRow | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self.pane = TicketPane(context, own_page=False)
        self._draft = DraftCard()
        self.addWidget(self.pane)
        self.addWidget(self._draft)
        self._pause.timeout.connect(self._show_next)
        self.pane.titled.connect(self.titled)
        self._draft.continue_requested.connect(self.continue_requested)
        self._draft.delete_requested.connect(self.delete_requested)

    def show_soon(self, row: TicketRow) -> None:
        self._next = row
        self._pause.start()

    def show_row(self, row: TicketRow) -> None:
        if row.stage is Stage.DRAFT:
            self.pane.clear()
            self._draft.show_draft(row)
            self.setCurrentWidget(self._draft)
            self.titled.emit("")
        else:
            self.setCurrentWidget(self.pane)
            self.pane.open(row.account_id, row.id)

    def offer(self, row: TicketRow) -> None:
        """Nobody asked for it: it stays unread until the person turns to it."""
        self.setCurrentWidget(self.pane)
        self.pane.open(row.account_id, row.id, offered=True)

    def clear(self) -> None:
        self._pause.stop()
        self.pane.clear()
        self.setCurrentWidget(self.pane)
        self.titled.emit("")

    def end(self) -> None:
        self._pause.stop()
        self.pane.close_presenter()

    def _show_next(self) -> None:
        if self._next is not None:
            self.show_row(self._next)
