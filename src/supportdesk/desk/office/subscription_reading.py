"""Subscriptions as the vendor's people read them, with what no customer sees."""

from typing import Any

from sqlalchemy import Connection, func, select

from supportdesk.desk.office import naming, talks
from supportdesk.desk.office.by import By
from supportdesk.desk.office.pages import page
from supportdesk.desk.store.database import reading
from supportdesk.desk.store.schema import organisations, people, subscriptions
from supportdesk.domain.office_subscriptions import (
    ListSubscriptions,
    ShowSubscription,
    SubscriptionRow,
    Subscriptions,
    SubscriptionShown,
)


def all_of_them(connection: Connection, request: ListSubscriptions, _by: By) -> Subscriptions:
    whole = subscriptions.alias()
    theirs = subscriptions.c
    query = (
        select(
            theirs.id,
            organisations.c.name,
            theirs.number,
            func.coalesce(whole.c.number, ""),
            theirs.name,
            theirs.quantity,
            theirs.state,
            theirs.starts_at,
            theirs.ends_at,
            theirs.renews_at,
            theirs.price,
        )
        .join(organisations, organisations.c.id == theirs.organisation_id)
        .outerjoin(whole, whole.c.id == theirs.parent_id)
        .order_by(organisations.c.name, theirs.number, theirs.id)
    )
    if request.state is not None:
        query = query.where(theirs.state == request.state)
    with reading(connection):
        if request.organisation:
            query = query.where(
                theirs.organisation_id == naming.organisation(connection, request.organisation)
            )
        rows = connection.execute(page(query, request))
        return Subscriptions(tuple(SubscriptionRow(*row) for row in rows))


def show(connection: Connection, request: ShowSubscription, _by: By) -> SubscriptionShown:
    whole = subscriptions.alias()
    query = (
        select(
            subscriptions,
            organisations.c.name.label("organisation"),
            func.coalesce(whole.c.number, "").label("parent"),
            func.coalesce(people.c.name, "").label("assignee"),
        )
        .join(organisations, organisations.c.id == subscriptions.c.organisation_id)
        .outerjoin(whole, whole.c.id == subscriptions.c.parent_id)
        .outerjoin(people, people.c.id == subscriptions.c.assignee_id)
    )
    with reading(connection):
        id = naming.subscription(connection, request.subscription)
        row = connection.execute(query.where(subscriptions.c.id == id)).mappings().one()
        files = talks.files(connection, id)
        made: dict[str, Any] = {
            "files": tuple(files[None]),
            "conversation": talks.said(connection, id, files),
            "time_records": talks.time_records(connection, id),
        }
        plain = {name: row[name] for name in SubscriptionShown.__struct_fields__ if name not in made}
        return SubscriptionShown(**plain, **made)
