"""python -m tests.chaos [SCENARIO] [--kills N] [--seed N]: prints counts; exit code 0: promises held."""

import argparse
import random
import sys
import time
from collections.abc import Callable

from tests.chaos import (
    clocks,
    damage,
    drafts,
    faults,
    hostile,
    kill,
    postgres,
    power,
    remote,
    remote_faults,
    remote_uploads,
    two_people,
)

Scenario = Callable[[int, int], bool]

SCENARIOS: dict[str, tuple[Scenario, int, str]] = {
    "kill": (kill.run, 300, "SIGKILL while all kinds of things are sent; two controls must find doubles"),
    "remote": (
        remote.run,
        60,
        "SIGKILL of client and server over a bad network; two controls must find doubles",
    ),
    "uploads": (
        remote_uploads.run,
        20,
        "200 MB over a network that is cut 50 times, client and server killed",
    ),
    "postgres": (
        postgres.run,
        20,
        "SIGKILL of PostgreSQL while a customer writes through the server; two controls must find faults",
    ),
    "calls": (remote_faults.run, 40, "system calls of the server that fail while a customer writes to it"),
    "clocks": (
        clocks.run,
        40,
        "clocks of client and server that are days apart and jump, over a bad network",
    ),
    "two": (two_people.run, 60, "so many seconds of two people at work, and a network that is cut"),
    "hostile": (hostile.run, 5_000, "spoiled answers of a server, for each endpoint: typed errors only"),
    "power": (
        power.run,
        300,
        "power cuts while all kinds of things are saved; a control must lose something",
    ),
    "drafts": (drafts.run, 25, "SIGKILL while typing: at most one second is lost"),
    "faults": (faults.run, 40, "a full disk: a clear error, and what was acknowledged stays"),
    "damage": (damage.run, 200, "flipped bytes in databases and files are found, set aside and recovered"),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("scenario", nargs="?", choices=[*SCENARIOS, "all"], default="all")
    parser.add_argument("--kills", type=int, help="how often the damage is done")
    parser.add_argument("--seed", type=int, help="repeats an earlier run's random choices")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1_000_000)
    chosen = list(SCENARIOS) if options.scenario == "all" else [options.scenario]
    held = True
    for name in chosen:
        scenario, usual, what = SCENARIOS[name]
        print(f"== {name}: {what} (seed {seed})", flush=True)
        began = time.monotonic()
        good = scenario(options.kills or usual, seed)
        print(f"== {name}: {'held' if good else 'BROKEN'} ({time.monotonic() - began:.0f} s)\n", flush=True)
        held = held and good
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
