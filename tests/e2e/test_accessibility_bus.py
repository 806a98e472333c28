"""What a screen reader meets: the real program on a real accessibility bus, used by names alone."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from supportdesk.app.screens import SCREENS
from supportdesk.domain import profile_files
from tests.support.x11 import ROOT, TOOLS, x_screen

SYSTEM_PYTHON = "/usr/bin/python3"
SUBJECT = "The printer takes A4 instead of A5"
TILES = [spec.title for spec in SCREENS if spec.id in profile_files.demo("practice").modules]


pytestmark = [
    pytest.mark.real_window,
    pytest.mark.second_stage,
    pytest.mark.timeout(300),
    pytest.mark.needs(*TOOLS, "dbus-daemon", "/usr/lib/python3/dist-packages/pyatspi"),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    """What the hands on the bus tell, after all screens were walked and a ticket was reported."""
    folder = tmp_path_factory.mktemp("bus")
    with x_screen() as screen:
        screen.start("openbox")
        bus = screen.start("dbus-daemon", "--session", "--nofork", "--print-address")
        assert bus.stdout is not None
        screen.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        program = ["-m", "supportdesk", "--demo", "practice", "--data-dir", str(folder / "data")]
        always = {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "LANGUAGE": "en"}
        screen.start_logged(folder / "said.txt", sys.executable, *program, **always)
        hands = subprocess.run(
            [SYSTEM_PYTHON, str(ROOT / "tests/e2e/bus_hands.py"), SUBJECT, *TILES],
            env=screen.environment, capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip
        assert hands.returncode == 0, hands.stdout + hands.stderr
        yield [json.loads(line) for line in hands.stdout.splitlines()]


def test_every_control_of_every_screen_has_a_role_and_a_name(told: list[dict[str, Any]]) -> None:
    """On each screen there are controls, and none of them is without a role or a name."""
    walked = {one["screen"]: one for one in told if "screen" in one}
    assert walked.keys() >= {"Home", *TILES, "Check and send", "Delivery log", "Ticket"}
    for screen in walked.values():
        assert screen["controls"] >= 8, screen
        assert not screen["unnamed"], screen


def test_the_main_job_is_done_by_names_alone(told: list[dict[str, Any]]) -> None:
    """Report, send and find the ticket in the list, only pressing and writing into what has a name."""
    assert SUBJECT in told[-1]["listed"]
