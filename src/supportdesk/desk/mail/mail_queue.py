"""Mails on their way, kept until a mail server has taken them.

Whoever sends them claims some first. A claim ends by itself, so that a crash delays a mail but never loses
it; what is then sent twice carries the same Message-ID. When a mail is gone, its text, which may hold a
code, goes too.
"""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, func, select, update

from supportdesk.clock import uuid7
from supportdesk.desk.mail.reply_tags import tag_for
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import writing
from supportdesk.desk.store.schema import mail, tickets
from supportdesk.desk.store.settings import DeskSettings

CLAIM = timedelta(minutes=5)
_MOST_TURN = timedelta(minutes=1)
"""For which nobody waits to write; less than what lies between a claim and the pause after its length."""
PATIENCE = timedelta(days=4)
"""Then a mail is given up."""
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
_KEPT = timedelta(days=400)
"""Rows of mails that are gone; an answer to one of them still finds its ticket."""
_MAX_TROUBLE_CHARS = 500


class Letter(msgspec.Struct, frozen=True):
    to_address: str
    subject: str
    body: str
    conversation_id: str | None = None

    def __repr__(self) -> str:
        """Without what it says, which may be a code."""
        return f"Letter(conversation_id={self.conversation_id!r})"


class Queued(msgspec.Struct, frozen=True):
    """A mail that was claimed."""

    id: str
    message_id: str
    to_address: str
    subject: str
    body_text: str
    in_reply_to: str
    refers_to: str
    created_at: datetime
    attempts: int
    reply_tag: str = ""
    """For the address to which answers go; '' where there is none, or the mail is about no ticket."""

    def __repr__(self) -> str:
        return f"Queued(id={self.id!r})"


class Waiting(msgspec.Struct, frozen=True):
    """Mails that have not left and are tried again."""

    count: int
    since: datetime | None
    """When the oldest of them was written."""


def put(connection: Connection, desk: DeskSettings, letter: Letter, now: datetime) -> None:
    """Within the writing transaction of what the mail is about."""
    id = uuid7()
    thread = thread_id(desk, letter.conversation_id) if letter.conversation_id else ""
    connection.execute(
        mail.insert().values(
            id=id,
            message_id=f"<{id}@{desk.mail_domain}>",
            conversation_id=letter.conversation_id,
            to_address=letter.to_address,
            subject=" ".join(letter.subject.split()),
            body_text=letter.body,
            in_reply_to=thread,
            refers_to=thread,
            created_at=now,
            next_try_at=now,
        )
    )


def thread_id(desk: DeskSettings, conversation_id: str) -> str:
    """What all mails about one thing refer to, so that mail programs show them together."""
    return f"<ticket.{conversation_id}@{desk.mail_domain}>"


def claim(connection: Connection, now: datetime, limit: int) -> list[Queued]:
    """Those whose time has come, the oldest first; nobody else gets them for a while."""
    due = (
        select(mail.c.id).where(_WAITING, mail.c.next_try_at <= now).order_by(mail.c.next_try_at).limit(limit)
    )
    with writing(connection):
        ids = list(connection.execute(due).scalars())
        if not ids:
            return []
        connection.execute(
            update(mail)
            .where(mail.c.id.in_(ids))
            .values(next_try_at=now + CLAIM, attempts=mail.c.attempts + 1)
        )
        columns = (mail.c[name] for name in Queued.__struct_fields__ if name in mail.c)
        numbered = mail.outerjoin(tickets, tickets.c.id == mail.c.conversation_id)
        query = select(*columns, tickets.c.number).select_from(numbered)
        rows = connection.execute(query.where(mail.c.id.in_(ids)).order_by(mail.c.id)).all()
        secret = settings.made_secret(connection) if settings.load(connection).reply_to else ""
        return [_tagged(Queued(*row[:-1]), secret, row.number) for row in rows]


def _tagged(queued: Queued, secret: str, number: str | None) -> Queued:
    if not secret or not number:
        return queued
    return msgspec.structs.replace(queued, reply_tag=str(tag_for(secret, number, queued.to_address)))


_WAITING = mail.c.sent_at.is_(None) & mail.c.given_up_at.is_(None)


def next_due(connection: Connection) -> datetime | None:
    """When the next mail is to be tried; None while none waits. Within a transaction."""
    first = select(mail.c.next_try_at).where(_WAITING).order_by(mail.c.next_try_at).limit(1)
    return connection.execute(first).scalar()


def waiting(connection: Connection) -> Waiting:
    """Looks at those that wait alone, however many have left. Within a transaction."""
    counted = select(func.count(), func.min(mail.c.created_at)).where(_WAITING)
    return Waiting(*connection.execute(counted).one())


def give_back(connection: Connection, claimed: list[Queued], now: datetime) -> None:
    """These were not tried: whoever looks next gets them."""
    ids = [queued.id for queued in claimed]
    with writing(connection):
        connection.execute(
            update(mail).where(mail.c.id.in_(ids)).values(next_try_at=now, attempts=mail.c.attempts - 1)
        )


def hurry(connection: Connection, now: datetime) -> int:
    """Makes due what waits for longer than a claim lasts; the rest may be on its way. Returns how many.

    A claim may be a little younger than `now`, which was looked at before this writer's turn came.
    """
    late = _WAITING & (mail.c.next_try_at > now + CLAIM + _MOST_TURN)
    with writing(connection):
        return connection.execute(update(mail).where(late).values(next_try_at=now)).rowcount


def delivered(connection: Connection, queued: Queued, now: datetime) -> None:
    with writing(connection):
        connection.execute(
            update(mail).where(mail.c.id == queued.id).values(sent_at=now, body_text="", trouble="")
        )


def failed(
    connection: Connection, queued: Queued, trouble: str, now: datetime, *, for_ever: bool = False
) -> bool:
    """It is tried again later, or given up: `for_ever` says that no other try will do better.

    Returns whether it was given up.
    """
    given_up = for_ever or now - queued.created_at > PATIENCE
    values: dict[str, object] = {"trouble": trouble[:_MAX_TROUBLE_CHARS]}
    if given_up:
        values |= {"given_up_at": now, "body_text": ""}
    else:
        pause = _PAUSES[min(queued.attempts, len(_PAUSES)) - 1]
        values |= {"next_try_at": now + pause}
    with writing(connection):
        connection.execute(update(mail).where(mail.c.id == queued.id).values(**values))
    return given_up


def sweep(connection: Connection, now: datetime) -> None:
    """Forgets what was sent or given up long ago. Within a writing transaction."""
    connection.execute(mail.delete().where(~_WAITING, mail.c.created_at < now - _KEPT))
