"""Documents."""

from supportdesk.ui.screens.documents.screen import DocumentsScreen

__all__ = ["DocumentsScreen"]
