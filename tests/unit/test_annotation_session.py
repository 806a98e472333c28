"""The studio without a window: pointer and keys."""

import pytest

from supportdesk.app.annotation.document import Document
from supportdesk.app.annotation.geometry import Point, Rect
from supportdesk.app.annotation.hit import Handle
from supportdesk.app.annotation.session import Session
from supportdesk.app.annotation.shapes import (
    Arrow,
    BlackOut,
    Box,
    Ellipse,
    Ink,
    Marker,
    Number,
    Pen,
    Shape,
    Style,
    Text,
    bounds,
)
from supportdesk.app.annotation.tools import TOOLS, Tool


def measured(text: str, style: Style, scale: float) -> tuple[float, float]:
    return len(text) * style.text_size * scale, style.text_size * 2 * scale


@pytest.fixture
def session() -> Session:
    return Session(Document(800, 600), measured)


def drag(session: Session, *path: tuple[float, float], even: bool = False) -> None:
    session.press(Point(*path[0]), 1)
    for point in path[1:]:
        session.drag(Point(*point), even=even)
    session.release()


def drawn(session: Session, tool: Tool, *path: tuple[float, float], even: bool = False) -> Shape:
    session.choose_tool(tool)
    drag(session, *path, even=even)
    assert session.selected is not None
    return session.selected


def test_each_tool_has_its_own_letter() -> None:
    """No two tools share a key."""
    assert "".join(spec.key for spec in TOOLS) == "VABEPTNMXC"
    assert {spec.tool for spec in TOOLS} == set(Tool)


@pytest.mark.parametrize(
    ("tool", "kind"),
    [
        (Tool.BOX, Box),
        (Tool.ELLIPSE, Ellipse),
        (Tool.BLACK_OUT, BlackOut),
        (Tool.PEN, Pen),
        (Tool.MARKER, Marker),
        (Tool.ARROW, Arrow),
    ],
)
def test_dragging_draws_and_selects(session: Session, tool: Tool, kind: type[Shape]) -> None:
    """Dragging with a drawing tool draws its shape from corner to corner, whichever way, and selects it."""
    shape = drawn(session, tool, (150, 180), (120, 140), (100, 100))
    assert isinstance(shape, kind)
    assert bounds(shape) == Rect(100, 100, 50, 80)


def test_shift_makes_a_square_and_a_straight_line(session: Session) -> None:
    """Held Shift makes a box square and a pen line straight."""
    assert bounds(drawn(session, Tool.BOX, (100, 100), (160, 130), even=True)) == Rect(100, 100, 60, 60)
    pen = drawn(session, Tool.PEN, (10, 10), (20, 90), (90, 10), even=True)
    assert isinstance(pen, Pen)
    assert pen.path == (Point(10, 10), Point(90, 10))
    arrow = drawn(session, Tool.ARROW, (300, 300), (400, 310), even=True)
    assert isinstance(arrow, Arrow)
    assert arrow.end == Point(400, 300)


def test_a_slip_draws_nothing(session: Session) -> None:
    """A drag of a pixel or two draws nothing and leaves nothing to undo."""
    session.choose_tool(Tool.BOX)
    drag(session, (100, 100), (101, 101))
    assert not session.can_undo
    assert not session.has_changes


def test_a_click_sets_the_next_number(session: Session) -> None:
    """Clicking with the number tool sets steps 1, 2, 3."""
    session.choose_tool(Tool.NUMBER)
    for x in (100, 200, 300):
        drag(session, (x, 100))
    assert [session.document.number_of(shape.id) for shape in session.document.shapes] == [1, 2, 3]
    assert session.document.next_number == 4


def test_the_gesture_is_seen_before_it_is_done(session: Session) -> None:
    """While dragging the document shows the new box, and cancelling takes it away without a trace."""
    session.choose_tool(Tool.BOX)
    session.press(Point(10, 10), 1)
    session.drag(Point(90, 90))
    assert len(session.document.shapes) == 1
    assert session.cancel_gesture()
    assert list(session.document.shapes) == []
    assert not session.can_undo


def test_select_moves_what_is_under_the_pointer(session: Session) -> None:
    """With Select a drag on a line moves its shape, and Shift keeps to one axis."""
    drawn(session, Tool.BOX, (100, 100), (200, 200))
    session.choose_tool(Tool.SELECT)
    drag(session, (100, 125), (130, 130), even=True)
    shape = session.selected
    assert shape is not None
    assert bounds(shape) == Rect(130, 100, 100, 100)


def test_the_inside_of_a_box_is_not_the_box(session: Session) -> None:
    """A click in the empty middle of a box selects nothing, on its line the box."""
    box = drawn(session, Tool.BOX, (100, 100), (200, 200))
    session.choose_tool(Tool.SELECT)
    drag(session, (150, 150))
    assert session.selected is None
    drag(session, (102, 150))
    assert session.selected == box


def test_a_drawing_tool_may_cross_an_older_shape(session: Session) -> None:
    """Drawing begins on top of a shape that is not selected instead of moving it."""
    first = drawn(session, Tool.BLACK_OUT, (100, 100), (200, 200))
    drawn(session, Tool.BOX, (300, 300), (400, 400))
    drawn(session, Tool.BOX, (150, 150), (260, 260))
    assert session.document.find(first.id) == first
    assert len(session.document.shapes) == 3


def test_a_handle_resizes_from_the_opposite_corner(session: Session) -> None:
    """Dragging the top left handle leaves the bottom right corner where it is."""
    drawn(session, Tool.BOX, (100, 100), (200, 200))
    drag(session, (100, 100), (60, 80))
    shape = session.selected
    assert shape is not None
    assert bounds(shape) == Rect(60, 80, 140, 120)


def test_a_handle_cannot_turn_a_shape_inside_out(session: Session) -> None:
    """Dragging a handle past the opposite side stops at four pixels."""
    drawn(session, Tool.BOX, (100, 100), (200, 200))
    drag(session, (100, 100), (500, 500))
    shape = session.selected
    assert shape is not None
    assert bounds(shape) == Rect(196, 196, 4, 4)


def test_a_number_stays_round(session: Session) -> None:
    """Dragging the corner of a number keeps it as wide as high."""
    session.choose_tool(Tool.NUMBER)
    drag(session, (100, 100))
    drag(session, (116, 116), (136, 120))
    assert isinstance(session.selected, Number)
    assert session.selected.rect == Rect(84, 84, 52, 52)


def test_an_arrow_has_two_ends(session: Session) -> None:
    """An arrow's handles are its start and its head, and dragging one leaves the other."""
    drawn(session, Tool.ARROW, (100, 100), (200, 200))
    assert set(session.handles) == {Handle.START, Handle.END}
    drag(session, (200, 200), (300, 120))
    arrow = session.selected
    assert isinstance(arrow, Arrow)
    assert (arrow.start, arrow.end) == (Point(100, 100), Point(300, 120))


@pytest.mark.parametrize("tool", [t for t in Tool if t not in (Tool.SELECT, Tool.TEXT, Tool.CROP)])
def test_every_shape_can_be_made_by_keys_alone(session: Session, tool: Tool) -> None:
    """Place, move, resize, delete and undo work without a pointer for every drawing tool."""
    session.choose_tool(tool)
    shape = session.place(Point(400, 300))
    assert shape is not None
    before = bounds(shape)
    assert session.nudge(5, -3)
    assert session.stretch(10, 0)
    after = session.selected
    assert after is not None
    assert bounds(after).width == before.width + 10
    assert (bounds(after).x, bounds(after).bottom >= before.bottom - 3) == (before.x + 5, True)
    assert session.delete()
    assert session.document.shapes == ()
    for _ in range(4):
        assert session.undo()
    assert not session.has_changes


def test_shapes_set_by_keys_do_not_hide_each_other(session: Session) -> None:
    """Placing three numbers by keys puts them at three places."""
    session.choose_tool(Tool.NUMBER)
    centres = {bounds(shape).centre for shape in (session.place(Point(400, 300)) for _ in range(3)) if shape}
    assert len(centres) == 3


def test_tab_walks_through_all_shapes_and_out(session: Session) -> None:
    """Selecting the next shape walks in drawing order, ends with none, and begins anew; back likewise."""
    session.choose_tool(Tool.NUMBER)
    ids = [shape.id for shape in (session.place(Point(100, 100)) for _ in range(3)) if shape]
    session.select(None)
    walked = [session.select_next(1) for _ in range(5)]
    assert [shape.id if shape else None for shape in walked] == [*ids, None, ids[0]]
    session.select(None)
    last = session.select_next(-1)
    assert last is not None
    assert last.id == ids[-1]


def test_colour_and_width_change_what_is_selected(session: Session) -> None:
    """Choosing a colour recolours the selected shape; with none selected it is for the next."""
    drawn(session, Tool.BOX, (100, 100), (200, 200))
    session.choose_ink(Ink.BLUE)
    session.choose_weight(4)
    assert isinstance(session.selected, Box)
    assert session.selected.style == Style(Ink.BLUE, 4)
    session.select(None)
    session.choose_ink(Ink.GREEN)
    assert [shape.style.ink for shape in session.document.shapes if isinstance(shape, Box)] == [Ink.BLUE]


def test_a_new_width_leaves_the_colour_of_what_is_selected(session: Session) -> None:
    """Selecting a blue shape and choosing a width keeps it blue although red is the colour for new shapes."""
    session.choose_ink(Ink.BLUE)
    box = drawn(session, Tool.BOX, (100, 100), (200, 200))
    session.select(None)
    session.choose_ink(Ink.RED)
    session.select(box.id)
    session.choose_weight(0)
    assert isinstance(session.selected, Box)
    assert session.selected.style == Style(Ink.BLUE, 0)


def test_a_label_is_as_large_as_its_words(session: Session) -> None:
    """A label is measured when written, rewritten, enlarged and restyled, and keeps its middle."""
    session.choose_tool(Tool.TEXT)
    session.write("Here", Point(300, 200))
    label = session.selected
    assert isinstance(label, Text)
    assert (label.rect.width, label.rect.centre) == (56, Point(300, 200))
    session.rewrite(label, "Every time")
    assert session.stretch(0, 1)
    larger = session.selected
    assert isinstance(larger, Text)
    assert (larger.rect.width, larger.rect.centre, larger.style.weight) == (180, Point(300, 200), 3)
    assert session.handles == {}


def test_blank_words_make_no_label(session: Session) -> None:
    """Blank text adds no label, and blanking a label removes it."""
    session.write("   ", Point(10, 10))
    assert session.document.shapes == ()
    session.write("Here", Point(10, 10))
    label = session.selected
    assert isinstance(label, Text)
    session.rewrite(label, "")
    assert session.document.shapes == ()


def test_crop_is_dragged_adjusted_moved_and_removed(session: Session) -> None:
    """A drag makes a crop, a handle resizes it, its inside moves it, Delete removes it, undo restores it."""
    session.choose_tool(Tool.CROP)
    drag(session, (100, 100), (500, 400))
    assert session.document.visible == Rect(100, 100, 400, 300)
    drag(session, (500, 400), (600, 500))
    assert session.document.visible == Rect(100, 100, 500, 400)
    drag(session, (300, 300), (310, 320))
    assert session.document.visible == Rect(110, 120, 500, 400)
    assert session.shown == session.document.frame
    session.choose_tool(Tool.SELECT)
    assert session.shown == Rect(110, 120, 500, 400)
    session.choose_tool(Tool.CROP)
    assert session.delete()
    assert session.document.crop is None
    session.undo()
    assert session.document.crop == Rect(110, 120, 500, 400)


def test_crop_by_keys(session: Session) -> None:
    """A crop can be made, moved within the picture and resized by keys."""
    session.choose_tool(Tool.CROP)
    session.place_crop()
    assert session.document.visible == Rect(60, 60, 680, 480)
    session.nudge(-100, 0)
    assert session.document.visible == Rect(0, 60, 680, 480)
    session.stretch(20, -10)
    assert session.document.visible == Rect(0, 60, 700, 470)


def test_lines_are_as_thick_as_the_screen_showed_them() -> None:
    """On a picture from a screen at 200 % a number set by a click is twice as many pixels wide."""
    session = Session(Document(800, 600, scale=2.0), measured)
    session.choose_tool(Tool.NUMBER)
    drag(session, (100, 100))
    assert isinstance(session.selected, Number)
    assert session.selected.rect.width == 64


def test_what_is_near_enough_depends_on_the_zoom(session: Session) -> None:
    """Twenty pixels beside a line is near when the picture is shown small, and far at 100 %."""
    drawn(session, Tool.BOX, (100, 100), (300, 300))
    assert session.shape_under(Point(100 - 20, 200), 1) is None
    assert session.shape_under(Point(100 - 20, 200), 4) is not None


def test_ellipses_are_hit_on_their_line(session: Session) -> None:
    """The line of an ellipse is hit, its middle and the corner of its frame are not."""
    drawn(session, Tool.ELLIPSE, (100, 100), (300, 200))
    assert session.shape_under(Point(200, 100), 1) is not None
    assert session.shape_under(Point(200, 150), 1) is None
    assert session.shape_under(Point(101, 101), 1) is None


def test_black_out_is_hit_before_what_lies_under_it(session: Session) -> None:
    """A black-out hides shapes drawn later from the pointer as well."""
    black = drawn(session, Tool.BLACK_OUT, (100, 100), (300, 300))
    session.select(None)
    drawn(session, Tool.PEN, (150, 150), (250, 250))
    assert session.shape_under(Point(200, 200), 1) == black
