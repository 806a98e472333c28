"""The studio without a window: tool, style, selection and the gesture under way.

Pointer and keys come in as points and distances in picture pixels; what to draw is read from `document`,
`selected` and `handles`. Lives on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from supportdesk.app.annotation.document import Add, Change, Command, Crop, Delete, Document, apply
from supportdesk.app.annotation.geometry import Point, Rect
from supportdesk.app.annotation.gesture import Cropping, Drawing, Gesture, Moving, Resizing
from supportdesk.app.annotation.history import History
from supportdesk.app.annotation.hit import (
    Handle,
    frame_handles,
    handle_at,
    handles_of,
    resized_frame,
    shape_at,
    stretched,
)
from supportdesk.app.annotation.shapes import (
    STROKE_WIDTHS,
    BlackOut,
    Ink,
    Shape,
    Style,
    Text,
    bounds,
    moved,
    restyled,
)
from supportdesk.app.annotation.tools import FREEHAND, Tool, numbered, placed

MeasureText = Callable[[str, Style, float], tuple[float, float]]
"""Text, style and scale to width and height of its label in picture pixels, padding included."""

_REACH = 6.0
_CASCADE = 24.0


class Session:
    def __init__(self, document: Document, measure_text: MeasureText) -> None:
        self._history = History(document)
        self._untouched = document
        self._measure_text = measure_text
        self._gesture: Gesture | None = None
        self._selected_id: int | None = None
        self.tool = Tool.ARROW
        self.style = Style()

    # What is to be seen

    @property
    def document(self) -> Document:
        """With the gesture under way already applied."""
        now = self._history.document
        command = self._gesture.command if self._gesture else None
        return apply(now, command) if command else now

    @property
    def selected(self) -> Shape | None:
        return self.document.find(self._selected_id)

    @property
    def shown(self) -> Rect:
        """The part of the picture on view: while cropping all of it."""
        document = self._history.document
        return document.frame if self.tool is Tool.CROP else document.visible

    @property
    def handles(self) -> dict[Handle, Point]:
        if self.tool is Tool.CROP:
            return frame_handles(self.document.visible)
        return handles_of(self.selected) if self.selected else {}

    @property
    def has_changes(self) -> bool:
        return self._history.document != self._untouched

    @property
    def can_undo(self) -> bool:
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        return self._history.can_redo

    @property
    def is_dragging(self) -> bool:
        return self._gesture is not None

    # Tool and style

    def choose_tool(self, tool: Tool) -> None:
        self._gesture = None
        self.tool = tool
        if tool is Tool.CROP:
            self._selected_id = None

    def choose_ink(self, ink: Ink) -> None:
        self._restyle(lambda style: replace(style, ink=ink))

    def choose_weight(self, weight: int) -> None:
        self._restyle(lambda style: replace(style, weight=weight))

    # Pointer

    def press(self, point: Point, pixel: float) -> None:
        """Begin a gesture. `pixel` is one px on screen in picture pixels; it says what is near enough."""
        self._history.end_merging()
        reach = _REACH * pixel
        if self.tool is Tool.CROP:
            self._gesture = self._cropping(point, reach)
        elif not self._grab(point, reach):
            self._begin_drawing(point)

    def drag(self, point: Point, *, even: bool = False) -> None:
        if self._gesture:
            self._gesture.to(point, even=even)

    def release(self) -> None:
        command = self._gesture.command if self._gesture else None
        self._gesture = None
        if command:
            self._do(command)

    def cancel_gesture(self) -> bool:
        """False when there was none."""
        had_gesture, self._gesture = self._gesture is not None, None
        return had_gesture

    def handle_under(self, point: Point, pixel: float) -> Handle | None:
        return handle_at(self.handles, point, _REACH * pixel)

    def shape_under(self, point: Point, pixel: float) -> Shape | None:
        return shape_at(self._history.document, point, _REACH * pixel)

    # Keys

    def place(self, centre: Point) -> Shape | None:
        """Draw the tool's shape around `centre` without a mouse; None for tools that need more than that."""
        document = self._history.document
        shape = placed(self.tool, document.next_id, self.style, centre, document.scale)
        if shape is None:
            return None
        taken = {bounds(other).centre for other in document.shapes}
        step = _CASCADE * document.scale
        while bounds(shape).centre in taken:
            shape = moved(shape, step, step)
        self._do(Add(shape))
        return shape

    def place_crop(self) -> None:
        """A crop by the keyboard begins a tenth inside what is seen."""
        seen = self._history.document.visible
        self._do(Crop(seen.grown(-min(seen.width, seen.height) / 10)))

    def nudge(self, dx: float, dy: float) -> bool:
        """Move what is selected, or the crop; False when nothing is."""
        if self.tool is Tool.CROP:
            crop = self._history.document.crop
            return crop is not None and self._crop_to(crop.moved(dx, dy).kept_inside(self._untouched.frame))
        shape = self.selected
        return shape is not None and self._history.do(Change(moved(shape, dx, dy)), ("move", shape.id))

    def stretch(self, dx: float, dy: float) -> bool:
        """Resize what is selected, or the crop, at its right and bottom edge; a text gets larger letters."""
        if self.tool is Tool.CROP:
            seen = self._history.document.visible
            corner = Point(seen.right + dx, seen.bottom + dy)
            return self._crop_to(resized_frame(seen, Handle.BOTTOM_RIGHT, corner))
        shape = self.selected
        if isinstance(shape, Text):
            return self._change_weight(shape, 1 if dx + dy > 0 else -1)
        return shape is not None and self._history.do(Change(stretched(shape, dx, dy)), ("size", shape.id))

    def delete(self) -> bool:
        if self.tool is Tool.CROP:
            return self._history.do(Crop(None))
        if self.selected is None or self._selected_id is None:
            return False
        done = self._history.do(Delete(self._selected_id))
        self._selected_id = None
        return done

    def select_next(self, step: int) -> Shape | None:
        """The next (1) or previous (-1) shape in drawing order; past the end none is selected."""
        shapes = self._history.document.shapes
        places = [shape.id for shape in shapes]
        before_first = -1 if step > 0 else len(places)
        here = places.index(self._selected_id) if self._selected_id in places else before_first
        place = here + step
        self.select(shapes[place].id if 0 <= place < len(shapes) else None)
        return self.selected

    def select(self, shape_id: int | None) -> None:
        self._history.end_merging()
        self._selected_id = shape_id

    def undo(self) -> bool:
        self._gesture = None
        return self._history.undo()

    def redo(self) -> bool:
        self._gesture = None
        return self._history.redo()

    # Text

    def write(self, text: str, centre: Point) -> None:
        """Add a label; blank text adds none."""
        if text.strip():
            document = self._history.document
            frame = Rect.around(centre, *self._measure_text(text, self.style, document.scale))
            self._do(Add(Text(document.next_id, self.style, frame, text)))

    def rewrite(self, label: Text, text: str) -> None:
        """Change a label; blank text removes it."""
        if text.strip():
            self._history.do(Change(self._remeasured(replace(label, text=text))))
        else:
            self._history.do(Delete(label.id))

    def _do(self, command: Command) -> None:
        self._history.do(command)
        if isinstance(command, Add):
            self._selected_id = command.shape.id

    def _restyle(self, change: Callable[[Style], Style]) -> None:
        """For what comes next and for what is selected, which keeps the rest of its own style."""
        self.style = change(self.style)
        shape = self.selected
        if shape is not None and not isinstance(shape, BlackOut):
            self._history.do(Change(self._remeasured(restyled(shape, change(shape.style)))))

    def _change_weight(self, label: Text, step: int) -> bool:
        weight = max(0, min(len(STROKE_WIDTHS) - 1, label.style.weight + step))
        style = replace(label.style, weight=weight)
        return self._history.do(Change(self._remeasured(replace(label, style=style))), ("size", label.id))

    def _remeasured(self, shape: Shape) -> Shape:
        if not isinstance(shape, Text):
            return shape
        size = self._measure_text(shape.text, shape.style, self._untouched.scale)
        return replace(shape, rect=Rect.around(shape.rect.centre, *size))

    def _crop_to(self, rect: Rect) -> bool:
        return self._history.do(Crop(rect), "crop")

    def _cropping(self, point: Point, reach: float) -> Cropping:
        document = self._history.document
        handle = handle_at(self.handles, point, reach)
        if handle is not None:
            return Cropping(point, document.scale, document.visible, handle)
        if document.crop is not None and document.crop.contains(point):
            return Cropping(point, document.scale, document.crop)
        return Cropping(point, document.scale)

    def _grab(self, point: Point, reach: float) -> bool:
        """Take hold of a handle or a shape; a drawing tool grabs only what is selected, a pen nothing."""
        if self.tool in FREEHAND:
            return False
        shape = self.selected
        handle = handle_at(self.handles, point, reach)
        if shape is not None and handle is not None:
            self._gesture = Resizing(shape, handle)
            return True
        under = shape_at(self._history.document, point, reach)
        if under is None or (self.tool is not Tool.SELECT and under != shape):
            return False
        self._selected_id = under.id
        self._gesture = Moving(under, point)
        return True

    def _begin_drawing(self, point: Point) -> None:
        document = self._history.document
        self._selected_id = None
        if self.tool is Tool.NUMBER:
            self._do(Add(numbered(document.next_id, self.style, point, document.scale)))
        elif self.tool not in (Tool.SELECT, Tool.TEXT):
            self._gesture = Drawing(self.tool, document.next_id, self.style, document.scale, [point])
