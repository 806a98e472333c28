"""The home screen."""

from supportdesk.ui.screens.home.screen import HomeScreen

__all__ = ["HomeScreen"]
