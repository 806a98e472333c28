"""The ring around whatever the keyboard reached; clicks do not draw it."""

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFocusFrame,
    QRadioButton,
    QSlider,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from supportdesk.ui.theme.painting import draw_ring

if TYPE_CHECKING:
    from supportdesk.ui.theme.look import Theme

_KEYBOARD = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
# These say nothing of how the person got there: the last way they moved still counts.
_UNSAID = {Qt.FocusReason.OtherFocusReason, Qt.FocusReason.ActiveWindowFocusReason}


class FocusRing:
    """One frame that follows the focus. The style hands it every focus event, with its reason."""

    def __init__(self) -> None:
        self.by_keyboard = False
        self._frame: QFocusFrame | None = None
        self._at: QWidget | None = None
        self._is_led = False

    def focus_in(self, widget: QWidget | None, event: QFocusEvent) -> None:
        is_said = event.reason() not in _UNSAID and not self._is_led
        self._at, self._is_led = widget, False
        if is_said:
            self.by_keyboard = event.reason() in _KEYBOARD
        if widget is not None and self.by_keyboard and wants_ring(widget):
            self._follow(widget)
        else:
            self.hide()

    def focus_out(self, to: QWidget | None) -> None:
        """From what has vanished Qt itself leads on to the next one, and calls that Tab."""
        self._is_led = to is not None and _is_gone(self._at)
        self.hide()

    def hide(self) -> None:
        if self._frame is not None and shiboken6.isValid(self._frame):
            self._frame.setWidget(None)  # type: ignore[arg-type]

    def _follow(self, widget: QWidget) -> None:
        # The frame lives among the siblings of what it surrounds, and dies with them.
        if self._frame is None or not shiboken6.isValid(self._frame):
            self._frame = QFocusFrame()
            self._frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._frame.setWidget(widget)


def _is_gone(widget: QWidget | None) -> bool:
    if widget is None or not shiboken6.isValid(widget):
        return False
    return not (widget.isVisible() and widget.isEnabled())


def wants_ring(widget: QWidget) -> bool:
    """Fields and views show focus inside themselves; property `focusRing` decides for the others."""
    wish = widget.property("focusRing")
    if isinstance(wish, bool):
        return wish
    return isinstance(widget, QAbstractButton | QSlider)


def paint_focus_frame(theme: "Theme", painter: QPainter, frame: QWidget | None) -> None:
    watched = frame.widget() if isinstance(frame, QFocusFrame) else None
    if watched is None:
        return
    rect, radius = outline(theme, watched)
    margin = theme.focus_width + theme.focus_offset
    draw_ring(painter, rect.translated(margin, margin), radius)


def outline(theme: "Theme", widget: QWidget) -> tuple[QRect, float]:
    """Edge and corner radius of what the ring surrounds, in the widget's coordinates."""
    own = getattr(widget, "focus_outline", None)
    if own is not None:
        rect, radius = own()
        return rect, radius
    if isinstance(widget, QCheckBox | QRadioButton):
        return _indicator(widget), theme.radius.tag if isinstance(widget, QCheckBox) else _indicator(
            widget
        ).width() / 2
    radius = widget.property("focusRadius")
    return widget.rect(), float(radius) if radius is not None else float(theme.radius.button)


def _indicator(widget: QCheckBox | QRadioButton) -> QRect:
    option = QStyleOptionButton()
    option.initFrom(widget)
    element = (
        QStyle.SubElement.SE_CheckBoxIndicator
        if isinstance(widget, QCheckBox)
        else QStyle.SubElement.SE_RadioButtonIndicator
    )
    return widget.style().subElementRect(element, option, widget)
