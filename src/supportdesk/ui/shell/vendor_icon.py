"""The vendor's mark as an icon of windows and tray."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from supportdesk.domain.profile import Profile
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box

_SIZES = (16, 22, 24, 32, 48, 64)


def vendor_icon(vendor: Profile | None, *, tinted: bool = True) -> QIcon:
    """Drawing and colours are one vendor's, whichever the theme wears; not tinted in those of text."""
    icon, look = QIcon(), theme()
    name = (vendor.logo.icon if vendor is not None else "") or "life-buoy"
    fill, ink = look.brand_colors(vendor.brand_colour if vendor is not None else look.accent)
    if not tinted:
        fill, ink = look.color("text"), look.color("surface")
    for size in _SIZES:
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_box(painter, QRect(0, 0, size, size), fill=fill, border=None, radius=size * 6 / 28)
        edge = round(size * 20 / 28)
        inset = (size - edge) // 2
        painter.drawPixmap(inset, inset, look.pixmap(name, ink, edge))
        painter.end()
        icon.addPixmap(picture)
    return icon
