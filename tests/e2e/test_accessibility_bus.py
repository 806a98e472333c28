"""What a screen reader meets: the real program on a real accessibility bus, used by names alone."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from supportdesk.app.screens import SCREENS
from supportdesk.domain import profile_files
from tests.support.x11 import ROOT, TOOLS, x_screen

SYSTEM_PYTHON = "/usr/bin/python3"
SUBJECT = "The printer takes A4 instead of A5"
TILES = [spec.title for spec in SCREENS if spec.id in profile_files.demo("practice").modules]
Told = list[dict[str, Any]]

pytestmark = [
    pytest.mark.real_window,
    pytest.mark.second_stage,
    pytest.mark.timeout(300),
    pytest.mark.needs(*TOOLS, "dbus-daemon", "/usr/lib/python3/dist-packages/pyatspi"),
]


def led(folder: Path, module: str, *words: str, program: tuple[str, ...] = ()) -> Told:
    """What the hands on the bus tell, line by line, after they were led through the program."""
    with x_screen() as screen:
        screen.start("openbox")
        bus = screen.start("dbus-daemon", "--session", "--nofork", "--print-address")
        assert bus.stdout is not None
        screen.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        started = ["-m", "supportdesk", *program, "--data-dir", str(folder / "data")]
        always = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "LANGUAGE": "en"}
        screen.start_logged(folder / "said.txt", sys.executable, *started, **always)
        hands = subprocess.run(
            [SYSTEM_PYTHON, "-m", module, *words],
            env=screen.environment, cwd=ROOT, capture_output=True, text=True, timeout=270, check=False,
        )  # fmt: skip
    assert hands.returncode == 0, hands.stdout + hands.stderr
    return [json.loads(line) for line in hands.stdout.splitlines()]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """After all screens were walked and a ticket was reported."""
    folder = tmp_path_factory.mktemp("bus")
    return led(folder, "tests.e2e.bus_hands", SUBJECT, *TILES, program=("--demo", "practice"))


def test_every_control_of_every_screen_has_a_role_and_a_name(told: Told) -> None:
    """On each screen there are controls, and none of them is without a role or a name."""
    screens = all_named(told)
    assert screens.keys() >= {"Home", *TILES, "Check and send", "Delivery log", "Ticket"}
    assert min(screens.values()) >= 8, screens


def test_the_main_job_is_done_by_names_alone(told: Told) -> None:
    """Report, send and find the ticket in the list, only pressing and writing into what has a name."""
    assert SUBJECT in told[-1]["listed"]


@pytest.mark.parametrize(
    ("walk", "program", "screens"),
    [
        ("sign_in", (), {"Choose a vendor", "Sign in", "Report without signing in"}),
        ("frame", ("--demo", "practice"), {"Palette", "Menu Ticket", "Settings: About", "Screenshot studio"}),
        ("documents", ("--demo", "retail"), {"Document", "Signature: Draw", "Decline", "Subscriptions"}),
        ("orders", ("--demo", "orders"), {"Colleagues", "Orders", "New order", "Order"}),
    ],
)
def test_what_the_main_job_does_not_meet_is_named_as_well(
    walk: str, program: tuple[str, ...], screens: set[str], tmp_path: Path
) -> None:
    """Sign-in, menus, palette, settings, studio, documents with fields, signature, orders, colleagues."""
    walked = all_named(led(tmp_path, "tests.e2e.bus_walks", walk, program=program))
    assert walked.keys() >= screens
    assert min(walked.values()) >= 4, walked


def all_named(told: Told) -> dict[str, int]:
    """How many controls each walked screen has; fails where a screen reader could not name one."""
    walked = [one for one in told if "screen" in one]
    assert not [one for one in walked if one["unnamed"]]
    return {one["screen"]: one["controls"] for one in walked}
