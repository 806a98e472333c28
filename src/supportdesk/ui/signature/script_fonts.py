"""Three hands to write a name in, from what is installed here."""

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontDatabase

_SCRIPTS = (
    *("Segoe Script", "Lucida Handwriting", "Brush Script MT", "Freestyle Script", "Mistral"),
    *("Snell Roundhand", "Apple Chancery", "Bradley Hand", "Savoye LET", "Noteworthy", "SignPainter"),
    *("Dancing Script", "Great Vibes", "Pacifico", "Allura", "Satisfy", "Caveat"),
    *("URW Chancery L", "Z003", "Comic Neue", "Purisa", "Domestic Manners", "Segoe Print"),
)
_UPRIGHT = ("Georgia", "Times New Roman", "Liberation Serif", "DejaVu Serif", "Noto Serif", "Inter")
_WANTED = 3


@dataclass(frozen=True)
class Hand:
    family: str
    slanted: bool

    def font(self, pixels: int) -> QFont:
        font = QFont(self.family)
        font.setPixelSize(pixels)
        font.setItalic(self.slanted)
        return font


def hands() -> tuple[Hand, ...]:
    """Scripts first; where there are not three of them, slanted letters make up for it."""
    installed = {family.partition(" [")[0] for family in QFontDatabase.families()}
    found = [Hand(family, slanted=False) for family in _SCRIPTS if family in installed]
    others = [Hand(family, slanted=True) for family in _UPRIGHT if family in installed]
    others += [Hand(family, slanted=True) for family in sorted(installed)]
    return tuple(dict.fromkeys((*found, *others)))[:_WANTED]
