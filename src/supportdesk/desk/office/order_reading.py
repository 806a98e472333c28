"""Orders as the vendor's people read them, with what no customer sees."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, select

from supportdesk.desk.office import naming, talks
from supportdesk.desk.office.by import By
from supportdesk.desk.office.pages import page
from supportdesk.desk.store.database import reading
from supportdesk.desk.store.schema import attachments, orders, organisations, people
from supportdesk.domain.office import FileRow
from supportdesk.domain.office_orders import (
    ArticleRow,
    ListOrders,
    OrderRow,
    Orders,
    OrderShown,
    ShowOrder,
)
from supportdesk.domain.orders import OPEN_ORDERS, Article, following, remaining

S = TypeVar("S", bound=Select[Any])

_requester, _assignee = people.alias("requester"), people.alias("assignee")
_NAMES = (
    organisations.c.name.label("organisation"),
    _requester.c.name.label("requester"),
    func.coalesce(_assignee.c.name, "").label("assignee"),
)


def chosen(connection: Connection, request: ListOrders, _by: By) -> Orders:
    with reading(connection):
        query = _joined(select(orders, *_NAMES)).where(*_conditions(connection, request))
        query = query.order_by(orders.c.updated_at.desc(), orders.c.id.desc())
        rows = connection.execute(page(query, request)).mappings()
        return Orders(tuple(_row(row) for row in rows))


def _row(row: RowMapping) -> OrderRow:
    plain = {name: row[name] for name in OrderRow.__struct_fields__}
    return OrderRow(**(plain | {"articles": len(remaining(row["articles"]))}))


def _joined(query: S) -> S:
    """With those whose names are shown."""
    return (
        query.select_from(orders)
        .join(_requester, _requester.c.id == orders.c.requester_id)
        .join(organisations, organisations.c.id == orders.c.organisation_id)
        .outerjoin(_assignee, _assignee.c.id == orders.c.assignee_id)
    )


def _conditions(connection: Connection, request: ListOrders) -> list[ColumnElement[bool]]:
    these: list[ColumnElement[bool]] = [orders.c.status.in_(request.status or OPEN_ORDERS)]
    if request.organisation:
        these.append(orders.c.organisation_id == naming.organisation(connection, request.organisation))
    if request.requester:
        these.append(orders.c.requester_id == naming.person(connection, request.requester, "requester"))
    if request.assignee:
        these.append(orders.c.assignee_id == naming.person(connection, request.assignee, "assignee"))
    if request.unassigned:
        these.append(orders.c.assignee_id.is_(None))
    if request.words:
        these.append(orders.c.reference.icontains(request.words, autoescape=True))
    return these


def show(connection: Connection, request: ShowOrder, _by: By) -> OrderShown:
    with reading(connection):
        id = naming.order(connection, request.order)
        row = connection.execute(_joined(select(orders, *_NAMES)).where(orders.c.id == id)).mappings().one()
        of_articles = _files_of_articles(connection, id)
        files = talks.files(connection, id)
        with_articles = {each.id for several in of_articles.values() for each in several}
        made: dict[str, Any] = {
            "may_become": following(row["status"]),
            "articles": _articles(row["articles"], of_articles),
            "files": tuple(each for each in files[None] if each.id not in with_articles),
            "conversation": talks.said(connection, id, files),
            "time_records": talks.time_records(connection, id),
        }
        plain = {name: row[name] for name in OrderShown.__struct_fields__ if name not in made}
        return OrderShown(**plain, **made)


def _files_of_articles(connection: Connection, order_id: str) -> dict[int, list[FileRow]]:
    """By the place of the article, from 0."""
    columns = (attachments.c.article, attachments.c.id, attachments.c.name, attachments.c.size_bytes)
    query = select(*columns).where(
        attachments.c.conversation_id == order_id, attachments.c.article.is_not(None)
    )
    found: dict[int, list[FileRow]] = defaultdict(list)
    for article, *rest in connection.execute(query.order_by(attachments.c.created_at, attachments.c.id)):
        found[article].append(FileRow(*rest))
    return found


def _articles(articles: Sequence[Article], files: Mapping[int, Sequence[FileRow]]) -> tuple[ArticleRow, ...]:
    return tuple(
        ArticleRow(
            article=place + 1,
            number=article.number,
            name=article.name,
            serial_number=article.serial_number,
            quantity=article.quantity,
            fault=article.fault,
            condition=article.condition,
            removed=article.removed,
            files=tuple(files.get(place, ())),
        )
        for place, article in enumerate(articles)
    )
