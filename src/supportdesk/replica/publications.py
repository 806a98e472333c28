"""Important information, newsletter and help articles, with what the backend has not heard of yet."""

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from supportdesk.domain.commands import RateArticle, decode_intent
from supportdesk.domain.entities import Publication, PublicationKind
from supportdesk.domain.errors import NotFound
from supportdesk.replica.query import Query, fts_all
from supportdesk.replica.rows import from_us, publication_of

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


def publications(query: Query, account_id: str, kind: PublicationKind, text: str) -> tuple[Publication, ...]:
    """Newest first; with `text` those that have all its words."""
    match = fts_all(text)
    found = "AND row IN (SELECT rowid FROM publication_fts WHERE publication_fts MATCH ?)" if match else ""
    rows = query.rows(
        f"SELECT fact FROM publication WHERE account = ? AND kind = ? {found} ORDER BY published_at DESC",  # noqa: S608
        (query.account(account_id).num, kind.value, *([match] if match else [])),
    )
    return Overlay(query, account_id).over_all(publication_of(fact) for (fact,) in rows)


def publication(query: Query, account_id: str, publication_id: str) -> Publication:
    row = query.one(
        "SELECT fact FROM publication WHERE account = ? AND id = ?",
        (query.account(account_id).num, publication_id),
    )
    if row is None:
        raise NotFound
    return Overlay(query, account_id).over(publication_of(row[0]))
