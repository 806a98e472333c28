"""R1: app and embedded desk are killed at random points while a customer writes whatever can be written."""

import random
import tempfile
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from supportdesk.backends.base import Backend
from supportdesk.clock import uuid7
from supportdesk.domain.commands import Receipt
from tests.chaos.counting import Count, counted, held
from tests.chaos.customer import acknowledged, in_peace, keep_matters, work
from tests.chaos.flaky import BadNetwork, KeyMadeAnew
from tests.chaos.lives import finish, fork, kill_after, wait_for
from tests.chaos.practice import PROFILE, Practice, desk_file, desk_query, warm
from tests.chaos.vendor import furnish, seal_quickly

_LONGEST_LIFE_S = 0.45
_KILLED_EARLY = 0.25
"""Share of lives that may end before they have begun to work."""
_CONTROL_SHARE = 0.2
_LOST_ANSWERS = (0.08, 0.25)
"""Share of all; more in controls, which are short and have to find something."""
_DOCUMENTS = 20
"""Besides one for each kill."""


def run(kills: int, seed: int) -> bool:
    warm()
    controls = max(40, int(kills * _CONTROL_SHARE))
    real = _campaign("", kills, seed)
    print(f"   {real.kills} kills, {real}", flush=True)
    good = real.acknowledged >= kills // 2 and real.is_whole
    for control, words in (
        ("client", "key made anew for each attempt"),
        ("desk", "desk that ignores the key"),
    ):
        found = _campaign(control, controls, seed)
        print(f"   control, {words}: {found.kills} kills, {found}", flush=True)
        good = good and found.doubled > 0
    return good


def _campaign(control: str, kills: int, seed: int) -> Count:
    dice = random.Random(f"{seed}{control}")
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        folder = Path(name)
        if not finish(fork(partial(_furnish, folder, _DOCUMENTS + kills))):
            raise RuntimeError("the desk could not be made")
        in_peace(partial(_practice, folder, control, None), partial(desk_query, folder))  # signs in
        killed = 0
        for life in range(kills):
            ready = folder / f"ready-{life}"
            child = fork(partial(_live, folder, control, seed + life, ready))
            if dice.random() > _KILLED_EARLY:
                wait_for(ready)
            killed += kill_after(child, dice.uniform(0.01, _LONGEST_LIFE_S))
        in_peace(partial(_practice, folder, control, None), partial(desk_query, folder))
        there = held(partial(desk_query, folder))
        return counted(acknowledged(folder), there, partial(desk_file, folder), killed)


def _furnish(folder: Path, documents: int) -> None:
    keep_matters(folder, furnish(PROFILE, folder / "desk", folder / "desk" / "files", documents))


def _live(folder: Path, control: str, seed: int, ready: Path) -> None:
    """Until it is killed."""
    practice = _practice(folder, control, random.Random(f"{seed}network"))
    work(practice, seed, ready=ready, alone=bool(control))


def _practice(folder: Path, control: str, dice: random.Random | None) -> Practice:
    """Without dice the network is good."""
    seal_quickly(here=True)
    if control == "desk":
        forget_keys()
    return Practice(folder, partial(_network, control=control, dice=dice))


def _network(backend: Backend, control: str, dice: random.Random | None) -> Backend:
    if control == "client":
        backend = KeyMadeAnew(backend)
    if dice is None:
        return backend
    return BadNetwork(backend, dice, _LOST_ANSWERS[bool(control)])


def forget_keys() -> None:
    """Control: a desk that gives each request a new identity, whatever key it carries."""
    from supportdesk.desk.conversations import intake

    take = intake.take

    def forgetful(connection, actor, asked, moment):  # type: ignore[no-untyped-def]
        receipt: Receipt = take(connection, actor, replace(asked, id=uuid7()), moment)
        return replace(receipt, command_id=asked.id)

    intake.take = forgetful
