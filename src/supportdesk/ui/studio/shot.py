"""Pictures of the monitors, and what is cut from them. All on the GUI thread."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QCursor, QGuiApplication, QImage, QPainter, QScreen

from supportdesk.app.annotation.desktop import Monitor, cut, monitor_at
from supportdesk.app.annotation.geometry import Point, Rect
from supportdesk.domain.errors import CaptureFailed
from supportdesk.ui.studio.paint import to_qt_pixels

# On these platforms Qt's screens lie in the grid of device pixels; elsewhere in one of logical points.
_PIXEL_GRID = ("xcb", "windows")


@dataclass(frozen=True, slots=True)
class Shot:
    """One monitor and its picture in device pixels."""

    monitor: Monitor
    picture: QImage
    screen: QScreen


def grab_monitors() -> list[Shot]:
    """Every monitor as it is seen now. Raises CaptureFailed where the system gives no picture."""
    return [_shot(screen, _grabbed(screen)) for screen in QGuiApplication.screens()]


def shots_from_desktop(picture: QImage) -> list[Shot]:
    """Every monitor out of one picture of the whole desktop, as the screenshot portal delivers it."""
    desktop = QGuiApplication.primaryScreen().virtualGeometry()
    factor = picture.width() / max(1, desktop.width())
    shots = []
    for screen in QGuiApplication.screens():
        place = screen.geometry().translated(-desktop.topLeft())
        frame = Rect(place.x(), place.y(), place.width(), place.height()).scaled(factor).whole_pixels()
        shots.append(_shot(screen, picture.copy(to_qt_pixels(frame))))
    return shots


def take(shots: Sequence[Shot], region: Rect) -> QImage:
    """`region` of the desktop; the picture's device pixel ratio tells the scale of its screen."""
    plan = cut([shot.monitor for shot in shots], region)
    result = QImage(max(1, plan.width), max(1, plan.height), QImage.Format.Format_RGB32)
    result.fill(0xFF000000)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for piece in plan.pieces:
        source = shots[piece.monitor].picture
        painter.drawImage(to_qt_pixels(piece.target), source, to_qt_pixels(piece.source))
    painter.end()
    result.setDevicePixelRatio(plan.scale)
    return result


def pointer_place(shots: Sequence[Shot]) -> Point:
    """Where the pointer is, in desktop units."""
    screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
    shot = next((shot for shot in shots if shot.screen is screen), shots[0])
    local = QCursor.pos(screen) - screen.geometry().topLeft()
    return shot.monitor.from_local(local.x(), local.y())


def monitor_under_pointer(shots: Sequence[Shot]) -> Rect:
    monitors = [shot.monitor for shot in shots]
    return monitors[monitor_at(monitors, pointer_place(shots))].frame


def _grabbed(screen: QScreen) -> QImage:
    pixmap = screen.grabWindow(0)
    if pixmap.isNull():
        raise CaptureFailed
    return pixmap.toImage()


def _shot(screen: QScreen, picture: QImage) -> Shot:
    picture = picture.convertToFormat(QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(1.0)
    return Shot(_monitor(screen, picture), picture, screen)


def _monitor(screen: QScreen, picture: QImage) -> Monitor:
    geometry: QRect = screen.geometry()
    scale = picture.width() / max(1, geometry.width())
    if QGuiApplication.platformName() in _PIXEL_GRID:
        frame = Rect(geometry.x(), geometry.y(), picture.width(), picture.height())
        return Monitor(screen.name(), frame, 1.0, scale)
    frame = Rect(geometry.x(), geometry.y(), geometry.width(), geometry.height())
    return Monitor(screen.name(), frame, scale, scale)
