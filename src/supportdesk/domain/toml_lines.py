"""In which line of a TOML text a key stands: `tomllib` forgets it, and whoever edits the file needs it."""

import re
from collections import Counter

_HEADER = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<key>[^\[\]]+?)\s*\]\]?\s*(#.*)?")
_ASSIGNMENT = re.compile(r"\s*(?P<key>[\w\-.\"' ]+?)\s*=")
_LAST_PART = re.compile(r"(\[[^\]]*\]|\.?[^.\[]+)$")
_FENCES = ('"""', "'''")


def line_of(content: str, key: str) -> int:
    """The 1-based line of `key` ('catalogue.types[2].name'), or of the nearest table or key that holds it.

    A table without a line of its own begins where its first part is written. 1 when nothing is written.
    """
    lines = _written_keys(content)
    while key:
        inside = (line for written, line in lines.items() if written.startswith((f"{key}.", f"{key}[")))
        line = lines.get(key) or min(inside, default=0)
        if line:
            return line
        key = _LAST_PART.sub("", key)
    return 1


def _written_keys(content: str) -> dict[str, int]:
    found: dict[str, int] = {}
    counts: Counter[str] = Counter()
    table = ""
    fence = ""
    for number, line in enumerate(content.splitlines(), start=1):
        if fence:
            fence = "" if fence in line else fence
        elif header := _HEADER.fullmatch(line):
            table = _table(header, counts)
            found.setdefault(table, number)
        elif assignment := _ASSIGNMENT.match(line):
            found.setdefault(".".join(filter(None, (table, _plain(assignment["key"])))), number)
            fence = next((mark for mark in _FENCES if line.count(mark) == 1), "")
    return found


def _table(header: re.Match[str], counts: Counter[str]) -> str:
    """The path of a header; every array of tables on the way gets the index of its latest element."""
    path = ""
    for part in _plain(header["key"]).split("."):
        path = f"{path}.{part}" if path else part
        if path in counts:
            is_new = header["open"] == "[[" and _bare(path) == _plain(header["key"])
            counts[path] += is_new
            path = f"{path}[{counts[path] - 1}]"
        elif header["open"] == "[[" and _bare(path) == _plain(header["key"]):
            counts[path] = 1
            path = f"{path}[0]"
    return path


def _bare(path: str) -> str:
    return re.sub(r"\[\d+\]", "", path)


def _plain(key: str) -> str:
    return re.sub(r"\s*\.\s*", ".", key.replace('"', "").replace("'", "")).strip()
