"""How answers look on the page."""

import re
from dataclasses import dataclass

from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import Box
from supportdesk.pdf import dates
from supportdesk.pdf.drawing import BLACK, Colour, Drawing
from supportdesk.pdf.flags import Flag
from supportdesk.pdf.form import Entry, Widget
from supportdesk.pdf.reading import date_format
from supportdesk.pdf.source import array, dictionary, number, text
from supportdesk.pdf.typeface import LINE_HEIGHT, composed, width, wrapped

_PADDING = 3.0
_LARGEST, _SMALLEST = 12.0, 0.5
_SHRINK = 0.95
_TICK = ((0.2, 0.55), (0.42, 0.77), (0.82, 0.25))
_APPEARANCE = re.compile(r"([\d.]+)\s+Tf")
_NUMBERS = re.compile(r"((?:[\d.]+\s+){1,4})(g|rg|k)\b")


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    """0: what fits."""
    colour: Colour
    align: int
    """0 left, 1 centred, 2 right."""


def draw(drawing: Drawing, entry: Entry, widget: Widget, kind: FieldKind, value: str, language: str) -> None:
    """One place of a field with its answer, as `documents` writes answers."""
    _chrome(drawing, widget)
    if kind is FieldKind.CHECKBOX or entry.is_group:
        chosen = value == "yes" if kind is FieldKind.CHECKBOX else value == widget.on_state
        if chosen and value:
            _tick(drawing, widget.box)
        return
    shown = composed(_shown(entry, kind, value, language))
    style = _style(entry)
    if not shown.strip() or widget.box.width < 1 or widget.box.height < 1:
        return
    if kind is FieldKind.MULTILINE:
        _paragraphs(drawing, widget.box, shown, style)
    elif Flag.COMB in entry.flags and number(entry.inherited("/MaxLen")) >= 1:
        _comb(drawing, widget.box, shown, style, int(number(entry.inherited("/MaxLen"))))
    else:
        _line(drawing, widget.box, " ".join(shown.split("\n")), style)


def _shown(entry: Entry, kind: FieldKind, value: str, language: str) -> str:
    if kind is FieldKind.DATE and value:
        return dates.written(value, date_format(entry), language)
    if kind is FieldKind.CHOICE:
        for option in array(entry.inherited("/Opt")):
            pair = [text(part) for part in array(option)]
            if len(pair) == 2 and pair[0] == value:
                return pair[1]
    return value


def _style(entry: Entry) -> _Style:
    told = text(entry.inherited("/DA"))
    size = _APPEARANCE.search(told)
    colour = _NUMBERS.search(told)
    return _Style(
        size=min(float(size[1]), 72.0) if size and size[1].count(".") < 2 and size[1] != "." else 0.0,
        colour=_colour([_float(part) for part in colour[1].split()]) if colour else BLACK,
        align=int(number(entry.inherited("/Q"))),
    )


def _chrome(drawing: Drawing, widget: Widget) -> None:
    """Background and border that the form gives to the field."""
    look = dictionary(widget.entries.get("/MK"))
    background, border = ([number(part) for part in array(look.get(key))] for key in ("/BG", "/BC"))
    if background:
        drawing.area(widget.box, _colour(background))
    thickness = number(dictionary(widget.entries.get("/BS")).get("/W"), 1.0)
    if border and thickness > 0:
        inset = thickness / 2
        box = widget.box
        inner = Box(box.x + inset, box.y + inset, box.width - thickness, box.height - thickness)
        drawing.frame(inner, _colour(border), thickness)


def _tick(drawing: Drawing, box: Box) -> None:
    side = min(box.width, box.height)
    left, top = box.x + (box.width - side) / 2, box.y + (box.height - side) / 2
    points = [(left + x * side, top + y * side) for x, y in _TICK]
    drawing.path(points, BLACK, max(0.8, side / 9))


def _line(drawing: Drawing, box: Box, shown: str, style: _Style) -> None:
    room = max(1.0, box.width - 2 * _PADDING)
    size = style.size or min(_LARGEST, box.height * 0.7)
    size = max(min(size, box.height * 0.95, size * room / max(width(shown, size), 0.01)), 0.5)
    spare = room - width(shown, size)
    x = box.x + _PADDING + spare * {1: 0.5, 2: 1.0}.get(style.align, 0.0)
    drawing.text(x, box.y + box.height / 2 + size * 0.35, shown, size, colour=style.colour)


def _paragraphs(drawing: Drawing, box: Box, shown: str, style: _Style) -> None:
    """As large as the form says, or smaller until everything is in the box."""
    room_x, room_y = max(1.0, box.width - 2 * _PADDING), max(1.0, box.height - 2 * _PADDING)
    size = style.size or _LARGEST
    lines = wrapped(shown, size, room_x)
    while len(lines) * size * LINE_HEIGHT > room_y and size > _SMALLEST:
        size *= _SHRINK
        lines = wrapped(shown, size, room_x)
    drawing.begin_clip(box)
    for index, line in enumerate(lines):
        spare = (room_x - width(line, size)) * {1: 0.5, 2: 1.0}.get(style.align, 0.0)
        top = box.y + _PADDING + index * size * LINE_HEIGHT
        drawing.lines(box.x + _PADDING + spare, top, [line], size, colour=style.colour)
    drawing.end_clip()


def _comb(drawing: Drawing, box: Box, shown: str, style: _Style, cells: int) -> None:
    cell = box.width / cells
    size = style.size or min(_LARGEST, box.height * 0.7)
    for index, character in enumerate(shown[:cells]):
        x = box.x + cell * index + (cell - width(character, size)) / 2
        drawing.text(x, box.y + box.height / 2 + size * 0.35, character, size, colour=style.colour)


def _colour(parts: list[float]) -> Colour:
    match [min(max(part, 0.0), 1.0) for part in parts]:
        case [grey]:
            return grey, grey, grey
        case [red, green, blue]:
            return red, green, blue
        case [cyan, magenta, yellow, black]:
            return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
        case _:
            return BLACK


def _float(text_: str) -> float:
    try:
        return float(text_)
    except ValueError:
        return 0.0
