"""What is said and worked about subscriptions."""

from typing import Any

from sqlalchemy import Connection, func, select

from supportdesk.desk.conversations import rules
from supportdesk.desk.office import naming, staff, talks
from supportdesk.desk.office.by import By
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.schema import organisations, people, subscriptions
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_subscriptions import (
    AnswerSubscription,
    AssignSubscription,
    NoteSubscription,
    RecordSubscriptionTime,
    ShowSubscription,
    SubscriptionShown,
)
from supportdesk.i18n import _


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


def answer(connection: Connection, request: AnswerSubscription, by: By) -> Outcome:
    body = _body(request.body)
    with writing(connection):
        limits = settings.load(connection).limits
        rules.check_body(body, limits)
        rules.check_files(request.files, limits)
        id = naming.subscription(connection, request.subscription)
        made = staff.answer(connection, by.person_id, id, body, by.now, files=request.files)
        return _outcome(connection, id, made)


def note(connection: Connection, request: NoteSubscription, by: By) -> Outcome:
    body = _body(request.body)
    with writing(connection):
        id = naming.subscription(connection, request.subscription)
        return _outcome(connection, id, staff.note(connection, by.person_id, id, body, by.now))


def assign(connection: Connection, request: AssignSubscription, by: By) -> Outcome:
    with writing(connection):
        id = naming.subscription(connection, request.subscription)
        named = request.assignee
        assignee_id = naming.person(connection, named, "assignee") if named else by.person_id
        staff.assign(connection, by.person_id, id, assignee_id, by.now)
        return _outcome(connection, id)


def record_time(connection: Connection, request: RecordSubscriptionTime, by: By) -> Outcome:
    with writing(connection):
        id = naming.subscription(connection, request.subscription)
        staff.record_time(connection, by.person_id, id, request.minutes, request.note.strip(), by.now)
        return _outcome(connection, id)


def _body(written: str) -> str:
    if not written.strip():
        raise InvalidInput(_("Write something."), field="body")
    return written.strip()


def _outcome(connection: Connection, subscription_id: str, id: str = "") -> Outcome:
    """`id` is that of what was made, else it is the subscription's."""
    query = select(subscriptions.c.number).where(subscriptions.c.id == subscription_id)
    return Outcome(id or subscription_id, connection.execute(query).scalar_one())
