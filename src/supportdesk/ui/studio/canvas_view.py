"""Zoom and scrolling around the canvas."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from supportdesk.app.annotation import zoom
from supportdesk.app.annotation.session import Session
from supportdesk.ui.studio.canvas import MARGIN, Canvas


class CanvasView(QScrollArea):
    """Shows the whole picture until the person zooms."""

    factor_changed = Signal(float)

    def __init__(self, session: Session, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._canvas = canvas
        self._factor = 1.0
        self._fits = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(canvas)

    @property
    def factor(self) -> float:
        return self._factor

    def fit(self) -> None:
        """As large as the window allows, but not larger than it was on the screen."""
        self._fits = True
        shown, scale = self._session.shown, self._session.document.scale
        room = self.maximumViewportSize()
        self._apply(
            zoom.fitting(
                shown.width / scale,
                shown.height / scale,
                room.width() - 2 * MARGIN,
                room.height() - 2 * MARGIN,
            )
        )

    def refresh(self) -> None:
        """The part of the picture on view may have changed."""
        if self._fits:
            self.fit()
        self._canvas.refresh()

    @Slot()
    def zoom_in(self) -> None:
        self.zoom_to(zoom.larger(self._factor))

    @Slot()
    def zoom_out(self) -> None:
        self.zoom_to(zoom.smaller(self._factor))

    @Slot()
    def zoom_full(self) -> None:
        self.zoom_to(1.0)

    @Slot()
    def toggle_fit(self) -> None:
        if self._factor == 1.0:
            self.fit()
        else:
            self.zoom_full()

    def zoom_to(self, factor: float, anchor: QPointF | None = None) -> None:
        """The spot under `anchor` (in the viewport, its middle by default) stays where it is."""
        spot = anchor or QPointF(self.viewport().rect().center())
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        before, scrolled = self._factor, [bar.value() for bar in bars]
        self._fits = False
        self._apply(factor)
        for bar, at, value in zip(bars, (spot.x(), spot.y()), scrolled, strict=True):
            bar.setValue(round(zoom.scroll_keeping(at - MARGIN, value, before, factor)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        step = event.angleDelta().y()
        if step:
            wanted = zoom.larger(self._factor) if step > 0 else zoom.smaller(self._factor)
            self.zoom_to(wanted, event.position())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self.fit()

    def _apply(self, factor: float) -> None:
        if factor != self._factor:
            self._factor = factor
            self._canvas.set_factor(factor)
            self._canvas.updateGeometry()
            self.event(QEvent(QEvent.Type.LayoutRequest))
            self.factor_changed.emit(factor)
