"""What is written onto a page: text, lines, areas and pictures, in points from its top left."""

from collections.abc import Sequence

from supportdesk.domain.documents import Box
from supportdesk.pdf.typeface import ASCENT, BASE_FONTS, LINE_HEIGHT, Face, encoded, width

Colour = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""
BLACK: Colour = (0.0, 0.0, 0.0)


class Drawing:
    """Collects the operators of a content stream for a page of `height` points."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._operators: list[bytes] = []

    def __bool__(self) -> bool:
        return bool(self._operators)

    def content(self) -> bytes:
        return b"\n".join(self._operators)

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        size: float,
        *,
        face: Face = Face.REGULAR,
        colour: Colour = BLACK,
    ) -> None:
        place = (
            f"BT /{face} {_n(size)} Tf {_rgb(colour)} rg {_n(x)} {_n(self._height - baseline)} Td ".encode()
        )
        self._operators.append(place + literal(text) + b" Tj ET")

    def area(self, box: Box, colour: Colour) -> None:
        self._operators.append(f"{_rgb(colour)} rg {self._rectangle(box)} f".encode())

    def frame(self, box: Box, colour: Colour, thickness: float = 1.0) -> None:
        self._operators.append(f"{_rgb(colour)} RG {_n(thickness)} w {self._rectangle(box)} S".encode())

    def path(self, points: Sequence[tuple[float, float]], colour: Colour, thickness: float) -> None:
        """A line from point to point, with round ends and corners."""
        steps = " ".join(
            f"{_n(x)} {_n(self._height - y)} {'l' if index else 'm'}" for index, (x, y) in enumerate(points)
        )
        self._operators.append(f"q 1 J 1 j {_rgb(colour)} RG {_n(thickness)} w {steps} S Q".encode())

    def picture(self, name: str, box: Box) -> None:
        """The picture that the resources of the page call `name`."""
        place = f"{_n(box.width)} 0 0 {_n(box.height)} {_n(box.x)} {_n(self._height - box.y - box.height)}"
        self._operators.append(f"q {place} cm /{name} Do Q".encode())

    def begin_clip(self, box: Box) -> None:
        self._operators.append(f"q {self._rectangle(box)} W n".encode())

    def end_clip(self) -> None:
        self._operators.append(b"Q")

    def lines(
        self,
        x: float,
        top: float,
        lines: Sequence[str],
        size: float,
        *,
        face: Face = Face.REGULAR,
        colour: Colour = BLACK,
    ) -> float:
        """Writes them below each other; returns where the next thing may begin."""
        for index, line in enumerate(lines):
            baseline = top + size * (index * LINE_HEIGHT + (LINE_HEIGHT + ASCENT) / 2)
            self.text(x, baseline, line, size, face=face, colour=colour)
        return top + len(lines) * size * LINE_HEIGHT

    def text_right(
        self, right: float, baseline: float, text: str, size: float, *, face: Face = Face.REGULAR
    ) -> None:
        self.text(right - width(text, size, face), baseline, text, size, face=face)

    def _rectangle(self, box: Box) -> str:
        return f"{_n(box.x)} {_n(self._height - box.y - box.height)} {_n(box.width)} {_n(box.height)} re"


def font_resources() -> bytes:
    """The value of /Font in the resources of a page that is drawn on."""
    fonts = (
        f"/{face} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for face, name in BASE_FONTS.items()
    )
    return f"<< {' '.join(fonts)} >>".encode()


def literal(text: str) -> bytes:
    """As a string of a content stream."""
    data = encoded(text)
    for special in (b"\\", b"(", b")"):
        data = data.replace(special, b"\\" + special)
    return b"(" + data + b")"


def number(value: float) -> str:
    """As PDF writes numbers: without an exponent."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _rgb(colour: Colour) -> str:
    return " ".join(_n(part) for part in colour)


_n = number
