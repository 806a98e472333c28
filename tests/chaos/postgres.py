"""R1: PostgreSQL is killed with all its processes while a customer writes through the server."""

import logging
import random
import tempfile
import time
from functools import partial
from pathlib import Path

from supportdesk.desk.store.address import PostgresSchema
from supportdesk.server import problems
from tests.chaos.counting import Count, counted, held
from tests.chaos.customer import acknowledged, in_peace, work
from tests.chaos.kill import forget_keys
from tests.chaos.lives import finish, fork, wait_for
from tests.chaos.practice import Practice, warm
from tests.chaos.remote_place import Place, by_chance
from tests.chaos.vendor import seal_quickly
from tests.support.fault_proxy import Fault, nothing
from tests.support.postgres import Cluster, programs

_LONGEST_LIFE_S = 0.9
_CONTROL_SHARE = 0.2
_LEAST_CONTROL = 6
_CONTROL_FAULTY = 0.35
"""Few commands are sent in a control, and one of them has to be doubled."""
_RETRY_AFTER_S = range(1, 2)
"""Of the server while it has no database; clients that wait for longer do nothing for most of the time."""
_SAYS_TOO_EARLY = ("synchronous_commit=off",)
"""A database with these says that something is kept before it is."""


def run(kills: int, seed: int) -> bool:
    """The controls' kills come on top."""
    if programs() is None:
        print("   NOT RUN: PostgreSQL is not installed (apt-get install postgresql)")
        return False
    logging.disable(logging.ERROR)  # a server without its database has much to say
    warm()
    least = max(_LEAST_CONTROL, int(kills * _CONTROL_SHARE))
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        real = _campaign(Path(name) / "real", "", kills, seed)
        _tell("", real)
        early = _campaign(Path(name) / "early", "early", least, seed)
        _tell("control, database that says too early that something is kept: ", early)
        forgetful = _campaign(Path(name) / "server", "server", least, seed)
        _tell("control, server that ignores the key: ", forgetful)
    good = real.acknowledged >= kills and real.is_whole
    return good and early.lost > 0 and forgetful.doubled > 0


def _tell(who: str, count: Count) -> None:
    print(f"   {who}{count.kills} kills, {count}", flush=True)


def _campaign(folder: Path, control: str, kills: int, seed: int) -> Count:
    folder.mkdir()
    cluster = Cluster(*(_SAYS_TOO_EARLY if control == "early" else ()), durable=True)
    place = Place(
        folder,
        PostgresSchema(cluster.url(cluster.make_database())),
        by_chance(seed, _CONTROL_FAULTY, (Fault.RESET_ANSWERED,)) if control == "server" else nothing,
        before_serving=partial(_prepare, control),
    )
    make = partial(Practice, folder, opened=place.backend)
    try:
        place.peace(True)
        in_peace(make, place.query)  # signs in
        cluster.do("CHECKPOINT")
        place.peace(False)
        _kill_while_somebody_writes(place, cluster, control, kills, seed)
        place.peace(True)
        in_peace(make, place.query)
        return counted(acknowledged(folder), held(place.query), place.content, kills)
    finally:
        place.close()
        cluster.remove()


def _prepare(control: str) -> None:
    seal_quickly()
    problems._RETRY_AFTER_S = _RETRY_AFTER_S
    if control == "server":
        forget_keys()


def _kill_while_somebody_writes(place: Place, cluster: Cluster, control: str, kills: int, seed: int) -> None:
    dice = random.Random(f"{seed} postgres")
    ready, stop = place.folder / "ready", place.folder / "stop"

    def write() -> None:
        practice = Practice(place.folder, opened=place.backend)
        work(practice, seed, ready=ready, until=stop, alone=bool(control))

    child = fork(write)
    wait_for(ready)
    for _kill in range(kills):
        time.sleep(dice.uniform(0.05, _LONGEST_LIFE_S))
        cluster.kill()
        cluster.start()
    stop.touch()
    if not finish(child):
        raise RuntimeError("the client failed")
