"""The main job in the real program, by mouse and keyboard alone, followed into the desk's database.

Nothing is waited for but what a person would see (a window's title, a colour on the screen) and what lies in
the program's databases.
"""

import base64
import hashlib
import json
import sqlite3
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage

from supportdesk import resources
from tests.support.x11 import TOOLS, Area, XScreen, wait, x_screen

pytestmark = [
    pytest.mark.real_window,
    pytest.mark.second_stage,
    pytest.mark.timeout(240),
    pytest.mark.needs(*TOOLS),
]

TOKENS = json.loads(resources.text("themes", "tokens.json"))
ACCENT = TOKENS["color"]["light"]["accent"].lower()
DANGER = TOKENS["color"]["light"]["danger"].lower()
RED = TOKENS["annotation"]["red"].lower()
BLACK = "#000000"
MARKED = TOKENS["color"]["light"]["warningSoft"].lower()
FOREIGN = Area(700, 300, 300, 200)  # behind the window of the program
SHOT = Area(680, 280, 340, 240)
BOX = ((80, 30), (150, 80), (220, 130))  # corners in the picture
BLACKED = ((20, 170), (50, 190), (120, 220))
CANVAS = (200, 90, 910, 600)
FIRST_ROW = (0, 182, 420, 68)
BELOW_FIRST_ROW = (0, 260, 420, 480)
BESIDE = (432, 150, 688, 610)
BACKGROUND = "#405060"
BODY = (0, 152, 1120, 540)
BAR = (600, 700, 520, 58)  # the buttons at the foot of the window
STEPS = {1: 32, 2: 355, 3: 679, 4: 946}  # where the circles of the steps begin
SUBJECT = "The printer takes A4 instead of A5"
DESCRIPTION = "Since this morning. The second tray is ignored."


@dataclass
class Hands:
    screen: XScreen
    data: Path
    window: str = ""

    def click(self, x: int, y: int) -> None:
        """And the pointer goes away again, so that nothing is drawn as under it."""
        self.screen.do(f"mousemove {x} {y} click 1", "mousemove 1270 790")

    def drag(self, *points: tuple[int, int]) -> None:
        (x, y), *further = points
        moves = " ".join(f"mousemove {x} {y}" for x, y in further)
        self.screen.do(f"mousemove {x} {y} mousedown 1 {moves} mouseup 1")

    def see(self, colour: str, area: tuple[int, int, int, int], what: str) -> Area:
        found: list[Area] = []

        def look() -> bool:
            place = self.screen.photo().find(colour, *area)
            found[:] = [place] if place else []
            return bool(found)

        wait(look, 30, what)
        return found[0]

    def press_primary(self) -> None:
        """The button that stands out at the foot of the window."""
        self.click(*self.see(ACCENT, BAR, "the primary button").middle)

    def see_step(self, number: int) -> None:
        self.see(ACCENT, (STEPS[number] + 2, 110, 6, 20), f"step {number}")

    def see_title(self, words: str) -> None:
        wait(lambda: words in self.screen.title(self.window), 30, f"the title says {words}")

    def place_window(self, name: str) -> str:
        """Waits for the window and gives it the size for which the places above are right."""
        window = self.screen.window(name)
        self.screen.do(f"windowmove --sync {window} 0 0", f"windowsize --sync {window} 1120 760")
        self.screen.do(f"windowactivate --sync {window}", "mousemove 1270 790")
        return window

    def draft(self) -> dict[str, Any]:
        rows = query(self.data / "outbox.db", "SELECT body FROM draft")
        if not rows:
            return {}
        content: dict[str, Any] = json.loads(base64.b64decode(json.loads(rows[0][0])["content"]))
        return content

    def keep(self, until: Callable[[dict[str, Any]], bool], what: str) -> None:
        """Waits until the draft on the disk says so."""
        wait(lambda: until(self.draft() or {"files": [], "fields": {}}), 30, what)


def query(file: Path, statement: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return database.execute(statement, values).fetchall()


@pytest.fixture
def hands(tmp_path: Path) -> Iterator[Hands]:
    with x_screen() as screen:
        screen.run("xsetroot", "-solid", BACKGROUND)
        screen.start("openbox")
        screen.start(sys.executable, "-m", "tests.e2e.capture_stage", "pattern", *map(str, FOREIGN))
        yield Hands(screen, tmp_path / "data")


def test_a_marked_picture_of_another_program_reaches_the_desk(hands: Hands, tmp_path: Path) -> None:
    """Report, capture, mark, black out, send: the desk holds the ticket with the picture as it was taken."""
    screen = hands.screen
    wait(lambda: screen.photo().at(FOREIGN.left + 1, FOREIGN.top) == "#010040", 30, "the other program")
    before = screen.photo()
    said = tmp_path / "said.txt"
    start_program(hands, said)
    report(hands)
    capture_and_mark(hands)
    number, sha256 = send(hands)
    png = next((hands.data / "desks/practice/files").rglob(f"{sha256}*")).read_bytes()
    assert hashlib.sha256(png).hexdigest() == sha256
    assert chunks(png) == {b"IHDR", b"IDAT", b"IEND"}
    check_pixels(png, before.area(*SHOT))
    find_in_tickets(hands, number)
    check_no_original(hands.data)
    assert said.read_text() == ""


def start_program(hands: Hands, said: Path) -> None:
    command = ["-m", "supportdesk", "--demo", "practice", "--data-dir", str(hands.data)]
    hands.screen.start_logged(said, sys.executable, *command, LANGUAGE="en")
    hands.window = hands.place_window("Home · Medora")


def report(hands: Hands) -> None:
    screen = hands.screen
    screen.do("key ctrl+n")
    hands.see_title("Report a problem")
    hands.see(ACCENT, (30, 260, 10, 260), "the focus in the search for the module")
    screen.type("printing and")
    screen.do("key Return")
    hands.keep(lambda draft: draft.get("service_id") == "printing", "the module is chosen")
    hands.press_primary()
    hands.see_step(2)
    hands.see(ACCENT, (30, 250, 4, 40), "the focus in the subject")
    screen.type(SUBJECT)
    hands.click(360, 450)
    screen.type(DESCRIPTION)
    hands.keep(lambda draft: draft.get("description") == DESCRIPTION, "the description is kept")
    assert hands.draft()["subject"] == SUBJECT
    hands.press_primary()  # the vendor's own question is not answered yet: there the focus goes
    hands.see(DANGER, BODY, "what is missing")
    screen.type("Lexa M210")
    hands.keep(lambda draft: "Lexa M210" in draft["fields"].values(), "the answer is kept")
    hands.press_primary()
    hands.see_step(3)


def capture_and_mark(hands: Hands) -> None:
    screen = hands.screen
    screen.do("key space")  # the first button has the focus
    wait(lambda: is_dimmed(screen), 30, "the overlay")
    left, top, width, height = SHOT
    hands.drag((left, top), (left + 100, top + 100), (left + width, top + height))
    screen.do("key Return")
    hands.place_window("Screenshot studio")
    picture = hands.see(BACKGROUND, CANVAS, "the picture in the studio")
    assert (picture.width, picture.height) == (width, height), "it is shown as large as it is"
    screen.do("key b")
    hands.drag(*((picture.left + x, picture.top + y) for x, y in BOX))
    hands.see(RED, CANVAS, "the box")
    screen.do("key x")
    hands.drag(*((picture.left + x, picture.top + y) for x, y in BLACKED))
    hands.see(BLACK, CANVAS, "the black-out")
    hands.press_primary()
    hands.keep(lambda draft: len(draft["files"]) == 1, "the picture is in the report")
    hands.window = hands.place_window("Report a problem")


def send(hands: Hands) -> tuple[str, str]:
    hands.see_step(3)
    hands.press_primary()
    hands.see_step(4)
    hands.press_primary()
    found: list[tuple[str, str]] = []

    def look() -> bool:
        found.extend(filter(None, [ticket_in_desk(hands.data)]))
        return bool(found)

    wait(look, 30, "the desk has the ticket")
    return found[0]


def ticket_in_desk(data: Path) -> tuple[str, str] | None:
    """Its number and the SHA-256 of its one picture."""
    rows = query(
        data / "desks/practice/desk.db",
        "SELECT t.number, m.body, a.sha256 FROM tickets t JOIN messages m ON m.conversation_id = t.id"
        " JOIN attachments a ON a.conversation_id = t.id AND a.media_type = 'image/png' WHERE t.subject = ?",
        SUBJECT,
    )
    if not rows:
        return None
    [(number, description, sha256)] = rows
    assert description == DESCRIPTION
    return number, sha256


def is_dimmed(screen: XScreen) -> bool:
    photo = screen.photo()
    return photo.at(20, 790) != BACKGROUND and photo.at(20, 790) == photo.at(20, 20)


def chunks(png: bytes) -> set[bytes]:
    """The kinds of pieces a PNG is made of; nothing may follow the last one."""
    kinds, at = set(), 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kinds.add(png[at + 4 : at + 8])
        at += 12 + length
    assert at == len(png)
    return kinds


def check_pixels(png: bytes, taken: bytes) -> None:
    """Outside of the marks every pixel is as it was on the screen; under the black-out nothing is."""
    picture = QImage.fromData(png)
    assert (picture.width(), picture.height()) == SHOT[2:]
    for y in range(SHOT.height):
        for x in range(SHOT.width):
            seen = picture.pixel(x, y)
            if lies_in(x, y, BLACKED, 0):
                assert seen == 0xFF000000, (x, y)
            elif not lies_in(x, y, BLACKED, 1) and not (lies_in(x, y, BOX, 6) and not lies_in(x, y, BOX, -6)):
                at = (y * SHOT.width + x) * 3
                assert seen == 0xFF000000 | int.from_bytes(taken[at : at + 3]), (x, y)
    assert QColor(picture.pixel(*BOX[0])).name() == RED


def lies_in(x: int, y: int, corners: tuple[tuple[int, int], ...], margin: int) -> bool:
    (left, top), *_between, (right, bottom) = corners
    return left - margin <= x < right + margin and top - margin <= y < bottom + margin


def check_no_original(data: Path) -> None:
    """No file of the program, however it is called, shows what was blacked out."""
    pictures = [QImage.fromData(file.read_bytes()) for file in data.rglob("*") if file.is_file()]
    taken = [picture for picture in pictures if (picture.width(), picture.height()) == SHOT[2:]]
    assert taken
    for picture in taken:
        assert picture.pixel(BLACKED[1][0], BLACKED[1][1]) == 0xFF000000


def find_in_tickets(hands: Hands, number: str) -> None:
    """Search marks the one row; a click on it shows the ticket, and its picture, beside the list."""
    hands.see_title("Delivery log")
    hands.screen.do("key ctrl+2")
    wait(lambda: "Delivery log" not in hands.screen.title(hands.window), 30, "another screen")
    hands.screen.do("key ctrl+f")
    hands.screen.type("takes A4 instead")
    wait(lambda: len(set(hands.screen.photo().area(*BELOW_FIRST_ROW))) == 1, 30, "one row is left")
    hands.click(*hands.see(MARKED, FIRST_ROW, "the marked words").middle)
    hands.see_title(number)
    hands.see(BLACK, BESIDE, "the black-out on the small picture")
