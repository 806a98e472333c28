"""A theme is chosen in a real window, and what another program sees of it changes."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from supportdesk.ui.theme.look import Variant, roles
from tests.support.x11 import TOOLS, XScreen, wait, x_screen

pytestmark = [
    pytest.mark.second_stage,
    pytest.mark.needs(*TOOLS),
    pytest.mark.timeout(180),
]
TIMEOUT_S = 20
WIDTH, HEIGHT = 1120, 760
APPEARANCE = (110, 165)
CHOICES: tuple[tuple[Variant, tuple[int, int]], ...] = (
    ("highContrast", (930, 280)),
    ("dark", (750, 280)),
    ("light", (570, 280)),
    ("dark", (750, 280)),
)
"""Themes one after the other, and where the pictures are that choose them."""
CANVAS, SIDE, BAR = (700, 720), (60, 600), (300, 58)
SCREENS = (("ctrl+n", "Report"), ("ctrl+2", "Your tickets"), ("ctrl+comma", "Settings"))
"""Shortcuts, and words of the title they lead to."""


def colours(variant: Variant) -> list[str]:
    """Of the ground of the page, the side and the bar above; the vendor's accent is in none of them."""
    of = {name: value.lower() for name, value in roles(variant, "#0C6B73").items()}
    return [of["canvas"], of["canvas"], of["surface"]]


def painted(screen: XScreen) -> list[str]:
    photo = screen.photo()
    return [photo.at(*place) for place in (CANVAS, SIDE, BAR)]


def shows(screen: XScreen, variant: Variant) -> Callable[[], bool]:
    return lambda: painted(screen) == colours(variant)


def test_every_choice_of_a_theme_is_painted_without_another_click(tmp_path: Path) -> None:
    """Also after other screens were visited; nothing shows the theme that was chosen before."""
    with x_screen() as screen:
        screen.run("xsetroot", "-solid", "#405060")
        screen.start("openbox")
        program = ["-m", "supportdesk", "--demo", "practice", "--data-dir", str(tmp_path)]
        screen.start(sys.executable, *program, LANGUAGE="en")
        window = screen.window("Home", TIMEOUT_S * 2)
        screen.do(f"windowmove {window} 0 0", f"windowsize {window} {WIDTH} {HEIGHT}")
        for keys, title in SCREENS:
            screen.do(f"key {keys}")
            screen.window(title, TIMEOUT_S)
        screen.do(f"mousemove {APPEARANCE[0]} {APPEARANCE[1]} click 1")
        wait(shows(screen, "light"), TIMEOUT_S, "the settings are light")
        for variant, (x, y) in CHOICES:
            screen.do(f"mousemove {x} {y} click 1")
            wait(shows(screen, variant), TIMEOUT_S, f"{variant} is painted")
