"""The marked picture as one frozen value: the size of the picture and what lies on it, not its pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from supportdesk.app.annotation.geometry import Rect
from supportdesk.app.annotation.shapes import BlackOut, Number, Shape


@dataclass(frozen=True, slots=True)
class Document:
    """`scale` is picture pixels per logical px of the captured screen: lines get as thick as seen there.

    `shapes` is in drawing order, the last on top; black-outs are drawn above all others whatever their place.
    `crop` lies inside the picture and on whole pixels.
    """

    width: int
    height: int
    scale: float = 1.0
    crop: Rect | None = None
    shapes: tuple[Shape, ...] = ()

    @property
    def frame(self) -> Rect:
        """The whole picture, cropped or not."""
        return Rect(0, 0, self.width, self.height)

    @property
    def visible(self) -> Rect:
        """What will leave the computer."""
        return self.crop or self.frame

    @property
    def blacked_out(self) -> int:
        """How many areas of what will leave the computer are destroyed."""
        rects = [shape.rect for shape in self.shapes if isinstance(shape, BlackOut)]
        return sum(not rect.intersected(self.visible).is_empty for rect in rects)

    @property
    def painted(self) -> tuple[Shape, ...]:
        """In the order to paint: black-outs last, so that nothing lies above them."""
        return tuple(sorted(self.shapes, key=lambda shape: isinstance(shape, BlackOut)))

    def find(self, shape_id: int | None) -> Shape | None:
        return next((shape for shape in self.shapes if shape.id == shape_id), None)

    def number_of(self, shape_id: int) -> int:
        """The step a number shows, from 1."""
        numbers = [shape.id for shape in self.shapes if isinstance(shape, Number)]
        return numbers.index(shape_id) + 1

    @property
    def next_number(self) -> int:
        return sum(isinstance(shape, Number) for shape in self.shapes) + 1

    @property
    def next_id(self) -> int:
        return max((shape.id for shape in self.shapes), default=0) + 1


@dataclass(frozen=True, slots=True)
class Add:
    shape: Shape


@dataclass(frozen=True, slots=True)
class Change:
    """Replaces the shape with the same id; where it is gone, nothing happens."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class Delete:
    shape_id: int


@dataclass(frozen=True, slots=True)
class Crop:
    """`None` shows the whole picture again."""

    rect: Rect | None


Command: TypeAlias = Add | Change | Delete | Crop


def apply(document: Document, command: Command) -> Document:
    """The document after `command`; the same object when that changes nothing."""
    if isinstance(command, Crop):
        changed = replace(document, crop=_crop_within(document, command.rect))
    else:
        changed = replace(document, shapes=_shapes_after(document.shapes, command))
    return document if changed == document else changed


def _shapes_after(shapes: tuple[Shape, ...], command: Add | Change | Delete) -> tuple[Shape, ...]:
    if isinstance(command, Add):
        return (*shapes, command.shape)
    if isinstance(command, Delete):
        return tuple(shape for shape in shapes if shape.id != command.shape_id)
    return tuple(command.shape if shape.id == command.shape.id else shape for shape in shapes)


def _crop_within(document: Document, rect: Rect | None) -> Rect | None:
    if rect is None:
        return None
    inside = rect.whole_pixels().intersected(document.frame)
    if inside.is_empty:
        return document.crop
    return None if inside == document.frame else inside
