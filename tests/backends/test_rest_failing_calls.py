"""System calls of the server fail, and its disk is full, while somebody sends over the network."""

import errno
import hashlib
import os
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from supportdesk.domain.commands import CreateTicket
from supportdesk.domain.errors import BackendUnreachable
from supportdesk.domain.projections import Link, OutboxState
from supportdesk.server import problems
from tests.support.machine import Machine, machine
from tests.support.rest_world import RestWorld, rest_world

ERRORS = (errno.EIO, errno.ENOSPC, errno.EMFILE, errno.EACCES)
CALLS = ("fsync", "replace", "mkdir", "open")
_MOST_CALLS = 12
"""More than one upload makes of each."""


@pytest.fixture
def here(world: RestWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    monkeypatch.setattr(problems, "_RETRY_AFTER_S", range(1))  # nobody needs a pause here
    with machine(world, tmp_path / "a") as here:
        here.start()
        assert here.rest() is Link.ONLINE
        yield here


@pytest.fixture
def world(tmp_path: Path) -> Iterator[RestWorld]:
    with rest_world(tmp_path / "server") as world:
        yield world


class FailingCall:
    """The call that is due on a thread of the desk fails, once."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self._real = real
        self.due = -1
        self.error = 0

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        if threading.current_thread().name.startswith("desk"):
            self.due -= 1
            if self.due == 0:
                raise OSError(self.error, os.strerror(self.error))
        return self._real(*arguments, **named)


@pytest.mark.second_stage
@pytest.mark.timeout(240)
@pytest.mark.parametrize("name", CALLS)
def test_whichever_call_of_the_server_fails_a_report_arrives_once_and_whole(
    here: Machine, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The first, the second and so on, each with each error; meanwhile the customer reads that it waits."""
    failing = FailingCall(getattr(os, name))
    monkeypatch.setattr(os, name, failing)
    dice, sent, failed = random.Random(3), {}, 0
    for error in ERRORS:
        for due in range(1, _MOST_CALLS):
            failing.due, failing.error = due, error
            content = dice.randbytes(3_000)
            file = here.file(content)
            (made,) = here.send(CreateTicket(f"{name} {error} {due}", "See there.", files=(file,)))
            here.until(lambda: here.delivery(made).state is OutboxState.SENT, 40)  # noqa: B023
            sent[made.id] = hashlib.sha256(content).hexdigest()
            failed += failing.due <= 0
            if failing.due > 0:
                break
    here.until(lambda: here.views().keys() == sent.keys(), 40)
    views = here.views()
    assert {id: view.attachments[0].sha256 for id, view in views.items()} == sent
    assert failed >= len(ERRORS)


def test_a_full_disk_of_the_server_is_told_and_nothing_is_lost(here: Machine, world: RestWorld) -> None:
    """What was taken stays, what is sent meanwhile waits with a reason, and goes when there is room."""
    before = here.send(CreateTicket("Before", "It smokes."))
    assert here.rest() is Link.ONLINE
    _limit_database(world, "1")
    meanwhile = here.send(*(CreateTicket(f"Long {number}", "x" * 15_000) for number in range(12)))
    told = [here.delivery(each) for each in meanwhile]

    def look() -> bool:
        told[:] = [here.delivery(each) for each in meanwhile]
        return any(each.reason for each in told)

    here.until(look)
    assert {each.error_code for each in told if each.reason} == {BackendUnreachable.code}
    assert not [each for each in told if each.state is OutboxState.NEEDS_USER]
    _limit_database(world, "1073741823")
    here.until(lambda: here.waiting() == 0)
    here.until(lambda: here.views().keys() == {each.id for each in (*before, *meanwhile)})


def _limit_database(world: RestWorld, pages: str) -> None:
    """It may not grow beyond what it has, or so many pages."""

    def limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    world.now_do(limit)
