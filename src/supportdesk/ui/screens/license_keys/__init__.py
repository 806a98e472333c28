"""License keys."""

from supportdesk.ui.screens.license_keys.screen import LicenseKeysScreen

__all__ = ["LicenseKeysScreen"]
