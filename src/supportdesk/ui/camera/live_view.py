"""The picture of a camera, whole and as large as its place allows."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.text_label import TextLabel

_WIDTH, _HEIGHT = 320, 180


class LiveView(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QImage()
        self._waiting = TextLabel(tone="muted", wrap=True, align=Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        whole = column(self, margins=theme().space.l)
        whole.addStretch(1)
        whole.addWidget(self._waiting)
        whole.addStretch(1)

    def set_waiting(self, text: str) -> None:
        """Is there while there is no picture."""
        self._waiting.setText(text)

    def show_picture(self, picture: QImage) -> None:
        self._picture = picture
        self._waiting.setVisible(picture.isNull())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().scaled(_WIDTH), theme().scaled(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() / 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, self.rect(), fill=theme().color("sunken"), radius=theme().radius.card)
        if not self._picture.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place(), self._picture)

    def _place(self) -> QRect:
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        return place
