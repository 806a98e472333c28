"""What is not run with the tests: the guided tour, chaos and the benchmarks."""

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_IMPORT = (
    "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\nprint(len(sys.argv))"
)


def test_everything_that_is_run_by_itself_can_be_imported() -> None:
    """A module that was moved leaves none of them behind broken."""
    paths = [path for room in ("bench", "chaos", "tour") for path in (_ROOT / "tests" / room).rglob("*.py")]
    modules = [".".join(path.relative_to(_ROOT).with_suffix("").parts) for path in sorted(paths)]
    assert {"tests.bench.__main__", "tests.chaos.__main__", "tests.tour.__main__"} <= set(modules)
    ended = subprocess.run(
        [sys.executable, "-c", _IMPORT, *modules], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    assert ended.stdout == f"{len(modules) + 1}\n", ended.stderr
