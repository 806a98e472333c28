"""What customers subscribed to: products, their modules, the components of those."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, select

from supportdesk.clock import uuid7
from supportdesk.desk.accounts import accounts
from supportdesk.desk.conversations.changing import Change, Head, begin_own
from supportdesk.desk.office import naming, staff
from supportdesk.desk.office.by import By
from supportdesk.desk.office.subscription_stock import Stock
from supportdesk.desk.store import audit
from supportdesk.desk.store.database import writing
from supportdesk.desk.store.schema import subscriptions
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.feed import Touch
from supportdesk.domain.entities import ConversationKind, EventKind, SubscriptionState
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_subscriptions import (
    AddSubscription,
    ChangeSubscription,
    EndSubscription,
    Part,
)
from supportdesk.i18n import _

_MOMENTS = ("starts_at", "ends_at", "renews_at")
_NOTHING: dict[Part, object] = {
    Part.PARENT: None,
    Part.STARTS_AT: None,
    Part.ENDS_AT: None,
    Part.RENEWS_AT: None,
    Part.PRICE: "",
    Part.DESCRIPTION: "",
    Part.KEYS: (),
}
_COLUMNS = {"parent": "parent_id", "keys": "key_ids"}
_MAX_DESCRIPTION_CHARS = 10_000
Changed = tuple[RowMapping, dict[str, Any]]
"""One as it is, and what becomes otherwise, by columns."""
_OPEN = SubscriptionState.ACTIVE, SubscriptionState.ORDERED, SubscriptionState.ENDING


def add(connection: Connection, request: AddSubscription, by: By) -> Outcome:
    with writing(connection):
        staff.check_staff(connection, by.person_id)
        fresh = made(Stock(connection, naming.organisation(connection, request.organisation)), request)
        write_new(connection, [fresh], by)
    return Outcome(fresh["id"], fresh["number"])


def made(stock: Stock, request: AddSubscription) -> dict[str, Any]:
    """The row of a new one, which the stock has from then on. Raises InvalidInput."""
    values = {
        "id": uuid7(),
        "organisation_id": stock.organisation_id,
        "name": accounts.plain(request.name, "name", _("Enter a name.")),
        "parent_id": stock.parent(request.parent) if request.parent else None,
        "quantity": request.quantity,
        "state": request.state,
        **{name: getattr(request, name) for name in _MOMENTS},
        "price": accounts.plain(request.price, "price", ""),
        "description": _description(request.description),
        "key_ids": stock.keys(request.keys),
    }
    _check_period(values)
    values["number"] = stock.free(request.number)
    stock.take(values["id"], values["number"], values["parent_id"])
    return values


def _description(written: str) -> str:
    text = written.strip()
    if len(text) > _MAX_DESCRIPTION_CHARS:
        sentence = _("The text may have at most {limit} characters.")
        raise InvalidInput(sentence.format(limit=_MAX_DESCRIPTION_CHARS), field="description")
    return text


def write_new(connection: Connection, rows: Sequence[dict[str, Any]], by: By) -> None:
    """What `made` made, a whole before its parts. Within a writing transaction."""
    wrote = {"last_author_id": by.person_id, "created_at": by.now, "updated_at": by.now}
    fresh = [_head(row | {"assignee_id": None}) for row in rows]
    begin_own(connection, fresh)
    connection.execute(subscriptions.insert(), [row | wrote for row in rows])
    feed.record(
        connection, [Touch("subscription", each.id, each.organisation_id, born=True) for each in fresh]
    )
    audit.note_all(connection, by.person_id, "add_subscription", [each.id for each in fresh], by.now)


def _head(row: Mapping[str, Any] | RowMapping) -> Head:
    return Head(
        id=row["id"],
        kind=ConversationKind.SUBSCRIPTION,
        number=row["number"],
        subject=row["name"],
        organisation_id=row["organisation_id"],
        assignee_id=row["assignee_id"],
    )


def change(connection: Connection, request: ChangeSubscription, by: By) -> Outcome:
    with writing(connection):
        staff.check_staff(connection, by.person_id)
        id = naming.subscription(connection, request.subscription)
        present = _row(connection, id)
        stock = Stock(connection, present["organisation_id"])
        write_changes(connection, [(present, changes(stock, request, present))], by)
    return Outcome(id, present["number"])


def changes(stock: Stock, request: ChangeSubscription, present: RowMapping) -> dict[str, Any]:
    """What becomes otherwise; the stock knows of it. Raises InvalidInput."""
    said: dict[str, Any] = {
        "name": accounts.plain(request.name, "name", ""),
        "quantity": request.quantity,
        "state": request.state,
        **{name: getattr(request, name) for name in _MOMENTS},
        "price": accounts.plain(request.price, "price", ""),
        "description": _description(request.description),
        "key_ids": stock.keys(request.keys),
    }
    wanted = {name: value for name, value in said.items() if value not in (None, "", ())}
    if request.parent:
        wanted["parent_id"] = stock.parent(request.parent, of=present["id"])
    wanted |= {_COLUMNS.get(part, part.value): _NOTHING[part] for part in request.without}
    _check_period({**present, **wanted})
    if "parent_id" in wanted:
        stock.move(present["id"], wanted["parent_id"])
    return _otherwise(present, wanted)


def _otherwise(present: RowMapping, wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if value != present[name]}


def write_changes(connection: Connection, changed: Iterable[Changed], by: By) -> None:
    """Customers read in the history of each what was changed. Within a writing transaction."""
    works: dict[str, Change] = {}
    for present, values in changed:
        if values:
            work = works[present["id"]] = Change(connection, _head(present), by.person_id, by.now)
            work.set(**values)
            for name in values:
                work.happen(EventKind.CHANGED, name)
    if works:
        feed.record(connection, [touch for work in works.values() for touch in work.saved()])
        audit.note_all(connection, by.person_id, "change_subscription", works, by.now)


def end(connection: Connection, request: EndSubscription, by: By) -> Outcome:
    at = request.ends_at or by.now
    wanted = {
        "state": SubscriptionState.ENDING if at > by.now else SubscriptionState.ENDED,
        "ends_at": at,
        "renews_at": None,
    }
    with writing(connection):
        staff.check_staff(connection, by.person_id)
        id = naming.subscription(connection, request.subscription)
        whole = _row(connection, id)
        ending = [whole]
        for part in _below(connection, id):
            ends_before = part["ends_at"] is not None and part["ends_at"] <= at
            if part["state"] in _OPEN and not ends_before:
                ending.append(part)
        for each in ending:
            _check_period({**each, **wanted})
        write_changes(connection, [(each, _otherwise(each, wanted)) for each in ending], by)
    return Outcome(id, whole["number"])


def _below(connection: Connection, id: str) -> Sequence[RowMapping]:
    """All that is a part of it, or of one of its parts."""
    parts = select(subscriptions.c.id).where(subscriptions.c.parent_id == id).cte(recursive=True)
    theirs = select(subscriptions.c.id).join(parts, subscriptions.c.parent_id == parts.c.id)
    parts = parts.union(theirs)
    query = select(subscriptions).where(subscriptions.c.id.in_(select(parts.c.id)))
    return connection.execute(query.order_by(subscriptions.c.number, subscriptions.c.id)).mappings().all()


def replacement(request: AddSubscription, there: str) -> ChangeSubscription:
    """Of the one that is there, by its id: it becomes as it is told, and has nothing else."""
    told = msgspec.structs.asdict(request)
    for name in ("organisation", "number"):
        del told[name]
    empty = tuple(part for part in Part if not told[part.value])
    return ChangeSubscription(subscription=there, without=empty, **told)


def _check_period(values: Any) -> None:
    starts, ends = values["starts_at"], values["ends_at"]
    if starts and ends and ends < starts:
        raise InvalidInput(_("It cannot end before it starts."), field="ends_at")


def _row(connection: Connection, id: str) -> RowMapping:
    return connection.execute(select(subscriptions).where(subscriptions.c.id == id)).mappings().one()
