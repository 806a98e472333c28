"""Capturing on Wayland through the screenshot portal, in a headless session of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.e2e.capture_stage import MAGENTA

_ROOT = Path(__file__).resolve().parents[2]
_TOOLS = ("sway", "grim", "wtype", "pipewire", "wireplumber", "dbus-run-session", "unshare")
_PORTALS = tuple(f"/usr/libexec/xdg-desktop-portal{part}" for part in ("", "-gtk", "-wlr"))
_BACKGROUND = 0xFF405060

pytestmark = [
    pytest.mark.second_stage,
    pytest.mark.needs(*_TOOLS, *_PORTALS),
]


def in_wayland(folder: Path, script: str) -> list[dict[str, object]]:
    """Run a shell script in the session and return what the stage in it told."""
    home, runtime = folder / "home", folder / "run"
    services = home / ".local/share/dbus-1/services"
    services.mkdir(parents=True)
    runtime.mkdir(mode=0o700)
    # Without this the portal waits for a document store that cannot start here.
    (services / "org.freedesktop.portal.Documents.service").write_text(
        "[D-BUS Service]\nName=org.freedesktop.portal.Documents\nExec=/bin/false\n"
    )
    environment = {
        key: value for key, value in os.environ.items() if key != "DISPLAY" and not key.startswith("QT_")
    } | {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "PYTHONPATH": os.pathsep.join([str(_ROOT / "src"), str(_ROOT)]),
    }
    plain_user = ["unshare", "-U", "--map-user=1000", "--map-group=1000"] if os.getuid() == 0 else []
    session = [*plain_user, "dbus-run-session", "--", str(_ROOT / "tests/e2e/wayland_session.sh")]
    done = subprocess.run(
        [*session, "bash", "-c", script],
        cwd=_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def test_the_portal_delivers_the_monitor_without_our_window(tmp_path: Path) -> None:
    """The picture shows the desktop without our window, and the file the portal made is gone."""
    file = tmp_path / "monitor.png"
    told = in_wayland(tmp_path, f"{sys.executable} -m tests.e2e.capture_stage capture monitor 0 {file}")
    end = told[-1]
    assert (end["event"], end["width"], end["height"]) == ("captured", 1280, 720)
    assert end["own_windows_visible"]
    picture = QImage(str(file))
    assert picture.pixel(640, 360) == _BACKGROUND
    seen = {picture.pixel(x, y) for x in range(0, 1280, 9) for y in range(0, 720, 9)}
    assert MAGENTA not in seen
    assert not [path for path in tmp_path.rglob("*.png") if path != file]


def test_a_region_is_chosen_on_the_overlay(tmp_path: Path) -> None:
    """The overlay covers the output and is operated by keys: a region in the middle, one pixel wider."""
    file = tmp_path / "region.png"
    script = f"""
        {sys.executable} -m tests.e2e.capture_stage capture region 0 {file} > told & stage=$!
        until grep -q choosing told; do sleep 0.1; done
        wtype -s 700 -k Right -s 200 -M shift -k Right -m shift -s 200 -k Return -s 200
        wait $stage; cat told; rm told
    """.replace("told", str(tmp_path / "told"))
    end = in_wayland(tmp_path, script)[-1]
    assert (end["event"], end["width"], end["height"]) == ("captured", 641, 360)


def test_without_a_portal_the_person_is_told_what_to_do(tmp_path: Path) -> None:
    """Where nobody answers for the portal the capture fails with a next step, and our window is back."""
    script = f"""
        export DBUS_SESSION_BUS_ADDRESS=unix:path={tmp_path}/nobody
        {sys.executable} -m tests.e2e.capture_stage capture monitor 0 {tmp_path}/none.png
    """
    end = in_wayland(tmp_path, script)[-1]
    assert (end["event"], end["code"]) == ("failed", "capture_failed")
    assert end["next_step"]
    assert end["own_windows_visible"]
