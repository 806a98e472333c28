"""What a `TreeChoice` offers, and what of it a search leaves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

STEM = 5
"""Words that begin with the same so many letters are taken for relatives: printer and printing."""


@dataclass(frozen=True, slots=True)
class TreeItem:
    """An item without children can be chosen; `keywords` are searched but not shown.

    One that is `always_shown` stays in sight, below what was found, whatever is searched.
    """

    key: str
    label: str
    children: "tuple[TreeItem, ...]" = ()
    keywords: str = ""
    always_shown: bool = False


def found_items(items: Sequence[TreeItem], needle: str) -> list[TreeItem]:
    """What matches `needle` (lower case); a heading that matches by itself keeps all its children."""
    found: list[TreeItem] = []
    for item in items:
        children = tuple(child for child in item.children if _matches(child, needle))
        if item.children and not children and _matches(item, needle):
            children = item.children
        if children or (not item.children and _matches(item, needle)):
            found.append(replace(item, children=children))
    return found


def kept_items(items: Sequence[TreeItem], found: Sequence[TreeItem]) -> Iterator[TreeItem]:
    """What stays in sight though it was not found, with its heading."""
    shown = {each.key for item in found for each in (item, *item.children)}
    for item in items:
        if item.always_shown and item.key not in shown:
            yield item
        missing = tuple(child for child in item.children if child.always_shown and child.key not in shown)
        if missing:
            yield replace(item, children=missing)


def _matches(item: TreeItem, needle: str) -> bool:
    words = f"{item.label} {item.keywords}".casefold()
    if needle in words:
        return True
    return len(needle) >= STEM and any(word.startswith(needle[:STEM]) for word in words.split())
