"""`python -m tests.support.dying_sealer DESK POINT`: seals what waits there, and is killed at that point."""

import os
import signal
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from supportdesk.clock import now
from supportdesk.desk.conversations import sealing
from supportdesk.desk.store.database import opened
from supportdesk.desk.store.files import Files
from supportdesk.pdf import sealing as pades

POINTS = ("claimed", "filled", "kept", "recording", "recorded")


def main(folder: Path, point: str) -> None:
    _dies_within(point)
    files = Files(folder / "files")
    with closing(opened(folder)) as connection:
        signed = sealing.claim_due(connection, now())
        assert signed is not None
        _passes(point, "claimed")
        made = sealing.seal(signed, files)
        _passes(point, "kept")
        sealing.record(connection, files.whole, signed, made, now())
        _passes(point, "recorded")


def _dies_within(point: str) -> None:
    within: dict[str, tuple[Any, str]] = {"filled": (pades, "seal"), "recording": (sealing, "_audit")}
    if point in within:
        setattr(*within[point], _killed)


def _passes(point: str, here: str) -> None:
    if point == here:
        _killed()


def _killed(*_arguments: object, **_named: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
