"""What a test must not do, as a pytest plugin: each of these makes the test fail.

Always on: a connection beyond this machine; a Qt warning (pytest-qt sees it while the test runs, this module
while its widgets go); a thread that still runs twenty seconds after the test; something of Qt in work for
a lane, which would destroy it on its thread if it were the last to hold it. Exceptions in threads,
unraisable ones and Python warnings are failures by `filterwarnings = error`.
While a test uses Qt nothing is collected by itself: a widget that a thread collects ends the process. What it
left behind is collected after it, on the main thread. So is what a test with connections left open.
Marked `gui_guard`: a file, database, socket or process call of our code on the GUI thread.
"""

import gc
import ipaddress
import re
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from supportdesk.lanes import IoLane, Lane
from tests.support.lane_contents import qt_object_in

_SOURCE = str(Path(__file__).resolve().parents[2] / "src")
_RESOURCES = str(Path(__file__).resolve().parents[2] / "resources")

_BLOCKING = frozenset(
    {
        "open",
        "os.listdir",
        "os.mkdir",
        "os.remove",
        "os.rename",
        "os.scandir",
        "shutil.copyfile",
        "shutil.rmtree",
        "socket.connect",
        "socket.getaddrinfo",
        "sqlite3.connect",
        "subprocess.Popen",
        "time.sleep",
    }
)
_OF_NETWORK = frozenset({"socket.bind", "socket.connect"})
# event: where its address stands
_ADDRESS_ARGUMENT = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0}


class NetworkForbiddenError(OSError):
    """Raised at the call, so that nothing leaves; recorded as well, in case somebody handles OSError."""


@dataclass
class _Watch:
    """What happened in this process since the running test began."""

    network: list[str] = field(default_factory=list)
    used_network: bool = False
    blocking: list[str] = field(default_factory=list)
    on_lanes: list[str] = field(default_factory=list)
    qt_messages: list[str] = field(default_factory=list)
    gui_guarded: bool = False

    def clear(self) -> None:
        self.network.clear()
        self.used_network = False
        self.blocking.clear()
        self.on_lanes.clear()
        self.qt_messages.clear()


_watch = _Watch()


def is_on_this_machine(host: str | bytes | None) -> bool:
    """Loopback or a name of this machine, as given to connect() or getaddrinfo()."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(str(name).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _OF_NETWORK:
        _watch.used_network = True
    if event in _ADDRESS_ARGUMENT:
        _refuse_network(event, arguments)
    if _watch.gui_guarded and event in _BLOCKING and threading.current_thread() is threading.main_thread():
        _note_blocking(event, arguments)


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    address = arguments[_ADDRESS_ARGUMENT[event]]
    host = address[0] if isinstance(address, tuple) else address
    is_path = event != "socket.getaddrinfo" and not isinstance(address, tuple)  # a Unix socket
    if not is_path and not is_on_this_machine(host):
        message = f"{event} to {address!r}: tests stay on this machine"
        _watch.network.append(message)
        raise NetworkForbiddenError(message)


def _note_blocking(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and str(arguments[0]).startswith(_RESOURCES):
        return  # small files of the program itself, read once
    caller = _our_caller(sys._getframe(2))
    if caller is not None:
        place = f"{caller.f_code.co_filename}:{caller.f_lineno} in {caller.f_code.co_qualname}"
        _watch.blocking.append(f"{event} {arguments[:1]!r} on the GUI thread by {place}")


def _our_caller(frame: FrameType | None) -> FrameType | None:
    """The innermost frame of the program; None where a test, the import system or nobody of ours called."""
    while frame is not None:
        name = frame.f_code.co_filename
        if "importlib" in name:
            return None
        if name.startswith(_SOURCE):
            return frame
        frame = frame.f_back
    return None


def _note_qt_message(kind: object, _context: object, text: str) -> None:
    if getattr(kind, "name", "") not in {"QtDebugMsg", "QtInfoMsg"}:
        _watch.qt_messages.append(text)


def _looked_at(submit: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def look(lane: object, work: object) -> object:
        if found := qt_object_in(work):
            _watch.on_lanes.append(found)
        return submit(lane, work)

    return look


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    # 20 s: a demo desk that is being filled is filled before it ends
    parser.addini("thread_grace_s", "how long a thread may outlive its test", default="20")
    if not pluginmanager.has_plugin("pytest-qt"):  # -p no:pytest-qt: then its settings are known nonetheless
        parser.addini("qt_api", "unused")
        parser.addini("qt_log_level_fail", "unused")
        parser.addini("qt_log_ignore", "unused", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
    sys.addaudithook(_audit)
    patch = pytest.MonkeyPatch()
    for lane in (Lane, IoLane):
        patch.setattr(lane, "submit", _looked_at(lane.submit))
    config.add_cleanup(patch.undo)
    if config.pluginmanager.has_plugin("pytest-qt"):
        from PySide6.QtCore import qInstallMessageHandler

        qInstallMessageHandler(_note_qt_message)  # pytest-qt puts its own on top while a test runs


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    yield
    ignored = item.config.getini("qt_log_ignore")
    messages = [text for text in _watch.qt_messages if not any(re.search(part, text) for part in ignored)]
    assert not messages, "Qt warned while the test was cleaned up: " + "\n".join(messages)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()  # modules and the tests themselves need not be looked at after each test


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool | None, bool | None]:
    """Around everything, because fixtures and their values are let go only after the last teardown."""
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.enable()


@pytest.fixture(autouse=True)
def _network_guard() -> Iterator[None]:
    _watch.clear()
    yield
    if _watch.used_network:
        gc.collect()  # a socket that it left open is told now, and not by another test
    assert not _watch.network, "\n".join(_watch.network)


def _pool(thread: threading.Thread) -> str | None:
    """Of a thread that an executor made: `asyncio_2` is the third of the pool `asyncio`."""
    name, _, number = thread.name.rpartition("_")
    return name if number.isdigit() else None


@pytest.fixture(autouse=True)
def _thread_guard(pytestconfig: pytest.Config) -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + float(pytestconfig.getini("thread_grace_s"))
    leaked = []
    pools = {_pool(thread) for thread in before} - {None}
    for thread in set(threading.enumerate()) - before:
        if isinstance(thread, threading._DummyThread):  # a thread of Qt that once called Python
            continue
        if _pool(thread) not in pools:  # one more of a pool that several tests use belongs to them all
            thread.join(max(0.0, deadline - time.monotonic()))
            leaked += [thread.name] if thread.is_alive() else []
    assert not leaked, f"threads still running after the test: {', '.join(sorted(leaked))}"


@pytest.fixture(autouse=True)
def _lane_guard() -> Iterator[None]:
    yield
    assert not _watch.on_lanes, "a lane was given something of Qt: " + ", ".join(_watch.on_lanes)


@pytest.fixture(autouse=True)
def _gui_guard(request: pytest.FixtureRequest) -> Iterator[None]:
    _watch.gui_guarded = request.node.get_closest_marker("gui_guard") is not None
    yield
    _watch.gui_guarded = False
    assert not _watch.blocking, "\n".join(_watch.blocking)
