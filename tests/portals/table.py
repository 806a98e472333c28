"""Reads the lines, and what the walks say of themselves."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
PAGE = _ROOT / "docs" / "portals.md"
_LINES = Path(__file__).with_name("lines.toml")
_NUMBER = re.compile(r"(\d+)\. ")
_HEAD = """\
<!-- Made by `python -m tests.portals` of what the steps in tests/e2e/test_portal_*.py say of themselves. -->

# The five portals, line by line

Each portal has a manual, and each line of it a step of a test that does in the running program what the
line says: at the desk inside the program (`local`), and with a server that runs (`rest`). The description of
a step begins with the number of its line. `python3 dev.py test -m second_stage` follows all five manuals.

"""


@dataclass(frozen=True, slots=True)
class Portal:
    number: str
    """P1 to P5."""
    name: str
    title: str
    lines: tuple[str, ...]

    @property
    def test(self) -> str:
        return f"test_portal_{self.name}.py"


@dataclass(frozen=True, slots=True)
class Walk:
    steps: tuple[tuple[int, str], ...]
    """Each with the number of the line that it proves, as they follow each other."""
    backends: tuple[str, ...]


def portals() -> list[Portal]:
    found = tomllib.loads(_LINES.read_text(encoding="utf-8"))
    return [
        Portal(number, told["portal"], told["title"], tuple(told["lines"])) for number, told in found.items()
    ]


def walk(portal: Portal) -> Walk:
    """What the test follows, and where. LookupError for a step that names no line."""
    module = import_module(f"tests.e2e.{Path(portal.test).stem}")
    backends: list[str] = []
    for mark in module.test_the_manual_can_be_followed.pytestmark:
        if mark.name == "parametrize":
            backends += mark.args[1]
    return Walk(tuple((_line_of(step), step.__name__) for step in module.LINES), tuple(backends))


def page() -> str:
    return _HEAD + "\n".join(_of_portal(portal, walk(portal)) for portal in portals())


def _of_portal(portal: Portal, walk: Walk) -> str:
    step, backends = dict(walk.steps), ", ".join(walk.backends)
    rows = [
        f"| {portal.number} {at} | {line} | `{portal.test}::{step[at]}` | {backends} |"
        for at, line in enumerate(portal.lines, 1)
    ]
    head = (
        f"## {portal.number} {portal.title}",
        "",
        "| line | what it says | step | on |",
        "|---|---|---|---|",
    )
    return "\n".join((*head, *rows, ""))


def _line_of(step: Callable[..., None]) -> int:
    found = _NUMBER.match(step.__doc__ or "")
    if found is None:
        message = f"{step.__name__} does not begin with the number of its line"
        raise LookupError(message)
    return int(found[1])
