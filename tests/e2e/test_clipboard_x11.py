"""A copied license key as other programs on the same screen get to see it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.x11 import TOOLS, XScreen, wait, x_screen

pytestmark = [
    pytest.mark.real_window,
    pytest.mark.second_stage,
    pytest.mark.timeout(180),
    pytest.mark.needs(*TOOLS),
]

KEY = "MDP7-4KQA-81TX-ZV5N-9K2F"
KEYS = {KEY, "5521-7740-0318", "ERZ4-P0WM-6H2C-LT8R-77HD", "OKL2-9VQE-T51B-X7GA-M3PX"}

# Each is a program of its own. The first asks for the clipboard, the second owns it until it is ended.
READER = """
import json, sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication(sys.argv[:1])
data = QGuiApplication.clipboard().mimeData()
hint = bytes(data.data("x-kde-passwordManagerHint").data()).decode()
print(json.dumps({"text": data.text(), "hint": hint}))
"""
OTHER_PROGRAM = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication(sys.argv[:1])
QGuiApplication.clipboard().setText(sys.argv[1])
print("copied", flush=True)
app.exec()
"""
COPIES_A_KEY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from supportdesk.ui.secret_clipboard import secret_clipboard
app = QApplication(sys.argv[:1])
secret_clipboard().copy("one", sys.argv[1], float(sys.argv[2]))
QTimer.singleShot(round(float(sys.argv[2]) * 1000) + 200, lambda: print("time is over", flush=True))
print("copied", flush=True)
app.exec()
"""


@pytest.fixture
def screen() -> Iterator[XScreen]:
    with x_screen() as screen:
        screen.start("openbox")
        yield screen


def clipboard(screen: XScreen) -> dict[str, str]:
    """`text` and `hint`, as another program gets them."""
    answer: dict[str, str] = json.loads(screen.run(sys.executable, "-c", READER))
    return answer


def running(screen: XScreen, program: str, *arguments: str) -> "subprocess.Popen[str]":
    """Once it has said that it copied."""
    process = screen.start(sys.executable, "-c", program, *arguments)
    assert process.stdout is not None
    assert process.stdout.readline() == "copied\n"
    return process


def copied_by_keyboard(screen: XScreen) -> bool:
    """Tried until the cards are there, which nobody can see from outside."""
    screen.do("key ctrl+f", "key Tab", "key Tab", "key space")  # the eye of the first card, then its Copy
    return clipboard(screen)["text"] in KEYS


def test_quitting_takes_the_key_along(screen: XScreen, tmp_path: Path) -> None:
    """By keyboard: copy a key, another program gets it with its mark, quit, and nobody gets it any more."""
    folder = ("--data-dir", str(tmp_path / "data"))
    program = screen.start(sys.executable, "-m", "supportdesk", "--demo", "practice", *folder, LANGUAGE="en")
    window = screen.window("Home · Medora")
    screen.do(f"windowactivate --sync {window}", "key ctrl+5")
    wait(lambda: "License keys" in screen.title(window), 30, "license keys are shown")
    wait(lambda: copied_by_keyboard(screen), 60, "a key is in the clipboard")
    assert clipboard(screen)["hint"] == "secret"
    screen.do("key ctrl+q")
    assert program.wait(30) == 0
    assert clipboard(screen) == {"text": "", "hint": ""}


def test_the_clock_takes_the_key_back(screen: XScreen) -> None:
    """When its time is over no other program gets the key any more."""
    running(screen, COPIES_A_KEY, KEY, "10")
    assert clipboard(screen) == {"text": KEY, "hint": "secret"}
    wait(lambda: clipboard(screen)["text"] == "", 60, "the key is gone")


def test_what_another_program_copied_stays(screen: XScreen) -> None:
    """The clock leaves alone what another program copied after the key."""
    owner = running(screen, COPIES_A_KEY, KEY, "5")
    running(screen, OTHER_PROGRAM, "a shopping list")
    assert owner.stdout is not None
    assert owner.stdout.readline() == "time is over\n"
    assert clipboard(screen)["text"] == "a shopping list"


def test_a_clipboard_manager_that_took_the_key(screen: XScreen) -> None:
    """Also when another program has made the key its own meanwhile, it is taken out of the clipboard."""
    running(screen, COPIES_A_KEY, KEY, "10")
    running(screen, OTHER_PROGRAM, KEY)
    assert clipboard(screen)["text"] == KEY
    wait(lambda: clipboard(screen)["text"] == "", 60, "the key is gone")
