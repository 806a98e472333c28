"""What can stand on the screen of a portal in a language: texts of the program and of the vendor."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache

from babel.messages.pofile import read_po

from tests.manual.book import ROOT

_PLACE = re.compile(r"\{\w+\}")
_FEW_WORDS = r"\S+(?: \S+){0,3}"
_HEARD = frozenset({"setAccessibleName", "setAccessibleDescription", "announce"})
_ROOMS = ("app", "domain", "ui")
_TEXTS = frozenset({"_", "N_", "ngettext", "pgettext"})
_NOT_BY_EMAIL = frozenset({"E-mail or user name"})
"""What is not shown where one signs in with an e-mail address."""
_LEAST_LETTERS = 4
"""That a text with places for other words must have of its own: else it would allow everything."""


def unknown(words: list[str], portal: str, language: str) -> list[str]:
    """Those of `words` that nothing shows, be it that a screen reader says them."""
    plain = _program(language) - _only_heard(portal, language) | _vendor(portal, language)
    return [each for each in words if each not in plain and not _pattern(language).fullmatch(each)]


@cache
def _program(language: str) -> frozenset[str]:
    return frozenset(text for texts in _translated(language).values() for text in texts)


@cache
def _translated(language: str) -> dict[str, tuple[str, ...]]:
    """By the text in the source, which is English."""
    found: dict[str, tuple[str, ...]] = {}
    for file in sorted((ROOT / "resources/translations/de").glob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale="de"):
                ids, said = (
                    (each,) if isinstance(each, str) else tuple(each or ())
                    for each in (message.id, message.string)
                )
                texts = tuple(text.replace("&", "") for text in (ids if language == "en" else said) if text)
                for id in ids:
                    found[id] = found.get(id, ()) + texts
    return found


@cache
def _only_heard(portal: str, language: str) -> frozenset[str]:
    """Names that the source gives to screen readers alone."""
    heard, shown = _in_source()
    if _signs_in_by_email(portal):
        shown -= _NOT_BY_EMAIL
    translated = _translated(language)
    said, seen = ({text for id in ids for text in translated.get(id, ())} for ids in (heard, shown))
    return frozenset(said - seen)


@cache
def _in_source() -> tuple[frozenset[str], frozenset[str]]:
    """The texts that are said to screen readers, and those that stand anywhere else."""
    heard, shown = set[str](), set[str]()
    for room in _ROOMS:
        for file in (ROOT / "src/supportdesk" / room).rglob("*.py"):
            _sort_texts(ast.parse(file.read_text(encoding="utf-8")), heard, shown)
    return frozenset(heard), frozenset(shown)


def _sort_texts(node: ast.AST, heard: set[str], shown: set[str], *, is_heard: bool = False) -> None:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        is_heard = is_heard or name in _HEARD
        if name in _TEXTS:
            texts = (each.value for each in node.args if isinstance(each, ast.Constant))
            (heard if is_heard else shown).update(text for text in texts if isinstance(text, str))
    is_heard = is_heard or (isinstance(node, ast.keyword) and node.arg == "accessible_name")
    for child in ast.iter_child_nodes(node):
        _sort_texts(child, heard, shown, is_heard=is_heard)


def _signs_in_by_email(portal: str) -> bool:
    profile = tomllib.loads((ROOT / f"resources/profiles/{portal}.toml").read_text(encoding="utf-8"))
    return bool(profile["sign_in"].get("user_name") == "email")


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
