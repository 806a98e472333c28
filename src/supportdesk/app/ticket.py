"""One ticket: its conversation, and what the customer can do with it."""

from collections.abc import Callable
from pathlib import Path

from supportdesk.app.conversation_presenter import ConversationPresenter
from supportdesk.app.ticket_state import TicketState, look_at_ticket
from supportdesk.app.workspace import Workspace
from supportdesk.domain.commands import CloseTicket, RateTicket
from supportdesk.domain.status import Stage


class TicketPresenter(ConversationPresenter[TicketState]):
    def __init__(self, workspace: Workspace, open_outside: Callable[[Path], None]) -> None:
        super().__init__(workspace, open_outside, look_at_ticket, TicketState())

    def end_ticket(self) -> None:
        self.send("close", CloseTicket(self.key[1]))

    def rate(self, helpful: bool, comment: str = "") -> None:
        """A solution that helped is confirmed: it also closes the ticket."""
        view = self.state.view
        closes = helpful and self.state.offers.close and view is not None and view.row.stage is Stage.SOLVED
        self.send("rate", RateTicket(self.key[1], helpful, comment.strip()))
        if closes:
            self.end_ticket()
