"""Documents, orders and subscriptions: their rows, and the lists made of them.

As in the ticket list, every order has an index with all filters in it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from supportdesk.domain.documents import DocumentState
from supportdesk.domain.entities import Document, Item, Order, Subscription, SubscriptionState, kind_of
from supportdesk.domain.errors import NotFound
from supportdesk.domain.orders import OPEN_ORDERS, OrderStatus, after_customer_reply
from supportdesk.domain.projections import ItemQuery, ItemRow, ItemSort, OpenState, OutboxState
from supportdesk.domain.text import sort_key
from supportdesk.replica.projection import Me, Pending, ShownItem
from supportdesk.replica.query import Known, Query, Row, fts_all
from supportdesk.replica.rows import from_us, item_of, optional_moment, optional_us, to_us

_KEYS = {
    ItemSort.UPDATED: "updated_at",
    ItemSort.CREATED: "created_at",
    ItemSort.TITLE: "title_key",
    ItemSort.DUE: "due_at",
}
_AFTER = {"sign_document": DocumentState.SIGNED.value, "decline_document": DocumentState.DECLINED.value}
_COLUMNS = """
    i.account, i.kind, i.id, i.number, i.title, i.state, i.open, i.unread, i.pending, i.created_at,
    i.updated_at, i.due_at, i.fact,
    CASE WHEN i.pending = 0 THEN 0 ELSE EXISTS (
        SELECT 1 FROM account a JOIN outbox.command c ON c.account_id = a.id AND c.subject_id = i.id
        WHERE a.num = i.account AND c.settled = 0 AND c.state = 'needs_user' AND c.do != 'mark_read'
    ) END
"""


def title(item: Item) -> str:
    if isinstance(item, Document):
        return item.title
    return item.reference if isinstance(item, Order) else item.name


def show(item: Item, me: Me, pendings: Iterable[Pending]) -> ShownItem:
    """With what waits in the outbox."""
    state, changed_us = _state(item), to_us(item.updated_at)
    read_us = to_us(item.read_at) if item.read_at else None
    updated_us, waiting = changed_us, False
    for pending in pendings:
        if pending.do == "mark_read":
            read_us = max(read_us or 0, pending.basis_us or 0)
            continue
        waiting = waiting or pending.state != OutboxState.SENT
        if pending.state != OutboxState.NEEDS_USER:
            state = _after(pending.do, state, item)
            updated_us = max(updated_us, pending.created_us)
    # A subscription is there from the beginning; only what is said about it later is news.
    is_news = not isinstance(item, Subscription) or item.updated_at > item.created_at
    unseen = read_us is None or changed_us > read_us
    unread = is_news and item.last_author_id != me.person_id and unseen
    return ShownItem(state, int(_is_open(item, state)), int(unread), int(waiting), updated_us)


def _state(item: Item) -> str:
    return item.status.value if isinstance(item, Order) else item.state.value


def _after(do: str, state: str, item: Item) -> str:
    if do == "reply" and isinstance(item, Order):
        return after_customer_reply(OrderStatus(state)).value
    return _AFTER.get(do, state)


def _is_open(item: Item, state: str) -> bool:
    if isinstance(item, Document):
        return state == DocumentState.TO_SIGN
    if isinstance(item, Order):
        return state in OPEN_ORDERS
    return state != SubscriptionState.ENDED


def columns(item: Item, me: Me, pendings: Iterable[Pending]) -> tuple[object, ...]:
    """Everything of an item's row after `account` and before `fact`, in the order of the table."""
    shown = show(item, me, pendings)
    called = title(item)
    return (
        kind_of(item),
        item.id,
        item.number,
        called,
        sort_key(called),
        shown.state,
        shown.open,
        shown.unread,
        shown.pending,
        to_us(item.created_at),
        shown.updated_us,
        optional_us(_due(item)),
        _parent(item),
    )


def _due(item: Item) -> datetime | None:
    if isinstance(item, Document):
        return item.sign_by
    return (item.ends_at or item.renews_at) if isinstance(item, Subscription) else None


def _parent(item: Item) -> str | None:
    if isinstance(item, Document):
        return item.concerns_id or None
    return item.parent_id if isinstance(item, Subscription) else None


def indexed(item: Item) -> tuple[str, str, str, str]:
    """What of the item itself is searched: title, number, names, and text."""
    names = [item.organisation_name, item.assignee_name]
    if isinstance(item, Order):
        names.append(item.requester_name)
        lines = (f"{each.number} {each.name} {each.serial_number}" for each in item.articles)
        body = "\n".join((item.note, *lines))
    else:
        body = item.description if isinstance(item, Subscription) else item.reason
    return title(item), item.number, " ".join(names), body


# lists


def count(query: Query, wanted: ItemQuery) -> int:
    accounts = query.chosen(wanted.account_id)
    where, values = _filters(wanted)
    return sum(
        query.number(
            f"SELECT count(*) FROM item WHERE account = ? AND kind = ? {where}",  # noqa: S608
            (known.num, wanted.kind, *values),
        )
        for known in accounts
    )


def window(query: Query, wanted: ItemQuery, offset: int, limit: int | None) -> tuple[ItemRow, ...]:
    accounts = query.chosen(wanted.account_id)
    where, values = _filters(wanted)
    key = _KEYS[wanted.sort]
    direction = "DESC" if wanted.descending else "ASC"
    arms = " UNION ALL ".join(
        f"SELECT row, {key} FROM item WHERE account = ? AND kind = ? {where}"  # noqa: S608 names from this module
        for _known in accounts
    )
    if not arms:
        return ()
    rows = query.rows(
        f"SELECT {_COLUMNS} FROM ({arms} ORDER BY 2 {direction} LIMIT ? OFFSET ?) w"  # noqa: S608
        " CROSS JOIN item i ON i.row = w.row",
        [
            *(value for known in accounts for value in (known.num, wanted.kind, *values)),
            -1 if limit is None else limit,
            offset,
        ],
    )
    return item_rows(rows, accounts)


def state_counts(query: Query, account_id: str, kind: str) -> Mapping[str, int]:
    rows = query.rows(
        "SELECT state, count(*) FROM item WHERE account = ? AND kind = ? GROUP BY state",
        (query.account(account_id).num, kind),
    )
    return dict(rows)


def find(query: Query, account_id: str, item_id: str) -> ItemRow:
    """Raises NotFound."""
    known = query.account(account_id)
    rows = query.rows(
        f"SELECT {_COLUMNS} FROM item i WHERE i.account = ? AND i.id = ?",  # noqa: S608
        (known.num, item_id),
    )
    if not rows:
        raise NotFound
    return item_rows(rows, (known,))[0]


def by_number(query: Query, account_id: str | None, kind: str, number: str) -> tuple[str, str]:
    """(account id, item id). Raises NotFound."""
    for known in query.chosen(account_id):
        row = query.one(
            "SELECT id FROM item WHERE account = ? AND kind = ? AND number = ?", (known.num, kind, number)
        )
        if row is not None:
            return known.id, row[0]
    raise NotFound


def documents_of(query: Query, account_id: str, conversation_id: str) -> tuple[ItemRow, ...]:
    """Those that belong to it, newest first."""
    known = query.account(account_id)
    rows = query.rows(
        f"SELECT {_COLUMNS} FROM item i WHERE i.account = ? AND i.parent_id = ? AND i.kind = 'document'"  # noqa: S608
        " ORDER BY i.created_at DESC",
        (known.num, conversation_id),
    )
    return item_rows(rows, (known,))


def item_rows(rows: list[Row], accounts: tuple[Known, ...]) -> tuple[ItemRow, ...]:
    """From rows of _COLUMNS."""
    ids = {known.num: known.id for known in accounts}
    return tuple(
        ItemRow(
            account_id=ids[account],
            id=id,
            kind=kind,
            number=number,
            title=called,
            state=state,
            open=is_open != 0,
            unread=unread != 0,
            created_at=from_us(created),
            updated_at=from_us(updated),
            due_at=optional_moment(due),
            fact=item_of(fact),
            pending=pending != 0,
            refused=refused != 0,
        )
        for (
            account,
            kind,
            id,
            number,
            called,
            state,
            is_open,
            unread,
            pending,
            created,
            updated,
            due,
            fact,
            refused,
        ) in rows
    )


def _filters(wanted: ItemQuery) -> tuple[str, list[object]]:
    where: list[str] = []
    values: list[object] = []
    if wanted.open_state is not OpenState.ALL:
        where.append(f" AND open = {int(wanted.open_state is OpenState.OPEN)}")
    if wanted.states:
        where.append(f" AND state IN ({', '.join('?' * len(wanted.states))})")
        values.extend(wanted.states)
    if match := fts_all(wanted.text):
        where.append(" AND row IN (SELECT rowid FROM item_fts WHERE item_fts MATCH ?)")
        values.append(match)
    return "".join(where), values
