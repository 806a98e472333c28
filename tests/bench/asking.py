"""From the question of a list's presenter to its state, without a window."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

import msgspec

from supportdesk.app.workspace import Workspace
from tests.bench.measure import Line, in_turn, timed
from tests.bench.world import ACCOUNT
from tests.support.workspace import Loop, running

Q = TypeVar("Q")


class _Asked(Protocol):
    """A presenter whose state has a `query` and says when it is `loaded`."""

    state: Any

    def replace(self, state: Any) -> None: ...

    def refresh(self) -> None: ...

    def close(self) -> None: ...


def answered(
    group: str,
    folder: Path,
    presented: Callable[[Workspace, str], _Asked],
    queries: Mapping[str, Q],
    floor: Callable[[Q], object],
    repeats: int,
) -> list[Line]:
    """A line for each query, `floor` being its SQL alone."""
    loop, found = Loop(), []
    with running(folder, loop) as opened:
        for name, query in queries.items():
            presenter = presented(opened.workspace, ACCOUNT.id)
            ours = timed(partial(_ask, presenter, loop, query))
            mine, theirs = in_turn(repeats, ours, timed(partial(floor, query)))
            presenter.close()
            found.append(Line(f"{group}: question to answer", name, "ms", mine, theirs, most_times=2))
    return found


def _ask(presenter: _Asked, loop: Loop, query: object) -> None:
    presenter.replace(msgspec.structs.replace(presenter.state, query=query, loaded=False))
    presenter.refresh()
    loop.drain(lambda: presenter.state.loaded)
