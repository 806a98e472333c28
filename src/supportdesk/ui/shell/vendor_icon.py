"""The vendor's mark as an icon of windows and tray."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box

_SIZES = (16, 22, 24, 32, 48, 64)


def vendor_icon(name: str, *, tinted: bool = True) -> QIcon:
    """`name` in the vendor's colours of the theme in use; not tinted in those of text."""
    icon, look = QIcon(), theme()
    for size in _SIZES:
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, ink = ("accent", "onAccent") if tinted else ("text", "surface")
        draw_box(painter, QRect(0, 0, size, size), fill=look.color(fill), border=None, radius=size * 6 / 28)
        edge = round(size * 20 / 28)
        inset = (size - edge) // 2
        painter.drawPixmap(inset, inset, look.pixmap(name, look.color(ink), edge))
        painter.end()
        icon.addPixmap(picture)
    return icon
