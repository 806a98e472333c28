"""R1 over the network: client and server are killed at random points while tickets with files are sent."""

import logging
import random
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from supportdesk.backends.base import Backend
from supportdesk.desk.address import Address
from tests.chaos.flaky import KeyMadeAnew
from tests.chaos.kill import Count, counted, forget_keys, truth, write_something
from tests.chaos.lives import Acknowledged, finish, fork, kill_after, wait_for
from tests.chaos.practice import Practice, warm
from tests.chaos.remote_place import Place, by_chance, databases
from tests.support.fault_proxy import Fault

_LONGEST_LIFE_S = 0.8
_KILLED_EARLY = 0.15
"""Share of lives that may end before they have begun to work."""
_SERVER_KILLED = 0.5
"""Share of the client's lives in which the server is killed as well."""
_FAULTY = 0.12
_FAULTS = tuple(fault for fault in Fault if fault is not Fault.NONE)
_CONTROL_SHARE = 0.15
_LEAST_CONTROL = 16
_WAITING_AT_MOST = 8
_LAST_S = 60.0


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
    print(
        f"   {kind}: {real.kills} kills, {real.acknowledged} acknowledged: {real.lost} lost,"
        f" {real.doubled} doubled, {real.damaged} with other bytes",
        flush=True,
    )
    good = real.acknowledged >= kills // 2 and (real.lost, real.doubled, real.damaged) == (0, 0, 0)
    for control, words in (
        ("client", "key made anew for each attempt"),
        ("server", "server that ignores the key"),
    ):
        least = max(_LEAST_CONTROL, int(kills * _CONTROL_SHARE))
        found = _campaign(folder / control, make(), control, least, seed)
        print(
            f"   {kind}, control, {words}: {found.kills} kills, {found.acknowledged} acknowledged,"
            f" {found.doubled} doubled",
            flush=True,
        )
        good = good and found.doubled > 0
    return good


def _campaign(folder: Path, database: Address, control: str, kills: int, seed: int) -> Count:
    dice = random.Random(f"{seed}{control}")
    folder.mkdir(parents=True)
    place = Place(
        folder,
        database,
        by_chance(seed, _FAULTY, _FAULTS),
        before_serving=forget_keys if control == "server" else _nothing,
    )
    try:
        place.peace(True)
        _in_peace(place, control)  # signs in
        place.peace(False)
        killed = life = 0
        while killed < kills:
            life += 1
            killed += _one_life(place, control, seed + life, dice)
        place.peace(True)
        _in_peace(place, control)
        return counted(Acknowledged(str(folder / "acknowledged")), truth(place.query), place.content, killed)
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
    dice = random.Random(f"{seed}live")
    practice = _practice(place, control)
    account_id = practice.start()
    acknowledged = Acknowledged(str(place.folder / "acknowledged"))
    while True:
        waiting = practice.store.read(lambda reader: reader.outbox(account_id)).result()
        if len(waiting) < _WAITING_AT_MOST:
            write_something(practice, account_id, acknowledged, dice, replies=not control)
            ready.touch()
        else:
            time.sleep(0.002)


def _in_peace(place: Place, control: str) -> None:
    """One life in which everything arrives."""

    def life() -> None:
        practice = _practice(place, control)
        account_id = practice.start()
        state = practice.sync.once(account_id, _LAST_S).result(2 * _LAST_S)
        waiting = practice.store.read(lambda reader: reader.outbox(account_id)).result()
        practice.close()
        if waiting:
            raise RuntimeError(f"{len(waiting)} still waiting at the end: {state} {waiting[0]}")

    if not finish(fork(life)):
        raise RuntimeError("a life in peace failed")


def _practice(place: Place, control: str) -> Practice:
    wrap = KeyMadeAnew if control == "client" else _unchanged
    return Practice(place.folder, wrap, opened=place.backend)


def _unchanged(backend: Backend) -> Backend:
    return backend


def _nothing() -> None:
    pass
