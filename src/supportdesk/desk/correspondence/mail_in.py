"""Answers to our mails become messages of their tickets.

A mail is believed when it refers to a mail of ours that went to the very address from which it comes, and
that belongs to somebody who may write to the ticket. What customers write is a message, what staff write an
answer to the customer. The ids of our mails cannot be guessed, and nobody else
gets them; the thread that they name is known to whoever knows the ticket, and proves nothing. Where a mail
program drops the ids, the address to which the answer goes says as much: see `mail.reply_tags`. Loops end
here: programs are not answered, a mail that comes twice is taken once, and nobody writes endlessly often.
"""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

import msgspec
from sqlalchemy import Connection, select

from supportdesk import i18n
from supportdesk.desk.accounts import accounts
from supportdesk.desk.accounts.guests import GUESTS
from supportdesk.desk.conversations import changing, intake, rules, uploads
from supportdesk.desk.conversations.applying import CONVERSATIONS, Asked
from supportdesk.desk.mail import mail_queue, mail_texts
from supportdesk.desk.mail.inbound import InboundMail
from supportdesk.desk.mail.mail_queue import Letter
from supportdesk.desk.mail.reply_tags import is_ours
from supportdesk.desk.store import guessing, settings
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.guessing import Allowance
from supportdesk.desk.store.schema import mail, mail_seen, tickets
from supportdesk.desk.visibility import facts
from supportdesk.desk.visibility.actors import Actor
from supportdesk.desk.visibility.facts import View
from supportdesk.domain.commands import FileRef, ReopenTicket, Reply, encode_intent
from supportdesk.domain.entities import Conversation, Role, Ticket
from supportdesk.domain.errors import NotFound, Refused, TooManyAttempts
from supportdesk.domain.status import Status

PER_SENDER = Allowance(20, timedelta(minutes=5))
_KEPT = timedelta(days=180)


class Verdict(StrEnum):
    TAKEN = "taken"
    AGAIN = "again"
    """It was taken before."""
    AUTOMATIC = "automatic"
    """A program wrote it; nobody is answered."""
    NO_TICKET = "no_ticket"
    """It answers no mail that we sent there, or comes from somebody who may not write to the ticket."""
    EMPTY = "empty"
    REFUSED = "refused"
    """The ticket cannot take it, and its author was told why."""
    LATER = "later"
    """Too many came from there at once."""


class StaffAnswer(Protocol):
    """How one of the staff answers a customer, within the caller's writing transaction."""

    def __call__(
        self,
        connection: Connection,
        staff_id: str,
        conversation_id: str,
        body: str,
        now: datetime,
        *,
        files: tuple[FileRef, ...],
    ) -> object: ...


class Recognised(msgspec.Struct, frozen=True):
    """Whose mail it is and what it is about."""

    actor: Actor
    about: Conversation


def recognise(connection: Connection, received: InboundMail) -> Recognised | Verdict:
    """Writes nothing."""
    if received.is_automatic:
        return Verdict.AUTOMATIC
    if not received.text and not received.files:
        return Verdict.EMPTY
    with reading(connection):
        if _was_seen(connection, received):
            return Verdict.AGAIN
        for conversation_id in _answered(connection, received):
            if found := _author(connection, conversation_id, received.sender):
                return found
    return Verdict.NO_TICKET


def take(
    connection: Connection, files: Files, received: InboundMail, now: datetime, answer: StaffAnswer
) -> Verdict:
    """Runs its own transactions; a repeat is harmless, also one after a crash."""
    recognised = recognise(connection, received)
    if isinstance(recognised, Verdict):
        return recognised
    try:
        _keep(connection, files, received)
        with writing(connection):
            if _was_seen(connection, received):
                return Verdict.AGAIN
            guessing.pay(connection, guessing.bucket_for("mail in", received.sender), now, PER_SENDER)
            _say(connection, files, received, recognised, now, answer)
            _note_seen(connection, received, now)
    except TooManyAttempts:
        return Verdict.LATER
    except NotFound:  # it went out of their sight just now
        return Verdict.NO_TICKET
    except Refused as error:
        return _told(connection, received, recognised, str(error), now)
    return Verdict.TAKEN


def _answered(connection: Connection, received: InboundMail) -> list[str]:
    """Of our mails to the sender that it refers to, or that told the sender where to answer."""
    answered = select(mail.c.conversation_id).where(
        mail.c.message_id.in_(received.refers_to),
        mail.c.to_address == received.sender,
        mail.c.conversation_id.is_not(None),
    )
    secret = settings.secret(connection)
    numbers = [tag.number for tag in received.tags if is_ours(tag, secret, received.sender)]
    tagged = select(tickets.c.id).where(tickets.c.number.in_(numbers))
    found = (*connection.execute(answered).scalars(), *connection.execute(tagged).scalars())
    return list(dict.fromkeys(found))


def _author(connection: Connection, conversation_id: str, sender: str) -> Recognised | None:
    """None where nobody with this address may write to it. Who is a customer, too, writes as one."""
    if not sender:
        return None
    guest = connection.execute(
        select(tickets.c.requester_id).where(tickets.c.id == conversation_id, tickets.c.guest_email == sender)
    ).scalar()
    people = [person for person in accounts.having(connection, sender) if person["active"]]
    actors = [Actor(guest, GUESTS, Role.CUSTOMER)] if guest else []
    actors += [Actor(each["id"], each["organisation_id"], each["role"]) for each in people]
    actors.sort(key=lambda actor: actor.role is Role.STAFF)
    desk = settings.load(connection)
    for actor in actors:
        try:
            fact = CONVERSATIONS[changing.kind_of(connection, conversation_id)]
            return Recognised(actor, facts.get(connection, View(actor, desk), fact, conversation_id))
        except NotFound:
            continue
    return None


def _refs(received: InboundMail) -> tuple[FileRef, ...]:
    return tuple(
        FileRef(
            name=file.name,
            sha256=hashlib.sha256(file.content).hexdigest(),
            size_bytes=len(file.content),
            media_type=file.media_type,
        )
        for file in received.files
    )


def _keep(connection: Connection, files: Files, received: InboundMail) -> None:
    """Before the transaction, which others wait for. Raises Refused for what a ticket cannot take."""
    with reading(connection):
        limits = settings.load(connection).limits
    rules.check_files(_refs(received), limits)
    for file in received.files:
        files.keep(file.content)


def _say(
    connection: Connection,
    files: Files,
    received: InboundMail,
    recognised: Recognised,
    now: datetime,
    answer: StaffAnswer,
) -> None:
    refs = _refs(received)
    for ref in refs:
        uploads.record_kept(connection, files.whole, recognised.actor.person_id, ref, now)
    body = received.text or ", ".join(ref.name for ref in refs)
    about = recognised.about
    if recognised.actor.role is Role.STAFF:
        rules.check_body(body, settings.load(connection).limits)
        answer(connection, recognised.actor.person_id, about.id, body, now, files=refs)
        return
    intent = (
        ReopenTicket(ticket_id=about.id, description=body, files=refs)
        if isinstance(about, Ticket) and about.status is Status.CLOSED
        else Reply(conversation_id=about.id, body=body, files=refs)
    )
    asked = Asked(id=_command_id(received), created_at=now, payload=encode_intent(intent))
    intake.take(connection, recognised.actor, asked, now)


def _command_id(received: InboundMail) -> str:
    """The same for the same mail, so that it is one command however often it comes."""
    digest = hashlib.sha256(received.message_id.encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-7{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


def _told(
    connection: Connection, received: InboundMail, recognised: Recognised, reason: str, now: datetime
) -> Verdict:
    """It counts, too: what answers each of our mails by itself would never come to an end."""
    try:
        with writing(connection):
            guessing.pay(connection, guessing.bucket_for("mail in", received.sender), now, PER_SENDER)
            _tell(connection, received, recognised, reason, now)
            _note_seen(connection, received, now)
    except TooManyAttempts:
        return Verdict.LATER
    return Verdict.REFUSED


def _tell(
    connection: Connection, received: InboundMail, recognised: Recognised, reason: str, now: datetime
) -> None:
    desk = settings.load(connection)
    language = accounts.row(connection, recognised.actor.person_id)["language"]
    with i18n.speaking(mail_texts.spoken(desk, language)):
        text = mail_texts.not_taken(desk, recognised.about.number, reason)
    mail_queue.put(connection, desk, Letter(received.sender, *text, recognised.about.id), now)


def _was_seen(connection: Connection, received: InboundMail) -> bool:
    seen = select(mail_seen.c.message_id).where(mail_seen.c.message_id == _seen_id(received))
    return connection.execute(seen).first() is not None


def _note_seen(connection: Connection, received: InboundMail, now: datetime) -> None:
    if not _was_seen(connection, received):
        connection.execute(mail_seen.insert().values(message_id=_seen_id(received), received_at=now))


def _seen_id(received: InboundMail) -> str:
    return hashlib.sha256(received.message_id.encode()).hexdigest()


def sweep(connection: Connection, now: datetime) -> None:
    """Forgets mails that came long ago. Within a writing transaction."""
    connection.execute(mail_seen.delete().where(mail_seen.c.received_at < now - _KEPT))
