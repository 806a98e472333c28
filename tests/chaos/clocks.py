"""R10 over the network: the clocks of client and server are days apart and jump while a customer writes."""

import logging
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from supportdesk.desk.store.address import Address
from tests.chaos.counting import counted, held
from tests.chaos.customer import acknowledged, in_peace, work
from tests.chaos.lives import finish, fork
from tests.chaos.practice import Practice, warm
from tests.chaos.remote_place import Place, by_chance, databases
from tests.chaos.vendor import seal_quickly
from tests.support.clocks import WildClock
from tests.support.fault_proxy import QUICK_FAULTS

_STEP_S = 0.35
_FAULTY = 0.12
_REST_S = 3.0
_REST_REQUESTS = 30
"""More than this, while there is nothing to do, would be a storm."""


def run(jumps: int, seed: int) -> bool:
    """`jumps` of each of both clocks, on each kind of database."""
    logging.disable(logging.ERROR)  # a network that fails has much to say
    warm()
    good = True
    with tempfile.TemporaryDirectory(prefix="chaos-") as name, databases(Path(name)) as kinds:
        for kind, make in kinds:
            good = _on(kind, make, Path(name) / kind, jumps, seed) and good
    return good


def _on(kind: str, make: Callable[[], Address], folder: Path, jumps: int, seed: int) -> bool:
    folder.mkdir()
    server = WildClock(f"server {seed}", _STEP_S)
    place = Place(
        folder, make(), by_chance(seed, _FAULTY, QUICK_FAULTS), before_serving=partial(_prepare, server)
    )
    try:
        place.peace(True)
        in_peace(partial(_practice, place, seed), place.query)  # signs in
        place.peace(False)
        _write_while_clocks_jump(place, jumps, seed)
        place.peace(True)
        in_peace(partial(_practice, place, seed), place.query)
        requests = _at_rest(place, seed)
        found = counted(acknowledged(folder), held(place.query), place.content)
    finally:
        place.close()
    print(
        f"   {kind}: {jumps} jumps of each clock by up to 30 days, {found},"
        f" {requests} requests in {_REST_S:.0f} s without work",
        flush=True,
    )
    return found.is_whole and found.acknowledged >= jumps // 2 and requests <= _REST_REQUESTS


def _prepare(clock: WildClock) -> None:
    seal_quickly()
    clock.install()


def _write_while_clocks_jump(place: Place, jumps: int, seed: int) -> None:
    stop = place.folder / "stop"
    ready = place.folder / "ready"
    child = fork(lambda: work(_practice(place, seed), seed, ready=ready, until=stop))
    time.sleep(jumps * _STEP_S)
    stop.touch()
    if not finish(child):
        raise RuntimeError("the client failed")


def _at_rest(place: Place, seed: int) -> int:
    """How often the client asks when nothing is to be sent."""

    def life() -> None:
        practice = _practice(place, seed)
        account_id = practice.start()
        practice.sync.once(account_id, 30).result(60)
        (place.folder / "rests").write_text(str(len(place.journal())), "ascii")
        time.sleep(_REST_S)
        practice.close()

    if not finish(fork(life)):
        raise RuntimeError("the client failed")
    return len(place.journal()) - int((place.folder / "rests").read_text("ascii"))


def _practice(place: Place, seed: int) -> Practice:
    """On a computer with a clock of its own."""
    WildClock(f"client {seed}", _STEP_S).install()
    return Practice(place.folder, opened=place.backend)
