"""Pictures of the whole program, made by driving it: `python -m tests.tour OUTDIR [--only light-en …]`.

Where an X server can be started, each walk has a screen of its own and captures another program's window;
else everything is drawn offscreen and that program's picture comes by the clipboard.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.support.tools import missing
from tests.support.x11 import ROOT, TOOLS, x_screen
from tests.tour.variants import VARIANTS, Variant

_LONGEST_S = 600
_AT_ONCE = 2
# The best pictures of the walk, for the README.
_BEST = {
    "home": "home",
    "report-4-check": "report",
    "studio-marked": "studio",
    "tickets-beside": "tickets",
    "delivery-running": "delivery",
    "document-filling": "document",
    "new-order-filled": "order",
}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.tour", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", choices=sorted(VARIANTS), default=list(VARIANTS))
    parser.add_argument("--best", type=Path, metavar="DIR", help="also put the README's pictures here")
    parser.add_argument("--short", action="store_true", help="leave out sizes and contrasts of most screens")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--captures", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    folder = asked.folder.resolve()
    if asked.here:
        from tests.tour.walk import walk

        variant = VARIANTS[asked.only[0]]
        return walk(variant, folder / variant.name, captures=asked.captures, is_short=asked.short)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        codes = list(pool.map(lambda name: _run(VARIANTS[name], folder, short=asked.short), asked.only))
    if asked.best is not None and not any(codes):
        _put_best(folder / asked.only[0], asked.best)
    return max(codes)


def _run(variant: Variant, folder: Path, *, short: bool) -> int:
    command = [sys.executable, "-m", "tests.tour", str(folder), "--only", variant.name, "--here"]
    if short:
        command.append("--short")
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    if missing(*TOOLS):
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": path}
        return subprocess.run(command, env=environment, cwd=ROOT, check=False, timeout=_LONGEST_S).returncode
    with x_screen() as screen:
        screen.start("openbox")
        host = screen.start(sys.executable, "-m", "tests.tour.host_program", variant.language)
        assert host.stdout is not None
        assert host.stdout.readline() == "shown\n", "the other program does not come up"
        return subprocess.run(
            [*command, "--captures"], env=screen.environment, cwd=ROOT, check=False, timeout=_LONGEST_S
        ).returncode


def _put_best(pictures: Path, target: Path) -> None:
    from tests.tour.album import small

    target.mkdir(parents=True, exist_ok=True)
    for name, kept in _BEST.items():
        (found,) = pictures.glob(f"[0-9][0-9][0-9]-{name}.png")
        (target / f"{kept}.png").write_bytes(small(found.read_bytes()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
