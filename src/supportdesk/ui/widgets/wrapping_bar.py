"""A bar of controls that wraps into more lines where they do not fit; one of them takes what is left."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_line
from supportdesk.ui.widgets.layouts import column, row

NARROW_BELOW = 800


class WrappingBar(QWidget):
    """Surface with a hairline below. The `growing` control is at least `least` px wide."""

    def __init__(self, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self._controls: list[QWidget] = []
        self._growing: QWidget | None = None
        self._lines: list[list[QWidget]] = []
        self._rows: list[QHBoxLayout] = []
        self._column = column(self, gap=theme().space.m)

    def set_controls(self, controls: list[QWidget], growing: QWidget) -> None:
        """In reading order; hidden ones take no room."""
        self._controls, self._growing = controls, growing
        for control in controls:
            control.setParent(self)
        self.arrange()

    def arrange(self) -> None:
        """To be called after a control was shown, hidden or changed its width."""
        space = theme().space
        margin = space.page_margin if self.width() >= NARROW_BELOW else space.page_margin_narrow
        self._column.setContentsMargins(margin, space.m, margin, space.m)
        lines = self._wrapped(self.width() - 2 * margin)
        if lines == self._lines:
            return
        self._lines = lines
        self._clear()
        for line in lines:
            layout = row(gap=space.m)
            for control in line:
                layout.addWidget(control, 1 if control is self._growing else 0)
            if self._growing not in line:
                layout.addStretch(1)
            self._rows.append(layout)
            self._column.addLayout(layout)
        self._column.activate()  # else a control that is shown late is painted where it is not meant to be

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.LanguageChange}:
            self.arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("surface"))
        bottom = self.height() - 1
        draw_line(painter, 0, bottom, self.width(), bottom, theme().color("hairline"))

    def _wrapped(self, room: int) -> list[list[QWidget]]:
        lines: list[list[QWidget]] = [[]]
        used = 0
        for control in (each for each in self._controls if not each.isHidden()):
            hint = control.sizeHint().expandedTo(control.minimumSize())
            wanted = self._least if control is self._growing else hint.width()
            if lines[-1] and used + theme().space.m + wanted > room:
                lines.append([])
                used = 0
            used += wanted + (theme().space.m if lines[-1] else 0)
            lines[-1].append(control)
        return lines

    def _clear(self) -> None:
        for layout in self._rows:
            while layout.count():
                layout.takeAt(0)
            self._column.removeItem(layout)
            layout.deleteLater()
        self._rows = []
