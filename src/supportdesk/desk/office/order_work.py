"""What is done about orders. Whose one is, and under which reference, is the customer's alone."""

from collections.abc import Callable
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, select

from supportdesk.desk.conversations import customer_mail, order_rules, rules
from supportdesk.desk.office import naming, staff
from supportdesk.desk.office.by import By
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import writing
from supportdesk.desk.store.schema import orders
from supportdesk.domain.entities import EventKind
from supportdesk.domain.errors import InvalidInput, Refused
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_orders import (
    AddArticle,
    AnswerOrder,
    AssignOrder,
    EditArticle,
    EditOrder,
    NoteOrder,
    RecordOrderTime,
    SetOrderStatus,
)
from supportdesk.domain.orders import Article, following
from supportdesk.i18n import _

Articles = tuple[Article, ...]
R = TypeVar("R", bound=msgspec.Struct)


def set_status(connection: Connection, request: SetOrderStatus, by: By) -> Outcome:
    """Raises Refused for a status that cannot follow the present one."""
    with writing(connection):
        id = naming.order(connection, request.order)
        before = connection.execute(select(orders.c.status).where(orders.c.id == id)).scalar_one()
        if request.status == before:
            return _outcome(connection, id)
        if request.status not in following(before):
            raise Refused(_("An order cannot go from this status to that one."))
        with staff.work(connection, by.person_id, id, "set_status", by.now) as (order, change):
            change.set(status=request.status)
            change.happen(EventKind.STATUS, request.status.value)
            change.done()
            customer_mail.order_changed(connection, order, request.status, by.now)
        return _outcome(connection, id)


def edit(connection: Connection, request: EditOrder, by: By) -> Outcome:
    said = _said(request, "order_kind", "note")
    with writing(connection):
        id = naming.order(connection, request.order)
        row = connection.execute(select(orders).where(orders.c.id == id)).mappings().one()
        changed = {name: value for name, value in said.items() if value != row[name]}
        order_rules.check_edited(
            row["reference"],
            str(said.get("note", row["note"])),
            str(said.get("order_kind", "")),
            row["articles"],
            settings.load(connection).catalogue,
        )
        if changed:
            with staff.work(connection, by.person_id, id, "edit_order", by.now) as (_order, change):
                change.set(**changed)
                for name in changed:
                    change.happen(EventKind.CHANGED, name)
                change.done()
        return _outcome(connection, id)


def edit_article(connection: Connection, request: EditArticle, by: By) -> Outcome:
    said = _said(request, *Article.__struct_fields__)

    def edited(articles: Articles) -> Articles:
        place = request.article - 1
        if place >= len(articles):
            raise InvalidInput(_("The order has no such article."), field="article")
        fresh = msgspec.structs.replace(articles[place], **said)
        return (*articles[:place], fresh, *articles[place + 1 :])

    return _with_articles(connection, request.order, by, edited)


def add_article(connection: Connection, request: AddArticle, by: By) -> Outcome:
    fresh = Article(**_said(request, *Article.__struct_fields__))  # type: ignore[arg-type]
    return _with_articles(connection, request.order, by, lambda articles: (*articles, fresh))


def _with_articles(
    connection: Connection, order: str, by: By, edited: Callable[[Articles], Articles]
) -> Outcome:
    with writing(connection):
        id = naming.order(connection, order)
        row = connection.execute(select(orders).where(orders.c.id == id)).mappings().one()
        articles = edited(row["articles"])
        catalogue = settings.load(connection).catalogue
        order_rules.check_edited(row["reference"], row["note"], "", articles, catalogue)
        if articles != row["articles"]:
            with staff.work(connection, by.person_id, id, "edit_articles", by.now) as (_order, change):
                change.set(articles=articles)
                change.happen(EventKind.CHANGED, "articles")
                change.done()
        return _outcome(connection, id)


def answer(connection: Connection, request: AnswerOrder, by: By) -> Outcome:
    body = _body(request.body)
    with writing(connection):
        limits = settings.load(connection).limits
        rules.check_body(body, limits)
        rules.check_files(request.files, limits)
        id = naming.order(connection, request.order)
        made = staff.answer(connection, by.person_id, id, body, by.now, files=request.files)
        return _outcome(connection, id, made)


def note(connection: Connection, request: NoteOrder, by: By) -> Outcome:
    body = _body(request.body)
    with writing(connection):
        id = naming.order(connection, request.order)
        return _outcome(connection, id, staff.note(connection, by.person_id, id, body, by.now))


def assign(connection: Connection, request: AssignOrder, by: By) -> Outcome:
    with writing(connection):
        id = naming.order(connection, request.order)
        named = request.assignee
        assignee_id = naming.person(connection, named, "assignee") if named else by.person_id
        staff.assign(connection, by.person_id, id, assignee_id, by.now)
        return _outcome(connection, id)


def record_time(connection: Connection, request: RecordOrderTime, by: By) -> Outcome:
    with writing(connection):
        id = naming.order(connection, request.order)
        staff.record_time(connection, by.person_id, id, request.minutes, request.note.strip(), by.now)
        return _outcome(connection, id)


def _said(request: R, *names: str) -> dict[str, object]:
    values = {name: getattr(request, name) for name in names}
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in values.items()
        if value is not None
    }


def _body(written: str) -> str:
    if not written.strip():
        raise InvalidInput(_("Write something."), field="body")
    return written.strip()


def _outcome(connection: Connection, order_id: str, id: str = "") -> Outcome:
    """`id` is that of what was made, else it is the order's."""
    number = connection.execute(select(orders.c.number).where(orders.c.id == order_id)).scalar_one()
    return Outcome(id or order_id, number)
