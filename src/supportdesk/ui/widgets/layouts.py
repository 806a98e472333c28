"""Layouts whose margins and gaps are said, never left to a platform's default."""

from typing import TypeAlias, TypeVar

from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Margins: TypeAlias = int | tuple[int, int, int, int]
Box = TypeVar("Box", bound=QBoxLayout)


def column(parent: QWidget | None = None, *, gap: int = 0, margins: Margins = 0) -> QVBoxLayout:
    """Pixels; four margins are left, top, right, bottom."""
    return _prepared(QVBoxLayout() if parent is None else QVBoxLayout(parent), gap, margins)


def row(parent: QWidget | None = None, *, gap: int = 0, margins: Margins = 0) -> QHBoxLayout:
    """Pixels; four margins are left, top, right, bottom."""
    return _prepared(QHBoxLayout() if parent is None else QHBoxLayout(parent), gap, margins)


def grid(parent: QWidget | None = None, *, gap: int = 0, margins: Margins = 0) -> QGridLayout:
    """Pixels; four margins are left, top, right, bottom."""
    layout = QGridLayout() if parent is None else QGridLayout(parent)
    set_margins(layout, margins)
    layout.setSpacing(gap)
    return layout


def set_margins(layout: QLayout, margins: Margins) -> None:
    left, top, right, bottom = (margins,) * 4 if isinstance(margins, int) else margins
    layout.setContentsMargins(left, top, right, bottom)


def clear_layout(layout: QLayout) -> None:
    """Remove every item; widgets vanish at once and are deleted when control returns to the event loop."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)


def _prepared(layout: Box, gap: int, margins: Margins) -> Box:
    set_margins(layout, margins)
    layout.setSpacing(gap)
    return layout
