"""“Did you mean …”: another spelling that finds more, made of words that occur in the texts themselves."""

from supportdesk.domain.spelling import distance, first_letters, tolerance
from supportdesk.domain.text import fold, words, written_words
from supportdesk.replica.query import Query, Row
from supportdesk.replica.reading_lists import Shelf

_TRIED = 5
_FEW = 2
_MANY_TIMES = 10
"""What finds something is only doubted for a spelling that finds so much more."""
_SLIGHT = 2


def correction(shelf: Shelf, text: str, found: int) -> str:
    """`text`, which finds so many, with near words in place of wrong ones; '' where that finds no more.

    The index knows the words of all accounts: one is taken only where this shelf has it.
    """
    if found > _FEW:
        return ""
    asked = words(text)
    is_known = [bool(found or shelf.count(word)) for word in asked]
    better = [word if known else "" for word, known in zip(asked, is_known, strict=True)]
    for at, word in enumerate(asked):
        if found or not is_known[at]:
            better[at] = _nearest(shelf, better, at, word, found) or better[at]
    changed = " ".join(better)
    return "" if better == list(asked) or not all(better) else _as_written(shelf, text, changed)


def _nearest(shelf: Shelf, better: list[str], at: int, word: str, found: int) -> str:
    """What finds enough together with the other words; '' for none."""
    limit = min(tolerance(word), _SLIGHT) if found else tolerance(word)
    least = found * _MANY_TIMES or 1
    for each in near_words(shelf.query, word, limit):
        if shelf.count(" ".join([*better[:at], each, *better[at + 1 :]])) >= least:
            return each
    return ""


def near_words(query: Query, word: str, limit: int) -> tuple[str, ...]:
    """Words of the index within so many half letters, the nearest and then the most frequent first."""
    if not limit:
        return ()
    longest = len(word) + limit
    span = (max(2, len(word) - limit), longest)
    rows: list[Row] = []
    for letter in first_letters(word):
        rows += query.rows(
            "SELECT term, doc FROM publication_word WHERE term >= ? AND term < ?"
            " AND length(term) BETWEEN ? AND ?",
            (letter, chr(ord(letter) + 1), *span),
        )
    letters = set(word)
    scored = [
        (distance(word, term, limit), -documents, term)
        for term, documents in rows
        if not term.startswith(word) and len(letters.symmetric_difference(term)) <= limit + 2
    ]
    return tuple(term for far, _documents, term in sorted(scored)[:_TRIED] if far <= limit)


def _as_written(shelf: Shelf, text: str, better: str) -> str:
    """With the capitals and accents that the words have in a text where they occur."""
    item = shelf.best(better)
    source = " ".join((item.title, item.category, *item.labels, item.summary, item.body))
    forms = {fold(word): word for word in reversed(written_words(source))}
    forms |= {fold(word): word for word in written_words(text)}
    return " ".join(forms.get(word, word) for word in better.split())
