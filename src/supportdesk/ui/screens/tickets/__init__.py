"""Your tickets."""

from supportdesk.ui.screens.tickets.screen import TicketsScreen

__all__ = ["TicketsScreen"]
