"""A key and what it does, on the panel above other programs."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.studio.night import night
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_text, visual_rect


class KeyHint(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_texts(self, key: str, text: str) -> None:
        self._key, self._text = key, text
        self.setAccessibleName(f"{key}: {text}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme().font("caption"))
        width = self._cap_width() + theme().space.s + metrics.horizontalAdvance(self._text) + 1
        return QSize(width, self._cap_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = theme().font("caption")
        cap = QRect(0, 0, self._cap_width(), self._cap_height())
        cap.moveTop((self.height() - cap.height()) // 2)
        words = self.rect().adjusted(cap.width() + theme().space.s, 0, 0, 0)
        cap = visual_rect(cap, self.rect(), self.layoutDirection())
        words = visual_rect(words, self.rect(), self.layoutDirection())
        tag = theme().radius.tag
        draw_box(painter, cap, fill=night("sunken"), border=night("hairline"), radius=tag)
        draw_text(painter, cap, self._key, font, night("text"), align=Qt.AlignmentFlag.AlignHCenter)
        draw_text(painter, words, self._text, font, night("text"), direction=self.layoutDirection())

    def _cap_width(self) -> int:
        metrics = QFontMetrics(theme().font("caption"))
        return metrics.horizontalAdvance(self._key) + 2 * theme().space.xs + theme().space.xs

    def _cap_height(self) -> int:
        return theme().line_height("caption") + theme().space.xs
