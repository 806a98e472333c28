"""What is said and worked about tickets, orders, documents and subscriptions: the same about all of them."""

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection, select

from supportdesk.desk.conversations import rules
from supportdesk.desk.conversations.changing import TABLES
from supportdesk.desk.office import naming, staff
from supportdesk.desk.office.by import By
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import writing
from supportdesk.domain.entities import ConversationKind
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_documents import (
    AnswerDocument,
    AssignDocument,
    NoteDocument,
    RecordDocumentTime,
)
from supportdesk.domain.office_orders import AnswerOrder, AssignOrder, NoteOrder, RecordOrderTime
from supportdesk.domain.office_subscriptions import (
    AnswerSubscription,
    AssignSubscription,
    NoteSubscription,
    RecordSubscriptionTime,
)
from supportdesk.domain.office_tickets import AnswerTicket, AssignTicket, NoteTicket, RecordTime
from supportdesk.i18n import _

Answer = AnswerTicket | AnswerOrder | AnswerDocument | AnswerSubscription
Note = NoteTicket | NoteOrder | NoteDocument | NoteSubscription
Assign = AssignTicket | AssignOrder | AssignDocument | AssignSubscription
Time = RecordTime | RecordOrderTime | RecordDocumentTime | RecordSubscriptionTime


class TalkWork(NamedTuple):
    """About things of one kind. What a request is about stands in its field that is called like the kind."""

    kind: ConversationKind
    id_of: Callable[[Connection, str], str]
    """By what people call it. Raises InvalidInput."""

    def answer(self, connection: Connection, request: Answer, by: By) -> Outcome:
        body = written(request.body)
        status = request.status if isinstance(request, AnswerTicket) else None
        with writing(connection):
            limits = settings.load(connection).limits
            rules.check_body(body, limits)
            rules.check_files(request.files, limits)
            id = self._id(connection, request)
            made = staff.answer(
                connection, by.person_id, id, body, by.now, status=status, files=request.files
            )
            return self.outcome(connection, id, made)

    def note(self, connection: Connection, request: Note, by: By) -> Outcome:
        body = written(request.body)
        with writing(connection):
            rules.check_body(body, settings.load(connection).limits)
            id = self._id(connection, request)
            return self.outcome(connection, id, staff.note(connection, by.person_id, id, body, by.now))

    def assign(self, connection: Connection, request: Assign, by: By) -> Outcome:
        with writing(connection):
            id, named = self._id(connection, request), request.assignee
            assignee_id = naming.person(connection, named, "assignee") if named else by.person_id
            staff.assign(connection, by.person_id, id, assignee_id, by.now)
            return self.outcome(connection, id)

    def record_time(self, connection: Connection, request: Time, by: By) -> Outcome:
        note = request.note.strip()
        rules.check_comment(note)
        with writing(connection):
            id = self._id(connection, request)
            staff.record_time(connection, by.person_id, id, request.minutes, note, by.now)
            return self.outcome(connection, id)

    def _id(self, connection: Connection, request: Answer | Note | Assign | Time) -> str:
        return self.id_of(connection, getattr(request, self.kind.value))

    def outcome(self, connection: Connection, id: str, made: str = "") -> Outcome:
        """With the number of the thing `id`; `made` is the id of what was made, where that is another."""
        table = TABLES[self.kind]
        number = connection.execute(select(table.c.number).where(table.c.id == id)).scalar_one()
        return Outcome(made or id, number)


TICKET = TalkWork(ConversationKind.TICKET, naming.ticket)
ORDER = TalkWork(ConversationKind.ORDER, naming.order)
DOCUMENT = TalkWork(ConversationKind.DOCUMENT, naming.document)
SUBSCRIPTION = TalkWork(ConversationKind.SUBSCRIPTION, naming.subscription)


def written(text: str) -> str:
    """Without blanks around it. Raises InvalidInput where nothing is left."""
    if not text.strip():
        raise InvalidInput(_("Write something."), field="body")
    return text.strip()
