"""Tickets as the vendor's people read them, with what no customer sees."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, select

from supportdesk.desk.office import naming, talks
from supportdesk.desk.office.by import By
from supportdesk.desk.office.pages import page
from supportdesk.desk.store.database import reading
from supportdesk.desk.store.schema import (
    attachments,
    conversations,
    organisations,
    people,
    tickets,
    time_records,
)
from supportdesk.domain.errors import NotFound
from supportdesk.domain.office_tickets import (
    ListTickets,
    ShowTicket,
    SumTime,
    TicketRow,
    Tickets,
    TicketShown,
    TimeSum,
    TimeSums,
)
from supportdesk.domain.status import REOPENABLE

S = TypeVar("S", bound=Select[Any])

_requester, _assignee = people.alias("requester"), people.alias("assignee")


def chosen(connection: Connection, request: ListTickets, _by: By) -> Tickets:
    with reading(connection):
        query = select(
            tickets.c.id,
            tickets.c.number,
            tickets.c.status,
            tickets.c.subject,
            organisations.c.name,
            _requester.c.name,
            func.coalesce(_assignee.c.name, ""),
            tickets.c.service_id,
            tickets.c.priority_id,
            tickets.c.updated_at,
        )
        query = _joined(query).where(*_conditions(connection, request))
        query = query.order_by(tickets.c.updated_at.desc(), tickets.c.id.desc())
        rows = connection.execute(page(query, request))
        return Tickets(tuple(TicketRow(*tuple(row)) for row in rows))


def _joined(query: S) -> S:
    """With those whose names are shown."""
    return (
        query.select_from(tickets)
        .join(_requester, _requester.c.id == tickets.c.requester_id)
        .join(organisations, organisations.c.id == tickets.c.organisation_id)
        .outerjoin(_assignee, _assignee.c.id == tickets.c.assignee_id)
    )


def _conditions(connection: Connection, request: ListTickets) -> list[ColumnElement[bool]]:
    status = tickets.c.status
    these: list[ColumnElement[bool]] = [
        status.in_(request.status) if request.status else status.not_in(REOPENABLE)
    ]
    if request.organisation:
        these.append(tickets.c.organisation_id == naming.organisation(connection, request.organisation))
    if request.requester:
        these.append(tickets.c.requester_id == naming.person(connection, request.requester, "requester"))
    if request.assignee:
        these.append(tickets.c.assignee_id == naming.person(connection, request.assignee, "assignee"))
    if request.unassigned:
        these.append(tickets.c.assignee_id.is_(None))
    if request.words:
        these.append(tickets.c.subject.icontains(request.words, autoescape=True))
    return these


def show(connection: Connection, request: ShowTicket, _by: By) -> TicketShown:
    with reading(connection):
        id = naming.ticket(connection, request.ticket)
        query = select(
            tickets,
            organisations.c.name.label("organisation"),
            _requester.c.name.label("requester"),
            func.coalesce(_assignee.c.name, "").label("assignee"),
        )
        row = connection.execute(_joined(query).where(tickets.c.id == id)).mappings().one()
        files = talks.files(connection, id)
        return TicketShown(
            **_plain(row),
            guest_email=row["guest_email"] or "",
            files=tuple(files[None]),
            conversation=talks.said(connection, id, files),
            time_records=talks.time_records(connection, id),
        )


_MADE_HERE = {"guest_email", "files", "conversation", "time_records"}


def _plain(row: RowMapping) -> dict[str, Any]:
    return {name: row[name] for name in TicketShown.__struct_fields__ if name not in _MADE_HERE}


def sum_time(connection: Connection, request: SumTime, _by: By) -> TimeSums:
    """For each organisation and each of the staff, what was recorded from `since` to before `until`."""
    query = (
        select(
            organisations.c.name,
            people.c.name,
            func.count(time_records.c.conversation_id.distinct()),
            func.sum(time_records.c.minutes),
        )
        .select_from(time_records)
        .join(conversations, conversations.c.id == time_records.c.conversation_id)
        .join(organisations, organisations.c.id == conversations.c.organisation_id)
        .join(people, people.c.id == time_records.c.staff_id)
        .group_by(organisations.c.id, organisations.c.name, people.c.id, people.c.name)
        .order_by(organisations.c.name, people.c.name)
    )
    with reading(connection):
        if request.organisation:
            organisation_id = naming.organisation(connection, request.organisation)
            query = query.where(organisations.c.id == organisation_id)
        if request.since is not None:
            query = query.where(time_records.c.created_at >= request.since)
        if request.until is not None:
            query = query.where(time_records.c.created_at < request.until)
        return TimeSums(tuple(TimeSum(*row) for row in connection.execute(query)))


def content_of(connection: Connection, attachment_id: str) -> str:
    """The hash of an attachment's content. Raises NotFound."""
    with reading(connection):
        query = select(attachments.c.sha256).where(attachments.c.id == attachment_id)
        sha256 = connection.execute(query).scalar()
    if sha256 is None:
        raise NotFound
    return str(sha256)
