"""Writing to tickets and whatever else people talk about, within the caller's writing transaction; the feed
learns who has to look again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, bindparam, literal, select, update
from sqlalchemy.engine import RowMapping

from supportdesk.clock import uuid7
from supportdesk.desk.conversations import ledger
from supportdesk.desk.store.columns import Word
from supportdesk.desk.store.schema import (
    attachments,
    conversations,
    documents,
    events,
    messages,
    orders,
    subscriptions,
    tickets,
    uploads,
)
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.feed import Touch
from supportdesk.domain.commands import FileRef
from supportdesk.domain.documents import DocumentState
from supportdesk.domain.entities import ConversationKind, EntityKind, EventKind
from supportdesk.domain.errors import NotFound, Refused
from supportdesk.domain.status import REOPENABLE, Status
from supportdesk.i18n import _


class Head(msgspec.Struct, frozen=True):
    """What the writing functions must know of a conversation."""

    id: str
    kind: ConversationKind
    number: str
    subject: str
    """What people call it: the subject of a ticket, the title of a document, the reference of an order."""
    organisation_id: str
    assignee_id: str | None


class TicketHead(Head, frozen=True):
    status: Status


TABLES = {
    ConversationKind.TICKET: tickets,
    ConversationKind.DOCUMENT: documents,
    ConversationKind.ORDER: orders,
    ConversationKind.SUBSCRIPTION: subscriptions,
}
_CALLED = {
    ConversationKind.TICKET: tickets.c.subject,
    ConversationKind.DOCUMENT: documents.c.title,
    ConversationKind.ORDER: orders.c.reference,
    ConversationKind.SUBSCRIPTION: subscriptions.c.name,
}
_INSERT_CONVERSATION = conversations.insert()
_INSERT_MESSAGE, _INSERT_EVENT = messages.insert(), events.insert()
_UPDATES = {kind: update(table).where(table.c.id == bindparam("this")) for kind, table in TABLES.items()}
_HEADS = {
    kind: select(
        table.c.id,
        literal(kind, Word(ConversationKind)).label("kind"),
        table.c.number,
        _CALLED[kind].label("subject"),
        table.c.organisation_id,
        table.c.assignee_id,
        *((table.c.status,) if table is tickets else ()),
    ).where(table.c.id == bindparam("this"))
    for kind, table in TABLES.items()
}
# A document is the vendor's to change until it was answered; then only its talk goes on.
_UNANSWERED = {
    ConversationKind.DOCUMENT: _UPDATES[ConversationKind.DOCUMENT].where(
        documents.c.state == DocumentState.TO_SIGN
    )
}
_KIND = select(conversations.c.kind).where(conversations.c.id == bindparam("this"))


def begin(connection: Connection, conversation: Head) -> None:
    """Before the row of its own kind. Raises IdempotencyConflict for an id that is taken."""
    ledger.check_free(connection, conversations.c.id, conversation.id)
    begin_own(connection, [conversation])


def begin_own(connection: Connection, fresh: Sequence[Head]) -> None:
    """As `begin`, with ids that were made here: nobody else can have them."""
    rows = [{"id": each.id, "kind": each.kind, "organisation_id": each.organisation_id} for each in fresh]
    connection.execute(_INSERT_CONVERSATION, rows)


class Change:
    """One change to one conversation by one person: rows are written at once, the feed learns of it with
    `done`.
    """

    def __init__(self, connection: Connection, about: Head, author_id: str, now: datetime) -> None:
        self._connection = connection
        self._about = about
        self._author_id = author_id
        self._now = now
        self._values: dict[str, object] = {}
        self._update = _UPDATES[about.kind]
        self._touches: list[Touch] = []

    def say(self, id: str, body: str, *, internal: bool = False) -> None:
        """Raises IdempotencyConflict for an id that another message has."""
        ledger.check_free(self._connection, messages.c.id, id)
        self._connection.execute(
            _INSERT_MESSAGE,
            {
                "id": id,
                "conversation_id": self._about.id,
                "author_id": self._author_id,
                "body": body,
                "created_at": self._now,
                "internal": internal,
            },
        )
        if not internal:
            self._touch("message", id)

    def attach(
        self,
        command_id: str,
        files: tuple[FileRef, ...],
        *,
        to_message: bool,
        article: int | None = None,
        first: int = 0,
    ) -> None:
        """Raises Refused for a file that the author has not uploaded: a hash gives nobody a content.

        IdempotencyConflict for the id of another message with files. `first` counts what the command brought
        before these.
        """
        for index, file in enumerate(files, first):
            check_uploaded(self._connection, self._author_id, file)
            id = f"{command_id}-{index}"
            ledger.check_free(self._connection, attachments.c.id, id)
            self._connection.execute(
                attachments.insert().values(
                    id=id,
                    conversation_id=self._about.id,
                    message_id=command_id if to_message else None,
                    author_id=self._author_id,
                    created_at=self._now,
                    name=file.name,
                    size_bytes=file.size_bytes,
                    sha256=file.sha256,
                    media_type=file.media_type,
                    article=article,
                )
            )
            self._touch("attachment", id)

    def detach(self, attachment_id: str) -> None:
        """Its content is swept away later, unless somebody needs the same."""
        self._connection.execute(attachments.delete().where(attachments.c.id == attachment_id))
        self._touches.append(Touch("attachment", attachment_id, self._about.organisation_id))

    def assign(self, staff_id: str, staff_name: str) -> None:
        self._values["assignee_id"] = staff_id
        self.happen(EventKind.ASSIGNED, staff_name)

    def set(self, **values: object) -> None:
        """Columns of its own kind's table. `done` raises Refused for a document that was answered."""
        self._values |= values
        self._update = _UNANSWERED.get(self._about.kind, self._update)

    def happen(self, event: EventKind, value: str) -> None:
        id = uuid7()
        self._connection.execute(
            _INSERT_EVENT,
            {
                "id": id,
                "conversation_id": self._about.id,
                "actor_id": self._author_id,
                "event": event,
                "value": value,
                "created_at": self._now,
            },
        )
        self._touch("event", id)

    def done(self, *, born: bool = False) -> None:
        """`born`: it is new, and its row says who wrote last, and when."""
        feed.record(self._connection, self.saved(born=born))

    def saved(self, *, born: bool = False) -> list[Touch]:
        """As `done`, but the caller tells the feed, of several changes at once."""
        about = self._about
        if not born:
            self._values |= {"updated_at": self._now, "last_author_id": self._author_id}
            changed = self._connection.execute(self._update, {"this": about.id} | self._values)
            if not changed.rowcount:
                told = _("This document was answered or withdrawn already. Nothing changes it any more.")
                raise Refused(told)
        return [Touch(about.kind.value, about.id, about.organisation_id, born=born), *self._touches]

    def _touch(self, kind: EntityKind, id: str) -> None:
        self._touches.append(Touch(kind, id, self._about.organisation_id, born=True))


class TicketChange(Change):
    def __init__(self, connection: Connection, ticket: TicketHead, author_id: str, now: datetime) -> None:
        super().__init__(connection, ticket, author_id, now)
        self._status = ticket.status

    def move(self, status: Status, reopen_days: int, *, by_customer: bool) -> None:
        """To another status, with the event that tells of it; nothing when it is there already."""
        before = self._status
        if status is before:
            return
        until = self._now + timedelta(days=reopen_days) if status in REOPENABLE else None
        self._values |= {"status": status, "reopen_until": until}
        self.happen(_event_of(before, status, by_customer=by_customer), status.value)

    def rate(self, rating: int) -> None:
        self._values["rating"] = rating
        self.happen(EventKind.RATED, str(rating))


def of(connection: Connection, about: Head, author_id: str, now: datetime) -> Change:
    """A TicketChange for a TicketHead."""
    if isinstance(about, TicketHead):
        return TicketChange(connection, about, author_id, now)
    return Change(connection, about, author_id, now)


def _event_of(before: Status, after: Status, *, by_customer: bool) -> EventKind:
    if after is Status.CLOSED:
        return EventKind.CLOSED
    if by_customer and before in REOPENABLE:
        return EventKind.REOPENED
    return EventKind.STATUS


def kind_of(connection: Connection, conversation_id: str) -> ConversationKind:
    """Raises NotFound. Whoever asks for somebody has to look with `facts.get` besides."""
    kind: ConversationKind | None = connection.execute(_KIND, {"this": conversation_id}).scalar()
    if kind is None:
        raise NotFound
    return kind


def head(connection: Connection, conversation_id: str) -> Head:
    """As `kind_of`; of a ticket a TicketHead."""
    kind = kind_of(connection, conversation_id)
    if kind is ConversationKind.TICKET:
        return ticket_head(connection, conversation_id)
    return Head(**_row(connection, kind, conversation_id))


def ticket_head(connection: Connection, ticket_id: str) -> TicketHead:
    """As `kind_of`."""
    return TicketHead(**_row(connection, ConversationKind.TICKET, ticket_id))


def _row(connection: Connection, kind: ConversationKind, id: str) -> RowMapping:
    row: RowMapping | None = connection.execute(_HEADS[kind], {"this": id}).mappings().first()
    if row is None:
        raise NotFound
    return row


def check_uploaded(connection: Connection, person_id: str, file: FileRef) -> None:
    size = connection.execute(
        select(uploads.c.size_bytes).where(uploads.c.person_id == person_id, uploads.c.sha256 == file.sha256)
    ).scalar()
    if size != file.size_bytes:
        text = _("The file “{name}” has not arrived. Add it again.")
        raise Refused(text.format(name=file.name))
