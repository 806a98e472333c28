"""Mails to customers about what the vendor did with what they reported, ordered, asked about.

Each is queued within the transaction of the thing itself: what was done is told, and nothing else.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, select

from supportdesk import i18n
from supportdesk.desk.conversations.changing import Head, TicketHead
from supportdesk.desk.mail import mail_queue, mail_texts
from supportdesk.desk.mail.addresses import mail_address
from supportdesk.desk.mail.mail_queue import Letter
from supportdesk.desk.mail.mail_texts import About, Answer, MailText
from supportdesk.desk.store import settings
from supportdesk.desk.store.schema import documents, messages, orders, people, tickets
from supportdesk.desk.store.settings import DeskSettings
from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import ConversationKind, Role
from supportdesk.domain.orders import OrderStatus
from supportdesk.domain.status import Status


def answered(
    connection: Connection,
    about: Head,
    staff_id: str,
    body: str,
    now: datetime,
    *,
    files: tuple[FileRef, ...] = (),
    status: Status | None = None,
) -> None:
    """`status`: to which the answer led, if any."""
    author = connection.execute(select(people.c.name).where(people.c.id == staff_id)).scalar_one()
    now_is = status or (about.status if isinstance(about, TicketHead) else None)
    said = Answer(author, body, tuple(file.name for file in files), now_is)
    _mail(connection, about, now, lambda desk, told: mail_texts.answer(desk, told, said))


def status_changed(connection: Connection, ticket: TicketHead, status: Status, now: datetime) -> None:
    _mail(connection, ticket, now, lambda desk, told: mail_texts.status_changed(desk, told, status))


def order_changed(connection: Connection, order: Head, status: OrderStatus, now: datetime) -> None:
    _mail(connection, order, now, lambda desk, told: mail_texts.order_changed(desk, told, status))


def reported_for(
    connection: Connection, ticket: TicketHead, body: str, now: datetime, files: tuple[FileRef, ...] = ()
) -> None:
    """Support opened it for the person."""
    names = tuple(file.name for file in files)
    _mail(connection, ticket, now, lambda desk, told: mail_texts.reported_for(desk, told, body, names))


def document_to_sign(connection: Connection, document: Head, sign_by: datetime | None, now: datetime) -> None:
    _mail(connection, document, now, lambda desk, told: mail_texts.document_to_sign(desk, told, sign_by))


def document_withdrawn(connection: Connection, document: Head, now: datetime) -> None:
    _mail(connection, document, now, mail_texts.document_withdrawn)


def _mail(
    connection: Connection, about: Head, now: datetime, text: Callable[[DeskSettings, About], MailText]
) -> None:
    """To nobody where that would be staff, or somebody without an address or without access."""
    desk = settings.load(connection)
    guest_email = _guest_email(connection, about)
    shown = "" if guest_email else about.subject  # nobody has shown yet that the address is theirs
    told = About(about.number, shown, is_ticket=about.kind is ConversationKind.TICKET)
    for person in _concerned(connection, about):
        has_access = person["active"] and person["role"] is not Role.STAFF
        to_address = guest_email or (mail_address(person) if has_access else "")
        if to_address:
            with i18n.speaking(mail_texts.spoken(desk, person["language"])):
                letter = Letter(to_address, *text(desk, told), conversation_id=about.id)
            mail_queue.put(connection, desk, letter, now)


def _people(connection: Connection, ids: Select[str] | Collection[str]) -> Sequence[RowMapping]:
    these = select(people).where(people.c.id.in_(ids))
    return connection.execute(these.order_by(people.c.id)).mappings().all()


def _guest_email(connection: Connection, about: Head) -> str | None:
    """Of who reported a ticket without an account."""
    query = select(tickets.c.guest_email).where(tickets.c.id == about.id)
    return connection.execute(query).scalar() if about.kind is ConversationKind.TICKET else None


def _concerned(connection: Connection, about: Head) -> Sequence[RowMapping]:
    """Who reported the ticket or made the order; of a document the contact, else the administrators.

    About a document or anything else also the customers who wrote.
    """
    asked = _REQUESTERS.get(about.kind)
    if asked is not None:
        return _people(connection, select(asked).where(asked.table.c.id == about.id))
    wrote = select(messages.c.author_id).where(
        messages.c.conversation_id == about.id, messages.c.internal.is_(False)
    )
    ids = set(connection.execute(wrote.distinct()).scalars())
    if about.kind is ConversationKind.DOCUMENT:
        ids.update(_contacts(connection, about))
    return _people(connection, ids)


def _contacts(connection: Connection, document: Head) -> list[str]:
    """Of those who are still there."""
    theirs = select(people.c.id).where(people.c.organisation_id == document.organisation_id, people.c.active)
    contact = theirs.join(documents, documents.c.contact_id == people.c.id)
    named = connection.execute(contact.where(documents.c.id == document.id)).scalar()
    if named is not None:
        return [named]
    admins = theirs.where(people.c.role == Role.ORGANISATION_ADMIN)
    return list(connection.execute(admins).scalars())


_REQUESTERS = {
    ConversationKind.TICKET: tickets.c.requester_id,
    ConversationKind.ORDER: orders.c.requester_id,
}
