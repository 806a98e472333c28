"""The customers' manual in `docs/manual`: texts written by hand, steps and pictures of the portals' walks.

A text is Markdown with three marks: `## {step} Heading` begins what a step of the walk does, `![what is
seen](picture)` shows a picture that the walk takes, and `**words**` are words on the screen.
"""

import ast
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Path(__file__).parent / "texts"
MANUAL = ROOT / "docs" / "manual"
LANGUAGES = {"en": "English", "de": "Deutsch"}
PORTALS = ("practice", "retail", "school", "video", "orders")

_HEADING = re.compile(r"^## (?:\{(?P<step>\w+)\} )?(?P<words>.+)$", re.MULTILINE)
_PICTURE = re.compile(r"^(?P<inset> *)!\[(?P<words>.+)\]\((?P<name>[a-z-]+)\)$", re.MULTILINE)
_QUOTED = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_CONTENTS = {"en": "Contents", "de": "Inhalt"}
_MADE = "<!-- Made by `python3 dev.py manual` of {source}. -->\n\n"


@dataclass(frozen=True, slots=True)
class Walk:
    """What the test does that follows this portal's manual."""

    steps: tuple[str, ...]
    pictures: tuple[str, ...]
    """In the order in which they stand in the file."""


@dataclass(frozen=True, slots=True)
class Text:
    portal: str
    language: str

    @property
    def source(self) -> Path:
        return TEXTS / self.language / f"{self.portal}.md"

    @property
    def target(self) -> Path:
        return MANUAL / self.language / f"{self.portal}.md"

    @property
    def written(self) -> str:
        return self.source.read_text(encoding="utf-8")

    @property
    def steps(self) -> tuple[str, ...]:
        return tuple(found["step"] for found in _HEADING.finditer(self.written) if found["step"])

    @property
    def pictures(self) -> dict[str, str]:
        """The names of the pictures, in order, and those of their files."""
        names = [found["name"] for found in _PICTURE.finditer(self.written)]
        return {name: f"{self.portal}-{at:02}-{name}.png" for at, name in enumerate(names, 1)}

    @property
    def quoted(self) -> list[str]:
        """What is said to stand on the screen."""
        return [" ".join(words.split()) for words in _QUOTED.findall(self.written)]

    @property
    def title(self) -> str:
        return self.written.partition("\n")[0].removeprefix("# ")

    def made(self) -> str:
        """With numbers, contents and files of pictures."""
        files = self.pictures
        headings = self._headings()
        whole = iter(headings)
        text = _HEADING.sub(lambda _found: f"## {next(whole)}", self.written)
        text = _PICTURE.sub(
            lambda found: f"{found['inset']}![{found['words']}](pictures/{files[found['name']]})", text
        )
        head, line, rest = text.partition("\n## ")
        contents = "\n".join(f"- [{heading}](#{_anchor(heading)})" for heading in headings)
        made = _MADE.format(source=self.source.relative_to(ROOT).as_posix())
        return f"{made}{head}\n**{_CONTENTS[self.language]}**\n\n{contents}\n{line}{rest}"

    def _headings(self) -> list[str]:
        number, headings = 0, []
        for found in _HEADING.finditer(self.written):
            number += bool(found["step"])
            headings.append(f"{number}. {found['words']}" if found["step"] else found["words"])
        return headings


def texts() -> list[Text]:
    return [Text(portal, language) for portal in PORTALS for language in LANGUAGES]


def pages() -> dict[Path, str]:
    """Everything that is made of the texts."""
    return {text.target: text.made() for text in texts()} | {MANUAL / "README.md": _index()}


def _index() -> str:
    lines = [
        "# The five portals: manuals for customers",
        "",
        "Each can be followed in the app, from the first sentence to the last, with the demo of its vendor.",
        "The pictures are taken by the tests that follow them (`tests/e2e/test_portal_*.py`).",
        "",
        "| vendor | " + " | ".join(LANGUAGES.values()) + " |",
        "|---" * (1 + len(LANGUAGES)) + "|",
    ]
    for portal in PORTALS:
        links = [f"[{Text(portal, each).title}]({each}/{portal}.md)" for each in LANGUAGES]
        lines.append(f"| {vendor(portal)} | " + " | ".join(links) + " |")
    return _MADE.format(source="tests/manual") + "\n".join(lines) + "\n"


def vendor(portal: str) -> str:
    profile = tomllib.loads((ROOT / f"resources/profiles/{portal}.toml").read_text(encoding="utf-8"))
    return str(profile["name"])


@cache
def walk(portal: str) -> Walk:
    """Read from the test without running it."""
    tree = ast.parse((ROOT / f"tests/e2e/test_portal_{portal}.py").read_text(encoding="utf-8"))
    steps = next(
        tuple(each.id for each in node.value.elts if isinstance(each, ast.Name))
        for node in tree.body
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and node.target.id == "LINES"
        and isinstance(node.value, ast.Tuple)
    )
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _takes_picture(node)]
    names = [node.args[0] for node in sorted(calls, key=lambda node: node.lineno)]
    return Walk(steps, tuple(str(name.value) for name in names if isinstance(name, ast.Constant)))


def _takes_picture(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "for_manual"


def _anchor(heading: str) -> str:
    """As GitHub names it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
