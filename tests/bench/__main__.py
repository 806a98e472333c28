"""python -m tests.bench [NAME…] [--quick] [--json FILE] [--write]

Without a name: the app, and with --quick the server, too, which in full takes a quarter of an hour.
Exit code 1 only when something could not be measured: what is reached is for people to judge.
"""

import argparse
import compileall
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # what the offscreen platform cannot do
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # the person's own is not asked

from PySide6.QtWidgets import QApplication

from tests.bench import documents, hostile, lists, orders, report, sends, starts, subscriptions, syncs
from tests.bench.measure import Line
from tests.bench.server.lines import lines as server_lines
from tests.bench.server.scale import FULL, QUICK

_SOURCE = Path(__file__).resolve().parent.parent.parent / "src"
Room = Callable[[Path], list[Line]]
_SERVER = "server"
# What is measured, in full and when it has to be quick.
ROOMS: dict[str, tuple[Room, Room]] = {
    "start": (partial(starts.lines, repeats=15), partial(starts.lines, repeats=5)),
    "list": (partial(lists.lines, repeats=21), partial(lists.lines, repeats=7)),
    "orders": (partial(orders.lines, repeats=21), partial(orders.lines, repeats=5)),
    "subscriptions": (partial(subscriptions.lines, repeats=15), partial(subscriptions.lines, repeats=3)),
    "documents": (partial(documents.lines, repeats=15), partial(documents.lines, repeats=4)),
    "send": (partial(sends.lines, repeats=21), partial(sends.lines, repeats=7)),
    "sync": (partial(syncs.lines, repeats=7), partial(syncs.lines, repeats=3)),
    "hostile": (partial(hostile.lines, repeats=7), partial(hostile.lines, repeats=2)),
    _SERVER: (partial(server_lines, scale=FULL), partial(server_lines, scale=QUICK)),
}


def main() -> int:
    options = _options()
    compileall.compile_dir(_SOURCE, quiet=1)  # else the first starts are timed with compiling
    qt = QApplication(sys.argv[:1])
    found: dict[str, list[Line]] = {}
    failed = []
    for name in options.names or [name for name in ROOMS if options.quick or name != _SERVER]:
        full, quick = ROOMS[name]
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        try:
            with tempfile.TemporaryDirectory(prefix=f"bench-{name}-") as folder:
                found[name] = (quick if options.quick else full)(Path(folder))
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
    parser.add_argument("names", nargs="*", type=_known, metavar="NAME", help=f"of {', '.join(ROOMS)}")
    parser.add_argument("--quick", action="store_true", help="fewer repeats: a look, not a judgement")
    parser.add_argument("--json", type=Path, metavar="FILE", help="everything that was measured")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    return parser.parse_args()


def _known(name: str) -> str:
    """In place of `choices`, which refuse that none is named."""
    if name not in ROOMS:
        raise argparse.ArgumentTypeError(f"of {', '.join(ROOMS)}, not {name!r}")
    return name


def _tell(found: dict[str, list[Line]], options: argparse.Namespace) -> None:
    app = [line for name, lines_ in found.items() if name != _SERVER for line in lines_]
    server = found.get(_SERVER, [])
    print(f"\n{report.machine()}\n\n{report.table([*app, *server])}")
    if options.json:
        options.json.write_bytes(report.as_json([*app, *server]))
    if options.write:
        report.write_page({"--write": app, "server --write": server})


if __name__ == "__main__":
    sys.exit(main())
