"""Words as the full-text index sees them."""

import sqlite3
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from supportdesk.domain.text import fold, match_spans, sort_key, words


def marked(text: str, query: str) -> list[str]:
    return [text[begin:end] for begin, end in match_spans(text, query)]


def test_case_and_diacritics_do_not_matter() -> None:
    """'drucker' marks 'Drücker' and 'DRUCKER', wherever they begin."""
    assert marked("Der Drücker und der DRUCKER", "drucker") == ["Drücker", "DRUCKER"]


def test_only_beginnings_of_words_are_marked() -> None:
    """A word is found by its beginning, and only that is marked."""
    assert marked("Rezeptdruck druckt", "druck") == ["druck"]


def test_the_longest_word_of_the_query_marks() -> None:
    """Of 'pa papier' the longer one explains why 'Papier' was found."""
    assert marked("Papier", "pa papier") == ["Papier"]


def test_decomposed_letters_are_marked_whole() -> None:
    """A combining mark belongs to its letter."""
    text = unicodedata.normalize("NFD", "Öl für Gerät")
    assert marked(text, "ol gerat") == [
        unicodedata.normalize("NFD", "Öl"),
        unicodedata.normalize("NFD", "Gerät"),
    ]
    assert marked(unicodedata.normalize("NFD", "ö!"), "o") == [unicodedata.normalize("NFD", "ö")]


def test_nothing_to_look_for_marks_nothing() -> None:
    """Blanks and punctuation are no words."""
    assert match_spans("Papier", " -, ") == ()
    assert match_spans("", "papier") == ()


def test_umlauts_are_sorted_beside_their_letters() -> None:
    """As people look for them."""
    assert sorted(["Ort", "öffnen", "Obst", "Zug", "Ärger"], key=sort_key) == [
        "Ärger",
        "Obst",
        "öffnen",
        "Ort",
        "Zug",
    ]


@given(st.text(max_size=60), st.text(max_size=20))
def test_spans_lie_in_the_text_in_order(text: str, query: str) -> None:
    """Whatever the text, spans lie inside, in order, apart, and each begins with a query word."""
    end_before = 0
    for begin, end in match_spans(text, query):
        assert end_before <= begin < end <= len(text)
        assert any(fold(text[begin:end]).startswith(word) for word in words(query))
        end_before = end


_LETTERS = st.text(
    st.characters(max_codepoint=0x17F, categories=["Lu", "Ll", "Nd", "Zs", "Po"]), min_size=1, max_size=30
)


@given(_LETTERS)
def test_our_words_are_those_of_the_index(text: str) -> None:
    """For European letters our folding and FTS5's tokenizer agree."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2')")
        connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, row)")
        connection.execute("INSERT INTO t VALUES (?)", (text,))
        assert {term for term, *_counts in connection.execute("SELECT * FROM v")} == set(words(text))
    finally:
        connection.close()
