"""What the vendor's people do. Each function is one transaction; NotFound where there is no such ticket, or
whatever else people talk about.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, select

from supportdesk.clock import uuid7
from supportdesk.desk.conversations import changing, customer_mail, own_tickets, uploads
from supportdesk.desk.conversations.changing import Change, Head, TicketChange, TicketHead, head
from supportdesk.desk.store import audit, settings
from supportdesk.desk.store.database import writing
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import people, time_records
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.feed import Touch
from supportdesk.domain.commands import CreateTicket, FileRef
from supportdesk.domain.entities import Role
from supportdesk.domain.errors import NotAllowed, NotFound, Refused
from supportdesk.domain.status import Status, may_follow
from supportdesk.i18n import _


@contextmanager
def work(
    connection: Connection, staff_id: str, conversation_id: str, action: str, now: datetime
) -> Iterator[tuple[Head, Change]]:
    with writing(connection):
        check_staff(connection, staff_id)
        about = head(connection, conversation_id)
        yield about, changing.of(connection, about, staff_id, now)
        audit.note(connection, staff_id, action, conversation_id, now)


def check_staff(connection: Connection, person_id: str) -> None:
    role = connection.execute(select(people.c.role).where(people.c.id == person_id, people.c.active)).scalar()
    if role is not Role.STAFF:
        raise NotAllowed


def answer(
    connection: Connection,
    staff_id: str,
    conversation_id: str,
    body: str,
    now: datetime,
    *,
    status: Status | None = None,
    files: tuple[FileRef, ...] = (),
) -> str:
    """A message for the customer, with the status it leads to; returns its id.

    The contents of `files` have been stored with `stored`. Raises Refused for a status that cannot follow.
    """
    id = uuid7()
    with work(connection, staff_id, conversation_id, "answer", now) as (about, change):
        change.say(id, body)
        change.attach(id, files, to_message=True)
        if status is not None:
            _move(connection, about, change, status)
        change.done()
        customer_mail.answered(connection, about, staff_id, body, now, files=files, status=status)
    return id


def stored(
    connection: Connection,
    files: Files,
    staff_id: str,
    content: bytes,
    now: datetime,
    *,
    name: str,
    media_type: str,
) -> FileRef:
    """A file of the vendor's, ready to be sent with an answer."""
    file = FileRef(name=name, sha256=files.keep(content), size_bytes=len(content), media_type=media_type)
    with writing(connection):
        uploads.record_kept(connection, files.whole, staff_id, file, now)
    return file


def note(connection: Connection, staff_id: str, conversation_id: str, body: str, now: datetime) -> str:
    """An internal note: no customer ever gets it, nor notices that it was written."""
    id = uuid7()
    with work(connection, staff_id, conversation_id, "note", now) as (_about, change):
        change.say(id, body, internal=True)
    return id


def assign(
    connection: Connection, staff_id: str, conversation_id: str, assignee_id: str, now: datetime
) -> None:
    with work(connection, staff_id, conversation_id, "assign", now) as (_about, change):
        check_staff(connection, assignee_id)
        name = connection.execute(select(people.c.name).where(people.c.id == assignee_id)).scalar_one()
        change.assign(assignee_id, name)
        change.done()


def set_status(connection: Connection, staff_id: str, ticket_id: str, status: Status, now: datetime) -> None:
    """Raises Refused for a status that cannot follow the present one."""
    with work(connection, staff_id, ticket_id, "set_status", now) as (ticket, change):
        _move(connection, ticket, change, status)
        change.done()
        if isinstance(ticket, TicketHead) and status is not ticket.status:
            customer_mail.status_changed(connection, ticket, status, now)


def _move(connection: Connection, ticket: Head, change: Change, status: Status) -> None:
    if not isinstance(ticket, TicketHead) or not isinstance(change, TicketChange):
        raise NotFound
    if status is not ticket.status and not may_follow(ticket.status, status):
        raise Refused(_("A ticket cannot go from this status to that one."))
    change.move(status, settings.load(connection).limits.reopen_days, by_customer=False)


def record_time(
    connection: Connection, staff_id: str, conversation_id: str, minutes: int, note: str, now: datetime
) -> None:
    if minutes <= 0:
        raise Refused(_("Working time is at least one minute."))
    with work(connection, staff_id, conversation_id, "record_time", now) as (about, _change):
        id = uuid7()
        connection.execute(
            time_records.insert().values(
                id=id,
                conversation_id=conversation_id,
                staff_id=staff_id,
                minutes=minutes,
                note=note,
                created_at=now,
            )
        )
        feed.record(connection, [Touch("time_record", id, about.organisation_id, born=True)])


def report_for(
    connection: Connection, staff_id: str, requester_id: str, subject: str, body: str, now: datetime
) -> str:
    """A ticket that support opens for a customer, after a call for example; returns its id."""
    with writing(connection):
        check_staff(connection, staff_id)
        organisation_id = connection.execute(
            select(people.c.organisation_id).where(people.c.id == requester_id)
        ).scalar()
        if organisation_id is None:
            raise NotFound
        ticket = own_tickets.numbered(connection, uuid7(), subject, organisation_id)
        own_tickets.insert(
            connection,
            ticket,
            CreateTicket(subject=subject, description=body),
            settings.load(connection).catalogue,
            now,
            requester_id=requester_id,
            author_id=staff_id,
        )
        change = Change(connection, ticket, staff_id, now)
        change.say(ticket.id, body)
        change.done(born=True)
        customer_mail.reported_for(connection, ticket, body, now)
        audit.note(connection, staff_id, "report_for", ticket.id, now)
    return ticket.id
