"""Round corners for windows that pop up: menus and the lists of combos."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainterPath, QRegion
from PySide6.QtWidgets import QWidget

_RADIUS = 8


def round_popup(popup: QWidget) -> None:
    """Translucent corners where the system composes windows. X11 may not: there the corners are cut off."""
    if popup.property("roundedCorners"):
        return
    popup.setProperty("roundedCorners", True)
    if QGuiApplication.platformName() == "xcb":
        popup.installEventFilter(_CornerCutter(popup))
    else:
        popup.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    popup.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)


class _CornerCutter(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            outline = QPainterPath()
            outline.addRoundedRect(QRectF(watched.rect()), _RADIUS, _RADIUS)
            watched.setMask(QRegion(outline.toFillPolygon().toPolygon()))
        return False
