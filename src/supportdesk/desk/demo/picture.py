"""Pictures of program windows for the demo tickets, drawn pixel by pixel: the same bytes every time."""

import re
import struct
import zlib

from supportdesk.desk.demo.glyphs import GLYPH_COLUMNS, GLYPH_ROWS, glyph

# Palette entries; the demo pictures show another vendor's program, not this app, so no theme applies.
_DESKTOP, _TITLE, _BODY, _INK, _ON_TITLE, _BUTTON, _EDGE, _WARNING = range(8)
_PALETTE = bytes.fromhex("C9D3DC 35536B FFFFFF 1E242B F4F7FA E6EAEE 9AA6B2 D98613")

_SCALE = 2
_ADVANCE = (GLYPH_COLUMNS + 1) * _SCALE
_LINE = 26
_MARGIN = 28
_PADDING = 18
_TITLE_HEIGHT = 34
_BUTTON_LINE = re.compile(r"(\[[^\]]+\]\s*)+")


class _Canvas:
    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.rows = [bytearray([_DESKTOP]) * width for _row in range(height)]

    def fill(self, left: int, top: int, width: int, height: int, colour: int) -> None:
        for row in self.rows[top : top + height]:
            row[left : left + width] = bytes([colour]) * width

    def frame(self, left: int, top: int, width: int, height: int, colour: int) -> None:
        self.fill(left, top, width, 1, colour)
        self.fill(left, top + height - 1, width, 1, colour)
        self.fill(left, top, 1, height, colour)
        self.fill(left + width - 1, top, 1, height, colour)

    def write(self, left: int, top: int, text: str, colour: int) -> None:
        for index, character in enumerate(text):
            for column, bits in enumerate(glyph(character)):
                x = left + index * _ADVANCE + column * _SCALE
                for row in range(GLYPH_ROWS):
                    if bits >> row & 1:
                        self.fill(x, top + row * _SCALE, _SCALE, _SCALE, colour)


def png(lines: tuple[str, ...]) -> bytes:
    """A window with the first line as its title. '!' opens a warning line, a line of '[words]' is buttons."""
    title, *body = lines
    inner = max(map(len, lines)) * _ADVANCE + 2 * _PADDING + _ADVANCE * 3
    window_height = _TITLE_HEIGHT + 2 * _PADDING + len(body) * _LINE
    canvas = _Canvas(inner + 2 * _MARGIN, window_height + 2 * _MARGIN)
    canvas.fill(_MARGIN, _MARGIN, inner, window_height, _BODY)
    canvas.fill(_MARGIN, _MARGIN, inner, _TITLE_HEIGHT, _TITLE)
    canvas.frame(_MARGIN, _MARGIN, inner, window_height, _EDGE)
    canvas.write(_MARGIN + _PADDING, _MARGIN + 10, title, _ON_TITLE)
    for index, line in enumerate(body):
        top = _MARGIN + _TITLE_HEIGHT + _PADDING + index * _LINE
        _draw_line(canvas, _MARGIN + _PADDING, top, line)
    return _encoded(canvas)


def _draw_line(canvas: _Canvas, left: int, top: int, line: str) -> None:
    if _BUTTON_LINE.fullmatch(line):
        for name in re.findall(r"\[([^\]]+)\]", line):
            width = (len(name) + 2) * _ADVANCE
            canvas.fill(left, top - 4, width, _LINE - 2, _BUTTON)
            canvas.frame(left, top - 4, width, _LINE - 2, _EDGE)
            canvas.write(left + _ADVANCE, top + 1, name, _INK)
            left += width + _ADVANCE
    elif line.startswith("!"):
        canvas.fill(left, top - 3, 20, 20, _WARNING)
        canvas.write(left + 5, top, "!", _BODY)
        canvas.write(left + 3 * _ADVANCE, top, line[1:].strip(), _INK)
    else:
        canvas.write(left, top, line, _INK)


def _encoded(canvas: _Canvas) -> bytes:
    header = struct.pack(">IIBBBBB", canvas.width, len(canvas.rows), 8, 3, 0, 0, 0)
    pixels = b"".join(b"\0" + row for row in canvas.rows)
    chunks = (b"IHDR", header), (b"PLTE", _PALETTE), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
