"""A page: one scrolling column of at most 1080, centred on the canvas."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.steady_scroll import SteadyScroll

_NARROW_BELOW = 800


def page_margin(width: int) -> int:
    """At both sides of a page of this width."""
    space = theme().space
    return space.page_margin_narrow if width < _NARROW_BELOW else space.page_margin


class _Page(QWidget):
    """As high as its texts are at its width: the least height of a wrapped text is that of narrow lines."""

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), 0) if self.hasHeightForWidth() else hint


class PageLayout(SteadyScroll):
    """`width_changed` tells the width of the content, for screens that rearrange themselves.

    It is told again when the theme changed: at another text size the same width holds less.
    """

    width_changed = Signal(int)

    def __init__(
        self, *, max_width: int = 1080, top: int | None = None, parent: QWidget | None = None
    ) -> None:
        """`top` is the margin above, where it is not the page's own."""
        super().__init__(parent)
        self._max_width = max_width
        self._top = top
        self._margin = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it has the focus and scrolls it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        page = _Page()
        # not aligned to the top: QLayout then gives the height of unwrapped texts, and cuts the wrapped ones
        whole = column(page)
        self.column = column()
        whole.addLayout(self.column)
        whole.addStretch(1)
        self.setWidget(page)
        self._content_width = 0
        theme().changed.connect(self._centre_anew)

    @property
    def is_narrow(self) -> bool:
        return self.width() < _NARROW_BELOW

    def set_margin(self, pixels: int) -> None:
        """Where it is a part of the page: the least at its sides, whatever its own width."""
        self._margin = pixels
        self._centre()

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        self.column.addWidget(widget, stretch)

    def add_layout(self, layout: QLayout) -> None:
        self.column.addLayout(layout)

    def add_gap(self, pixels: int) -> None:
        self.column.addSpacing(pixels)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._centre()

    @Slot()
    def _centre_anew(self) -> None:
        self._content_width = 0
        self._centre()

    def _centre(self) -> None:
        """Margins from the whole width: the column must not jump when the scroll bar appears."""
        margin = self._margin or page_margin(self.width())
        side = max(margin, (self.width() - self._max_width) // 2)
        bar = self.width() - self.viewport().width()
        leading, trailing = side, max(theme().space.s, side - bar)
        if self.isRightToLeft():
            leading, trailing = trailing, leading
        top = margin if self._top is None else self._top
        self.column.setContentsMargins(leading, top, trailing, margin)
        width = self.width() - 2 * side
        if width != self._content_width:
            self._content_width = width
            self.width_changed.emit(width)
