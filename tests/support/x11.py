"""A real window system without a screen: Xvfb, a window manager, and hands made of xdotool."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("Xvfb", "openbox", "xdotool", "xrandr", "xsetroot", "import")


class Area(NamedTuple):
    left: int
    top: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.left + self.width // 2, self.top + self.height // 2


@dataclass
class XScreen:
    """What is started here is ended with the screen, by its pid."""

    environment: dict[str, str]
    running: "list[subprocess.Popen[str]]" = field(default_factory=list)

    def start(self, *command: str, **environment: str) -> "subprocess.Popen[str]":
        return self._start(command, environment, Path(os.devnull))

    def start_logged(self, log: Path, *command: str, **environment: str) -> "subprocess.Popen[str]":
        """`log` gets what the program says on standard error."""
        return self._start(command, environment, log)

    def _start(
        self, command: tuple[str, ...], environment: dict[str, str], log: Path
    ) -> "subprocess.Popen[str]":
        with log.open("wb") as said:
            process = subprocess.Popen(
                command,
                env=self.environment | environment,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
            )
        self.running.append(process)
        return process

    def run(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)
        return done.stdout

    def do(self, *actions: str) -> None:
        """xdotool's words, such as `key ctrl+n` or `mousemove 20 20 click 1`."""
        for action in actions:
            self.run("xdotool", *action.split())

    def type(self, text: str) -> None:
        self.run("xdotool", "type", "--delay", "12", text)

    def photo(self) -> "Photo":
        """The whole screen as another program sees it."""
        command = ["import", "-window", "root", "-depth", "8", "ppm:-"]
        done = subprocess.run(command, env=self.environment, check=True, capture_output=True)
        return Photo.from_ppm(done.stdout)

    def title(self, window: str) -> str:
        return self.run("xdotool", "getwindowname", window).strip()

    def window(self, name: str, timeout_s: float = 30) -> str:
        """The id of the visible window whose title contains `name`; waits for it."""
        found: list[str] = []

        def search() -> bool:
            done = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", name],
                env=self.environment, capture_output=True, text=True, check=False,
            )  # fmt: skip
            found[:] = done.stdout.split()
            return bool(found)

        wait(search, timeout_s, f"a window called {name}")
        return found[-1]


@dataclass(frozen=True)
class Photo:
    """Pixels, three bytes each, row by row."""

    width: int
    height: int
    pixels: bytes

    @classmethod
    def from_ppm(cls, content: bytes) -> "Photo":
        magic, size, deepest, pixels = content.split(b"\n", 3)
        assert (magic, deepest) == (b"P6", b"255")
        width, height = (int(number) for number in size.split())
        return cls(width, height, pixels)

    def at(self, x: int, y: int) -> str:
        """As "#rrggbb"."""
        place = (y * self.width + x) * 3
        return f"#{self.pixels[place : place + 3].hex()}"

    def area(self, left: int, top: int, width: int, height: int) -> bytes:
        rows = ((y * self.width + left) * 3 for y in range(top, top + height))
        return b"".join(self.pixels[start : start + width * 3] for start in rows)

    def find(self, colour: str, left: int, top: int, width: int, height: int) -> Area | None:
        """The smallest area around all pixels of exactly this colour within the given one."""
        wanted = bytes.fromhex(colour.removeprefix("#"))
        found = [
            (x, y)
            for y in range(top, top + height)
            for row in [self.area(left, y, width, 1)]
            if wanted in row
            for x in range(left, left + width)
            if row[(x - left) * 3 : (x - left) * 3 + 3] == wanted
        ]
        if not found:
            return None
        xs, ys = [x for x, _y in found], [y for _x, y in found]
        return Area(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)


def wait(until: Callable[[], bool], timeout_s: float, what: str) -> None:
    """Asks again and again, because another process cannot call back."""
    deadline = time.monotonic() + timeout_s
    while not until():
        assert time.monotonic() < deadline, f"did not happen: {what}"
        time.sleep(0.05)


@contextmanager
def x_screen(size: str = "1280x800") -> Iterator[XScreen]:
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as numbers:
        display = f":{numbers.readline().strip()}"
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "WAYLAND_"))}
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    screen = XScreen(kept | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": path})
    try:
        yield screen
    finally:
        for process in reversed(screen.running):
            process.terminate()
        for process in screen.running:
            process.communicate(timeout=20)
        server.terminate()
        server.wait(10)
