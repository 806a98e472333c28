"""What of one kind of reading matter is valid: counted, sorted, filtered, and found by its words."""

from datetime import datetime

from supportdesk.domain.entities import PublicationKind
from supportdesk.domain.projections import PublicationList, PublicationOrder, PublicationQuery
from supportdesk.replica.publications import of_rows
from supportdesk.replica.query import Query, Row, fts_all
from supportdesk.replica.rows import optional_moment, to_us

_MOST_LABELS = 12
_IN_ALL = "row IN (SELECT rowid FROM publication_fts WHERE publication_fts MATCH :match)"
_IN_TITLE = (
    "row IN (SELECT rowid FROM publication_fts WHERE publication_fts MATCH '{title} : (' || :match || ')')"
)
_IN_LABELS = (
    "row IN (SELECT rowid FROM publication_fts"
    " WHERE publication_fts MATCH '{title labels} : (' || :match || ')')"
)
_BEST_FIRST = f"{_IN_TITLE} DESC, {_IN_LABELS} DESC, helpful DESC, published_at DESC"
_BY = {
    PublicationOrder.NEWEST: ("publication_newest", "published_at DESC"),
    PublicationOrder.HELPFUL: ("publication_helpful", "helpful DESC, published_at DESC"),
    PublicationOrder.TITLE: ("publication_title", "title_key"),
    PublicationOrder.BEST: ("publication_helpful", _BEST_FIRST),
}
"""For relevance in FTS5's own sense the text of everything that matches would be read again."""


class Shelf:
    """What one account has of one kind that is valid at `now`."""

    def __init__(self, query: Query, account_id: str, kind: PublicationKind, now: datetime) -> None:
        self.query, self.account_id = query, account_id
        self._values: dict[str, object] = {
            "account": query.account(account_id).num,
            "kind": kind.value,
            "now": to_us(now),
        }

    def rows(self, sql: str, **values: object) -> list[Row]:
        return self.query.rows(sql, self._values | values)

    def count(self, text: str = "") -> int:
        """How many have all words of `text`."""
        match = fts_all(text)
        return int(self.rows(select("count(*)", _IN_ALL if match else ""), match=match)[0][0])

    def find(self, match: str, most: int) -> list[int]:
        """Rows that fit an FTS5 expression, without looking at all that do."""
        rows = self.rows(
            "SELECT row FROM publication_fts f CROSS JOIN publication ON row = f.rowid"
            " WHERE publication_fts MATCH :match AND account = :account AND kind = :kind"
            " AND (valid_until IS NULL OR valid_until >= :now) LIMIT :most",
            match=match,
            most=most,
        )
        return [row for (row,) in rows]


def select(what: str, *conditions: str, index: str = "publication_newest") -> str:
    """For a shelf; answered by the index alone."""
    more = "".join(f" AND {each}" for each in conditions if each)
    return (
        f"SELECT {what} FROM publication INDEXED BY {index} WHERE account = :account AND kind = :kind"  # noqa: S608
        f" AND (valid_until IS NULL OR valid_until >= :now){more}"
    )


def reading_list(query: Query, asked: PublicationQuery, now: datetime) -> PublicationList:
    shelf = Shelf(query, asked.account_id, asked.kind, now)
    match = fts_all(asked.text)
    words = _IN_ALL if match else ""
    category = "category = :category" if asked.category else ""
    label = "row IN (SELECT row FROM publication_label WHERE label = :label)" if asked.label else ""
    values: dict[str, object] = {"match": match, "category": asked.category, "label": asked.label}
    categories = shelf.rows(f"{select('category, count(*)', words, label)} GROUP BY category", **values)
    labels = shelf.rows(
        "SELECT label, count(*) AS number FROM publication_label"  # noqa: S608
        f" WHERE row IN ({select('row', words, category)})"
        f" GROUP BY label HAVING number > 1 ORDER BY number DESC, label LIMIT {_MOST_LABELS}",
        **values,
    )
    is_unranked = asked.order is PublicationOrder.BEST and not match
    index, by = _BY[PublicationOrder.HELPFUL if is_unranked else asked.order]
    rows = shelf.rows(
        f"{select('row', words, category, label, index=index)} ORDER BY {by} LIMIT :limit",
        limit=asked.limit,
        **values,
    )
    return PublicationList(
        items=of_rows(query, asked.account_id, [row for (row,) in rows]),
        count=sum(number for name, number in categories if asked.category in {"", name}),
        matches=shelf.count(asked.text),
        total=shelf.count(),
        categories=tuple(categories),
        labels=tuple(labels),
        next_end=optional_moment(shelf.rows(select("min(valid_until)"))[0][0]),
    )
