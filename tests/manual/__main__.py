"""Makes docs/manual anew: `python -m tests.manual [PORTAL …] [--texts]`. Pictures take a minute a portal."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence

from tests.manual.book import LANGUAGES, MANUAL, PORTALS, ROOT, Text, pages

_RUN = (
    "-q",
    "-s",
    "-p",
    "tests.manual.recorder",
    "-o",
    "qt_log_ignore=This plugin does not support",
    "-k",
    "local",
)
"""With the desk inside the program; menus stay open longer than the tests leave them."""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py manual", description=__doc__)
    parser.add_argument("portals", nargs="*", metavar="PORTAL", help=", ".join(PORTALS))
    parser.add_argument("--texts", action="store_true", help="leave the pictures as they are")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.portals) - set(PORTALS):
        parser.error(f"there is no portal {', '.join(sorted(unknown))}")
    for file, text in pages().items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        print(file.relative_to(MANUAL))
    if asked.texts:
        return 0
    return max([_take_pictures(portal) for portal in asked.portals or PORTALS])


def _take_pictures(portal: str) -> int:
    for language in LANGUAGES:
        folder = MANUAL / language / "pictures"
        for old in set(folder.glob(f"{portal}-*.png")):
            if old.name not in Text(portal, language).pictures.values():
                old.unlink()
    walk = str(ROOT / f"tests/e2e/test_portal_{portal}.py")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "pytest", *_RUN, walk]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
