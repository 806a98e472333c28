"""Counts and reminders of the home screen, in a handful of indexed statements."""

from datetime import datetime

from supportdesk.domain.documents import DocumentState
from supportdesk.domain.entities import PublicationKind
from supportdesk.domain.orders import OrderStatus
from supportdesk.domain.projections import HomeCounts, Link, Waiting
from supportdesk.domain.status import Status
from supportdesk.replica import deliveries, expiring, tickets
from supportdesk.replica.projection import CUSTOMERS, MINE, STATUSES
from supportdesk.replica.publications import Overlay
from supportdesk.replica.query import Known, Query, Row
from supportdesk.replica.rows import from_us, optional_moment, to_us

_MAX_ANSWERS = 50


def home(query: Query, account_id: str, moment: datetime, warn_days: int) -> HomeCounts:
    """Open tickets of everybody count, as the list shows them; news are those of the own organisation."""
    known = query.account(account_id)
    overlay = Overlay(query, account_id)
    to_renew = expiring.subscriptions_to_renew(query, known, moment, warn_days)
    notices = [row for row in _published(query, known, PublicationKind.NOTICE) if _valid(row, moment)]
    letters = [row for row in _published(query, known, PublicationKind.NEWSLETTER) if _valid(row, moment)]
    return HomeCounts(
        open_tickets=query.number("SELECT count(*) FROM ticket WHERE account = ? AND open = 1", (known.num,)),
        customers_tickets=query.number(
            "SELECT count(*) FROM ticket WHERE account = ? AND open = 1 AND whose = ?",
            (known.num, CUSTOMERS),
        ),
        unread_tickets=query.number(
            "SELECT count(*) FROM ticket WHERE account = ? AND whose <> ? AND unread = 1",
            (known.num, CUSTOMERS),
        ),
        drafts=query.number(
            "SELECT count(*) FROM outbox.draft WHERE account_id = ? AND kind = 'report'", (account_id,)
        ),
        outbox=deliveries.waiting_count(query, account_id),
        unread_notices=sum(_unread(row, overlay) for row in notices),
        unread_newsletters=sum(_unread(row, overlay) for row in letters),
        latest_newsletter=str(letters[0][1]) if letters else "",
        articles=query.number(
            "SELECT count(*) FROM publication WHERE account = ? AND kind = 'article'"
            " AND (valid_until IS NULL OR valid_until >= ?)",
            (known.num, to_us(moment)),
        ),
        license_keys=query.number(
            "SELECT count(*) FROM thing WHERE account = ? AND kind = 'license_key'", (known.num,)
        ),
        license_keys_running_out=expiring.license_keys_running_out(query, known, moment, warn_days),
        reopenable=tickets.reopenable_count(query, known, moment),
        documents_to_sign=_items(query, known, "document", " AND open = 1"),
        orders=_items(query, known, "order", " AND open = 1"),
        unread_orders=_items(query, known, "order", " AND unread = 1"),
        order_drafts=query.number(
            "SELECT count(*) FROM outbox.draft WHERE account_id = ? AND kind = ?",
            (account_id, deliveries.ORDER_DRAFT),
        ),
        subscriptions=_items(query, known, "subscription", " AND open = 1"),
        unread_subscriptions=_items(query, known, "subscription", " AND unread = 1"),
        subscriptions_to_renew=len(to_renew),
        waiting=(
            *_sign_in(query, known),
            *_needing_user(query, account_id),
            *_answers(query, known),
            *_to_sign(query, known),
            *_order_questions(query, known),
            *to_renew,
            *_solutions(query, known),
            *_notices(notices, overlay),
        ),
    )


def _items(query: Query, known: Known, kind: str, only: str = "") -> int:
    sql = f"SELECT count(*) FROM item WHERE account = ? AND kind = ?{only}"  # noqa: S608 words of this module
    return query.number(sql, (known.num, kind))


def _to_sign(query: Query, known: Known) -> tuple[Waiting, ...]:
    """What has to be signed first comes first."""
    rows = query.rows(
        "SELECT id, title, number, due_at FROM item WHERE account = ? AND kind = 'document' AND state = ?"
        " ORDER BY due_at IS NULL, due_at LIMIT ?",
        (known.num, DocumentState.TO_SIGN.value, _MAX_ANSWERS),
    )
    return tuple(
        Waiting(kind="sign", id=id, title=title, number=number, until=optional_moment(due))
        for id, title, number, due in rows
    )


def _order_questions(query: Query, known: Known) -> tuple[Waiting, ...]:
    rows = query.rows(
        "SELECT id, title, number FROM item WHERE account = ? AND kind = 'order' AND state = ?"
        " ORDER BY updated_at DESC LIMIT ?",
        (known.num, OrderStatus.QUESTION.value, _MAX_ANSWERS),
    )
    return tuple(Waiting(kind="order", id=id, title=title, number=number) for id, title, number in rows)


def _published(query: Query, known: Known, kind: PublicationKind) -> list[Row]:
    """(id, title, valid_until, must_confirm, confirmed, read), newest first."""
    return query.rows(
        "SELECT id, title, valid_until, must_confirm, confirmed, read FROM publication"
        " WHERE account = ? AND kind = ? ORDER BY published_at DESC",
        (known.num, kind.value),
    )


def _valid(row: Row, moment: datetime) -> bool:
    return row[2] is None or row[2] >= to_us(moment)


def _unread(row: Row, overlay: Overlay) -> bool:
    return not row[5] and row[0] not in overlay.read


def _sign_in(query: Query, known: Known) -> tuple[Waiting, ...]:
    row = query.one("SELECT link FROM account WHERE num = ?", (known.num,))
    needed = row is not None and row[0] == Link.SIGN_IN_NEEDED
    return (Waiting(kind="sign_in", id=known.id, title=""),) if needed else ()


def _needing_user(query: Query, account_id: str) -> tuple[Waiting, ...]:
    return tuple(
        Waiting(kind="needs_user", id=each.command_id, title=each.subject, number=each.number)
        for each in deliveries.needing_user(query, account_id)
    )


def _answers(query: Query, known: Known) -> tuple[Waiting, ...]:
    rows = query.rows(
        "SELECT id, subject, number, assignee_name FROM ticket INDEXED BY ticket_stage"
        " WHERE account = ? AND stage = ? AND whose = ? ORDER BY updated_at DESC LIMIT ?",
        (known.num, STATUSES.index(Status.QUESTION), MINE, _MAX_ANSWERS),
    )
    return tuple(
        Waiting(kind="answer", id=id, title=subject, number=number, by=by) for id, subject, number, by in rows
    )


def _solutions(query: Query, known: Known) -> tuple[Waiting, ...]:
    rows = query.rows(
        "SELECT id, subject, number, reopen_until FROM ticket INDEXED BY ticket_stage"
        " WHERE account = ? AND stage = ? AND whose = ? ORDER BY updated_at DESC LIMIT ?",
        (known.num, STATUSES.index(Status.SOLVED), MINE, _MAX_ANSWERS),
    )
    return tuple(
        Waiting(
            kind="solution",
            id=id,
            title=subject,
            number=number,
            until=None if until is None else from_us(until),
        )
        for id, subject, number, until in rows
    )


def _notices(notices: list[Row], overlay: Overlay) -> tuple[Waiting, ...]:
    found = []
    for row in notices:
        id, title, valid_until, must_confirm, confirmed, _read = row
        until = None if valid_until is None else from_us(valid_until)
        if must_confirm and not confirmed and id not in overlay.confirmed:
            found.append(Waiting(kind="confirm", id=id, title=title, until=until))
        elif not must_confirm and _unread(row, overlay):
            found.append(Waiting(kind="read", id=id, title=title, until=until))
    return tuple(found)
