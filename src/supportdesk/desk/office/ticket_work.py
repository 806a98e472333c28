"""What is done about tickets."""

from sqlalchemy import Connection, select

from supportdesk.desk.conversations import rules
from supportdesk.desk.office import naming, staff
from supportdesk.desk.office.by import By
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import writing
from supportdesk.desk.store.schema import tickets
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office import (
    AnswerTicket,
    AssignTicket,
    NoteTicket,
    Outcome,
    RecordTime,
    ReportFor,
    SetStatus,
)
from supportdesk.i18n import _


def answer(connection: Connection, request: AnswerTicket, by: By) -> Outcome:
    body = _body(request.body)
    with writing(connection):
        limits = settings.load(connection).limits
        rules.check_body(body, limits)
        rules.check_files(request.files, limits)
        id = naming.ticket(connection, request.ticket)
        message_id = staff.answer(
            connection, by.person_id, id, body, by.now, status=request.status, files=request.files
        )
        return _outcome(connection, id, message_id)


def note(connection: Connection, request: NoteTicket, by: By) -> Outcome:
    body = _body(request.body)
    with writing(connection):
        id = naming.ticket(connection, request.ticket)
        return _outcome(connection, id, staff.note(connection, by.person_id, id, body, by.now))


def assign(connection: Connection, request: AssignTicket, by: By) -> Outcome:
    with writing(connection):
        id = naming.ticket(connection, request.ticket)
        assignee_id = (
            naming.person(connection, request.assignee, "assignee") if request.assignee else by.person_id
        )
        staff.assign(connection, by.person_id, id, assignee_id, by.now)
        return _outcome(connection, id)


def set_status(connection: Connection, request: SetStatus, by: By) -> Outcome:
    with writing(connection):
        id = naming.ticket(connection, request.ticket)
        staff.set_status(connection, by.person_id, id, request.status, by.now)
        return _outcome(connection, id)


def record_time(connection: Connection, request: RecordTime, by: By) -> Outcome:
    with writing(connection):
        id = naming.ticket(connection, request.ticket)
        staff.record_time(connection, by.person_id, id, request.minutes, request.note.strip(), by.now)
        return _outcome(connection, id)


def report_for(connection: Connection, request: ReportFor, by: By) -> Outcome:
    subject, body = request.subject.strip(), _body(request.body)
    if not subject:
        raise InvalidInput(_("Enter a subject."), field="subject")
    with writing(connection):
        limits = settings.load(connection).limits
        rules.check_subject(subject, limits)
        rules.check_body(body, limits)
        requester_id = naming.person(connection, request.requester, "requester")
        id = staff.report_for(connection, by.person_id, requester_id, subject, body, by.now)
        return _outcome(connection, id)


def _body(written: str) -> str:
    if not written.strip():
        raise InvalidInput(_("Write something."), field="body")
    return written.strip()


def _outcome(connection: Connection, ticket_id: str, id: str = "") -> Outcome:
    """`id` is that of what was made, else it is the ticket's."""
    number = connection.execute(select(tickets.c.number).where(tickets.c.id == ticket_id)).scalar_one()
    return Outcome(id or ticket_id, number)
