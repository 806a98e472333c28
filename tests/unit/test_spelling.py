"""How far a word is from the one that was meant."""

import pytest

from supportdesk.domain.spelling import distance, first_letters, tolerance
from supportdesk.domain.text import first_match, fold, match_spans, written_words


@pytest.mark.parametrize(
    ("typed", "meant", "half_letters"),
    [
        ("drukker", "Drucker", 1),
        ("druckre", "Drucker", 2),
        ("druker", "Drucker", 1),
        ("geraet", "Gerät", 1),
        ("strasse", "Straße", 0),
        ("smoergas", "smörgås", 1),
        ("skriware", "skrivare", 1),
        ("telephon", "Telefon", 0),
        ("kalendar", "Kalender", 1),
        ("passwrod", "Passwort", 3),
        ("drucker", "Drucker", 0),
        ("rechner", "Rechnung", 5),
        ("papier", "Kalender", 5),
    ],
)
def test_what_ears_and_keyboards_confuse_counts_half(typed: str, meant: str, half_letters: int) -> None:
    """A letter too many, too few, wrong or swapped counts two, and one what is only spelled otherwise."""
    assert distance(fold(typed), fold(meant), 4) == half_letters
    assert distance(fold(meant), fold(typed), 4) == half_letters


def test_short_words_are_not_guessed_at() -> None:
    """The shorter a word, the less of it may be wrong."""
    assert [tolerance("x" * length) for length in (1, 2, 3, 4, 5, 6, 12)] == [0, 0, 1, 2, 2, 4, 4]


def test_the_first_letter_may_be_wrong_too() -> None:
    """The own one comes first, then the one behind it, then those that sound alike."""
    assert first_letters("rducker")[:2] == ("r", "d")
    assert {"f", "w"} < {*first_letters("vaxel")}


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("Öffnen Sie das Gerät", "gerat"),
        ("Ge\u0308rät druckt", "ger"),
        ("foo_bar baz", "bar"),
        ("den Drucker", "rucker"),
        ("ÉCOLE", "ecole"),
        ("Straße", "straße"),
        ("a-b [x]", "b"),
        ("ein (Text) …", ")"),
    ],
)
def test_the_quick_search_in_long_texts_finds_what_is_marked(text: str, search: str) -> None:
    """The first place is the first of the marks, and none where nothing is marked."""
    spans = match_spans(text, search)
    assert first_match(text, search) == (spans[0][0] if spans else -1)


def test_words_as_they_are_written() -> None:
    """With capitals and accents, without what stands around them."""
    assert written_words("„Drucker-Papier“, A4: été!") == ("Drucker", "Papier", "A4", "été")
