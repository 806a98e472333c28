"""The program's own window on a furnished data folder, and its screens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from supportdesk.app.settings import LAST_ACCOUNT
from supportdesk.ui.screen import Screen
from tests.bench.eye import Eye, Took, clocked
from tests.bench.world import ACCOUNT, Delivery, answered_by
from tests.support.app import Desktop, running_app

S = TypeVar("S", bound=Screen)


@contextmanager
def window_on(folder: Path, width: int = 1280, height: int = 800) -> Iterator[Desktop]:
    """`ACCOUNT` is signed in; nothing comes from its vendor."""
    (folder / "settings.json").write_bytes(msgspec.json.encode({LAST_ACCOUNT.key: ACCOUNT.id}))
    with answered_by(Delivery()), running_app(folder) as desktop:
        desktop.wait(lambda: desktop.application.stage.shown is not None, "the account is shown")
        desktop.window.resize(width, height)
        yield desktop


def screen_of(desktop: Desktop, kind: type[S]) -> S:
    screen = desktop.window.findChild(kind)
    assert screen is not None
    return screen


def opened_anew(
    desktop: Desktop,
    eye: Eye,
    make: Callable[[], S],
    is_loaded: Callable[[S], bool],
    floor: Callable[[], object],
    turns: int,
) -> tuple[list[Took], list[Took]]:
    """The first visit of a screen, with making its widgets; the first turn does not count."""
    stack = desktop.window.stack
    before = stack.shown
    assert before is not None
    mine, theirs = [], []
    for _turn in range(turns + 1):
        made: list[S] = []

        def open_(made: list[S] = made) -> None:
            made.append(make())
            stack.addWidget(made[0])
            stack.setCurrentWidget(made[0])

        def is_there(made: list[S] = made) -> bool:
            return bool(made) and is_loaded(made[0])

        mine.append(eye.wait(open_, is_there))
        theirs.append(clocked(floor))
        stack.setCurrentWidget(before)
        stack.removeWidget(made[0])
        made[0].end()
        made[0].deleteLater()
        desktop.settle()
    return mine[1:], theirs[1:]
