"""python -m tests.bench [--quick] [--only NAME…] [--json FILE] [--write]

Exit code 1 only when something could not be measured: what is reached is for people to judge.
"""

import argparse
import compileall
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # what the offscreen platform cannot do
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # the person's own is not asked

from PySide6.QtWidgets import QApplication

from tests.bench import lists, report, sends, starts, syncs
from tests.bench.measure import Line

_SOURCE = Path(__file__).resolve().parent.parent.parent / "src"
Room = Callable[[Path, int], list[Line]]
# What is measured, how often, and how often when it has to be quick.
ROOMS: dict[str, tuple[Room, int, int]] = {
    "start": (starts.lines, 15, 5),
    "list": (lists.lines, 21, 7),
    "send": (sends.lines, 21, 7),
    "sync": (syncs.lines, 7, 3),
}


def main() -> int:
    options = _options()
    compileall.compile_dir(_SOURCE, quiet=1)  # else the first starts are timed with compiling
    qt = QApplication(sys.argv[:1])
    found: list[Line] = []
    failed = []
    for name in options.only or ROOMS:
        room, often, quick = ROOMS[name]
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        try:
            with tempfile.TemporaryDirectory(prefix=f"bench-{name}-") as folder:
                found += room(Path(folder), quick if options.quick else often)
        except Exception:  # noqa: BLE001 the others are measured all the same
            traceback.print_exc()
            failed.append(name)
    _tell(found, options)
    qt.quit()
    if failed:
        print(f"could not be measured: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats: a look, not a judgement")
    parser.add_argument("--only", nargs="+", choices=list(ROOMS), help="these alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="everything that was measured")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    return parser.parse_args()


def _tell(found: list[Line], options: argparse.Namespace) -> None:
    print(f"\n{report.machine()}\n\n{report.table(found)}")
    if options.json:
        options.json.write_bytes(report.as_json(found))
    if options.write:
        report.write_page(found)


if __name__ == "__main__":
    sys.exit(main())
