"""How wide text is in Helvetica, and how it breaks into lines.

Helvetica is one of the fonts that every viewer has, so documents need not carry it. Widths are those of
Adobe's Core 14 AFM files, which may be used for any purpose.
"""

import unicodedata
from enum import StrEnum

LINE_HEIGHT = 1.2
"""Of the font size."""
ASCENT = 0.718
"""Height of capital letters, of the font size."""
_FIRST = 32
_TAB = "    "
_STROKED = str.maketrans("ŁłĐđĦħŦŧı", "LlDdHhTti")


class Face(StrEnum):
    """The value names the font in the resources of a page that is written here."""

    REGULAR = "Tx"
    BOLD = "Tb"


BASE_FONTS = {Face.REGULAR: "Helvetica", Face.BOLD: "Helvetica-Bold"}

# Thousandths of the font size, from code 32 of WinAnsi.
_REGULAR = """
    278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556
    556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778
    722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222
    500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584 0 556 0 222 556 333
    1000 556 556 333 1000 667 333 1000 0 611 0 0 222 222 333 333 350 556 1000 333 1000 500 333 944 0 500
    667 278 333 556 556 556 556 260 556 333 737 370 556 584 333 737 333 400 584 333 333 333 556 537 278
    333 333 365 556 834 834 834 611 667 667 667 667 667 667 1000 722 667 667 667 667 278 278 278 278 722
    722 778 778 778 778 778 584 778 722 722 722 722 667 667 611 556 556 556 556 556 556 889 500 556 556
    556 556 278 278 278 278 556 556 556 556 556 556 556 584 611 556 556 556 556 500 556 500
"""
_BOLD = """
    278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556
    556 333 333 584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778
    722 667 611 722 667 944 667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278
    556 278 889 611 611 611 611 389 556 333 611 556 778 556 556 500 389 280 389 584 0 556 0 278 556 500
    1000 556 556 333 1000 667 333 1000 0 611 0 0 278 278 500 500 350 556 1000 333 1000 556 333 944 0 500
    667 278 333 556 556 556 556 280 556 333 737 370 556 584 333 737 333 400 584 333 333 333 611 556 278
    333 333 365 556 834 834 834 611 722 722 722 722 722 722 1000 722 667 667 667 667 278 278 278 278 722
    722 778 778 778 778 778 584 778 722 722 722 722 667 667 611 556 556 556 556 556 556 889 556 556 556
    556 556 278 278 278 278 611 611 611 611 611 611 611 584 611 611 611 611 611 556 611 556
"""
_WIDTHS = {
    Face.REGULAR: [int(width) for width in _REGULAR.split()],
    Face.BOLD: [int(width) for width in _BOLD.split()],
}


def encoded(text: str) -> bytes:
    """As WinAnsi, control characters as spaces. Letters that it does not know lose their marks or become '?'.

    Answers are refused before it comes to that (`documents.unwritable_problem`).
    """
    text = composed(text)
    try:
        data = text.encode("cp1252")
    except UnicodeEncodeError:
        data = b"".join(character.encode("cp1252", "ignore") or _nearest(character) for character in text)
    return bytes(max(code, _FIRST) for code in data)


def _nearest(character: str) -> bytes:
    bare = unicodedata.normalize("NFKD", character.translate(_STROKED))
    return bare.encode("cp1252", "ignore") or b"?"


def composed(text: str) -> str:
    """Letter and accent as one character, tabs as spaces, one kind of line end."""
    text = unicodedata.normalize("NFC", text).replace("\t", _TAB)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def width(text: str, size: float, face: Face = Face.REGULAR) -> float:
    widths = _WIDTHS[face]
    return sum(widths[code - _FIRST] for code in encoded(text)) * size / 1000


def wrapped(text: str, size: float, room: float, face: Face = Face.REGULAR) -> list[str]:
    """Lines of at most `room` points; words that are longer break where they must."""
    return [line for part in composed(text).split("\n") for line in _lines(part, size, room, face)]


def _lines(paragraph: str, size: float, room: float, face: Face) -> list[str]:
    lines = [""]
    for word in paragraph.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width(longer, size, face) <= room:
            lines[-1] = longer
            continue
        first, *rest = _pieces(word, size, room, face)
        if lines[-1]:
            lines.append(first)
        else:
            lines[-1] = first
        lines += rest
    return lines


def _pieces(word: str, size: float, room: float, face: Face) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1] + character, size, face) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces
