"""The settings."""

from supportdesk.ui.screens.settings.screen import SettingsScreen

__all__ = ["SettingsScreen"]
