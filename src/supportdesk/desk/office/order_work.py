"""What is done about orders. Whose one is, and under which reference, is the customer's alone."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, select

from supportdesk.clock import uuid7
from supportdesk.desk.conversations import customer_mail, order_rules, rules
from supportdesk.desk.office import naming, staff
from supportdesk.desk.office.by import By
from supportdesk.desk.office.talk_work import ORDER
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import writing
from supportdesk.desk.store.schema import attachments, orders
from supportdesk.domain.entities import EventKind
from supportdesk.domain.errors import InvalidInput, Refused
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_orders import (
    AddArticle,
    AddOrderFiles,
    EditArticle,
    EditOrder,
    RemoveArticle,
    RemoveOrderFile,
    SetOrderStatus,
)
from supportdesk.domain.orders import Article, following, remaining
from supportdesk.i18n import _

Articles = tuple[Article, ...]
_CELLS = tuple(name for name in Article.__struct_fields__ if name != "removed")
R = TypeVar("R", bound=msgspec.Struct)


def set_status(connection: Connection, request: SetOrderStatus, by: By) -> Outcome:
    """Raises Refused for a status that cannot follow the present one."""
    with writing(connection):
        id = naming.order(connection, request.order)
        before = connection.execute(select(orders.c.status).where(orders.c.id == id)).scalar_one()
        if request.status == before:
            return ORDER.outcome(connection, id)
        if request.status not in following(before):
            raise Refused(_("An order cannot go from this status to that one."))
        with staff.work(connection, by.person_id, id, "set_status", by.now) as (order, change):
            change.set(status=request.status)
            change.happen(EventKind.STATUS, request.status.value)
            change.done()
            customer_mail.order_changed(connection, order, request.status, by.now)
        return ORDER.outcome(connection, id)


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
        return ORDER.outcome(connection, id)


def edit_article(connection: Connection, request: EditArticle, by: By) -> Outcome:
    said = _said(request, *_CELLS)
    return _with_articles(
        connection, request.order, by, lambda articles: _changed(articles, request.article, said)
    )


def add_article(connection: Connection, request: AddArticle, by: By) -> Outcome:
    fresh = Article(**_said(request, *_CELLS))  # type: ignore[arg-type]
    return _with_articles(connection, request.order, by, lambda articles: (*articles, fresh))


def remove_article(connection: Connection, request: RemoveArticle, by: By) -> Outcome:
    """Raises Refused for the last one."""

    def edited(articles: Articles) -> Articles:
        left = _changed(articles, request.article, {"removed": True})
        if not remaining(left):
            raise Refused(_("An order keeps at least one article. It can be cancelled instead."))
        return left

    return _with_articles(connection, request.order, by, edited, "remove_article", "article_removed")


def add_files(connection: Connection, request: AddOrderFiles, by: By) -> Outcome:
    if not request.files:
        raise InvalidInput(_("No file was chosen."), field="files")
    with writing(connection):
        rules.check_files(request.files, settings.load(connection).limits)
        id = naming.order(connection, request.order)
        place = None
        if request.article is not None:
            articles = connection.execute(select(orders.c.articles).where(orders.c.id == id)).scalar_one()
            place = _place(articles, request.article)
        with staff.work(connection, by.person_id, id, "add_files", by.now) as (_order, change):
            change.attach(uuid7(), request.files, to_message=False, article=place)
            change.happen(EventKind.CHANGED, "files_added")
            change.done()
        return ORDER.outcome(connection, id)


def remove_file(connection: Connection, request: RemoveOrderFile, by: By) -> Outcome:
    with writing(connection):
        id = naming.order(connection, request.order)
        this = select(attachments.c.id).where(
            attachments.c.id == request.file_id.strip(),
            attachments.c.conversation_id == id,
            attachments.c.message_id.is_(None),
        )
        file_id = connection.execute(this).scalar()
        if file_id is None:
            raise InvalidInput(_("The order has no such file."), field="file_id")
        with staff.work(connection, by.person_id, id, "remove_file", by.now) as (_order, change):
            change.detach(file_id)
            change.happen(EventKind.CHANGED, "file_removed")
            change.done()
        return ORDER.outcome(connection, id)


def _changed(articles: Articles, article: int, said: Mapping[str, object]) -> Articles:
    place = _place(articles, article)
    fresh = msgspec.structs.replace(articles[place], **said)
    return (*articles[:place], fresh, *articles[place + 1 :])


def _place(articles: Articles, article: int) -> int:
    """From 0. Raises InvalidInput also for one that was removed."""
    place = article - 1
    if place >= len(articles) or articles[place].removed:
        raise InvalidInput(_("The order has no such article."), field="article")
    return place


def _with_articles(
    connection: Connection,
    order: str,
    by: By,
    edited: Callable[[Articles], Articles],
    action: str = "edit_articles",
    what: str = "articles",
) -> Outcome:
    """`action` is for the vendor's own records, `what` was changed for those who see the order."""
    with writing(connection):
        id = naming.order(connection, order)
        row = connection.execute(select(orders).where(orders.c.id == id)).mappings().one()
        articles = edited(row["articles"])
        catalogue = settings.load(connection).catalogue
        order_rules.check_edited(row["reference"], row["note"], "", articles, catalogue)
        if articles != row["articles"]:
            with staff.work(connection, by.person_id, id, action, by.now) as (_order, change):
                change.set(articles=articles)
                change.happen(EventKind.CHANGED, what)
                change.done()
        return ORDER.outcome(connection, id)


def _said(request: R, *names: str) -> dict[str, object]:
    values = {name: getattr(request, name) for name in names}
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in values.items()
        if value is not None
    }
