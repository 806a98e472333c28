"""Which other articles belong to an article: those that share labels, words of the title or its place."""

from datetime import datetime

from supportdesk.domain.entities import Publication
from supportdesk.domain.text import words
from supportdesk.replica.publications import of_rows
from supportdesk.replica.query import Query, fts_any
from supportdesk.replica.reading_lists import Shelf, select

_MOST = 4
_CANDIDATES = 100
"""For each reason; the newest of them."""
_SAME_LABEL, _SAME_WORD, _SAME_CATEGORY, _SAME_SERVICE = 4, 3, 2, 1
_ENOUGH = 3
_WORD_CHARS, _STEM_CHARS = 5, 6
"""Shorter words say little; of longer ones the beginning counts, for the sake of their endings."""


def related(query: Query, account_id: str, item: Publication, now: datetime) -> tuple[Publication, ...]:
    """The nearest first, at most four."""
    shelf = Shelf(query, account_id, item.publication, now)
    candidates = of_rows(query, account_id, _candidates(shelf, item))
    scored = [(_score(item, each), each) for each in candidates if each.id != item.id]
    near = [pair for pair in scored if pair[0] >= _ENOUGH]
    near.sort(key=lambda pair: (pair[0], pair[1].helpful_percent or 0, pair[1].published_at), reverse=True)
    return tuple(each for _points, each in near[:_MOST])


def _candidates(shelf: Shelf, item: Publication) -> list[int]:
    labels = {f"label{at}": label for at, label in enumerate(item.labels)}
    stems = fts_any(sorted(_stems(item.title)))
    reasons: list[tuple[str, dict[str, str]]] = []
    if labels:
        marks = ", ".join(f":{name}" for name in labels)
        reasons.append((f"row IN (SELECT row FROM publication_label WHERE label IN ({marks}))", labels))  # noqa: S608
    if stems:
        reasons.append(
            (
                "row IN (SELECT rowid FROM publication_fts WHERE publication_fts MATCH :stems)",
                {"stems": f"{{title}} : ({stems})"},
            )
        )
    if item.category:
        reasons.append(("category = :category", {"category": item.category}))
    newest = f"ORDER BY published_at DESC LIMIT {_CANDIDATES}"
    found = [shelf.rows(f"{select('row', condition)} {newest}", **values) for condition, values in reasons]
    return list(dict.fromkeys(row for rows in found for (row,) in rows))


def _score(item: Publication, other: Publication) -> int:
    return (
        _SAME_LABEL * len({*item.labels} & {*other.labels})
        + _SAME_WORD * len(_stems(item.title) & _stems(other.title))
        + _SAME_CATEGORY * (item.category == other.category != "")
        + _SAME_SERVICE * (item.service_id == other.service_id != "")
    )


def _stems(title: str) -> set[str]:
    return {word[:_STEM_CHARS] for word in words(title) if len(word) >= _WORD_CHARS}
