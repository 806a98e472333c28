"""Lets the person choose what to take: overlays on all monitors acting as one."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from supportdesk.app.annotation.desktop import cut, monitor_at
from supportdesk.app.annotation.geometry import Point, Rect
from supportdesk.app.annotation.picker import RegionPicker
from supportdesk.i18n import _
from supportdesk.ui.studio.help_panel import HelpPanel
from supportdesk.ui.studio.overlay import MonitorOverlay
from supportdesk.ui.studio.shot import Shot, pointer_place
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import announce

_PANEL_WIDTH = 800
_QUICK_STEP = 10
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Choosing(QObject):
    """Exactly one of `chosen` and `cancelled` ends it, unless `delay_chosen` asks to begin anew later."""

    chosen = Signal(object)
    """Rect in desktop units."""
    cancelled = Signal()
    delay_chosen = Signal(int)

    def __init__(self, shots: Sequence[Shot], windows: Sequence[Rect], delay_s: int, parent: QObject) -> None:
        super().__init__(parent)
        monitors = [shot.monitor for shot in shots]
        self._picker = RegionPicker(monitors, windows, pointer_place(shots))
        self._spot: Point = self._picker.pointer
        self._is_over = False
        self._overlays = [MonitorOverlay(shot) for shot in shots]
        self._panel = HelpPanel(offers_windows=bool(self._picker.windows), delay_s=delay_s)
        self._connect()

    def show(self) -> None:
        here = self._overlay_with_pointer()
        for overlay in self._overlays:
            overlay.cover()
        self._put_panel(here)
        self._render()
        here.activateWindow()
        here.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def close(self) -> None:
        """Take the overlays away without a word."""
        self._is_over = True
        for overlay in self._overlays:
            overlay.hide()
            overlay.deleteLater()

    @Slot()
    def cancel(self) -> None:
        if not self._is_over:
            self.close()
            self.cancelled.emit()

    def _connect(self) -> None:
        for overlay in self._overlays:
            overlay.pressed.connect(self._on_press)
            overlay.moved.connect(self._on_move)
            overlay.released.connect(self._on_release)
            overlay.accepted.connect(self._take_seen)
            overlay.key_pressed.connect(self._on_key)
            overlay.closed.connect(self.cancel)
            self.destroyed.connect(overlay.deleteLater)
        self._panel.cancelled.connect(self.cancel)
        self._panel.taken.connect(self._take_seen)
        self._panel.delay_chosen.connect(self._on_delay)

    # Input

    @Slot(object)
    def _on_press(self, point: Point) -> None:
        self._picker.press(point)
        self._point_at(point)

    @Slot(object)
    def _on_move(self, point: Point) -> None:
        self._picker.move(point)
        self._point_at(point)

    @Slot()
    def _on_release(self) -> None:
        window = self._picker.release()
        if window is not None:
            self._choose(window)
        else:
            self._put_panel(self._overlay_with_pointer())
            self._render()

    @Slot(object)
    def _on_key(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._on_arrow(event, *_ARROWS[key])
        elif key == Qt.Key.Key_Escape:
            self.cancel()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_seen()
        elif key == Qt.Key.Key_Space:
            self._choose(self._picker.desktop)
        elif key == Qt.Key.Key_W:
            backwards = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._picker.select_window(-1 if backwards else 1)
            self._follow_region()
        else:
            event.ignore()

    def _on_arrow(self, event: QKeyEvent, dx: int, dy: int) -> None:
        step = _QUICK_STEP if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._picker.stretch(dx * step, dy * step)
        else:
            self._picker.nudge(dx * step, dy * step)
        self._follow_region()

    @Slot()
    def _take_seen(self) -> None:
        """The region, or where there is none the whole monitor under the pointer."""
        self._choose(self._picker.region or self._picker.monitor)

    @Slot(int)
    def _on_delay(self, delay_s: int) -> None:
        if not self._is_over and delay_s:
            self.close()
            self.delay_chosen.emit(delay_s)

    def _choose(self, rect: Rect) -> None:
        if not self._is_over:
            self.close()
            self.chosen.emit(rect)

    # Showing

    def _point_at(self, point: Point) -> None:
        self._spot = point
        for overlay in self._overlays:
            handle = self._picker.handle_under(point)
            region = self._picker.region
            overlay.show_cursor(handle, inside=region is not None and region.contains(point))
        self._render()

    def _follow_region(self) -> None:
        """After keys the magnifier looks at the corner that Shift moves, and the size is said."""
        region = self._picker.region
        if region is not None:
            self._spot = Point(region.right - 1, region.bottom - 1)
            announce(self._overlay_with_pointer(), self._size_words(region))
        self._render()

    def _render(self) -> None:
        seen = self._picker.seen
        label = self._size_words(seen) if seen is not None else ""
        has_region = self._picker.region is not None
        labelled = None if seen is None else self._overlay_at(Point(seen.x, seen.y))
        for overlay in self._overlays:
            words = label if overlay is labelled else ""
            overlay.keep_free(self._panel.geometry() if self._lies_on(overlay) else QRect())
            overlay.show_state(seen, words, self._spot, has_handles=has_region)
        self._panel.set_has_region(has_region)
        self._panel.setVisible(not self._picker.is_dragging)

    def _lies_on(self, overlay: MonitorOverlay) -> bool:
        return self._panel.parentWidget() is overlay and not self._picker.is_dragging

    def _size_words(self, rect: Rect) -> str:
        size = cut(self._picker.monitors, rect)
        return _("{width} × {height} px").format(width=size.width, height=size.height)

    def _overlay_with_pointer(self) -> MonitorOverlay:
        return self._overlay_at(self._picker.pointer)

    def _overlay_at(self, point: Point) -> MonitorOverlay:
        return self._overlays[monitor_at(self._picker.monitors, point)]

    def _put_panel(self, overlay: MonitorOverlay) -> None:
        gap = theme().space.xl
        wanted = max(theme().scaled(_PANEL_WIDTH), self._panel.width_in_one_row())
        width = min(wanted, overlay.width() - 2 * gap)
        if self._panel.parentWidget() is not overlay:
            self._panel.setParent(overlay)
        self._panel.fit(width)
        self._panel.move((overlay.width() - width) // 2, overlay.height() - gap - self._panel.height())
        self._panel.show()
