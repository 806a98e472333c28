"""The annotation document: commands, numbering, crop and history."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportdesk.app.annotation.document import Add, Change, Command, Crop, Delete, Document, apply
from supportdesk.app.annotation.geometry import Point, Rect
from supportdesk.app.annotation.history import History
from supportdesk.app.annotation.shapes import BlackOut, Box, Ink, Number, Style, moved, restyled

SHEET = Document(400, 300)
RED = Style()


def box(shape_id: int, x: float = 10, y: float = 10) -> Box:
    return Box(shape_id, RED, Rect(x, y, 40, 30))


def number(shape_id: int) -> Number:
    return Number(shape_id, RED, Rect.around(Point(50, 50), 32, 32))


def with_shapes(*shapes: Box | Number | BlackOut) -> Document:
    document = SHEET
    for shape in shapes:
        document = apply(document, Add(shape))
    return document


def test_shapes_keep_the_order_in_which_they_were_drawn() -> None:
    """The last shape drawn is the last in the document."""
    assert [shape.id for shape in with_shapes(box(1), box(2), box(3)).shapes] == [1, 2, 3]


def test_black_outs_are_counted_where_they_leave_the_computer() -> None:
    """What the crop cuts away is not there to be blacked out."""
    document = with_shapes(BlackOut(1, Rect(0, 0, 10, 10)), BlackOut(2, Rect(200, 200, 20, 20)), box(3))
    assert document.blacked_out == 2
    assert apply(document, Crop(Rect(100, 100, 200, 200))).blacked_out == 1


def test_black_outs_are_painted_last() -> None:
    """A shape drawn after a black-out is still painted below it."""
    document = with_shapes(BlackOut(1, Rect(0, 0, 10, 10)), box(2))
    assert [shape.id for shape in document.painted] == [2, 1]


def test_numbers_count_without_gaps() -> None:
    """Deleting step 2 of 3 makes the old step 3 the new step 2."""
    document = apply(with_shapes(number(1), box(2), number(3), number(4)), Delete(3))
    assert (document.number_of(1), document.number_of(4), document.next_number) == (1, 2, 3)


def test_a_change_of_a_missing_shape_changes_nothing() -> None:
    """Changing what was deleted gives back the very same document."""
    assert apply(SHEET, Change(box(7))) is SHEET


def test_crop_is_whole_pixels_inside_the_picture() -> None:
    """A crop that reaches over the edge is cut, and halves of pixels are taken whole."""
    assert apply(SHEET, Crop(Rect(-20, 10.4, 120.2, 500))).crop == Rect(0, 10, 101, 290)


@pytest.mark.parametrize("rect", [Rect(0, 0, 400, 300), Rect(-5, -5, 999, 999)])
def test_cropping_to_everything_is_no_crop(rect: Rect) -> None:
    """A crop as large as the picture is none."""
    assert apply(SHEET, Crop(rect)).crop is None


def test_a_crop_outside_the_picture_is_ignored() -> None:
    """A crop that shares no pixel with the picture leaves the old crop."""
    cropped = apply(SHEET, Crop(Rect(10, 10, 50, 50)))
    assert apply(cropped, Crop(Rect(900, 900, 50, 50))) is cropped


def test_restyling_a_number_keeps_its_centre() -> None:
    """A number with a larger width grows around its middle."""
    grown = restyled(number(1), Style(Ink.BLUE, 4))
    assert isinstance(grown, Number)
    assert (grown.rect.centre, grown.rect.width) == (Point(50, 50), 52)


def test_a_black_out_has_no_colour() -> None:
    """Restyling a black-out gives the same black-out."""
    black = BlackOut(1, Rect(0, 0, 5, 5))
    assert restyled(black, Style(Ink.YELLOW)) is black


def test_moves_in_a_row_undo_as_one() -> None:
    """Three nudges of one shape are one step; a nudge after a pause is another."""
    history = History(with_shapes(box(1)))
    start = history.document
    for x in (11, 12, 13):
        history.do(Change(box(1, x)), ("move", 1))
    history.end_merging()
    history.do(Change(box(1, 14)), ("move", 1))
    history.undo()
    assert history.document.find(1) == box(1, 13)
    history.undo()
    assert history.document == start


def test_a_new_step_forgets_what_was_undone() -> None:
    """After undo and another step there is nothing to redo."""
    history = History(SHEET)
    history.do(Add(box(1)))
    history.undo()
    history.do(Add(box(2)))
    assert not history.can_redo
    assert not history.redo()


def test_a_step_that_changes_nothing_is_not_in_the_history() -> None:
    """Deleting nothing leaves nothing to undo."""
    history = History(SHEET)
    assert not history.do(Delete(1))
    assert not history.can_undo
    assert not history.undo()


commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(lambda i, x: Add(box(i, x)), st.integers(1, 9), st.integers(0, 300)),
    st.builds(lambda i, x: Change(box(i, x)), st.integers(1, 9), st.integers(0, 300)),
    st.builds(Delete, st.integers(1, 9)),
    st.builds(lambda x, w: Crop(Rect(x, 5, w, 50)), st.integers(-50, 450), st.integers(1, 300)),
)


@given(st.lists(commands, max_size=60), st.booleans())
def test_undoing_everything_gives_back_every_earlier_document(steps: list[Command], merge: bool) -> None:
    """Whatever was done, undo walks back to the untouched picture and redo to the end again."""
    history = History(SHEET)
    for step in steps:
        history.do(step, "same" if merge else None)
    end = history.document
    while history.undo():
        pass
    assert history.document == SHEET
    while history.redo():
        pass
    assert history.document == end


@given(st.floats(-500, 500), st.floats(-500, 500))
def test_moving_there_and_back_changes_nothing(dx: float, dy: float) -> None:
    """Moving by a distance and back by the same distance ends where it began, to a millionth of a pixel."""
    back = moved(moved(box(1), dx, dy), -dx, -dy)
    assert isinstance(back, Box)
    assert back.rect.x == pytest.approx(10, abs=1e-6)
    assert back.rect.y == pytest.approx(10, abs=1e-6)
