"""One frameless window over one monitor, showing what was on it when the capture began."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QCursor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRegion,
)
from PySide6.QtWidgets import QWidget

from supportdesk.app.annotation.geometry import Point, Rect
from supportdesk.app.annotation.hit import Handle, frame_handles
from supportdesk.i18n import _
from supportdesk.ui.studio.cursors import handle_cursor
from supportdesk.ui.studio.magnifier import magnifier_place, paint_magnifier
from supportdesk.ui.studio.night import dimming, night
from supportdesk.ui.studio.shot import Shot
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_text

_HANDLE = 10
_LABEL_GAP = 12
_FLAGS = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint


class MonitorOverlay(QWidget):
    """Reports pointer and keys in desktop units and draws what `show_state` says."""

    pressed = Signal(object)
    """Point in desktop units."""
    moved = Signal(object)
    released = Signal()
    accepted = Signal()
    """A double click into the region."""
    key_pressed = Signal(object)
    """The QKeyEvent, while it is being delivered."""
    closed = Signal()

    def __init__(self, shot: Shot) -> None:
        super().__init__(None, _FLAGS)
        self.shot = shot
        self._pixmap = QPixmap.fromImage(shot.picture)
        self._pixmap.setDevicePixelRatio(shot.monitor.scale)
        self._seen: QRect | None = None
        self._has_handles = False
        self._label = ""
        self._spot: QPoint | None = None
        self._spot_pixel = QPoint()
        self._spot_caption = ""
        self._free_area = QRect()
        self._build()

    def cover(self) -> None:
        """Show over the whole monitor."""
        self.setScreen(self.shot.screen)
        self.setGeometry(self.shot.screen.geometry())
        if QGuiApplication.platformName().startswith("wayland"):
            self.showFullScreen()
        else:
            self.show()

    def show_state(self, seen: Rect | None, label: str, spot: Point | None, *, has_handles: bool) -> None:
        """`seen` stays undimmed; `spot` is under the magnifier. Both in desktop units, None shows none."""
        before = self._changing_area()
        monitor = self.shot.monitor
        self._seen = None if seen is None else _to_qt(monitor.to_local(seen))
        self._label, self._has_handles = label, has_handles
        self._spot = None
        if spot is not None and monitor.frame.contains(spot):
            place = monitor.to_local(Rect(spot.x, spot.y, 0, 0))
            pixel = monitor.to_picture(Rect(spot.x, spot.y, 0, 0))
            self._spot = QPoint(round(place.x), round(place.y))
            self._spot_pixel = QPoint(int(pixel.x), int(pixel.y))
            self._spot_caption = _("X {x} · Y {y}").format(x=round(spot.x), y=round(spot.y))
        self.update(before.united(self._changing_area()))

    def keep_free(self, area: QRect) -> None:
        """The magnifier does not lie over `area`; an empty one keeps nothing free."""
        if area != self._free_area:
            self._free_area = area
            self.update()

    def show_cursor(self, handle: Handle | None, *, inside: bool) -> None:
        shape = Qt.CursorShape.SizeAllCursor if inside else Qt.CursorShape.CrossCursor
        self.setCursor(QCursor(handle_cursor(handle) if handle else shape))

    def _build(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        if QGuiApplication.platformName() == "xcb":
            self.setWindowFlag(Qt.WindowType.BypassWindowManagerHint)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setWindowTitle(_("Capture"))
        self.setAccessibleName(_("Capture"))
        self.setAccessibleDescription(
            _("Arrow keys make and move a region, with Shift they resize it. W chooses a window.")
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._pixmap)
        dimmed = QRegion(self.rect())
        if self._seen is not None:
            dimmed -= QRegion(self._seen)
        painter.save()
        painter.setClipRegion(dimmed.intersected(event.region()))
        painter.fillRect(event.rect(), dimming())
        painter.restore()
        if self._seen is not None:
            self._paint_frame(painter, self._seen)
        if self._spot is not None:
            place = self._magnifier_place(self._spot)
            paint_magnifier(painter, place, self.shot.picture, self._spot_pixel, self._spot_caption)

    def _paint_frame(self, painter: QPainter, seen: QRect) -> None:
        draw_box(painter, seen.adjusted(-2, -2, 2, 2), border=night("accentText"), width=2)
        if self._has_handles:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place in frame_handles(_from_qt(seen)).values():
                handle = QRectF(0, 0, _HANDLE, _HANDLE)
                handle.moveCenter(QPointF(place.x, place.y))
                draw_box(
                    painter,
                    handle,
                    fill=night("paper"),
                    border=night("accentText"),
                    radius=_HANDLE / 2,
                    width=2,
                )
        if self._label:
            label = self._label_place(seen)
            draw_box(painter, label, fill=night("accent"), radius=theme().radius.button)
            font = theme().font("caption", strong=True, tabular=True)
            draw_text(
                painter, label, self._label, font, night("onAccent"), align=Qt.AlignmentFlag.AlignHCenter
            )

    def _label_place(self, seen: QRect) -> QRect:
        """Above the region, inside it where there is no room above."""
        font = theme().font("caption", strong=True, tabular=True)
        width = QFontMetrics(font).horizontalAdvance(self._label) + 2 * theme().space.m
        height = theme().line_height("caption") + theme().space.m
        y = seen.top() - _LABEL_GAP - height
        if y < 0:
            y = seen.top() + _LABEL_GAP
        x = max(0, min(seen.left(), self.width() - width))
        return QRect(x, y, width, height)

    def _magnifier_place(self, spot: QPoint) -> QRect:
        return magnifier_place(spot, self.rect(), self._free_area)

    def _changing_area(self) -> QRegion:
        area = QRegion()
        if self._seen is not None:
            area += self._seen.adjusted(-_HANDLE, -_HANDLE, _HANDLE, _HANDLE)
            area += self._label_place(self._seen)
        if self._spot is not None:
            area += self._magnifier_place(self._spot)
        return area

    # Input

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.pressed.emit(self._desktop_point(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.moved.emit(self._desktop_point(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._seen is not None and self._has_handles and self._seen.contains(event.position().toPoint()):
            self.accepted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.key_pressed.emit(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def _desktop_point(self, event: QMouseEvent) -> Point:
        """A drag that began here may go on over another monitor: `local` is then beyond our edges."""
        return self.shot.monitor.from_local(event.position().x(), event.position().y())


def _from_qt(rect: QRect) -> Rect:
    return Rect(rect.x(), rect.y(), rect.width(), rect.height())


def _to_qt(rect: Rect) -> QRect:
    return QRectF(rect.x, rect.y, rect.width, rect.height).toAlignedRect()
