"""Colleagues."""

from supportdesk.ui.screens.colleagues.screen import ColleaguesScreen

__all__ = ["ColleaguesScreen"]
