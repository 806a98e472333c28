"""R1 over the network: client and server are killed at random points while a customer writes."""

import logging
import random
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from supportdesk.backends.base import Backend
from supportdesk.desk.store.address import Address
from tests.chaos.counting import Count, counted, held
from tests.chaos.customer import acknowledged, in_peace, work
from tests.chaos.flaky import KeyMadeAnew
from tests.chaos.kill import forget_keys
from tests.chaos.lives import fork, kill_after, wait_for
from tests.chaos.practice import Practice, warm
from tests.chaos.remote_place import Place, by_chance, databases
from tests.chaos.vendor import seal_quickly
from tests.support.fault_proxy import Fault

_LONGEST_LIFE_S = 0.8
_KILLED_EARLY = 0.15
"""Share of lives that may end before they have begun to work."""
_SERVER_KILLED = 0.5
"""Share of the client's lives in which the server is killed as well."""
_FAULTY = (0.12, 0.18)
"""Share of requests; more in controls, which are short and have to find something."""
_FAULTS = tuple(fault for fault in Fault if fault is not Fault.NONE)
_CONTROL_SHARE = 0.15
_LEAST_CONTROL = 16


def run(kills: int, seed: int) -> bool:
    """`kills` in all, on all kinds of database; the controls' come on top."""
    logging.disable(logging.ERROR)  # a server that is killed and a network that fails have much to say
    warm()
    good = True
    with tempfile.TemporaryDirectory(prefix="chaos-") as name, databases(Path(name)) as kinds:
        for kind, make in kinds:
            good = _on(kind, make, Path(name) / kind, kills // len(kinds), seed) and good
    return good


def _on(kind: str, make: Callable[[], Address], folder: Path, kills: int, seed: int) -> bool:
    real = _campaign(folder / "real", make(), "", kills, seed)
    print(f"   {kind}: {real.kills} kills, {real}", flush=True)
    good = real.acknowledged >= kills // 2 and real.is_whole
    for control, words in (
        ("client", "key made anew for each attempt"),
        ("server", "server that ignores the key"),
    ):
        least = max(_LEAST_CONTROL, int(kills * _CONTROL_SHARE))
        found = _campaign(folder / control, make(), control, least, seed)
        print(f"   {kind}, control, {words}: {found.kills} kills, {found}", flush=True)
        good = good and found.doubled > 0
    return good


def _campaign(folder: Path, database: Address, control: str, kills: int, seed: int) -> Count:
    dice = random.Random(f"{seed}{control}")
    folder.mkdir(parents=True)
    place = Place(
        folder,
        database,
        by_chance(seed, _FAULTY[bool(control)], _FAULTS),
        before_serving=partial(_prepare, control),
    )
    try:
        place.peace(True)
        in_peace(partial(_practice, place, control), place.query)  # signs in
        place.peace(False)
        killed = life = 0
        while killed < kills:
            life += 1
            killed += _one_life(place, control, seed + life, dice)
        place.peace(True)
        in_peace(partial(_practice, place, control), place.query)
        return counted(acknowledged(folder), held(place.query), place.content, killed)
    finally:
        place.close()


def _one_life(place: Place, control: str, seed: int, dice: random.Random) -> int:
    """How many were killed in it."""
    ready = place.folder / f"ready-{seed}"
    child = fork(partial(_live, place, control, seed, ready))
    if dice.random() > _KILLED_EARLY:
        wait_for(ready)
    killed = 0
    if dice.random() < _SERVER_KILLED:
        time.sleep(dice.uniform(0.01, _LONGEST_LIFE_S / 2))
        place.kill_server()
        place.start_server()
        killed = 1
    return killed + kill_after(child, dice.uniform(0.01, _LONGEST_LIFE_S))


def _live(place: Place, control: str, seed: int, ready: Path) -> None:
    """Until it is killed."""
    work(_practice(place, control), seed, ready=ready, alone=bool(control))


def _practice(place: Place, control: str) -> Practice:
    wrap = KeyMadeAnew if control == "client" else _unchanged
    return Practice(place.folder, wrap, opened=place.backend)


def _unchanged(backend: Backend) -> Backend:
    return backend


def _prepare(control: str) -> None:
    seal_quickly(here=True)
    if control == "server":
        forget_keys()
