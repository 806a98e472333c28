"""R1 over the network: client and server are killed at random points while tickets with files are sent."""

import logging
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from supportdesk.backends.base import Backend
from supportdesk.desk.store.address import Address
from supportdesk.domain.projections import OutboxState
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
        in_peace(partial(_practice, place, control))  # signs in
        place.peace(False)
        killed = life = 0
        while killed < kills:
            life += 1
            killed += _one_life(place, control, seed + life, dice)
        place.peace(True)
        in_peace(partial(_practice, place, control))
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
    work(_practice(place, control), seed, ready=ready, replies=not control)


def work(
    practice: Practice, seed: int, *, ready: Path, until: Path | None = None, replies: bool = True
) -> None:
    """Writes as long as little waits: until it is killed, or `until` is there."""
    dice = random.Random(f"{seed}live")
    account_id = practice.start()
    acknowledged = Acknowledged(str(practice.folder / "acknowledged"))
    while until is None or not until.exists():
        waiting = practice.store.read(lambda reader: reader.outbox(account_id)).result()
        if len(waiting) < _WAITING_AT_MOST:
            write_something(practice, account_id, acknowledged, dice, replies=replies)
            ready.touch()
        else:
            time.sleep(0.002)
    practice.close()


def in_peace(make: Callable[[], Practice]) -> None:
    """One life in which everything arrives; what is refused is told, and counts as lost."""

    def life() -> None:
        practice = make()
        account_id = practice.start()
        end = time.monotonic() + _LAST_S
        while True:
            state = practice.sync.once(account_id, _LAST_S).result(2 * _LAST_S)
            left = practice.store.read(lambda reader: reader.outbox(account_id)).result()
            waiting = [each for each in left if each.state is not OutboxState.NEEDS_USER]
            if not waiting or time.monotonic() > end:
                break
        practice.close()
        if waiting:
            raise RuntimeError(f"{len(waiting)} still waiting at the end: {state} {waiting[0]}")
        for reason, number in Counter(each.reason for each in left).items():
            print(f"   {number} refused: {reason}", flush=True)

    if not finish(fork(life)):
        raise RuntimeError("a life in peace failed")


def _practice(place: Place, control: str) -> Practice:
    wrap = KeyMadeAnew if control == "client" else _unchanged
    return Practice(place.folder, wrap, opened=place.backend)


def _unchanged(backend: Backend) -> Backend:
    return backend


def _nothing() -> None:
    pass
