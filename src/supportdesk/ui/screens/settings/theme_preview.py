"""One theme to choose: a small picture of it above a radio button."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from supportdesk.app.colours import accent_roles
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_text, visual_rect
from supportdesk.ui.theme.tokens import tokens

_WIDTH, _HEIGHT, _BAR, _GAP = 164, 104, 18, 6
_VARIANTS = {"light": "light", "dark": "dark", "high-contrast": "highContrast"}


class ThemePreview(QRadioButton):
    """The whole card is the target. `key` is the value of the setting."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT + 2 * _GAP + theme().height.icon_button)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().scaled(120), self.sizeHint().height())

    def hitButton(self, _position: QPoint) -> bool:
        return True

    def focus_outline(self) -> tuple[QRect, float]:
        return self._label_rect(), theme().radius.button

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_picture(painter, self._picture_rect())
        self._paint_label(painter)

    def _picture_rect(self) -> QRect:
        return QRect(3, 3, min(self.width() - 6, theme().scaled(_WIDTH)), _HEIGHT)

    def _label_rect(self) -> QRect:
        top = _HEIGHT + 2 * _GAP
        return QRect(0, top, self.width(), theme().height.icon_button)

    def _paint_picture(self, painter: QPainter, rect: QRect) -> None:
        look = theme()
        if self.isChecked():
            ring = rect.adjusted(-3, -3, 3, 3)
            draw_box(painter, ring, border=look.color("accentText"), radius=look.radius.card + 3, width=2)
        painter.save()
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(rect), look.radius.card, look.radius.card)
        painter.setClipPath(shape)
        if self.key == "system":
            half = QRect(rect.left(), rect.top(), rect.width() // 2, rect.height())
            self._paint_theme(painter, rect, "dark")
            painter.setClipRect(half, Qt.ClipOperation.IntersectClip)
            self._paint_theme(painter, rect, "light")
        else:
            self._paint_theme(painter, rect, _VARIANTS[self.key])
        painter.restore()
        draw_box(painter, rect, border=look.color("controlBorder"), radius=look.radius.card)

    def _paint_theme(self, painter: QPainter, rect: QRect, variant: str) -> None:
        roles = {name: QColor(value[:7]) for name, value in _roles(variant).items()}
        painter.fillRect(rect, roles["canvas"])
        head = QRect(rect.left(), rect.top(), rect.width(), _BAR)
        painter.fillRect(head, roles["surface"])
        painter.fillRect(head.left(), head.bottom(), head.width(), 1, roles["hairline"])
        title = QRect(rect.left() + 12, rect.top() + 30, 60, 6)
        ink = roles["muted"] if variant != "highContrast" else roles["text"]
        ink.setAlphaF(0.75 if variant != "highContrast" else 1.0)
        draw_box(painter, title, fill=ink, radius=3)
        for at in range(3):
            tile = QRect(rect.left() + 12 + at * 48, rect.top() + 48, 40, 40)
            fill = roles["accentText" if variant == "dark" else "accent"] if at == 0 else roles["surface"]
            border = None if at == 0 else roles["hairline"]
            draw_box(painter, tile, fill=fill, border=border, radius=4)

    def _paint_label(self, painter: QPainter) -> None:
        look = theme()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        area = self._label_rect()
        edge = self.style().pixelMetric(QStyle.PixelMetric.PM_ExclusiveIndicatorWidth, option, self)
        disc = QRect(area.left() + 2, area.center().y() - edge // 2, edge, edge)
        option.rect = visual_rect(disc, self.rect(), self.layoutDirection())
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorRadioButton, option, painter, self)
        words = QRect(disc.right() + 1 + look.space.s, area.top(), area.width(), area.height())
        words.setRight(area.right())
        font = look.font(strong=self.isChecked())
        place = visual_rect(words, self.rect(), self.layoutDirection())
        draw_text(painter, place, self.text(), font, look.color("text"), direction=self.layoutDirection())


def _roles(variant: str) -> dict[str, str]:
    base = tokens().color[variant]
    if variant == "highContrast":
        return base
    return base | accent_roles(theme().accent, base, dark=variant == "dark")
