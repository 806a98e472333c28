"""Colours of what lies above other programs while capturing: dark in every theme."""

from PySide6.QtGui import QColor

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.look import roles

_DIMMED = 0.58


def night(role: str) -> QColor:
    """A role of the dark theme in the vendor's accent, or of the high contrast theme where that is in use."""
    current = theme()
    return QColor(roles("highContrast" if current.is_high_contrast else "dark", current.accent)[role])


def dimming() -> QColor:
    color = night("sunken")
    color.setAlphaF(_DIMMED)
    return color
