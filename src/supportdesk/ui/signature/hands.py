"""Three hands to write a name in: scripts that are installed here, and a pen of our own."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QPainterPath, QPainterPathStroker, QTransform

from supportdesk.ui.signature.pen_letters import CAPITAL, written

_SCRIPTS = (
    *("Segoe Script", "Lucida Handwriting", "Brush Script MT", "Freestyle Script", "Mistral"),
    *("Snell Roundhand", "Apple Chancery", "Bradley Hand", "Savoye LET", "Noteworthy", "SignPainter"),
    *("Dancing Script", "Great Vibes", "Pacifico", "Allura", "Satisfy", "Caveat"),
    *("URW Chancery L", "Z003", "Comic Neue", "Purisa", "Domestic Manners", "Segoe Print"),
)
_WANTED = 3
_CAPITALS = 0.72
"""Their share of the size of a typeface."""


@dataclass(frozen=True)
class FontHand:
    family: str
    slanted: bool = False

    def path(self, text: str, pixels: float) -> QPainterPath:
        """To be filled with ink; the baseline is at 0."""
        font = QFont(self.family)
        font.setPixelSize(round(pixels))
        font.setItalic(self.slanted)
        path = QPainterPath()
        path.addText(0, 0, font, text)
        return path


@dataclass(frozen=True)
class PenHand:
    """`letters` names a file of `resources/hands`, `pen` its width where capitals are 21 high."""

    letters: str
    pen: float
    slant: float = 0.0
    width: float = 1.0

    def path(self, text: str, pixels: float) -> QPainterPath:
        """As above. A sign that the hand lacks makes all of it slanted type: a name has no gaps."""
        way = written(self.letters, text)
        if way is None:
            return FontHand(QFont().family(), slanted=True).path(text, pixels)
        scale = pixels * _CAPITALS / CAPITAL
        pen = QPainterPathStroker()
        pen.setWidth(self.pen * scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        ink = pen.createStroke(QTransform(scale * self.width, 0, -self.slant * scale, scale, 0, 0).map(way))
        ink.setFillRule(Qt.FillRule.WindingFill)
        return ink


Hand = FontHand | PenHand
_PENS = (
    PenHand("script", pen=1.6),
    PenHand("broad", pen=1.5, slant=0.2, width=0.9),
    PenHand("print", pen=1.9, slant=0.24, width=0.86),
)


def hands() -> tuple[Hand, ...]:
    """Scripts that are installed first; where there are not three of them, the pen makes up for it."""
    installed = {family.partition(" [")[0] for family in QFontDatabase.families()}
    found: list[Hand] = [FontHand(family) for family in _SCRIPTS if family in installed]
    return (*found, *_PENS)[:_WANTED]
