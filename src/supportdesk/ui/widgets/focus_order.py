"""Tab goes as one reads: Qt's own order is that of creation, which fails for everything made later."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLayout, QScrollArea, QWidget


def focus_in_reading_order(*roots: QWidget) -> None:
    """Chains all controls of `roots` as their layouts place them; to be called after controls were made.

    Takes milliseconds for a form: not for every key.
    """
    controls = [control for root in roots for control in _controls(root)]
    for before, after in pairwise(controls):
        QWidget.setTabOrder(before, after)


def tab_to_checked(buttons: Sequence[QAbstractButton]) -> None:
    """Of answers that exclude each other Tab leads to the chosen one; the arrow keys go on from there.

    Qt does so by itself only when the person chooses.
    """
    chosen = any(button.isChecked() for button in buttons)
    for button in buttons:
        reachable = button.isChecked() or not chosen
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if reachable else Qt.FocusPolicy.ClickFocus)


def _controls(widget: QWidget) -> Iterator[QWidget]:
    """What holds other controls comes before them; the one it gives its focus to before its other ones, as
    the text before the buttons that format it."""
    inner, first = list(_inner(widget)), widget.focusProxy()
    if first in inner:
        inner.remove(first)
        inner.insert(0, first)
    if _takes_tab(widget):
        yield widget
    yield from inner


def _inner(widget: QWidget) -> Iterator[QWidget]:
    content = widget.widget() if isinstance(widget, QScrollArea) else None
    if content is not None:
        yield from _controls(content)
    elif (layout := widget.layout()) is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        inner = item.widget()
        if inner is not None:
            yield from _controls(inner)
        elif (below := item.layout()) is not None:
            yield from _in_layout(below)


def _takes_tab(widget: QWidget) -> bool:
    return widget.focusProxy() is None and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
