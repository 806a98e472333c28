"""How long the window stands still at the most while a server answers as none should."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import msgspec
from PySide6.QtCore import QEventLoop, Qt, QTimer

from supportdesk import bootstrap, clock
from supportdesk.app.accounts import Accounts
from supportdesk.app.screens import Route
from supportdesk.app.settings import LAST_ACCOUNT
from supportdesk.domain.commands import Command, CreateTicket
from supportdesk.domain.profile import BackendAddress
from supportdesk.domain.projections import Account, Link
from supportdesk.domain.session import Session
from tests.bench.measure import Line, Series
from tests.bench.world import PROFILE
from tests.support import facts
from tests.support.app import Desktop, running_app
from tests.support.hostile_server import Harm, HostileServer, hostile_server

_WINDOW_MS = 2_000
_ALLOWED_MS = 100.0
_ACCOUNT = msgspec.structs.replace(facts.ACCOUNT, id="hostile/jana", profile_id="hostile")


def lines(folder: Path, repeats: int) -> list[Line]:
    gaps: dict[Harm, list[float]] = {harm: [] for harm in Harm}
    with hostile_server() as server, _list_on_screen(folder, server) as desktop:
        commands = []
        for _turn in range(repeats):
            for harm, found in gaps.items():
                server.turn(harm, "/changes")
                commands.append(_send(desktop))
                found.append(_longest_gap_ms(desktop))
                if not server.met():
                    message = f"nobody met {harm.value}"
                    raise RuntimeError(message)
        server.turn(Harm.NONE)
        desktop.workspace.sync.once(_ACCOUNT.id, 60).result(90)
        _look_for(commands, server)
    floor = Series(tuple(gaps.pop(Harm.NONE)))
    return [
        Line(
            "hostile server: longest gap of the GUI thread",
            harm.value,
            "ms",
            Series(tuple(found)),
            floor,
            quantile=1.0,
            most=_ALLOWED_MS,
        )
        for harm, found in gaps.items()
    ]


@contextmanager
def _list_on_screen(folder: Path, server: HostileServer) -> Iterator[Desktop]:
    """Of somebody whose sign-in was kept."""
    profile = msgspec.structs.replace(
        PROFILE, id=_ACCOUNT.profile_id, backend=BackendAddress(kind="rest", address=server.address)
    )
    before = bootstrap.open_workspace(folder, lambda job: job())
    before.workspace.vendors.keep(profile)
    before.workspace.write(lambda writer: writer.put_account(_ACCOUNT)).result()
    before.workspace.settings.set(LAST_ACCOUNT, _ACCOUNT.id)
    before.close()

    async def kept(_self: Accounts, account: Account) -> Session:
        return Session(account.user, "token")

    with patch.object(Accounts, "_session", kept), running_app(folder) as desktop:
        desktop.wait(lambda: desktop.application.stage.shown is not None, "the account is shown")
        sync = desktop.workspace.sync
        desktop.wait(lambda: sync.state(_ACCOUNT.id).link is Link.ONLINE, "the server has answered")
        desktop.window.go(Route("tickets"))
        desktop.settle()
        yield desktop


def _send(desktop: Desktop) -> Command:
    command = Command(clock.uuid7(), clock.now(), CreateTicket("Printer", "It prints nothing."))
    desktop.workspace.write(lambda writer: writer.send(None, _ACCOUNT.id, command)).result()
    return command


def _longest_gap_ms(desktop: Desktop) -> float:
    """Between two beats of a timer that is due each millisecond, while the server is asked twice."""
    loop, beats = QEventLoop(), QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
    began = last = time.perf_counter()
    longest = 0.0
    asked = 0

    def beat() -> None:
        nonlocal last, longest, asked
        moment = time.perf_counter()
        longest, last = max(longest, moment - last), moment
        passed_ms = (moment - began) * 1000
        if passed_ms >= asked * _WINDOW_MS / 2 and asked < 2:
            asked += 1
            desktop.workspace.sync.kick(_ACCOUNT.id)
        if passed_ms > _WINDOW_MS:
            loop.quit()

    beats.timeout.connect(beat)
    beats.start()
    loop.exec()
    beats.stop()
    return longest * 1000


def _look_for(commands: list[Command], server: HostileServer) -> None:
    """Nothing was lost meanwhile, nothing came with other words."""
    accepted = server.accepted()
    as_written = all(len(set(sent)) == 1 for sent in accepted.values())
    if set(accepted) != {each.id for each in commands} or not as_written:
        message = f"{len(commands)} were written, {len(accepted)} have arrived"
        raise RuntimeError(message)
