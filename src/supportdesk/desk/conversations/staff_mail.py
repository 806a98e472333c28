"""Mails to the vendor's people about what customers did and strangers want.

To whom a ticket is assigned, else to the addresses that the vendor has named; to nobody while there are none.
Each is queued within the transaction of the thing itself, as those to customers are.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from supportdesk import i18n
from supportdesk.desk.conversations.changing import head
from supportdesk.desk.mail import mail_queue, mail_texts
from supportdesk.desk.mail.addresses import mail_address
from supportdesk.desk.mail.mail_queue import Letter
from supportdesk.desk.mail.mail_texts import About, ByCustomer, News
from supportdesk.desk.store import guessing, settings
from supportdesk.desk.store.guessing import Allowance
from supportdesk.desk.store.schema import organisations, people
from supportdesk.desk.visibility.actors import Actor
from supportdesk.desk.visibility.facts import View
from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import ConversationKind, Role
from supportdesk.domain.errors import TooManyAttempts

_UNMATCHED = Allowance(10, timedelta(minutes=30))
"""Strangers can write any number of mails."""


class _Recipient(NamedTuple):
    address: str
    language: str
    may_answer: bool
    """It is one of the staff, so that what comes from there is believed."""


def tell(
    connection: Connection,
    view: View,
    conversation_id: str,
    news: News,
    now: datetime,
    *,
    body: str = "",
    files: tuple[FileRef, ...] = (),
) -> None:
    """What the view's actor did. Nothing where that is one of the staff themselves."""
    named = settings.notified(connection)
    if not named or view.actor.role is Role.STAFF:
        return
    desk, about = view.settings, head(connection, conversation_id)
    name, organisation = _called(connection, view.actor)
    done = ByCustomer(news, name, organisation, body, tuple(file.name for file in files))
    for to in _recipients(connection, about.assignee_id, named):
        with i18n.speaking(mail_texts.spoken(desk, to.language)):
            may_answer = to.may_answer and desk.reply_by_mail
            told = About(about.number, about.subject, is_ticket=about.kind is ConversationKind.TICKET)
            text = mail_texts.to_staff(desk, told, done, may_answer=may_answer)
        mail_queue.put(connection, desk, Letter(to.address, *text, about.id), now)


def _called(connection: Connection, actor: Actor) -> tuple[str, str]:
    """Name and organisation."""
    names = select(people.c.name, organisations.c.name).join(
        organisations, organisations.c.id == people.c.organisation_id
    )
    name, organisation = connection.execute(names.where(people.c.id == actor.person_id)).one()
    return name, organisation


def _recipients(connection: Connection, assignee_id: str | None, named: tuple[str, ...]) -> list[_Recipient]:
    """Not who has it without having access, or an address."""
    staff = select(people).where(people.c.active, people.c.role == Role.STAFF)
    assigned = connection.execute(staff.where(people.c.id == assignee_id)).mappings().first()
    if assigned and (address := mail_address(assigned)):
        return [_Recipient(address, assigned["language"], may_answer=True)]
    at = or_(people.c.user_name.in_(named), people.c.email.in_(named))
    found = connection.execute(staff.where(at)).mappings()
    languages = {mail_address(each): each["language"] for each in found}
    return [_Recipient(address, languages.get(address, ""), address in languages) for address in named]


def access_wanted(
    connection: Connection, name: str, email: str, organisation: str, message: str, now: datetime
) -> None:
    desk = settings.load(connection)
    with i18n.speaking(mail_texts.spoken(desk)):
        text = mail_texts.access_wanted(desk, name, email, organisation, message)
    for address in settings.notified(connection):
        mail_queue.put(connection, desk, Letter(address, *text), now)


def unmatched(connection: Connection, sender: str, subject: str, file: str, now: datetime) -> None:
    """Of a mail that no ticket could take; not to who wrote it. Within a writing transaction."""
    named = [address for address in settings.notified(connection) if address != sender]
    if not named:
        return
    try:
        guessing.pay(connection, guessing.bucket_for("unmatched mail", ""), now, _UNMATCHED)
    except TooManyAttempts:
        return  # those who were told find it beside the others
    desk = settings.load(connection)
    with i18n.speaking(mail_texts.spoken(desk)):
        text = mail_texts.unmatched(desk, sender, subject, file)
    for address in named:
        mail_queue.put(connection, desk, Letter(address, *text), now)
