"""Taking what customers ask for: each command once, in one transaction, by the rules."""

from datetime import datetime
from functools import singledispatch
from typing import TypeVar

import msgspec
from sqlalchemy import Connection

from supportdesk.desk.mail.mail_texts import News
from supportdesk.desk.store import audit, settings
from supportdesk.desk.store.database import TICKET, draw, writing
from supportdesk.desk.store.schema import tickets
from supportdesk.desk.tickets import ledger, marks, rules, staff_mail
from supportdesk.desk.tickets.changing import Change, TicketHead, head
from supportdesk.desk.visibility import facts
from supportdesk.desk.visibility.actors import Actor
from supportdesk.desk.visibility.facts import View
from supportdesk.domain.commands import (
    AddFiles,
    AnyIntent,
    CloseTicket,
    ConfirmNotice,
    CreateTicket,
    FileRef,
    MarkRead,
    RateArticle,
    RateTicket,
    Receipt,
    ReopenTicket,
    Reply,
    decode_intent,
    payload_sha256,
)
from supportdesk.domain.entities import Fact, Person, Publication, Ticket
from supportdesk.domain.errors import Refused
from supportdesk.domain.status import REOPENABLE, Status, after_customer_reply
from supportdesk.i18n import _

_INSERT = tickets.insert()
_HELPED, _DID_NOT_HELP = 5, 1


class Asked(msgspec.Struct, frozen=True):
    """A command as it arrived: `payload` is the intent's frozen JSON."""

    id: str
    created_at: datetime
    payload: bytes


class Outcome(msgspec.Struct, frozen=True):
    entity_id: str
    number: str = ""


def take(connection: Connection, actor: Actor, asked: Asked, now: datetime) -> Receipt:
    """Applies the command, or returns the receipt it got before.

    Raises Refused, NotFound, IdempotencyConflict; then nothing at all has changed.
    """
    rules.check_command_id(asked.id)
    rules.check_payload(asked.payload)
    try:
        intent = decode_intent(asked.payload)
    except msgspec.MsgspecError as error:
        raise Refused(_("This cannot be understood by the support portal.")) from error
    digest = payload_sha256(asked.payload)
    with writing(connection):
        if answered := ledger.earlier(connection, actor.person_id, asked.id, digest):
            return answered
        desk = settings.load(connection)
        rules.check_offered(intent, desk.offers(actor.role))
        outcome = _apply(intent, Work(connection, View(actor, desk), asked, now))
        receipt = Receipt(
            command_id=asked.id,
            payload_sha256=digest,
            entity_id=outcome.entity_id,
            number=outcome.number,
            accepted_at=now,
        )
        ledger.enter(connection, actor.person_id, receipt, now)
        if not isinstance(intent, MarkRead):
            audit.note(connection, actor.person_id, type(intent).__name__, outcome.entity_id, now)
        return receipt


F = TypeVar("F", bound=Fact)


class Work(msgspec.Struct, frozen=True):
    """What applying one command needs."""

    connection: Connection
    view: View
    asked: Asked
    now: datetime

    def see(self, fact: type[F], id: str) -> F:
        """What the actor refers to. Raises NotFound."""
        return facts.get(self.connection, self.view, fact, id)

    def change(self, ticket_id: str) -> Change:
        return Change(self.connection, head(self.connection, ticket_id), self.view.actor.person_id, self.now)

    def move(self, change: Change, status: Status) -> None:
        change.move(status, self.view.settings.limits.reopen_days, by_customer=True)

    def tell_staff(
        self, ticket_id: str, news: News, *, body: str = "", files: tuple[FileRef, ...] = ()
    ) -> None:
        staff_mail.tell(self.connection, self.view, ticket_id, news, self.now, body=body, files=files)


@singledispatch
def _apply(intent: AnyIntent, work: Work) -> Outcome:
    raise NotImplementedError(type(intent))


@_apply.register
def _create(intent: CreateTicket, work: Work) -> Outcome:
    requester = work.see(Person, intent.requester_id or work.view.actor.person_id)
    if not requester.active:
        raise Refused(_("The person for whom it is reported no longer has access."))
    ticket = open_ticket(intent, work, requester)
    marks.ticket_read(work.connection, work.view.actor, ticket.id, work.now, told=True)
    return Outcome(ticket.id, ticket.number)


def open_ticket(
    intent: CreateTicket, work: Work, requester: Person, guest_email: str | None = None
) -> TicketHead:
    """Within a writing transaction. Raises Refused. `guest_email`: of somebody without an account."""
    rules.check_new_ticket(intent, work.view.settings.catalogue, work.view.settings.limits)
    ticket = _insert(intent, work, requester, guest_email)
    change = Change(work.connection, ticket, work.view.actor.person_id, work.now)
    change.say(work.asked.id, intent.description)
    change.attach(work.asked.id, intent.files, to_message=True)
    change.done(born=True)
    work.tell_staff(ticket.id, News.REPORTED, body=intent.description, files=intent.files)
    return ticket


def _insert(intent: CreateTicket, work: Work, requester: Person, guest_email: str | None) -> TicketHead:
    ledger.check_free(work.connection, tickets.c.id, work.asked.id)
    type_id, priority_id = rules.chosen_or_preset(intent, work.view.settings.catalogue)
    ticket = TicketHead(
        id=work.asked.id,
        number=str(draw(work.connection, TICKET)),
        organisation_id=requester.organisation_id,
        status=Status.NEW,
        assignee_id=None,
    )
    work.connection.execute(
        _INSERT,
        {
            **msgspec.structs.asdict(ticket),
            "subject": intent.subject.strip(),
            "requester_id": requester.id,
            "last_author_id": work.view.actor.person_id,
            "created_at": work.now,
            "updated_at": work.now,
            "priority_id": priority_id,
            "type_id": type_id,
            "service_id": intent.service_id,
            "desk_id": intent.desk_id,
            "consent_id": intent.consent_id,
            "fields": intent.fields,
            "source": intent.source,
            "guest_email": guest_email,
        },
    )
    return ticket


@_apply.register
def _reply(intent: Reply, work: Work) -> Outcome:
    ticket = work.see(Ticket, intent.ticket_id)
    rules.check_reply(intent, ticket, work.view.settings.limits, work.now)
    return _say(work, ticket, intent.body, intent.files, after_customer_reply(ticket.status))


@_apply.register
def _reopen(intent: ReopenTicket, work: Work) -> Outcome:
    ticket = work.see(Ticket, intent.ticket_id)
    rules.check_reopening(intent, ticket, work.view.settings.limits, work.now)
    after = Status.IN_PROGRESS if ticket.reopen_until else after_customer_reply(ticket.status)
    return _say(work, ticket, intent.description, intent.files, after)


def _say(work: Work, ticket: Ticket, body: str, files: tuple[FileRef, ...], after: Status) -> Outcome:
    change = work.change(ticket.id)
    change.say(work.asked.id, body)
    change.attach(work.asked.id, files, to_message=True)
    work.move(change, after)
    change.done()
    news = News.REOPENED if ticket.status in REOPENABLE else News.ANSWERED
    work.tell_staff(ticket.id, news, body=body, files=files)
    return Outcome(work.asked.id, ticket.number)


@_apply.register
def _add_files(intent: AddFiles, work: Work) -> Outcome:
    ticket = work.see(Ticket, intent.ticket_id)
    rules.check_added_files(intent, ticket, work.view.settings.limits, work.now)
    change = work.change(ticket.id)
    change.attach(work.asked.id, intent.files, to_message=False)
    change.done()
    work.tell_staff(ticket.id, News.ADDED_FILES, files=intent.files)
    return Outcome(ticket.id, ticket.number)


@_apply.register
def _close(intent: CloseTicket, work: Work) -> Outcome:
    ticket = work.see(Ticket, intent.ticket_id)
    if ticket.status is not Status.CLOSED:  # else somebody was quicker: what was wanted is so
        change = work.change(ticket.id)
        work.move(change, Status.CLOSED)
        change.done()
    return Outcome(ticket.id, ticket.number)


@_apply.register
def _rate(intent: RateTicket, work: Work) -> Outcome:
    ticket = work.see(Ticket, intent.ticket_id)
    rules.check_rating(intent, ticket)
    change = work.change(ticket.id)
    change.rate(_HELPED if intent.helpful else _DID_NOT_HELP)
    if intent.comment.strip():
        change.say(work.asked.id, intent.comment)
        work.tell_staff(ticket.id, News.ANSWERED, body=intent.comment)
    change.done()
    return Outcome(ticket.id, ticket.number)


@_apply.register
def _mark_read(intent: MarkRead, work: Work) -> Outcome:
    rules.check_mark(intent)
    actor, asked = work.view.actor, work.asked
    if intent.what == "ticket":
        ticket = work.see(Ticket, intent.id)
        at = rules.read_at(asked.created_at, ticket.read_at, work.now)
        marks.ticket_read(work.connection, actor, ticket.id, at)
    else:
        publication = work.see(Publication, intent.id)
        at = rules.read_at(asked.created_at, publication.read_at, work.now)
        marks.publication_read(work.connection, actor, publication.id, at)
    return Outcome(intent.id)


@_apply.register
def _confirm(intent: ConfirmNotice, work: Work) -> Outcome:
    publication = work.see(Publication, intent.publication_id)
    rules.check_confirmation(publication)
    if publication.confirmed_at is None:
        marks.confirmed(work.connection, work.view.actor, publication.id, work.now)
    return Outcome(publication.id)


@_apply.register
def _rate_article(intent: RateArticle, work: Work) -> Outcome:
    publication = work.see(Publication, intent.publication_id)
    rules.check_article_rating(publication)
    marks.article_rated(work.connection, work.view.actor, publication.id, helpful=intent.helpful)
    return Outcome(publication.id)
