"""A person in a circle: a picture, or two letters."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.domain.portraits import portrait_problem
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_text


class Avatar(QWidget):
    """`neutral` is for people who are not signed in here."""

    def __init__(
        self, name: str = "", *, size: int = 32, neutral: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._size, self._neutral = size, neutral
        self._picture = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def set_picture(self, png: bytes) -> None:
        """Letters remain where it is empty, too large, no PNG, or cannot be read."""
        self._picture = QImage() if portrait_problem(png) else QImage.fromData(png)
        self.update()

    def sizeHint(self) -> QSize:
        edge = theme().scaled(self._size)
        return QSize(edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._picture.isNull():
            paint_avatar(painter, self.rect(), self._name, neutral=self._neutral)
        else:
            _paint_picture(painter, self.rect(), self._picture)


def _paint_picture(painter: QPainter, rect: QRect, picture: QImage) -> None:
    """Its middle, as large as the circle."""
    edge = min(picture.width(), picture.height())
    middle = QRect((picture.width() - edge) // 2, (picture.height() - edge) // 2, edge, edge)
    circle = QPainterPath()
    circle.addEllipse(rect)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.setClipPath(circle)
    painter.drawImage(rect, picture, middle)


def initials(name: str) -> str:
    """The first letters of the first and the last word: "Jana van der Wiebe" is JW."""
    words = [word for word in name.split() if word[0].isalnum()]
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper()


def paint_avatar(painter: QPainter, rect: QRect, name: str, *, neutral: bool = False) -> None:
    fill, ink = ("neutralSoft", "text") if neutral else ("accentSoft", "accentText")
    border = theme().color("accent") if theme().is_high_contrast else None
    draw_box(painter, rect, fill=theme().color(fill), border=border, radius=rect.width() / 2)
    font = theme().font("caption", strong=True)
    draw_text(painter, rect, initials(name), font, theme().color(ink), align=Qt.AlignmentFlag.AlignHCenter)
