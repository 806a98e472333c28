"""Capturing in a real window system with two monitors, by mouse and keys as a person would."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from PySide6.QtGui import QImage

from tests.e2e.capture_stage import GREEN, MAGENTA
from tests.support.x11 import TOOLS, XScreen, x_screen

_GREY = "#405060"
_FOREIGN = (500, 200, 260, 180)

pytestmark = [
    pytest.mark.real_window,
    pytest.mark.second_stage,
    pytest.mark.needs(*TOOLS),
]


@pytest.fixture(scope="module")
def screen() -> Iterator[XScreen]:
    """LEFT is 800×600 at 0,0; RIGHT 640×480 at 800,120."""
    with x_screen("1440x600") as screen:
        screen.run("xrandr", "--setmonitor", "LEFT", "800/211x600/158+0+0", "screen")
        screen.run("xrandr", "--setmonitor", "RIGHT", "640/169x480/127+800+120", "none")
        screen.run("xsetroot", "-solid", _GREY)
        screen.start("openbox")
        wait_for(stage(screen, "foreign", *(str(number) for number in _FOREIGN)), "active")
        yield screen


def stage(screen: XScreen, *arguments: str, **environment: str) -> IO[str]:
    process = screen.start(sys.executable, "-m", "tests.e2e.capture_stage", *arguments, **environment)
    assert process.stdout is not None
    return process.stdout


def wait_for(lines: IO[str], *events: str) -> dict[str, Any]:
    for line in lines:
        told: dict[str, Any] = json.loads(line)
        if told["event"] in events:
            return told
    pytest.fail(f"the program ended without telling {events}")


def captured(lines: IO[str]) -> dict[str, Any]:
    told = wait_for(lines, "captured", "cancelled", "failed")
    assert told["own_windows_visible"], "our windows must come back"
    return told


def colours(picture: QImage) -> set[int]:
    return {picture.pixel(x, y) for x in range(0, picture.width(), 5) for y in range(0, picture.height(), 5)}


def test_a_dragged_region_is_adjusted_by_keys_and_taken_with_enter(screen: XScreen, tmp_path: Path) -> None:
    """A drag, two arrow keys and Enter take exactly that region, without our own window in it."""
    file = tmp_path / "region.png"
    lines = stage(screen, "capture", "region", "0", str(file))
    wait_for(lines, "choosing")
    screen.do("mousemove 20 20 mousedown 1 mousemove 300 200 mousemove 600 400 mouseup 1")
    screen.do("key Right key shift+Down key Return")
    told = captured(lines)
    picture = QImage(str(file))
    assert (told["width"], told["height"], told["scale"]) == (580, 381, 1.0)
    assert MAGENTA not in colours(picture)
    left, top = _FOREIGN[0] - 21, _FOREIGN[1] - 20
    assert picture.pixel(left, top) == GREEN
    assert picture.pixel(left - 1, top) == picture.pixel(left, top - 1) == 0xFF405060


def test_a_click_takes_the_window(screen: XScreen, tmp_path: Path) -> None:
    """A click on another program's window takes that window and nothing around it."""
    file = tmp_path / "window.png"
    lines = stage(screen, "capture", "region", "0", str(file))
    wait_for(lines, "choosing")
    screen.do("mousemove 600 300 click 1")
    told = captured(lines)
    assert (told["width"], told["height"]) == _FOREIGN[2:]
    assert colours(QImage(str(file))) == {GREEN}


def test_enter_takes_the_monitor_under_the_pointer(screen: XScreen, tmp_path: Path) -> None:
    """With the pointer on the right monitor Enter takes that one alone."""
    lines = stage(screen, "capture", "region", "0", str(tmp_path / "monitor.png"))
    wait_for(lines, "choosing")
    screen.do("mousemove 1200 300 key Return")
    told = captured(lines)
    assert (told["width"], told["height"]) == (640, 480)


def test_space_takes_all_monitors(screen: XScreen, tmp_path: Path) -> None:
    """Space takes the rectangle around both monitors; where there is no monitor it is black."""
    file = tmp_path / "all.png"
    lines = stage(screen, "capture", "region", "0", str(file))
    wait_for(lines, "choosing")
    screen.do("key space")
    told = captured(lines)
    picture = QImage(str(file))
    assert (told["width"], told["height"]) == (1440, 600)
    assert picture.pixel(1000, 50) == 0xFF000000
    assert picture.pixel(1000, 200) == 0xFF405060
    assert MAGENTA not in colours(picture)


def test_escape_cancels(screen: XScreen, tmp_path: Path) -> None:
    """Esc ends without a picture, and our windows are back."""
    file = tmp_path / "none.png"
    lines = stage(screen, "capture", "region", "0", str(file))
    wait_for(lines, "choosing")
    screen.do("key Escape")
    assert captured(lines)["event"] == "cancelled"
    assert not file.exists()


def test_a_region_by_keys_alone(screen: XScreen, tmp_path: Path) -> None:
    """An arrow key begins a region in the middle of the monitor, W takes a window's frame, Enter takes it."""
    lines = stage(screen, "capture", "region", "0", str(tmp_path / "keys.png"))
    wait_for(lines, "choosing")
    screen.do("mousemove 400 500 key Right key w key ctrl+shift+Right key Return")
    told = captured(lines)
    assert (told["width"], told["height"]) == (_FOREIGN[2] + 10, _FOREIGN[3])


def test_a_region_across_monitors_of_different_scale(screen: XScreen, tmp_path: Path) -> None:
    """A drag from a monitor at 100 % to one at 200 % gives every pixel once, none stretched."""
    file = tmp_path / "mixed.png"
    lines = stage(screen, "capture", "region", "0", str(file), QT_SCREEN_SCALE_FACTORS="LEFT=1;RIGHT=2")
    wait_for(lines, "choosing")
    screen.do("mousemove 490 190 mousedown 1 mousemove 700 250 mousemove 900 400 mouseup 1 key Return")
    told = captured(lines)
    picture = QImage(str(file))
    assert (told["width"], told["height"], told["scale"]) == (410, 210, 2.0)
    assert picture.pixel(10, 10) == picture.pixel(269, 189) == GREEN
    assert picture.pixel(9, 10) == picture.pixel(270, 189) == picture.pixel(400, 100) == 0xFF405060


def test_esc_ends_the_countdown(screen: XScreen, tmp_path: Path) -> None:
    """Though another program has the keyboard; our window is back then, and there is no picture."""
    file = tmp_path / "none.png"
    lines = stage(screen, "capture", "monitor", "10", str(file))
    wait_for(lines, "started")
    screen.do("mousemove 600 300 click 1")
    screen.do("keydown Escape sleep 0.1 keyup Escape")
    assert captured(lines)["event"] == "cancelled"
    assert not file.exists()


def test_the_countdown_is_not_in_the_picture(screen: XScreen, tmp_path: Path) -> None:
    """After a delay the picture shows the other program and neither countdown nor our window."""
    file = tmp_path / "delayed.png"
    screen.do("mousemove 400 500")
    lines = stage(screen, "capture", "monitor", "3", str(file))
    assert not wait_for(lines, "started")["own_windows_visible"]
    told = captured(lines)
    assert (told["width"], told["height"]) == (800, 600)
    assert colours(QImage(str(file))) == {GREEN, 0xFF405060}
