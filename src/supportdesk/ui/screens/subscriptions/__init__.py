"""Subscriptions: everything that was ordered."""

from supportdesk.ui.screens.subscriptions.screen import SubscriptionsScreen

__all__ = ["SubscriptionsScreen"]
