"""What is said and worked about documents."""

from sqlalchemy import Connection, select

from supportdesk.desk.conversations import rules
from supportdesk.desk.office import naming, staff
from supportdesk.desk.office.by import By
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import writing
from supportdesk.desk.store.schema import documents
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_documents import (
    AnswerDocument,
    AssignDocument,
    NoteDocument,
    RecordDocumentTime,
)
from supportdesk.i18n import _


def answer(connection: Connection, request: AnswerDocument, by: By) -> Outcome:
    body = _body(request.body)
    with writing(connection):
        limits = settings.load(connection).limits
        rules.check_body(body, limits)
        rules.check_files(request.files, limits)
        id = naming.document(connection, request.document)
        made = staff.answer(connection, by.person_id, id, body, by.now, files=request.files)
        return _outcome(connection, id, made)


def note(connection: Connection, request: NoteDocument, by: By) -> Outcome:
    body = _body(request.body)
    with writing(connection):
        id = naming.document(connection, request.document)
        return _outcome(connection, id, staff.note(connection, by.person_id, id, body, by.now))


def assign(connection: Connection, request: AssignDocument, by: By) -> Outcome:
    with writing(connection):
        id = naming.document(connection, request.document)
        named = request.assignee
        assignee_id = naming.person(connection, named, "assignee") if named else by.person_id
        staff.assign(connection, by.person_id, id, assignee_id, by.now)
        return _outcome(connection, id)


def record_time(connection: Connection, request: RecordDocumentTime, by: By) -> Outcome:
    with writing(connection):
        id = naming.document(connection, request.document)
        staff.record_time(connection, by.person_id, id, request.minutes, request.note.strip(), by.now)
        return _outcome(connection, id)


def _body(written: str) -> str:
    if not written.strip():
        raise InvalidInput(_("Write something."), field="body")
    return written.strip()


def _outcome(connection: Connection, document_id: str, id: str = "") -> Outcome:
    """`id` is that of what was made, else it is the document's."""
    query = select(documents.c.number).where(documents.c.id == document_id)
    return Outcome(id or document_id, connection.execute(query).scalar_one())
