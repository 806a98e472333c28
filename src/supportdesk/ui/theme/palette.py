"""The Qt palette of a theme."""

from collections.abc import Mapping

from PySide6.QtGui import QColor, QPalette

_ROLES = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "control",
    QPalette.ColorRole.AlternateBase: "canvas",
    QPalette.ColorRole.Button: "control",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "onSelection",
    QPalette.ColorRole.Link: "accentText",
    QPalette.ColorRole.LinkVisited: "accentText",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Mid: "hairline",
    QPalette.ColorRole.Dark: "hairline",
    QPalette.ColorRole.Light: "hairline",
    QPalette.ColorRole.Midlight: "hairline",
    QPalette.ColorRole.Shadow: "hairline",
    QPalette.ColorRole.BrightText: "danger",
}
_DISABLED = {
    QPalette.ColorRole.Text: "disabledText",
    QPalette.ColorRole.WindowText: "disabledText",
    QPalette.ColorRole.ButtonText: "disabledText",
    QPalette.ColorRole.PlaceholderText: "disabledText",
}


def palette(colors: Mapping[str, QColor]) -> QPalette:
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, colors[name])
    for role, name in _DISABLED.items():
        made.setColor(QPalette.ColorGroup.Disabled, role, colors[name])
    return made
