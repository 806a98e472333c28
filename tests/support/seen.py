"""What can be read and what a screen reader would say of the widgets that are on the screen."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTextEdit,
    QWidget,
)

from supportdesk.ui.widgets.text_label import ElidedLabel

_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTextEdit,
)


def visible(root: QWidget) -> Iterator[QWidget]:
    return (widget for widget in root.findChildren(QWidget) if widget.isVisible())


def clipped_texts(root: QWidget) -> list[str]:
    """Labels and buttons that are smaller than their text, or reach out of what is around them.

    Elided labels shorten themselves with an ellipsis and a tool tip; nothing is lost there. What a page
    scrolls to vertically is not cut; horizontally nothing scrolls.
    """
    found = []
    for widget in visible(root):
        text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
        if text and (trouble := _too_small(widget) or _cut_by(widget)):
            found.append(f"{type(widget).__name__} “{text}”: {trouble}")
    return found


def nameless_controls(root: QWidget) -> list[str]:
    """Controls for which a screen reader has no name, and places where the focus rests namelessly."""
    found = []
    for widget in visible(root):
        stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        if (isinstance(widget, _CONTROLS) or stops) and not _name(widget):
            found.append(f"{type(widget).__name__} {widget.objectName()} in {_path(widget)}")
    return found


def _name(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):  # which answers with its value
        return widget.accessibleName()
    around = widget.parentWidget()
    if isinstance(around, QComboBox | QAbstractSpinBox):
        return _name(around)
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name) if told is not None else widget.accessibleName()


def _path(widget: QWidget) -> str:
    names: list[str] = []
    above = widget.parentWidget()
    while above is not None and len(names) < 4:
        names.append(type(above).__name__)
        above = above.parentWidget()
    return " in ".join(names)


def _too_small(widget: QWidget) -> str:
    if isinstance(widget, ElidedLabel):
        return ""
    least = widget.minimumSizeHint()
    if isinstance(widget, QLabel) and widget.wordWrap():
        least.setHeight(widget.heightForWidth(widget.width()))
        least.setWidth(widget.minimumWidth() or least.width())  # one that was given breaks its words anywhere
    elif isinstance(widget, QLabel):
        least = widget.sizeHint()
    else:  # how high a button is beyond its line is a matter of design
        least.setHeight(widget.fontMetrics().height())
    if widget.width() >= least.width() and widget.height() >= least.height():
        return ""
    return f"is {widget.width()}×{widget.height()}, needs {least.width()}×{least.height()}"


def _cut_by(widget: QWidget) -> str:
    around = widget.parentWidget()
    while around is not None and not widget.isWindow():
        place = QRect(widget.mapTo(around, QPoint()), widget.size())
        scrolls = isinstance(around.parentWidget(), QAbstractScrollArea)
        where = f"in {type(around).__name__} of {around.width()}×{around.height()}"
        if place.left() < 0 or place.right() >= around.width():
            return f"reaches from {place.left()} to {place.right()} {where}"
        if scrolls:
            return ""
        if place.top() < 0 or place.bottom() >= around.height():
            return f"reaches from {place.top()} to {place.bottom()} down {where}"
        if around.isWindow():
            return ""
        around = around.parentWidget()
    return ""
