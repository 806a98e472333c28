"""What was sent and is on its way."""

from supportdesk.ui.screens.outbox.screen import OutboxScreen

__all__ = ["OutboxScreen"]
