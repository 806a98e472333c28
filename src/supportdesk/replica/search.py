"""Search as you type, newest first and capped: ranking common words by relevance takes 100 times longer."""

from supportdesk import clock
from supportdesk.domain.entities import PublicationKind
from supportdesk.domain.projections import Hit, Suggestion
from supportdesk.domain.text import words
from supportdesk.replica.query import Known, Query, fts_all, fts_any
from supportdesk.replica.rows import from_us, publication_of, to_us
from supportdesk.replica.tickets import STAGES

_CANDIDATES = 200
_MIN_WORD_CHARS = 3
_STEM_FROM_CHARS = 6
_ENDING_CHARS = 2
_ENOUGH = 0.4
"""Share of the subject's words that a title must answer to be worth showing."""


def search(query: Query, account_id: str | None, text: str, limit: int) -> tuple[Hit, ...]:
    """What people talk about, and valid publications, with all words of `text`; what has exactly that number
    comes first."""
    match = fts_all(text)
    if not match:
        return ()
    accounts = {known.num: known.id for known in query.chosen(account_id)}
    found = [hit for each in (_tickets, _items, _publications) for hit in each(query, accounts, match, limit)]
    exact = text.strip().lstrip("#")
    found.sort(key=lambda pair: (pair[1].detail != exact, -pair[0]))
    return tuple(hit for _at, hit in found[:limit])


def suggestions(query: Query, account_id: str, subject: str, limit: int) -> tuple[Suggestion, ...]:
    """Articles and earlier tickets whose titles share words with `subject`: most alike first, then newest."""
    stems = [_stem(word) for word in dict.fromkeys(words(subject)) if len(word) >= _MIN_WORD_CHARS]
    if not stems:
        return ()
    known = query.account(account_id)
    found = _known_articles(query, known, stems) + _known_tickets(query, known, stems)
    scored = [(share, at, each) for share, at, each in found if share >= _ENOUGH]
    scored.sort(key=lambda entry: (entry[0], entry[2].kind == "article", entry[1]), reverse=True)
    return tuple(each for _share, _at, each in scored[:limit])


def _tickets(query: Query, accounts: dict[int, str], match: str, limit: int) -> list[tuple[int, Hit]]:
    rows = query.rows(
        "SELECT t.account, t.id, t.subject, t.number, t.stage, t.updated_at FROM"
        " (SELECT rowid FROM ticket_fts WHERE ticket_fts MATCH ? ORDER BY rowid DESC LIMIT ?) f"
        " CROSS JOIN ticket t ON t.row = f.rowid ORDER BY t.updated_at DESC",
        (match, max(limit, _CANDIDATES)),
    )
    return [
        (at, Hit(accounts[account], "ticket", id, subject, number, STAGES[stage]))
        for account, id, subject, number, stage, at in rows
        if account in accounts
    ]


def _items(query: Query, accounts: dict[int, str], match: str, limit: int) -> list[tuple[int, Hit]]:
    rows = query.rows(
        "SELECT i.account, i.kind, i.id, i.title, i.number, i.state, i.updated_at FROM"
        " (SELECT rowid FROM item_fts WHERE item_fts MATCH ? ORDER BY rowid DESC LIMIT ?) f"
        " CROSS JOIN item i ON i.row = f.rowid ORDER BY i.updated_at DESC",
        (match, max(limit, _CANDIDATES)),
    )
    return [
        (at, Hit(accounts[account], kind, id, title, number, state=state))
        for account, kind, id, title, number, state, at in rows
        if account in accounts
    ]


def _publications(query: Query, accounts: dict[int, str], match: str, limit: int) -> list[tuple[int, Hit]]:
    rows = query.rows(
        "SELECT p.account, p.kind, p.id, p.title, p.published_at FROM"
        " (SELECT rowid FROM publication_fts WHERE publication_fts MATCH ? ORDER BY rowid DESC LIMIT ?) f"
        " CROSS JOIN publication p ON p.row = f.rowid WHERE p.valid_until IS NULL OR p.valid_until >= ?"
        " ORDER BY p.published_at DESC",
        (match, max(limit, _CANDIDATES), to_us(clock.now())),
    )
    return [
        (at, Hit(accounts[account], kind, id, title, ""))
        for account, kind, id, title, at in rows
        if account in accounts
    ]


def _known_articles(query: Query, known: Known, stems: list[str]) -> list[tuple[float, int, Suggestion]]:
    rows = query.rows(
        "SELECT p.published_at, p.fact FROM publication p"
        " WHERE p.account = ? AND p.kind = ? AND (p.valid_until IS NULL OR p.valid_until >= ?) AND p.row IN"
        " (SELECT rowid FROM publication_fts WHERE publication_fts MATCH ? ORDER BY rowid DESC LIMIT ?)",
        (
            known.num,
            PublicationKind.ARTICLE.value,
            to_us(clock.now()),
            f"{{title labels}} : ({fts_any(stems)})",
            _CANDIDATES,
        ),
    )
    found = []
    for at, fact in rows:
        article = publication_of(fact)
        suggestion = Suggestion(
            kind="article",
            id=article.id,
            title=article.title,
            detail="",
            updated_at=article.published_at,
            helpful_percent=article.helpful_percent,
            body_chars=len(article.body),
        )
        found.append((_share(stems, f"{article.title} {' '.join(article.labels)}"), at, suggestion))
    return found


def _known_tickets(query: Query, known: Known, stems: list[str]) -> list[tuple[float, int, Suggestion]]:
    rows = query.rows(
        "SELECT t.id, t.subject, t.number, t.stage, t.updated_at FROM ticket t"
        " WHERE t.account = ? AND t.row IN"
        " (SELECT rowid FROM ticket_fts WHERE ticket_fts MATCH ? ORDER BY rowid DESC LIMIT ?)",
        (known.num, f"subject : ({fts_any(stems)})", _CANDIDATES),
    )
    return [
        (
            _share(stems, subject),
            at,
            Suggestion(
                kind="ticket",
                id=id,
                title=subject,
                detail=number,
                stage=STAGES[stage],
                updated_at=from_us(at),
            ),
        )
        for id, subject, number, stage, at in rows
    ]


def _share(stems: list[str], title: str) -> float:
    has = words(title)
    return sum(any(word.startswith(stem) for word in has) for stem in stems) / len(stems)


def _stem(word: str) -> str:
    """Without a short ending, so that 'druckt' finds 'drucken'."""
    return word[:-_ENDING_CHARS] if len(word) >= _STEM_FROM_CHARS else word
