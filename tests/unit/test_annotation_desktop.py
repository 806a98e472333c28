"""Choosing a part of the desktop, and cutting it from monitors of different scale."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportdesk.app.annotation.desktop import Monitor, cut, monitor_at, whole_desktop
from supportdesk.app.annotation.geometry import Point, Rect
from supportdesk.app.annotation.picker import RegionPicker

LEFT = Monitor("LEFT", Rect(0, 0, 800, 600))
RIGHT_FINE = Monitor("RIGHT", Rect(800, 120, 640, 480), density=1, scale=2)
POINTS = (Monitor("A", Rect(0, 0, 1000, 800), 1, 1), Monitor("B", Rect(1000, 0, 1000, 800), 2, 2))
PAIR = (LEFT, RIGHT_FINE)


@pytest.fixture
def picker() -> RegionPicker:
    return RegionPicker(PAIR, [Rect(100, 100, 200, 150), Rect(50, 50, 700, 500)], Point(400, 300))


def drag(picker: RegionPicker, start: tuple[float, float], end: tuple[float, float]) -> Rect | None:
    picker.press(Point(*start))
    picker.move(Point(*end))
    return picker.release()


def test_a_pixel_grid_gives_pixels_as_they_are() -> None:
    """On X11 a region across two monitors of different scale is as many pixels as it covers."""
    whole = cut(PAIR, Rect(700, 100, 300, 200))
    assert (whole.width, whole.height, whole.scale) == (300, 200, 2)
    left, right = whole.pieces
    assert (left.source, left.target) == (Rect(700, 100, 100, 200), Rect(0, 0, 100, 200))
    assert (right.source, right.target) == (Rect(0, 0, 200, 180), Rect(100, 20, 200, 180))


def test_where_units_are_points_the_coarser_monitor_is_enlarged() -> None:
    """On macOS a region across two monitors comes in the pixels of the finer one."""
    whole = cut(POINTS, Rect(900, 10, 200, 50))
    assert (whole.width, whole.height, whole.scale) == (400, 100, 2)
    coarse, fine = whole.pieces
    assert (coarse.source, coarse.target) == (Rect(900, 10, 100, 50), Rect(0, 0, 200, 100))
    assert (fine.source, fine.target) == (Rect(0, 20, 200, 100), Rect(200, 0, 200, 100))


def test_one_monitor_is_taken_in_its_own_pixels() -> None:
    """The whole of a monitor is exactly its picture."""
    whole = cut(POINTS, POINTS[1].frame)
    assert (whole.width, whole.height) == (2000, 1600)
    assert [piece.source for piece in whole.pieces] == [Rect(0, 0, 2000, 1600)]


@given(st.floats(0, 639), st.floats(0, 479))
def test_a_place_in_a_window_and_back(x: float, y: float) -> None:
    """A place in the covering window maps to the desktop and back to itself."""
    for monitor in (*PAIR, *POINTS):
        point = monitor.from_local(x, y)
        local = monitor.to_local(Rect(point.x, point.y, 0, 0))
        assert [local.x, local.y] == pytest.approx([x, y])


def test_a_place_on_no_monitor_belongs_to_the_nearest() -> None:
    """Above the lower right monitor there is no monitor: the nearest counts."""
    assert monitor_at(PAIR, Point(1200, 60)) == 1
    assert monitor_at(PAIR, Point(810, 20)) == 0
    assert whole_desktop(PAIR) == Rect(0, 0, 1440, 600)


def test_a_drag_makes_a_region_that_stays(picker: RegionPicker) -> None:
    """After a drag the region stays for adjusting, and no window was taken."""
    assert drag(picker, (300, 200), (100, 90)) is None
    assert picker.region == Rect(100, 90, 200, 110)


def test_a_click_takes_the_topmost_window(picker: RegionPicker) -> None:
    """A click, even with a slip of two pixels, takes the topmost window under the pointer."""
    assert drag(picker, (150, 150), (152, 151)) == Rect(100, 100, 200, 150)
    assert drag(picker, (60, 60), (60, 60)) == Rect(50, 50, 700, 500)
    assert drag(picker, (10, 10), (10, 10)) is None


def test_a_click_beside_the_region_drops_it(picker: RegionPicker) -> None:
    """A click outside a region drops it and takes no window yet; the next click does."""
    drag(picker, (300, 200), (400, 290))
    assert drag(picker, (120, 120), (120, 120)) is None
    assert picker.region is None
    assert drag(picker, (120, 120), (120, 120)) == Rect(100, 100, 200, 150)


def test_a_drag_into_the_corner_takes_the_last_pixel(picker: RegionPicker) -> None:
    """The pointer stops at the last pixel; the region reaches the edge behind it."""
    drag(picker, (1000, 300), (1439, 599))
    assert picker.region == Rect(1000, 300, 440, 300)


def test_the_region_is_moved_and_resized_by_pointer(picker: RegionPicker) -> None:
    """Its inside moves it, its handles resize it, and it never leaves the desktop."""
    drag(picker, (300, 200), (400, 300))
    drag(picker, (350, 250), (360, 245))
    assert picker.region == Rect(310, 195, 100, 100)
    drag(picker, (410, 295), (500, 400))
    assert picker.region == Rect(310, 195, 190, 205)
    drag(picker, (400, 300), (-900, -900))
    assert picker.region == Rect(0, 0, 190, 205)


def test_the_region_by_keys_alone(picker: RegionPicker) -> None:
    """The first arrow key begins a region, further ones move it, with Shift resize it."""
    picker.nudge(1, 0)
    assert picker.region == Rect(200, 150, 400, 300)
    picker.nudge(1, 0)
    picker.nudge(0, -10)
    picker.stretch(-20, 5)
    assert picker.region == Rect(201, 140, 380, 305)
    picker.nudge(-9999, 0)
    assert picker.region == Rect(0, 140, 380, 305)


def test_windows_by_keys(picker: RegionPicker) -> None:
    """Walking through the windows begins with the topmost and goes round."""
    assert [picker.select_window(1) for _ in range(3)] == [
        Rect(100, 100, 200, 150),
        Rect(50, 50, 700, 500),
        Rect(100, 100, 200, 150),
    ]
    assert picker.select_window(-1) == Rect(50, 50, 700, 500)
    assert RegionPicker(PAIR, [], Point(0, 0)).select_window(1) is None


def test_windows_are_cut_at_the_edge_of_the_desktop() -> None:
    """Of a window half outside only the visible part is taken; one wholly outside is none."""
    picker = RegionPicker((LEFT,), [Rect(-100, -100, 150, 150), Rect(900, 0, 10, 10)], Point(10, 10))
    assert picker.windows == (Rect(0, 0, 50, 50),)


def test_the_monitor_under_the_pointer(picker: RegionPicker) -> None:
    """The monitor follows the pointer."""
    assert picker.monitor == LEFT.frame
    picker.move(Point(1000, 300))
    assert picker.monitor == RIGHT_FINE.frame


@given(
    st.lists(
        st.tuples(st.sampled_from("pmrnsw"), st.integers(-200, 1700), st.integers(-200, 800)), max_size=40
    )
)
def test_the_region_never_leaves_the_desktop(steps: list[tuple[str, int, int]]) -> None:
    """Whatever pointer and keys do, the region lies on the desktop and is not empty."""
    picker = RegionPicker(PAIR, [Rect(100, 100, 200, 150)], Point(0, 0))
    for kind, x, y in steps:
        if kind == "p":
            picker.press(Point(x, y))
        elif kind == "m":
            picker.move(Point(x, y))
        elif kind == "r":
            picker.release()
        elif kind == "n":
            picker.nudge(x, y)
        elif kind == "s":
            picker.stretch(x, y)
        else:
            picker.select_window(1 if x > 0 else -1)
        if picker.region is not None:
            assert picker.region == picker.region.intersected(picker.desktop)
            assert not picker.region.is_empty
