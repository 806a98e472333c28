"""One tool in the rail: icon, word and the key that chooses it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.studio.choice_button import ChoiceButton
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_icon, draw_text, visual_rect
from supportdesk.ui.widgets.text_label import plain_tooltip

_HEIGHT = 40
_CAP_WIDTH = 24


class ToolRow(ChoiceButton):
    """A radio button of the rail; its text is the tool's name."""

    corner = 6

    def __init__(self, icon: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str) -> None:
        self.setText(title)
        self.setAccessibleName(title)
        self.setToolTip(plain_tooltip(f"{title} ({self._key})"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme().font(strong=True)).horizontalAdvance(self.text())
        gaps = theme().space.m * 2 + theme().space.s * 2
        return QSize(
            gaps + theme().icon_size.control + words + theme().scaled(_CAP_WIDTH), theme().scaled(_HEIGHT)
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme()
        if self.isChecked():
            border = look.color("accentText") if look.is_high_contrast else None
            draw_box(
                painter, self.rect(), fill=look.color("selection"), border=border, radius=look.radius.button
            )
        elif self.is_hovered:
            draw_box(painter, self.rect(), fill=look.color("controlHover"), radius=look.radius.button)
        self._paint_content(painter)

    def _paint_content(self, painter: QPainter) -> None:
        look, chosen = theme(), self.isChecked()
        edge, gap = look.icon_size.control, look.space.m
        words_color = look.color("onSelection" if chosen else "text")
        icon_color = words_color if chosen and look.is_high_contrast else None
        icon = self._visual(QRect(gap, (self.height() - edge) // 2, edge, edge))
        draw_icon(painter, icon, self._icon, icon_color or ("accentText" if chosen else "muted"))
        cap = self._cap()
        left = gap + edge + gap
        words = self._visual(QRect(left, 0, cap.left() - left, self.height()))
        draw_text(
            painter,
            words,
            self.text(),
            look.font(strong=chosen),
            words_color,
            direction=self.layoutDirection(),
        )
        cap = self._visual(cap)
        fill, border = look.color("sunken"), look.color("hairline")
        draw_box(painter, cap, fill=fill, border=border, radius=look.radius.tag)
        caption = look.font("caption")
        draw_text(painter, cap, self._key, caption, look.color("muted"), align=Qt.AlignmentFlag.AlignHCenter)

    def _cap(self) -> QRect:
        width = theme().scaled(_CAP_WIDTH)
        height = theme().line_height("caption") + theme().space.xs
        return QRect(self.width() - theme().space.s - width, (self.height() - height) // 2, width, height)

    def _visual(self, rect: QRect) -> QRect:
        return visual_rect(rect, self.rect(), self.layoutDirection())
