"""R4: the application is killed while somebody types. At most the last second may be missing."""

import random
import tempfile
import time
from functools import partial
from pathlib import Path

from supportdesk.app.composer import Composer
from supportdesk.app.jobs import Jobs
from supportdesk.app.secrets import Secrets
from supportdesk.app.settings import Settings
from supportdesk.app.vendors import Vendors
from supportdesk.app.workspace import Workspace
from supportdesk.domain.capabilities import Limits
from supportdesk.lanes import Lane
from supportdesk.replica.store import Store
from tests.chaos.lives import Acknowledged, finish, fork, kill_after
from tests.chaos.practice import Practice, warm

_PROMISE_S = 1.0
_KEY_S = 0.02
_KEEP_S = 0.4
"""The window keeps a draft this long after the first key since the last time (KEEP_MS of the reply box)."""


def run(kills: int, seed: int) -> bool:
    warm()
    dice = random.Random(seed)
    losses: list[float] = []
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        folder = Path(name)
        if not finish(fork(partial(_first_life, folder))):
            raise RuntimeError("the first life failed")
        for life in range(kills):
            typed = Acknowledged(str(folder / f"typed-{life}"))
            child = fork(partial(_type, folder, typed, f"reply:{life}"))
            kill_after(child, dice.uniform(0.4, 2.2))
            losses.append(_lost_s(folder, typed, f"reply:{life}", time.monotonic()))
    print(f"   {kills} kills, longest loss {max(losses):.2f} s, mean {sum(losses) / len(losses):.2f} s")
    return max(losses) <= _PROMISE_S


def _first_life(folder: Path) -> None:
    practice = Practice(folder)
    practice.start()
    practice.close()


def _type(folder: Path, typed: Acknowledged, kind: str) -> None:
    """Keys at the pace of a fast typist, without a pause; the composer is told to keep as the window does."""
    practice = Practice(folder)
    account_id = practice.start()
    deliveries: list[object] = []
    workspace = Workspace(
        practice.store,
        practice.blobs,
        practice.sync,
        Settings(folder / "settings.json", Lane("cpu")),
        Vendors(folder / "profiles"),
        Secrets(),
        Lane("cpu"),
        Jobs(deliveries.append),
    )
    composer = Composer(workspace, lambda _state: None)
    composer.open(account_id, kind, "chaos", Limits())
    text = ""
    keep_at = 0.0
    while True:
        text += "x"
        composer.write(text)
        typed.say(f"{time.monotonic()} {len(text)}")
        keep_at = keep_at or time.monotonic() + _KEEP_S
        if time.monotonic() >= keep_at:
            composer.keep()
            keep_at = 0.0
        while deliveries:
            deliveries.pop(0)()  # type: ignore[operator]
        time.sleep(_KEY_S)


def _lost_s(folder: Path, typed: Acknowledged, kind: str, killed_at: float) -> float:
    """For how long before its end everything that was typed is missing."""
    store = Store.open(folder / "data")
    try:
        drafts = [
            draft for draft in store.read(lambda reader: reader.drafts(None)).result() if draft.kind == kind
        ]
    finally:
        store.close()
    kept = drafts[0].content.count(b"x") - b"text".count(b"x") if drafts else 0
    missing = [float(moment) for moment, length in map(str.split, typed.lines()) if int(length) > kept]
    return killed_at - missing[0] if missing else 0.0
