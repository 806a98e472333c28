"""The guards themselves: a deliberately bad test file is run with them, and each bad test must fail."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.guards import is_on_this_machine

ROOT = Path(__file__).resolve().parents[2]

_BAD_TESTS = """
import socket, threading, time, warnings
import pytest

def test_connects_far_away():
    with pytest.raises(OSError):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)

def test_looks_up_a_foreign_name():
    try:
        socket.getaddrinfo("support.example", 443)
    except OSError:
        pass

def test_thread_dies():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()

def test_thread_stays():
    threading.Thread(target=time.sleep, args=(8,), daemon=True).start()

def test_warns():
    warnings.warn("old", DeprecationWarning)

def test_leaves_a_socket_to_the_collection():
    kept = [socket.create_server(("127.0.0.1", 0))]
    kept.append(kept)

def test_good():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
"""

_BAD_QT_TESTS = """
from functools import partial
import pytest
from PySide6.QtCore import QObject, QTimer, qWarning
from PySide6.QtWidgets import QWidget
from supportdesk import resources
from supportdesk.lanes import Lane

kept = []  # pytest-qt closes what still exists

class Noisy(QWidget):
    def closeEvent(self, event):
        qWarning("noise at the end")

class Shower:
    def __init__(self, shown):
        self.shown = shown

def test_qt_warns(qapp):
    qWarning("noise")

def test_qt_warns_when_closed(qtbot):
    widget = Noisy()
    kept.append(widget)
    qtbot.addWidget(widget)
    widget.show()

def test_slot_raises(qtbot):
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(10)

@pytest.mark.gui_guard
def test_reads_a_file_on_the_gui_thread(qapp, tmp_path, monkeypatch):
    (tmp_path / "a").write_text("x")
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    assert resources.text("a") == "x"

def test_gives_a_widget_to_a_lane(qtbot):
    widget, lane = QWidget(), Lane("test")
    lane.submit(lambda: widget is None).result()
    lane.close()

def test_gives_a_lane_somebody_who_holds_a_widget(qtbot):
    lane = Lane("test")
    lane.submit(partial(id, Shower(QWidget()))).result()
    lane.close()

@pytest.mark.gui_guard
def test_good(qtbot):
    assert resources.text("icons", "icons.toml")
    qtbot.addWidget(QWidget())
    lane = Lane("test")
    lane.submit(partial(str, "a")).result()
    lane.close()
"""


def _outcomes(folder: Path, source: str, *options: str) -> dict[str, set[str]]:
    """Test name -> outcomes; a test can pass and have an error in its cleaning up."""
    file = folder / "test_bad.py"
    file.write_text(source)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.support.guards",
        "-rA",
        "-c",
        "pyproject.toml",
        "-o",
        "thread_grace_s=1",
    ]
    finished = subprocess.run(
        [*command, "-p", "no:cacheprovider", "-p", "no:randomly", *options, str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[str, set[str]] = {}
    for outcome, name in re.findall(r"^(PASSED|FAILED|ERROR) \S*::(\w+)", finished.stdout, re.MULTILINE):
        found.setdefault(name, set()).add(outcome)
    assert found, finished.stdout + finished.stderr
    return found


def _good(outcomes: dict[str, set[str]]) -> list[str]:
    return [name for name, seen in outcomes.items() if seen == {"PASSED"}]


def test_bad_tests_without_qt_fail(tmp_path: Path) -> None:
    """Foreign addresses, dying and leaked threads, open sockets and warnings fail a test, also without Qt."""
    outcomes = _outcomes(tmp_path, _BAD_TESTS, "-p", "no:pytest-qt")
    assert len(outcomes) == 7
    assert _good(outcomes) == ["test_good"]


def test_bad_tests_with_qt_fail(tmp_path: Path) -> None:
    """Qt warnings, exceptions in slots, file access on the GUI thread and widgets on a lane fail a test."""
    outcomes = _outcomes(tmp_path, _BAD_QT_TESTS)
    assert len(outcomes) == 7
    assert _good(outcomes) == ["test_good"]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", b"localhost", "0.0.0.0", "", None])
def test_this_machine(host: str | bytes | None) -> None:
    """Loopback in all its spellings may be reached by tests."""
    assert is_on_this_machine(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "support.example", b"support.example"])
def test_other_machines(host: str | bytes) -> None:
    """Every other address and name is refused."""
    assert not is_on_this_machine(host)
