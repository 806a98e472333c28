"""What can stand on the screen of a portal in a language: texts of the program and of the vendor."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from babel.messages.pofile import read_po

from tests.manual.book import ROOT

_PLACE = re.compile(r"\{\w+\}")
_FEW_WORDS = r"\S+(?: \S+){0,3}"
_LEAST_LETTERS = 4
"""That a text with places for other words must have of its own: else it would allow everything."""


def unknown(words: list[str], portal: str, language: str) -> list[str]:
    """Those of `words` that nothing shows."""
    plain = _program(language) | _vendor(portal, language)
    return [each for each in words if each not in plain and not _pattern(language).fullmatch(each)]


@cache
def _program(language: str) -> frozenset[str]:
    found: set[str] = set()
    for file in sorted((ROOT / "resources/translations/de").glob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale="de"):
                said = message.id if language == "en" else message.string
                found.update([said] if isinstance(said, str) else said or ())
    return frozenset(text.replace("&", "") for text in found if text)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Of the texts in which other words have a place."""
    texts = [text for text in _program(language) if _PLACE.search(text)]
    ours = [text for text in texts if len(re.findall(r"\w", _PLACE.sub("", text))) >= _LEAST_LETTERS]
    return re.compile("|".join(_FEW_WORDS.join(map(re.escape, _PLACE.split(text))) for text in sorted(ours)))


@cache
def _vendor(portal: str, language: str) -> frozenset[str]:
    files = [ROOT / f"resources/profiles/{portal}.toml", *(ROOT / f"resources/demo/{portal}").glob("*.toml")]
    return frozenset(
        text for file in files for text in _said(tomllib.loads(file.read_text(encoding="utf-8")), language)
    )


def _said(value: object, language: str) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict) and isinstance(value.get("en"), str):
        yield str(value.get(language, value["en"]))
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _said(each, language)
