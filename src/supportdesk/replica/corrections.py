"""“Did you mean …”: another spelling that finds more, made of words that occur in the texts themselves."""

from supportdesk.domain.spelling import distance, first_letters, tolerance
from supportdesk.domain.text import fold, words, written_words
from supportdesk.replica.publications import of_rows
from supportdesk.replica.query import Query, fts_all
from supportdesk.replica.reading_lists import Shelf

_TRIED = 5
_SHORTEST = 3
_FEW = 2
_MANY_TIMES = 10
"""What finds something is only doubted for a spelling that finds so much more."""
_SLIGHT = 2
_MOST_WORDS = 8


def correction(shelf: Shelf, text: str, found: int) -> str:
    """`text`, which finds so many, with near words in place of wrong ones; '' where that finds no more.

    The index knows the words of all accounts: one is taken only where this shelf has it.
    """
    asked, written = words(text), list(written_words(text))
    if found > _FEW or len(asked) > _MOST_WORDS:
        return ""
    wrong = [at for at, word in enumerate(asked) if found or not _is_known(shelf, word)]
    better = ["" if at in wrong and not found else word for at, word in enumerate(asked)]
    for at in wrong:
        if near := _nearest(shelf, better, at, asked[at], found):
            better[at], written[at] = near, _as_written(shelf, near)
        elif not found:
            return ""
    return "" if better == list(asked) else " ".join(written)


def _is_known(shelf: Shelf, word: str) -> bool:
    """Words that are too short to be searched count as known."""
    match = fts_all(word)
    return not match or bool(shelf.find(match, most=1))


def _nearest(shelf: Shelf, better: list[str], at: int, word: str, found: int) -> str:
    """What finds enough together with the other words; '' for none."""
    limit = min(tolerance(word), _SLIGHT) if found else tolerance(word)
    least = found * _MANY_TIMES or 1
    for each in near_words(shelf.query, word, limit):
        match = fts_all(" ".join([*better[:at], each, *better[at + 1 :]]))
        if len(shelf.find(match, most=least)) == least:
            return each
    return ""


def near_words(query: Query, word: str, limit: int) -> tuple[str, ...]:
    """Words of the index within so many half letters, the nearest and then the most frequent first."""
    if not limit:
        return ()
    letters = set(word)
    for first in first_letters(word):
        rows = query.rows(
            "SELECT term, doc FROM publication_word WHERE term >= ? AND term < ?"
            " AND length(term) BETWEEN ? AND ?",
            (first, chr(ord(first) + 1), max(_SHORTEST, len(word) - limit), len(word) + limit),
        )
        scored = [
            (distance(word, term, limit), -documents, term)
            for term, documents in rows
            if not term.startswith(word) and len(letters.symmetric_difference(term)) <= limit + 2
        ]
        if near := [term for far, _documents, term in sorted(scored) if far <= limit]:
            return tuple(near[:_TRIED])
    return ()


def _as_written(shelf: Shelf, word: str) -> str:
    """With the capitals and accents that it has where it occurs, in a title if possible."""
    for match in (f'{{title labels}} : "{word}"', f'"{word}"'):
        for item in of_rows(shelf.query, shelf.account_id, shelf.find(match, most=1)):
            source = " ".join((item.title, item.category, *item.labels, item.summary, item.body))
            return next((form for form in written_words(source) if fold(form) == word), word)
    return word
