"""The translations themselves, against the texts in the source."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir

from hatch_build import merged_catalogue
from supportdesk.i18n import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = ("de", "sv")

_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_FIXED = re.compile(r"\{[^{}]*\}|%(?:\(\w+\))?[sr]")
_ENTRY = re.compile(r'^(?:msgctxt .*\n)?msgid ".*"(?:\n".*")*$', re.MULTILINE)

Key = tuple[str, str | None]


@cache
def _catalogue(language: str) -> Catalog:
    return merged_catalogue(language, sorted((ROOT / "resources" / "translations" / language).glob("*.po")))


def _pairs(language: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(texts, translations) of each message: singular alone, or singular and plurals."""
    return [(_forms(message.id), _forms(message.string)) for message in _catalogue(language) if message.id]


def _forms(value: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _singular(message_id: str | list[str] | tuple[str, ...]) -> str:
    return _forms(message_id)[0]


@cache
def _texts_in_source() -> frozenset[Key]:
    found = extract_from_dir(ROOT / "src", [("**.py", "python")], keywords=_KEYWORDS)
    return frozenset((_singular(message_id), context) for _file, _line, message_id, _notes, context in found)


def _translated(language: str) -> dict[Key, Message]:
    return {
        (_singular(message.id), message.context): message for message in _catalogue(language) if message.id
    }


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_is_translated(language: str) -> None:
    """No text of the program is missing in a language that claims to be complete."""
    missing = _texts_in_source() - _translated(language).keys()
    assert not missing, "\n".join(sorted(str(text) for text, _context in missing))


@pytest.mark.parametrize("language", COMPLETE)
def test_no_translation_without_its_text(language: str) -> None:
    """A text that has left the source leaves the catalogues too."""
    orphans = _translated(language).keys() - _texts_in_source()
    assert not orphans, "\n".join(sorted(str(text) for text, _context in orphans))


@pytest.mark.parametrize(
    "source",
    sorted((ROOT / "resources" / "translations").rglob("*.po")),
    ids=lambda source: f"{source.parent.name}-{source.stem}",
)
def test_no_file_translates_a_text_twice(source: Path) -> None:
    """Whoever changes a translation finds one place for it."""
    times = Counter(_ENTRY.findall(source.read_text(encoding="utf-8")))
    assert [text for text, count in times.items() if count > 1] == []


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if tag != "en"])
def test_placeholders_survive_translation(language: str) -> None:
    """Every form of a translation has the placeholders of one of its texts; none is lost or invented."""
    for texts, forms in _pairs(language):
        allowed = [Counter(_FIXED.findall(text)) for text in texts]
        for form in forms:
            assert Counter(_FIXED.findall(form)) in allowed, f"{language}: {texts[0]!r} -> {form!r}"


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if tag != "en"])
def test_translations_keep_the_frame_of_the_text(language: str) -> None:
    """Blanks around a text and a closing ellipsis are the same in every language."""
    for texts, forms in _pairs(language):
        for form in forms:
            assert form.strip() == form or texts[0].strip() != texts[0], form
            assert form.endswith("…") == texts[0].endswith("…"), f"{texts[0]!r} -> {form!r}"
