"""What is done about tickets alone; see `talk_work` for what is done about all that people talk about."""

from sqlalchemy import Connection

from supportdesk.desk.conversations import rules
from supportdesk.desk.office import naming, staff
from supportdesk.desk.office.by import By
from supportdesk.desk.office.talk_work import TICKET, written
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import writing
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_tickets import ReportFor, SetStatus
from supportdesk.i18n import _


def set_status(connection: Connection, request: SetStatus, by: By) -> Outcome:
    with writing(connection):
        id = naming.ticket(connection, request.ticket)
        staff.set_status(connection, by.person_id, id, request.status, by.now)
        return TICKET.outcome(connection, id)


def report_for(connection: Connection, request: ReportFor, by: By) -> Outcome:
    subject, body = request.subject.strip(), written(request.body)
    if not subject:
        raise InvalidInput(_("Enter a subject."), field="subject")
    with writing(connection):
        limits = settings.load(connection).limits
        rules.check_subject(subject, limits)
        rules.check_body(body, limits)
        requester_id = naming.person(connection, request.requester, "requester")
        id = staff.report_for(connection, by.person_id, requester_id, subject, body, by.now)
        return TICKET.outcome(connection, id)
