"""R3 over the network: system calls of the server fail while a customer writes."""

import logging
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from supportdesk.desk.store.address import Address
from supportdesk.server import problems
from tests.chaos.counting import counted, held
from tests.chaos.customer import acknowledged, in_peace, work
from tests.chaos.faults import injected
from tests.chaos.lives import finish, fork, wait_for
from tests.chaos.practice import Practice, warm
from tests.chaos.remote_place import Place, databases
from tests.chaos.vendor import seal_quickly
from tests.support.fault_proxy import nothing

_OF_FILES = ("fsync", "rename", "openat", "accept4")
_OF_SQLITE = ("pwrite64", "fdatasync")
_ERRORS = ("EIO", "ENOSPC", "EMFILE", "EACCES")
_LONGEST_S = 1.0
"""For a call to come that can fail."""


def run(faults: int, seed: int) -> bool:
    """So many at the server, on all kinds of database."""
    if shutil.which("strace") is None:
        print("   NOT RUN: strace is not installed (apt-get install strace)")
        return False
    logging.disable(logging.ERROR)  # what fails has much to say
    warm()
    good = True
    with tempfile.TemporaryDirectory(prefix="chaos-") as name, databases(Path(name)) as kinds:
        for kind, make in kinds:
            good = _on(kind, make, Path(name) / kind, faults // len(kinds), seed) and good
    return good


def _on(kind: str, make: Callable[[], Address], folder: Path, faults: int, seed: int) -> bool:
    folder.mkdir()
    address = make()
    place = Place(folder, address, nothing, before_serving=_be_impatient)
    names = _OF_FILES + (_OF_SQLITE if isinstance(address, Path) else ())
    live = partial(Practice, folder, opened=place.backend)
    try:
        place.peace(True)
        in_peace(live, place.query)  # signs in
        failed = _fail_while_somebody_writes(place, live, names, faults, seed)
        in_peace(live, place.query)
        found = counted(acknowledged(folder), held(place.query), place.content)
    finally:
        place.close()
    print(f"   {kind}: {failed} failed calls of the server, {found}", flush=True)
    return failed >= faults // 4 and found.is_whole


def _be_impatient() -> None:
    seal_quickly()
    problems._RETRY_AFTER_S = range(1)  # clients that wait for longer do nothing for most of the time


def _fail_while_somebody_writes(
    place: Place, live: Callable[[], Practice], names: Sequence[str], faults: int, seed: int
) -> int:
    """How many calls failed."""
    dice = random.Random(f"{seed} faults")
    ready, stop = place.folder / "ready", place.folder / "stop"
    child = fork(lambda: work(live(), seed, ready=ready, until=stop))
    wait_for(ready)
    failed = 0
    for number in range(faults):
        log = place.folder / f"strace-{number}"
        failed += _inject(place.server, dice.choice(names), dice.choice(_ERRORS), dice.randint(1, 3), log)
    stop.touch()
    if not finish(child):
        raise RuntimeError("the client failed")
    return failed


def _inject(process: int, call: str, error: str, when: int, log: Path) -> int:
    """How often it failed: once in each thread that came so far."""
    fault = ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}"]
    tracer = subprocess.Popen(
        ["strace", "-f", "-o", str(log), *fault, "-p", str(process)], stderr=subprocess.DEVNULL
    )
    end = time.monotonic() + _LONGEST_S
    while time.monotonic() < end and not injected(log):
        time.sleep(0.02)
    tracer.terminate()
    tracer.wait(30)
    return injected(log)
