"""The manuals for customers are whole, and what they quote stands on the screen."""

import pytest

from tests.manual.book import LANGUAGES, MANUAL, PORTALS, Text, pages, texts, walk
from tests.manual.words import unknown

_LARGEST_BYTES = 50_000
_ALL_BYTES = 4_000_000


@pytest.mark.parametrize("text", texts(), ids=lambda text: f"{text.portal}-{text.language}")
def test_every_step_and_picture_of_the_walk_is_in_the_manual(text: Text) -> None:
    """In the walk's order, and nothing else."""
    followed = walk(text.portal)
    assert text.steps == followed.steps
    assert sorted(text.pictures) == sorted(followed.pictures)


@pytest.mark.parametrize("text", texts(), ids=lambda text: f"{text.portal}-{text.language}")
def test_what_is_quoted_stands_on_the_screen(text: Text) -> None:
    """In the language of the manual: a text of the program or of the vendor."""
    assert len(text.quoted) > 10
    assert unknown(text.quoted, text.portal, text.language) == []


@pytest.mark.parametrize("portal", PORTALS)
def test_the_languages_show_the_same(portal: str) -> None:
    """The same pictures at the same places, so that their files have the same names."""
    assert len({tuple(Text(portal, language).pictures.items()) for language in LANGUAGES}) == 1


def test_what_nothing_shows_is_found() -> None:
    """A wrong word, the right one in the other language, and one of another vendor."""
    words = ["Dispatch", "Ticket senden", "Medora Letter", "Next required field (6 left)"]
    assert unknown(words, "orders", "en") == words[:3]


def test_what_is_only_heard_is_not_quoted() -> None:
    """The name that a screen reader says of a field, or that another portal shows, nobody finds."""
    words = ["Your answer", "Sort by", "E-mail or user name", "Password"]
    assert unknown(words, "school", "en") == words[:3]
    assert unknown(words, "retail", "en") == words[:2]
    assert unknown(["Passwort", "Sortieren nach"], "school", "de") == ["Sortieren nach"]


def test_the_manuals_are_as_they_would_be_made_now() -> None:
    """`python3 dev.py manual` has been run since a text was changed."""
    made = {file.relative_to(MANUAL).as_posix(): text for file, text in pages().items()}
    found = {
        file.relative_to(MANUAL).as_posix(): file.read_text(encoding="utf-8") for file in MANUAL.rglob("*.md")
    }
    assert found == made


def test_every_picture_is_there_and_small() -> None:
    """And none is left over; they are kept with the source."""
    wanted = {
        MANUAL / text.language / "pictures" / name for text in texts() for name in text.pictures.values()
    }
    found = {file: file.stat().st_size for file in MANUAL.rglob("*.png")}
    assert set(found) == wanted
    assert max(found.values()) < _LARGEST_BYTES
    assert sum(found.values()) < _ALL_BYTES
