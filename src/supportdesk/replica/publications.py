"""Publications as their facts and what waits in the outbox tell of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec.structs import replace

from supportdesk.domain.commands import RateArticle, decode_intent
from supportdesk.domain.entities import Publication
from supportdesk.domain.errors import NotFound
from supportdesk.replica.query import Query
from supportdesk.replica.rows import from_us, publication_of

_AT_ONCE = 500
_DONE_LOCALLY = "('mark_read', 'confirm_notice', 'rate_article')"


class Overlay:
    """Reading, confirming and rating that waits in the outbox, of one account."""

    def __init__(self, query: Query, account_id: str) -> None:
        rows = query.rows(
            "SELECT subject_id, do, created_at, payload FROM outbox.command "  # noqa: S608
            "WHERE account_id = ? AND settled = 0 AND state NOT IN ('cancelled', 'needs_user')"
            f" AND do IN {_DONE_LOCALLY} ORDER BY seq",
            (account_id,),
        )
        self.read: dict[str, datetime] = {}
        self.confirmed: dict[str, datetime] = {}
        self.rated: dict[str, bool] = {}
        for subject, do, created_us, payload in rows:
            self._add(subject, do, from_us(created_us), payload)

    def _add(self, subject: str, do: str, at: datetime, payload: bytes) -> None:
        if do == "rate_article":
            intent = decode_intent(payload)
            self.rated[subject] = isinstance(intent, RateArticle) and intent.helpful
            return
        self.read.setdefault(subject, at)
        if do == "confirm_notice":
            self.confirmed.setdefault(subject, at)

    def over(self, item: Publication) -> Publication:
        return replace(
            item,
            read_at=item.read_at or self.read.get(item.id),
            confirmed_at=item.confirmed_at or self.confirmed.get(item.id),
            my_rating=self.rated.get(item.id, item.my_rating),
        )

    def over_all(self, items: Iterable[Publication]) -> tuple[Publication, ...]:
        return tuple(map(self.over, items))


def publication(query: Query, account_id: str, publication_id: str) -> Publication:
    """Also one that is no longer valid."""
    row = query.one(
        "SELECT fact FROM publication WHERE account = ? AND id = ?",
        (query.account(account_id).num, publication_id),
    )
    if row is None:
        raise NotFound
    return Overlay(query, account_id).over(publication_of(row[0]))


def holder_of(query: Query, account_id: str | None, publication_id: str) -> str:
    for known in query.chosen(account_id):
        if query.rows("SELECT 1 FROM publication WHERE account = ? AND id = ?", (known.num, publication_id)):
            return known.id
    raise NotFound


def of_rows(query: Query, account_id: str, rows: Sequence[int]) -> tuple[Publication, ...]:
    """In the order of `rows`."""
    found: dict[int, bytes] = {}
    for begin in range(0, len(rows), _AT_ONCE):
        some = rows[begin : begin + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        found |= query.rows(f"SELECT row, fact FROM publication WHERE row IN ({marks})", some)  # noqa: S608
    return Overlay(query, account_id).over_all(publication_of(found[row]) for row in rows)
