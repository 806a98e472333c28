"""From the call of the program to its first window, and what it holds in memory at Home."""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec

from supportdesk import bootstrap, clock
from supportdesk.app.settings import LAST_ACCOUNT
from supportdesk.domain.commands import Command, CreateTicket
from supportdesk.domain.profile import BackendAddress
from supportdesk.domain.projections import OutboxState
from supportdesk.replica.store import Store
from supportdesk.replica.writer import Writer
from tests.bench.measure import Line, Series
from tests.bench.world import ACCOUNT, PROFILE, furnish

_TIMEOUT_S = 60.0
_WAITING = 500
_OFFLINE_MS = 2000.0
_NOWHERE = msgspec.structs.replace(
    PROFILE, id="nowhere", backend=BackendAddress(kind="rest", address="http://127.0.0.1:9")
)
"""A vendor at an address where nobody listens."""
_AWAY = msgspec.structs.replace(ACCOUNT, id="nowhere/jana", profile_id=_NOWHERE.id)
_SETTLING_S = 2.0
_PAINTED = Path(__file__).with_name("painted.py")
_ROOT = Path(__file__).resolve().parent.parent.parent


def lines(folder: Path, repeats: int) -> list[Line]:
    """`folder` is empty; it becomes the data folders of what is started."""
    new, demo, offline = folder / "new", folder / "demo", folder / "offline"
    bootstrap.open_workspace(new, lambda job: job()).close()
    _make_demo(demo)
    _make_offline(offline)
    found = _start_lines(new, demo, offline, repeats)
    _look_at_what_waits(offline)
    return [*found, *_memory_lines(new, demo, max(1, repeats // 5))]


def _start_lines(new: Path, demo: Path, offline: Path, repeats: int) -> list[Line]:
    cases = [("bare", new), ("login", new), ("home", demo), ("home-offline", offline)]
    bare, login, home, away = _in_turn(repeats, [partial(_start, *case) for case in cases])
    wanted = (
        ("first window painted: the sign-in with its vendors", login, (1.5, None)),
        ("Home painted (one account)", home, (None, None)),
        (f"Home painted, no network, {_WAITING} reports wait to be sent", away, (None, _OFFLINE_MS)),
    )
    return [
        Line("start", f"{name}, {clock}", "ms", each[place], bare[place], most_times=times, most=most)
        for name, each, (times, most) in wanted
        for place, clock in enumerate(("wall clock", "CPU"))
    ]


def _in_turn(repeats: int, samples: list[Callable[[], tuple[float, float]]]) -> list[tuple[Series, Series]]:
    values: list[list[tuple[float, float]]] = [[] for _sample in samples]
    for turn in range(repeats + 1):
        for place, sample in enumerate(samples):
            pair = sample()
            if turn:  # the first round warms the file cache
                values[place].append(pair)
    return [
        (Series(tuple(wall for wall, _cpu in each)), Series(tuple(cpu for _wall, cpu in each)))
        for each in values
    ]


def _start(what: str, folder: Path) -> tuple[float, float]:
    """Milliseconds of wall clock and of CPU until painted."""
    began = time.monotonic()
    done = subprocess.run(
        _command(what, folder),
        env=_environment(),
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=False,
    )
    return _told(done.stdout, done.stderr, began)


def _told(line: str, errors: str, began: float) -> tuple[float, float]:
    parts = line.split()
    if len(parts) != 2:
        message = f"nothing was painted: {errors[-2000:]}"
        raise RuntimeError(message)
    return (float(parts[0]) - began) * 1000, float(parts[1]) * 1000


def _memory_lines(new: Path, demo: Path, repeats: int) -> list[Line]:
    values: dict[str, list[dict[str, float]]] = {"bare": [], "home": [], "home-alone": []}
    for _turn in range(repeats):
        for what, kept in values.items():
            kept.append(_memory_mib(what, new if what == "bare" else demo))
    names = {"home": "Home, the demo's desk in the same process", "home-alone": "Home, without a desk in it"}
    return [
        Line(
            "memory",
            f"{name}, {kind}",
            "MiB",
            Series(tuple(each[kind] for each in values[what])),
            Series(tuple(each[kind] for each in values["bare"])),
            most_times=1.5,
        )
        for what, name in names.items()
        for kind in ("RSS", "PSS")
    ]


def _memory_mib(what: str, folder: Path) -> dict[str, float]:
    with _staying(what, folder) as process_id:
        time.sleep(_SETTLING_S)
        text = Path(f"/proc/{process_id}/smaps_rollup").read_text()
    return {
        name: int(re.search(rf"^{key}:\s+(\d+) kB", text, re.MULTILINE).group(1)) / 1024  # type: ignore[union-attr]
        for name, key in (("RSS", "Rss"), ("PSS", "Pss"))
    }


@contextmanager
def _staying(what: str, folder: Path) -> Iterator[int]:
    process = subprocess.Popen(
        [*_command(what, folder), "stay"],
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        _told(process.stdout.readline(), "", 0)
        yield process.pid
    finally:
        process.terminate()
        process.communicate(timeout=_TIMEOUT_S)


def _make_demo(folder: Path) -> None:
    """Somebody uses the demo: signed in, synchronised, and Home is what the next start shows."""
    running = bootstrap.open_workspace(folder, lambda job: job())
    try:
        account = running.accounts.demo("practice").result(_TIMEOUT_S)
        running.workspace.sync.once(account.id, _TIMEOUT_S).result(_TIMEOUT_S)
        running.workspace.settings.set(LAST_ACCOUNT, account.id)
    finally:
        running.close()


def _make_offline(folder: Path) -> None:
    """A day without network is over, and there is none yet: all that was written waits."""
    furnish(folder, _WAITING, _AWAY)
    commands = [
        Command(clock.uuid7(), clock.now(), CreateTicket(f"Report {number}", "It prints nothing."))
        for number in range(_WAITING)
    ]

    def send_all(writer: Writer) -> None:
        for command in commands:
            writer.send(None, _AWAY.id, command)

    running = bootstrap.open_workspace(folder, lambda job: job())
    try:
        running.workspace.vendors.keep(_NOWHERE)
        running.workspace.write(send_all).result(_TIMEOUT_S)
        running.workspace.settings.set(LAST_ACCOUNT, _AWAY.id)
    finally:
        running.close()


def _look_at_what_waits(folder: Path) -> None:
    """Else another start was measured than the one that is meant."""
    store = Store.open(folder)
    try:
        left = store.read(lambda reader: reader.unfinished(_AWAY.id)).result()
    finally:
        store.close()
    if len(left) != _WAITING or any(each.state != OutboxState.QUEUED for each in left):
        message = f"{len(left)} reports wait: {Counter(each.state for each in left)}"
        raise RuntimeError(message)


def _command(what: str, folder: Path) -> list[str]:
    return [sys.executable, str(_PAINTED), what, str(folder)]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(_ROOT)}
