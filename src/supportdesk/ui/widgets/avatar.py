"""A person as two letters in a circle."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box, draw_text


class Avatar(QWidget):
    """`neutral` is for people who are not signed in here."""

    def __init__(
        self, name: str = "", *, size: int = 32, neutral: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._size, self._neutral = size, neutral
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        edge = theme().scaled(self._size)
        return QSize(edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_avatar(QPainter(self), self.rect(), self._name, neutral=self._neutral)


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
