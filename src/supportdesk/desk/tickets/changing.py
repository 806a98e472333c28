"""Writing to tickets, within the caller's writing transaction; the feed learns who has to look again."""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.engine import RowMapping

from supportdesk.clock import uuid7
from supportdesk.desk.store.schema import attachments, events, messages, tickets, uploads
from supportdesk.desk.tickets import ledger
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.feed import Touch
from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import EntityKind, EventKind
from supportdesk.domain.errors import NotFound, Refused
from supportdesk.domain.status import REOPENABLE, Status
from supportdesk.i18n import _


class TicketHead(msgspec.Struct, frozen=True):
    """What the writing functions must know of a ticket."""

    id: str
    number: str
    organisation_id: str
    status: Status
    assignee_id: str | None


_INSERT_MESSAGE, _INSERT_EVENT = messages.insert(), events.insert()
_UPDATE = update(tickets).where(tickets.c.id == bindparam("this"))
_HEAD = select(*(tickets.c[name] for name in TicketHead.__struct_fields__)).where(
    tickets.c.id == bindparam("this")
)


class Change:
    """One change to one ticket by one person: rows are written at once, the feed learns of it with `done`."""

    def __init__(self, connection: Connection, ticket: TicketHead, author_id: str, now: datetime) -> None:
        self._connection = connection
        self._ticket = ticket
        self._author_id = author_id
        self._now = now
        self._values: dict[str, object] = {}
        self._touches: list[Touch] = []

    def say(self, id: str, body: str, *, internal: bool = False) -> None:
        """Raises IdempotencyConflict for an id that another message has."""
        ledger.check_free(self._connection, messages.c.id, id)
        self._connection.execute(
            _INSERT_MESSAGE,
            {
                "id": id,
                "ticket_id": self._ticket.id,
                "author_id": self._author_id,
                "body": body,
                "created_at": self._now,
                "internal": internal,
            },
        )
        if not internal:
            self._touch("message", id)

    def attach(self, command_id: str, files: tuple[FileRef, ...], *, to_message: bool) -> None:
        """Raises Refused for a file that the author has not uploaded: a hash gives nobody a content.

        IdempotencyConflict for the id of another message with files.
        """
        for index, file in enumerate(files):
            _check_uploaded(self._connection, self._author_id, file)
            id = f"{command_id}-{index}"
            ledger.check_free(self._connection, attachments.c.id, id)
            self._connection.execute(
                attachments.insert().values(
                    id=id,
                    ticket_id=self._ticket.id,
                    message_id=command_id if to_message else None,
                    author_id=self._author_id,
                    created_at=self._now,
                    name=file.name,
                    size_bytes=file.size_bytes,
                    sha256=file.sha256,
                    media_type=file.media_type,
                )
            )
            self._touch("attachment", id)

    def move(self, status: Status, reopen_days: int, *, by_customer: bool) -> None:
        """To another status, with the event that tells of it; nothing when it is there already."""
        before = self._ticket.status
        if status is before:
            return
        until = self._now + timedelta(days=reopen_days) if status in REOPENABLE else None
        self._values |= {"status": status, "reopen_until": until}
        self.happen(_event_of(before, status, by_customer=by_customer), status.value)

    def assign(self, staff_id: str, staff_name: str) -> None:
        self._values["assignee_id"] = staff_id
        self.happen(EventKind.ASSIGNED, staff_name)

    def rate(self, rating: int) -> None:
        self._values["rating"] = rating
        self.happen(EventKind.RATED, str(rating))

    def happen(self, event: EventKind, value: str) -> None:
        id = uuid7()
        self._connection.execute(
            _INSERT_EVENT,
            {
                "id": id,
                "ticket_id": self._ticket.id,
                "actor_id": self._author_id,
                "event": event,
                "value": value,
                "created_at": self._now,
            },
        )
        self._touch("event", id)

    def done(self, *, born: bool = False) -> None:
        """`born`: the ticket itself is new, and its row says who wrote last, and when."""
        if not born:
            self._values |= {"updated_at": self._now, "last_author_id": self._author_id}
            self._connection.execute(_UPDATE, {"this": self._ticket.id} | self._values)
        ticket = Touch("ticket", self._ticket.id, self._ticket.organisation_id, born=born)
        feed.record(self._connection, [ticket, *self._touches])

    def _touch(self, kind: EntityKind, id: str) -> None:
        self._touches.append(Touch(kind, id, self._ticket.organisation_id, born=True))


def _event_of(before: Status, after: Status, *, by_customer: bool) -> EventKind:
    if after is Status.CLOSED:
        return EventKind.CLOSED
    if by_customer and before in REOPENABLE:
        return EventKind.REOPENED
    return EventKind.STATUS


def head(connection: Connection, ticket_id: str) -> TicketHead:
    """Raises NotFound. Whoever asks for somebody has to look with `facts.get` before."""
    row: RowMapping | None = connection.execute(_HEAD, {"this": ticket_id}).mappings().first()
    if row is None:
        raise NotFound
    return TicketHead(**row)


def _check_uploaded(connection: Connection, person_id: str, file: FileRef) -> None:
    size = connection.execute(
        select(uploads.c.size_bytes).where(uploads.c.person_id == person_id, uploads.c.sha256 == file.sha256)
    ).scalar()
    if size != file.size_bytes:
        text = _("The file “{name}” has not arrived. Add it again.")
        raise Refused(text.format(name=file.name))
