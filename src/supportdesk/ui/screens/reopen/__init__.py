"""Reopen a ticket."""

from supportdesk.ui.screens.reopen.screen import ReopenScreen

__all__ = ["ReopenScreen"]
