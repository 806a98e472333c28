"""A hairline between things."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_line


class Divider(QWidget):
    """`inset` pixels stay free at both ends, `lead` of a lying one at the leading end only."""

    def __init__(
        self,
        orientation: Qt.Orientation = Qt.Orientation.Horizontal,
        *,
        inset: int = 0,
        lead: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lies = orientation == Qt.Orientation.Horizontal
        self._inset, self._lead = inset, lead
        long, thin = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        self.setSizePolicy(long if self._lies else thin, thin if self._lies else long)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, color = QPainter(self), theme().color("hairline")
        if self._lies:
            left, right = self._inset + self._lead, self.width() - self._inset
            if self.isRightToLeft():
                left, right = self.width() - right, self.width() - left
            draw_line(painter, left, 0, right, 0, color)
        else:
            draw_line(painter, 0, self._inset, 0, self.height() - self._inset, color)
