"""R4: the application is killed while somebody types. At most the last second may be missing."""

import random
import re
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from supportdesk.app.composer import Composer
from supportdesk.app.draft_keeper import KEEP_MS
from supportdesk.app.jobs import Jobs
from supportdesk.app.order_form import OrderForm
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
_READY_S = 20.0
_TYPED = re.compile(rb"(\d+):(x+)")
"""In what is kept: the number of the life, and what was typed in it."""


def run(kills: int, seed: int) -> bool:
    warm()
    dice = random.Random(seed)
    losses: list[float] = []
    keys = [0, 0]
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        folder = Path(name)
        if not finish(fork(partial(_first_life, folder))):
            raise RuntimeError("the first life failed")
        for life in range(kills):
            typed = Acknowledged(str(folder / f"typed-{life}"))
            child = fork(partial(_type, folder, typed, life))
            kill_after(child, dice.uniform(0.4, 2.2))
            losses.append(_lost_s(folder, typed, life, time.monotonic()))
            keys[life % 2] += len(typed.lines())
    print(
        f"   {kills} kills, {keys[0]} keys in replies and {keys[1]} in orders:"
        f" longest loss {max(losses):.2f} s, mean {sum(losses) / len(losses):.2f} s"
    )
    return max(losses) <= _PROMISE_S and all(keys)


def _first_life(folder: Path) -> None:
    practice = Practice(folder)
    practice.start()
    practice.close()


def _type(folder: Path, typed: Acknowledged, life: int) -> None:
    """Keys at the pace of a fast typist, without a pause, in a reply or the note of an order."""
    practice = Practice(folder)
    account_id = practice.start()
    deliveries: list[Callable[[], None]] = []
    workspace = Workspace(
        practice.store,
        practice.blobs,
        practice.sync,
        Settings(folder / "settings.json", Lane("cpu")),
        Vendors(folder / "profiles"),
        Secrets(),
        Lane("cpu"),
        Lane("apart"),
        Jobs(deliveries.append),
    )
    write, keep = (_reply, _order)[life % 2](workspace, account_id, deliveries)
    text = f"{life}:"
    keep_at = 0.0
    while True:
        text += "x"
        write(text)
        typed.say(f"{time.monotonic()} {text.count('x')}")
        keep_at = keep_at or time.monotonic() + KEEP_MS / 1000
        if time.monotonic() >= keep_at:
            keep()
            keep_at = 0.0
        _deliver(deliveries)
        time.sleep(_KEY_S)


Typist = tuple[Callable[[str], None], Callable[[], None]]
"""What writes, and what keeps as the window does."""


def _reply(workspace: Workspace, account_id: str, _deliveries: list[Callable[[], None]]) -> Typist:
    composer = Composer(workspace, lambda _state: None)
    composer.open(account_id, "reply:chaos", "chaos", Limits())
    return composer.write, composer.keep


def _order(workspace: Workspace, account_id: str, deliveries: list[Callable[[], None]]) -> Typist:
    accounts = workspace.read(lambda reader: reader.accounts()).result(_READY_S)
    form = OrderForm(workspace, next(each for each in accounts if each.id == account_id))
    form.open()
    end = time.monotonic() + _READY_S
    while not form.state.ready and time.monotonic() < end:
        _deliver(deliveries)
        time.sleep(_KEY_S)
    return partial(form.say, "note"), form.keep


def _deliver(deliveries: list[Callable[[], None]]) -> None:
    while deliveries:
        deliveries.pop(0)()


def _lost_s(folder: Path, typed: Acknowledged, life: int, killed_at: float) -> float:
    """For how long before its end everything that was typed is missing."""
    store = Store.open(folder / "data")
    try:
        drafts = store.read(lambda reader: reader.drafts(None)).result()
    finally:
        store.close()
    found = (each for draft in drafts for each in _TYPED.findall(draft.content))
    kept = max((len(text) for of_life, text in found if int(of_life) == life), default=0)
    missing = [float(moment) for moment, length in map(str.split, typed.lines()) if int(length) > kept]
    return killed_at - missing[0] if missing else 0.0
