"""What the studio says to screen readers about shapes."""

from supportdesk.app.annotation.document import Document
from supportdesk.app.annotation.shapes import (
    Arrow,
    BlackOut,
    Box,
    Ellipse,
    Marker,
    Number,
    Pen,
    Shape,
    Text,
    bounds,
)
from supportdesk.i18n import _


def shape_words(document: Document, shape: Shape) -> str:
    """For example: Number 2, or: Text "Appears every time"."""
    if isinstance(shape, Number):
        return _("Number {number}").format(number=document.number_of(shape.id))
    if isinstance(shape, Text):
        return _("Text “{text}”").format(text=shape.text)
    names = {
        Arrow: _("Arrow"),
        Box: _("Box"),
        Ellipse: _("Ellipse"),
        Pen: _("Pen"),
        Marker: _("Marker"),
        BlackOut: _("Black-out"),
    }
    return names[type(shape)]


def place_words(shape: Shape) -> str:
    """Where a shape lies and how large it is, in picture pixels."""
    rect = bounds(shape)
    return _("at {x}, {y}, {width} × {height}").format(
        x=round(rect.x), y=round(rect.y), width=round(rect.width), height=round(rect.height)
    )
