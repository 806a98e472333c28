"""Tab goes as one reads: Qt's own order is that of creation, which fails for everything made later."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLayout, QScrollArea, QSplitter, QWidget


def focus_in_reading_order(*roots: QWidget) -> None:
    """Chains all controls of `roots` as their layouts place them; to be called after controls were made.

    Takes milliseconds for a form: not for every key.
    """
    controls = [each for root in roots for each in in_reading_order(root) if _takes_tab(each)]
    for before, after in pairwise(controls):
        QWidget.setTabOrder(before, after)


def stops_around(widget: QWidget, around: QWidget) -> list[QWidget]:
    """Where the focus can be in `around`: what one reads before `widget`, the nearest first, then the rest.

    Not by Qt's chain of focus: PySide books what that returns as a child of what it was asked of, and Python
    then takes a page and its first control for a cycle that nobody needs, and deletes both.
    """
    order = [each for each in in_reading_order(around) if each is widget or _can_have_focus(each)]
    at = order.index(widget) if widget in order else len(order)
    return [*reversed(order[:at]), *order[at + 1 :]]


def tab_to_checked(buttons: Sequence[QAbstractButton]) -> None:
    """Of answers that exclude each other Tab leads to the chosen one; the arrow keys go on from there.

    Qt does so by itself only when the person chooses.
    """
    chosen = any(button.isChecked() for button in buttons)
    for button in buttons:
        reachable = button.isChecked() or not chosen
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if reachable else Qt.FocusPolicy.ClickFocus)


def in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    """`widget` and all that its layouts place in it, also what is hidden now.

    What holds other controls comes before them; the one it gives its focus to before its other ones, as
    the text before the buttons that format it.
    """
    inner, first = list(_inner(widget)), widget.focusProxy()
    if first in inner:
        inner.remove(first)
        inner.insert(0, first)
    yield widget
    yield from inner


def _inner(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QSplitter):
        for part in map(widget.widget, range(widget.count())):
            if part is not None:
                yield from in_reading_order(part)
        return
    content = widget.widget() if isinstance(widget, QScrollArea) else None
    if content is not None:
        yield from in_reading_order(content)
    elif (layout := widget.layout()) is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        inner = item.widget()
        if inner is not None:
            yield from in_reading_order(inner)
        elif (below := item.layout()) is not None:
            yield from _in_layout(below)


def _takes_tab(widget: QWidget) -> bool:
    return widget.focusProxy() is None and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _can_have_focus(widget: QWidget) -> bool:
    return _takes_tab(widget) and widget.isVisible() and widget.isEnabled()
