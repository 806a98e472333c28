"""Mails to whoever reported a ticket, about what the vendor did.

Each is queued within the transaction of the thing itself: what was done is told, and nothing else.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, select

from supportdesk import i18n
from supportdesk.desk.accounts import accounts
from supportdesk.desk.mail import mail_queue, mail_texts
from supportdesk.desk.mail.addresses import mail_address
from supportdesk.desk.mail.mail_queue import Letter
from supportdesk.desk.mail.mail_texts import About, MailText
from supportdesk.desk.store import settings
from supportdesk.desk.store.schema import tickets
from supportdesk.desk.store.settings import DeskSettings
from supportdesk.domain.entities import Role
from supportdesk.domain.status import Status


def answered(
    connection: Connection, ticket_id: str, staff_id: str, body: str, status: Status, now: datetime
) -> None:
    author = str(accounts.row(connection, staff_id)["name"])
    _mail(
        connection, ticket_id, now, lambda desk, about: mail_texts.answer(desk, about, author, body, status)
    )


def status_changed(connection: Connection, ticket_id: str, status: Status, now: datetime) -> None:
    _mail(connection, ticket_id, now, lambda desk, about: mail_texts.status_changed(desk, about, status))


def reported_for(connection: Connection, ticket_id: str, body: str, now: datetime) -> None:
    """Support opened it for the person."""
    _mail(connection, ticket_id, now, lambda desk, about: mail_texts.reported_for(desk, about, body))


def _mail(
    connection: Connection, ticket_id: str, now: datetime, text: Callable[[DeskSettings, About], MailText]
) -> None:
    """To who reported it; to nobody where that is staff, or somebody without an address or without access."""
    about, requester_id, guest_email = _about(connection, ticket_id)
    requester = accounts.row(connection, requester_id)
    has_access = requester["active"] and requester["role"] is not Role.STAFF
    to_address = guest_email or (mail_address(requester) if has_access else "")
    if not to_address:
        return
    desk = settings.load(connection)
    with i18n.speaking(mail_texts.spoken(desk, requester["language"])):
        letter = Letter(to_address, *text(desk, about), ticket_id=ticket_id)
    mail_queue.put(connection, desk, letter, now)


def _about(connection: Connection, ticket_id: str) -> tuple[About, str, str | None]:
    """What stands in the mail, who reported the ticket, and their address if they have no account."""
    columns = (tickets.c.number, tickets.c.subject, tickets.c.requester_id, tickets.c.guest_email)
    number, subject, requester_id, guest_email = connection.execute(
        select(*columns).where(tickets.c.id == ticket_id)
    ).one()
    shown = "" if guest_email else subject  # nobody has shown yet that the address is theirs
    return About(number, shown), requester_id, guest_email
