"""The tools of the studio, declared once: rail, shortcuts and drawing read this."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from supportdesk.app.annotation.geometry import Point, Rect
from supportdesk.app.annotation.shapes import Arrow, BlackOut, Box, Ellipse, Marker, Number, Pen, Shape, Style
from supportdesk.i18n import N_


class Tool(StrEnum):
    SELECT = "select"
    ARROW = "arrow"
    BOX = "box"
    ELLIPSE = "ellipse"
    PEN = "pen"
    TEXT = "text"
    NUMBER = "number"
    MARKER = "marker"
    BLACK_OUT = "black-out"
    CROP = "crop"


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """`title` is the text to translate, `key` the letter that chooses the tool, `icon` a Lucide name."""

    tool: Tool
    title: str
    key: str
    icon: str
    begins_group: bool = False


TOOLS = (
    ToolSpec(Tool.SELECT, N_("Select"), "V", "mouse-pointer-2"),
    ToolSpec(Tool.ARROW, N_("Arrow"), "A", "move-up-right", begins_group=True),
    ToolSpec(Tool.BOX, N_("Box"), "B", "square"),
    ToolSpec(Tool.ELLIPSE, N_("Ellipse"), "E", "circle"),
    ToolSpec(Tool.PEN, N_("Pen"), "P", "pen-line"),
    ToolSpec(Tool.TEXT, N_("Text"), "T", "type"),
    ToolSpec(Tool.NUMBER, N_("Number"), "N", "list-ordered"),
    ToolSpec(Tool.MARKER, N_("Marker"), "M", "highlighter"),
    ToolSpec(Tool.BLACK_OUT, N_("Black-out"), "X", "rectangle-horizontal", begins_group=True),
    ToolSpec(Tool.CROP, N_("Crop"), "C", "crop"),
)

FREEHAND = (Tool.PEN, Tool.MARKER)


def dragged(tool: Tool, shape_id: int, style: Style, path: tuple[Point, ...], *, even: bool) -> Shape | None:
    """The shape drawn by dragging along `path`; `even` (Shift) makes squares, circles and straight lines.

    None for tools that do not draw by dragging.
    """
    start, end = path[0], path[-1]
    if tool in FREEHAND:
        line = (start, end) if even else path
        return Pen(shape_id, style, line) if tool is Tool.PEN else Marker(shape_id, style, line)
    if tool is Tool.ARROW:
        return Arrow(shape_id, style, start, _snapped(start, end) if even else end)
    return framed(tool, shape_id, style, Rect.spanning(start, _squared(start, end) if even else end))


def framed(tool: Tool, shape_id: int, style: Style, rect: Rect) -> Shape | None:
    if tool is Tool.BOX:
        return Box(shape_id, style, rect)
    if tool is Tool.ELLIPSE:
        return Ellipse(shape_id, style, rect)
    if tool is Tool.BLACK_OUT:
        return BlackOut(shape_id, rect)
    return None


def numbered(shape_id: int, style: Style, centre: Point, scale: float) -> Number:
    diameter = style.number_diameter * scale
    return Number(shape_id, style, Rect.around(centre, diameter, diameter))


def placed(tool: Tool, shape_id: int, style: Style, centre: Point, scale: float) -> Shape | None:
    """A shape of a usual size around `centre`: drawing by the keyboard. None for tools that draw none."""
    rect = Rect.around(centre, 160 * scale, 80 * scale)
    if tool is Tool.NUMBER:
        return numbered(shape_id, style, centre, scale)
    if tool is Tool.ARROW:
        return Arrow(shape_id, style, Point(rect.x, rect.bottom), Point(rect.right, rect.y))
    if tool in FREEHAND:
        line = (Point(rect.x, centre.y), Point(rect.right, centre.y))
        return Pen(shape_id, style, line) if tool is Tool.PEN else Marker(shape_id, style, line)
    return framed(tool, shape_id, style, rect)


def _squared(start: Point, end: Point) -> Point:
    side = max(abs(end.x - start.x), abs(end.y - start.y))
    return Point(
        start.x + (side if end.x >= start.x else -side), start.y + (side if end.y >= start.y else -side)
    )


def _snapped(start: Point, end: Point) -> Point:
    """`end` on the nearest of the eight directions from `start`."""
    dx, dy = end.x - start.x, end.y - start.y
    if abs(dx) > 2.4 * abs(dy):
        return Point(end.x, start.y)
    if abs(dy) > 2.4 * abs(dx):
        return Point(start.x, end.y)
    return _squared(start, end)
