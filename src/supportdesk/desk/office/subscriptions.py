"""What customers subscribed to: products, their modules, the components of those."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, select

from supportdesk.clock import uuid7
from supportdesk.desk.accounts import accounts
from supportdesk.desk.conversations.changing import Change, Head, begin
from supportdesk.desk.office import naming, staff
from supportdesk.desk.office.by import By
from supportdesk.desk.store import audit
from supportdesk.desk.store.database import writing
from supportdesk.desk.store.schema import license_keys, subscriptions
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
_OPEN = SubscriptionState.ACTIVE, SubscriptionState.ORDERED, SubscriptionState.ENDING


def add(connection: Connection, request: AddSubscription, by: By) -> Outcome:
    with writing(connection):
        staff.check_staff(connection, by.person_id)
        organisation_id = naming.organisation(connection, request.organisation)
        values = {
            "name": accounts.plain(request.name, "name", _("Enter a name.")),
            "parent_id": _parent(connection, organisation_id, request.parent) if request.parent else None,
            "quantity": request.quantity,
            "state": request.state,
            **{name: getattr(request, name) for name in _MOMENTS},
            "price": accounts.plain(request.price, "price", ""),
            "description": _description(request.description),
            "key_ids": keys_of(connection, organisation_id, request.keys),
        }
        _check_period(values)
        number = _free_number(connection, organisation_id, request.number)
        id = _write_new(connection, organisation_id, number, values, by)
    return Outcome(id, number)


def _description(written: str) -> str:
    text = written.strip()
    if len(text) > _MAX_DESCRIPTION_CHARS:
        sentence = _("The text may have at most {limit} characters.")
        raise InvalidInput(sentence.format(limit=_MAX_DESCRIPTION_CHARS), field="description")
    return text


def _write_new(
    connection: Connection, organisation_id: str, number: str, values: dict[str, Any], by: By
) -> str:
    about = Head(
        id=uuid7(),
        kind=ConversationKind.SUBSCRIPTION,
        number=number,
        subject=values["name"],
        organisation_id=organisation_id,
        assignee_id=None,
    )
    begin(connection, about)
    connection.execute(
        subscriptions.insert().values(
            id=about.id,
            organisation_id=organisation_id,
            number=number,
            last_author_id=by.person_id,
            created_at=by.now,
            updated_at=by.now,
            **values,
        )
    )
    Change(connection, about, by.person_id, by.now).done(born=True)
    audit.note(connection, by.person_id, "add_subscription", about.id, by.now)
    return about.id


def change(connection: Connection, request: ChangeSubscription, by: By) -> Outcome:
    with writing(connection):
        id = naming.subscription(connection, request.subscription)
        present = _row(connection, id)
        _write_changes(connection, present, _changes(connection, request, present), by)
    return Outcome(id, present["number"])


def _changes(connection: Connection, request: ChangeSubscription, present: RowMapping) -> dict[str, Any]:
    organisation_id = present["organisation_id"]
    said: dict[str, Any] = {
        "name": accounts.plain(request.name, "name", ""),
        "quantity": request.quantity,
        "state": request.state,
        **{name: getattr(request, name) for name in _MOMENTS},
        "price": accounts.plain(request.price, "price", ""),
        "description": _description(request.description),
        "key_ids": keys_of(connection, organisation_id, request.keys),
    }
    wanted = {name: value for name, value in said.items() if value not in (None, "", ())}
    if request.parent:
        wanted["parent_id"] = _parent(connection, organisation_id, request.parent, of=present["id"])
    return wanted | {_COLUMNS.get(part, part.value): _NOTHING[part] for part in request.without}


def _write_changes(connection: Connection, present: RowMapping, wanted: dict[str, Any], by: By) -> None:
    """Nothing where everything is so already; customers read in its history what was changed."""
    changed = {name: value for name, value in wanted.items() if value != present[name]}
    _check_period({**present, **changed})
    with staff.work(connection, by.person_id, present["id"], "change_subscription", by.now) as (_about, done):
        if changed:
            done.set(**changed)
            for name in changed:
                done.happen(EventKind.CHANGED, name)
            done.done()


def end(connection: Connection, request: EndSubscription, by: By) -> Outcome:
    at = request.ends_at or by.now
    wanted = {
        "state": SubscriptionState.ENDING if at > by.now else SubscriptionState.ENDED,
        "ends_at": at,
        "renews_at": None,
    }
    with writing(connection):
        id = naming.subscription(connection, request.subscription)
        whole = _row(connection, id)
        for present in (whole, *_below(connection, id)):
            ends_before = present["ends_at"] is not None and present["ends_at"] <= at
            if present is whole or (present["state"] in _OPEN and not ends_before):
                _write_changes(connection, present, wanted, by)
    return Outcome(id, whole["number"])


def _below(connection: Connection, id: str) -> Sequence[RowMapping]:
    """All that is a part of it, or of one of its parts."""
    parts = select(subscriptions.c.id).where(subscriptions.c.parent_id == id).cte(recursive=True)
    theirs = select(subscriptions.c.id).join(parts, subscriptions.c.parent_id == parts.c.id)
    parts = parts.union(theirs)
    query = select(subscriptions).where(subscriptions.c.id.in_(select(parts.c.id)))
    return connection.execute(query.order_by(subscriptions.c.number, subscriptions.c.id)).mappings().all()


def put(connection: Connection, request: AddSubscription, organisation_id: str, by: By) -> Outcome:
    """As `add`; where the organisation has its number, that one becomes as it is told here."""
    there = find(connection, organisation_id, request.number)
    if there is None:
        return add(connection, request, by)
    told = msgspec.structs.asdict(request)
    for name in ("organisation", "number"):
        del told[name]
    empty = tuple(part for part in Part if not told[part.value])
    return change(connection, ChangeSubscription(subscription=there, without=empty, **told), by)


def find(connection: Connection, organisation_id: str, number: str) -> str | None:
    """The id, by number within an organisation."""
    theirs = subscriptions.c.organisation_id == organisation_id
    query = select(subscriptions.c.id).where(theirs, subscriptions.c.number == number.strip())
    return connection.execute(query).scalar()


def _free_number(connection: Connection, organisation_id: str, written: str) -> str:
    number = accounts.plain(written, "number", _("Enter the number."), limit=64)
    if find(connection, organisation_id, number):
        text = _("The organisation has a subscription with the number {number} already.")
        raise InvalidInput(text.format(number=number), field="number")
    return number


def _parent(connection: Connection, organisation_id: str, written: str, of: str = "") -> str:
    """The id. Raises InvalidInput where there is none, or where `of` would be a part of itself."""
    there = subscriptions.c.organisation_id == organisation_id
    named = (subscriptions.c.id == written.strip()) | (subscriptions.c.number == written.strip())
    id: str | None = connection.execute(select(subscriptions.c.id).where(there, named)).scalar()
    if id is None:
        text = _("The organisation has no subscription with the number {number}.")
        raise InvalidInput(text.format(number=written.strip()), field="parent")
    if of and (id == of or any(row["id"] == id for row in _below(connection, of))):
        raise InvalidInput(_("A subscription cannot be a part of itself."), field="parent")
    return id


def keys_of(connection: Connection, organisation_id: str, written: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of license keys, named by themselves or by their ids."""
    return tuple(_key(connection, organisation_id, each.strip()) for each in written)


def _key(connection: Connection, organisation_id: str, written: str) -> str:
    theirs = license_keys.c
    named = (theirs.id == written) | (theirs.key == written)
    query = select(theirs.id).where(theirs.organisation_id == organisation_id, named)
    id: str | None = connection.execute(query).scalar()
    if id is None:
        raise InvalidInput(
            _("The organisation has no such license key: {key}").format(key=written), field="keys"
        )
    return id


def _check_period(values: Any) -> None:
    starts, ends = values["starts_at"], values["ends_at"]
    if starts and ends and ends < starts:
        raise InvalidInput(_("It cannot end before it starts."), field="ends_at")


def _row(connection: Connection, id: str) -> RowMapping:
    return connection.execute(select(subscriptions).where(subscriptions.c.id == id)).mappings().one()
