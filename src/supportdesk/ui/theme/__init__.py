"""How everything looks: tokens, palette, style, fonts and icons, following the system live."""

from supportdesk.ui.theme.current import theme
from supportdesk.ui.theme.look import Theme, ThemeMode

__all__ = ["Theme", "ThemeMode", "theme"]
