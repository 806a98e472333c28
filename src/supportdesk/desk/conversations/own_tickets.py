"""What customers do with tickets."""

from datetime import datetime

from sqlalchemy import Connection

from supportdesk.desk.conversations import customer_mail, marks, rules
from supportdesk.desk.conversations.applying import Outcome, Work, applied
from supportdesk.desk.conversations.changing import TicketHead, begin, ticket_head
from supportdesk.desk.mail.mail_texts import News
from supportdesk.desk.store.database import TICKET, draw
from supportdesk.desk.store.schema import tickets
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.commands import CloseTicket, CreateTicket, FileRef, RateTicket, ReopenTicket
from supportdesk.domain.entities import ConversationKind, Person, Role, Ticket
from supportdesk.domain.errors import Refused
from supportdesk.domain.status import REOPENABLE, Status, after_customer_reply
from supportdesk.i18n import _

_INSERT = tickets.insert()
_HELPED, _DID_NOT_HELP = 5, 1


@applied.register
def _create(intent: CreateTicket, work: Work) -> Outcome:
    requester = work.see(Person, intent.requester_id or work.view.actor.person_id)
    if not requester.active:
        raise Refused(_("The person for whom it is reported no longer has access."))
    ticket = open_ticket(intent, work, requester)
    marks.conversation_read(work.connection, work.view.actor, ticket, work.now, told=True)
    return Outcome(ticket.id, ticket.number)


def open_ticket(
    intent: CreateTicket, work: Work, requester: Person, guest_email: str | None = None
) -> TicketHead:
    """Within a writing transaction. Raises Refused. `guest_email`: of somebody without an account."""
    rules.check_new_ticket(intent, work.view.settings.catalogue, work.view.settings.limits)
    ticket = numbered(work.connection, work.asked.id, intent.subject.strip(), requester.organisation_id)
    insert(
        work.connection,
        ticket,
        intent,
        work.view.settings.catalogue,
        work.now,
        requester_id=requester.id,
        author_id=work.view.actor.person_id,
        guest_email=guest_email,
    )
    change = work.change(ticket)
    change.say(work.asked.id, intent.description)
    change.attach(work.asked.id, intent.files, to_message=True)
    change.done(born=True)
    work.tell(ticket.id, News.REPORTED, body=intent.description, files=intent.files)
    return ticket


def numbered(connection: Connection, id: str, subject: str, organisation_id: str) -> TicketHead:
    """A new ticket with the next number; see `insert`."""
    return TicketHead(
        id=id,
        kind=ConversationKind.TICKET,
        number=str(draw(connection, TICKET)),
        subject=subject,
        organisation_id=organisation_id,
        assignee_id=None,
        status=Status.NEW,
    )


def insert(
    connection: Connection,
    ticket: TicketHead,
    intent: CreateTicket,
    catalogue: Catalogue,
    now: datetime,
    *,
    requester_id: str,
    author_id: str,
    guest_email: str | None = None,
) -> None:
    """Raises IdempotencyConflict for an id that is taken."""
    type_id, priority_id = rules.chosen_or_preset(intent, catalogue)
    begin(connection, ticket)
    row = {
        "id": ticket.id,
        "number": ticket.number,
        "organisation_id": ticket.organisation_id,
        "status": ticket.status,
        "subject": ticket.subject,
        "requester_id": requester_id,
        "last_author_id": author_id,
        "created_at": now,
        "updated_at": now,
        "priority_id": priority_id,
        "type_id": type_id,
        "service_id": intent.service_id,
        "desk_id": intent.desk_id,
        "consent_id": intent.consent_id,
        "fields": intent.fields,
        "source": intent.source,
        "guest_email": guest_email,
    }
    connection.execute(_INSERT, row)


@applied.register
def _reopen(intent: ReopenTicket, work: Work) -> Outcome:
    ticket = work.see(Ticket, intent.ticket_id)
    rules.check_reopening(intent, ticket, work.view.settings.limits, work.now)
    after = Status.IN_PROGRESS if ticket.reopen_until else after_customer_reply(ticket.status)
    return say(work, ticket, intent.description, intent.files, after)


def say(work: Work, ticket: Ticket, body: str, files: tuple[FileRef, ...], after: Status) -> Outcome:
    change = work.change_ticket(ticket.id)
    change.say(work.asked.id, body)
    change.attach(work.asked.id, files, to_message=True)
    work.move(change, after)
    change.done()
    news = News.REOPENED if ticket.status in REOPENABLE else News.ANSWERED
    work.tell(ticket.id, news, body=body, files=files)
    return Outcome(work.asked.id, ticket.number)


@applied.register
def _close(intent: CloseTicket, work: Work) -> Outcome:
    ticket = work.see(Ticket, intent.ticket_id)
    if ticket.status is not Status.CLOSED:  # else somebody was quicker: what was wanted is so
        change = work.change_ticket(ticket.id)
        work.move(change, Status.CLOSED)
        change.done()
        if work.view.actor.role is Role.STAFF:
            closed = ticket_head(work.connection, ticket.id)
            customer_mail.status_changed(work.connection, closed, Status.CLOSED, work.now)
    return Outcome(ticket.id, ticket.number)


@applied.register
def _rate(intent: RateTicket, work: Work) -> Outcome:
    ticket = work.see(Ticket, intent.ticket_id)
    rules.check_rating(intent, ticket)
    change = work.change_ticket(ticket.id)
    change.rate(_HELPED if intent.helpful else _DID_NOT_HELP)
    if intent.comment.strip():
        change.say(work.asked.id, intent.comment)
        work.tell(ticket.id, News.ANSWERED, body=intent.comment)
    change.done()
    return Outcome(ticket.id, ticket.number)
