"""A help desk in memory: what every backend promises, and nothing that is slow."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from msgspec.structs import replace

from supportdesk import clock
from supportdesk.clock import uuid7
from supportdesk.desk.conversations import rules
from supportdesk.domain.capabilities import Capabilities, Capability, Limits
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.changes import Gone, Page, Upsert
from supportdesk.domain.commands import (
    AddFiles,
    CloseTicket,
    Command,
    ConfirmNotice,
    CreateTicket,
    FileRef,
    MarkRead,
    RateArticle,
    RateTicket,
    Receipt,
    ReopenTicket,
    Reply,
    encode_intent,
    files_of,
    payload_sha256,
    subject_id,
)
from supportdesk.domain.entities import (
    Attachment,
    ConversationEvent,
    Entity,
    EntityKind,
    EventKind,
    Message,
    Organisation,
    Person,
    Publication,
    PublicationKind,
    Role,
    Ticket,
    kind_of,
)
from supportdesk.domain.errors import IdempotencyConflict, LimitExceeded, NotFound, Refused
from supportdesk.domain.status import REOPENABLE, Status, after_customer_reply
from tests.support.fake_accounts import FakeAccounts

Key = tuple[EntityKind, str]
OFFERS = frozenset(
    {
        Capability.TICKETS,
        Capability.COLLEAGUES_TICKETS,
        Capability.ON_BEHALF,
        Capability.CLOSE,
        Capability.REOPEN,
        Capability.RATE,
        Capability.ADD_FILES,
        Capability.NOTICES,
        Capability.NEWSLETTER,
        Capability.ARTICLES,
        Capability.IDEMPOTENT,
        Capability.CHANGE_PASSWORD,
        Capability.PROFILE,
        Capability.SESSIONS,
    }
)
_CATALOGUE = Catalogue()
_SHOWN_WITH = {
    PublicationKind.NOTICE: Capability.NOTICES,
    PublicationKind.NEWSLETTER: Capability.NEWSLETTER,
    PublicationKind.ARTICLE: Capability.ARTICLES,
}


@dataclass
class Feed:
    """What one person was told, oldest first."""

    told: list[Upsert | Gone] = field(default_factory=list)
    known: dict[Key, Entity] = field(default_factory=dict)


@dataclass
class Marks:
    """What one person did with the reading matter and the tickets."""

    read: dict[Key, datetime] = field(default_factory=dict)
    confirmed: dict[str, datetime] = field(default_factory=dict)
    rated: dict[str, bool] = field(default_factory=dict)


class FakeDesk:
    """Shared by all its backends; the event loop's thread only."""

    def __init__(self, limits: Limits | None = None, offers: frozenset[Capability] = OFFERS) -> None:
        self.limits = limits or Limits()
        self.offers = offers
        self.page_size = 5
        self.late = timedelta(0)
        self.organisations: dict[str, Organisation] = {}
        self.people: dict[str, Person] = {}
        self.passwords: dict[str, tuple[str, str]] = {}
        self.tokens: dict[str, str] = {}
        self.tickets: dict[str, Ticket] = {}
        self.parts: dict[Key, Message | Attachment | ConversationEvent] = {}
        self.publications: dict[str, Publication] = {}
        self.ledger: dict[str, tuple[str, Receipt]] = {}
        self.contents: dict[tuple[str, str], bytes] = {}
        self.arriving: dict[tuple[str, str], bytes] = {}
        self.pushed: list[str] = []
        """Every command id that arrived, repeats included."""
        self.version = 0
        """Grows with each `tell`."""
        self._marks: dict[str, Marks] = {}
        self._feeds: dict[str, Feed] = {}
        self._number = 1000
        self.accounts = FakeAccounts(self)

    @cached_property
    def news(self) -> asyncio.Condition:
        return asyncio.Condition()

    async def tell(self) -> None:
        """Wakes those who wait for news."""
        async with self.news:
            self.version += 1
            self.news.notify_all()

    def now(self) -> datetime:
        return clock.now() + self.late

    def capabilities(self, role: Role = Role.CUSTOMER) -> Capabilities:
        of_admins = {Capability.MANAGE_COLLEAGUES} if role is Role.ORGANISATION_ADMIN else set()
        return Capabilities(self.offers | of_admins, self.limits)

    def catalogue(self) -> Catalogue:
        return _CATALOGUE

    def add_person(self, user: str, password: str, organisation: str, role: Role = Role.CUSTOMER) -> Person:
        self.organisations.setdefault(organisation, Organisation(organisation, organisation.title()))
        person = Person(f"person-{user}", user.partition("@")[0].title(), organisation, role, user)
        self.people[person.id] = person
        self.passwords[user] = (password, person.id)
        return person

    def deactivate(self, user: str) -> None:
        person_id = self.passwords[user][1]
        self.people[person_id] = replace(self.people[person_id], active=False)
        self.tokens = {token: id for token, id in self.tokens.items() if id != person_id}

    # reading

    def pull(self, me: Person, cursor: str | None) -> Page:
        feed = self._feeds.setdefault(me.id, Feed())
        view = self._view(me)
        feed.told += [Gone(*key) for key in feed.known if key not in view]
        feed.told += [Upsert(entity) for key, entity in view.items() if feed.known.get(key) != entity]
        feed.known = view
        begin = int(cursor or 0)
        end = min(begin + self.page_size, len(feed.told))
        changes = [each for each in feed.told[begin:end] if cursor or isinstance(each, Upsert)]
        current = tuple(self._latest(feed, change) for change in changes)
        return Page(tuple(each for each in current if each is not None), str(end), end < len(feed.told))

    def _latest(self, feed: Feed, change: Upsert | Gone) -> Upsert | Gone | None:
        if isinstance(change, Gone):
            return change
        entity = feed.known.get((kind_of(change.entity), change.entity.id))
        return Upsert(entity) if entity is not None else None

    def _view(self, me: Person) -> dict[Key, Entity]:
        everything: list[Entity] = [self.organisations[me.organisation_id]]
        everything += [each for each in self.people.values() if each.organisation_id == me.organisation_id]
        everything += [self._shown(each, me) for each in self.publications.values() if self._offered(each)]
        mine = {id for id, each in self.tickets.items() if each.organisation_id == me.organisation_id}
        everything += [replace(self.tickets[id], read_at=self._read(me, "ticket", id)) for id in mine]
        everything += [each for each in self.parts.values() if each.conversation_id in mine]
        return {(kind_of(entity), entity.id): entity for entity in everything}

    def _offered(self, publication: Publication) -> bool:
        return _SHOWN_WITH[publication.publication] in self.offers

    def _shown(self, publication: Publication, me: Person) -> Publication:
        marks = self.marks(me)
        votes = [each.rated[publication.id] for each in self._marks.values() if publication.id in each.rated]
        return replace(
            publication,
            read_at=self._read(me, "publication", publication.id),
            confirmed_at=marks.confirmed.get(publication.id),
            my_rating=marks.rated.get(publication.id),
            helpful_percent=100 * sum(votes) // len(votes) if votes else None,
        )

    def marks(self, me: Person) -> Marks:
        return self._marks.setdefault(me.id, Marks())

    def _read(self, me: Person, kind: EntityKind, id: str) -> datetime | None:
        return self.marks(me).read.get((kind, id))

    def ticket(self, me: Person, id: str) -> Ticket:
        ticket = self.tickets.get(id)
        if ticket is None or ticket.organisation_id != me.organisation_id:
            raise NotFound
        return ticket

    def publication(self, me: Person, id: str) -> Publication:
        publication = self.publications.get(id)
        if publication is None or not self._offered(publication):
            raise NotFound
        return self._shown(publication, me)

    # files

    def arrived(self, me: Person, file: FileRef) -> int:
        if file.size_bytes > self.limits.max_file_bytes:
            raise LimitExceeded("This file is larger than the portal takes.")
        key = (me.id, file.sha256)
        if not file.size_bytes:
            self.contents.setdefault(key, b"")
        return len(self.contents.get(key, self.arriving.get(key, b"")))

    def append(self, me: Person, file: FileRef, offset: int, chunk: bytes) -> int:
        arrived = self.arrived(me, file)
        key = (me.id, file.sha256)
        if key in self.contents or offset > arrived:
            return arrived
        content = self.arriving.get(key, b"")[:offset] + chunk
        if len(content) >= file.size_bytes:
            self.arriving.pop(key, None)
            if len(content) > file.size_bytes or hashlib.sha256(content).hexdigest() != file.sha256:
                raise Refused("These are not the bytes that were announced.")
            self.contents[key] = content
        else:
            self.arriving[key] = content
        return len(content)

    def content(self, me: Person, attachment_id: str) -> bytes:
        attachment = self.parts.get(("attachment", attachment_id))
        if not isinstance(attachment, Attachment):
            raise NotFound
        self.ticket(me, attachment.conversation_id)
        return next(each for (_who, sha256), each in self.contents.items() if sha256 == attachment.sha256)

    # writing

    def push(self, me: Person, command: Command) -> Receipt:
        """Once: a repeat gets the first receipt."""
        rules.check_command_id(command.id)
        self.pushed.append(command.id)
        digest = payload_sha256(encode_intent(command.intent))
        if command.id in self.ledger:
            who, receipt = self.ledger[command.id]
            if (who, receipt.payload_sha256) != (me.id, digest):
                raise IdempotencyConflict
            return receipt
        rules.check_offered(command.intent, self.offers)
        entity_id = self._appliers[type(command.intent)](me, command, command.intent)
        ticket = self.tickets.get(entity_id) or self.tickets.get(subject_id(command))
        receipt = Receipt(command.id, digest, entity_id, ticket.number if ticket else "", self.now())
        self.ledger[command.id] = (me.id, receipt)
        return receipt

    @cached_property
    def _appliers(self) -> dict[type, Callable[..., str]]:
        return {
            CreateTicket: self._create,
            Reply: self._reply,
            AddFiles: self._add_files,
            CloseTicket: self._close,
            ReopenTicket: self._reopen,
            RateTicket: self._rate,
            MarkRead: self._mark_read,
            ConfirmNotice: self._confirm,
            RateArticle: self._rate_article,
        }

    def report(self, guest: Person, command_id: str, intent: CreateTicket) -> None:
        """A ticket of somebody without an account."""
        self._create(guest, Command(command_id, self.now(), intent), intent)

    def hand_over(self, ticket_id: str, person: Person) -> None:
        """What a guest reported turns out to be this person's."""
        organisation = self.organisations[person.organisation_id]
        self.tickets[ticket_id] = replace(
            self.tickets[ticket_id],
            requester_id=person.id,
            requester_name=person.name,
            organisation_id=organisation.id,
            organisation_name=organisation.name,
        )

    def _create(self, me: Person, command: Command, intent: CreateTicket) -> str:
        rules.check_new_ticket(intent, _CATALOGUE, self.limits)
        requester = self.people.get(intent.requester_id or me.id)
        if requester is None or requester.organisation_id != me.organisation_id:
            raise NotFound
        self._check_arrived(me, intent.files)
        self._number += 1
        moment = self.now()
        self.tickets[command.id] = Ticket(
            id=command.id,
            number=str(self._number),
            subject=intent.subject,
            status=Status.NEW,
            requester_id=requester.id,
            requester_name=requester.name,
            organisation_id=me.organisation_id,
            organisation_name=self.organisations[me.organisation_id].name,
            created_at=moment,
            updated_at=moment,
            fields=intent.fields,
        )
        self._write(me, command, command.id, intent.description, with_message=True)
        self.marks(me).read["ticket", command.id] = self.now()
        return command.id

    def _reply(self, me: Person, command: Command, intent: Reply) -> str:
        ticket = self.ticket(me, intent.conversation_id)
        rules.check_reply(intent, ticket, self.limits, self.now())
        self._write(me, command, ticket.id, intent.body, with_message=True)
        self.move(me, ticket.id, after_customer_reply(ticket.status))
        return command.id

    def _reopen(self, me: Person, command: Command, intent: ReopenTicket) -> str:
        ticket = self.ticket(me, intent.ticket_id)
        rules.check_reopening(intent, ticket, self.limits, self.now())
        self._write(me, command, ticket.id, intent.description, with_message=True)
        self.move(me, ticket.id, Status.IN_PROGRESS, EventKind.REOPENED)
        return command.id

    def _add_files(self, me: Person, command: Command, intent: AddFiles) -> str:
        ticket = self.ticket(me, intent.conversation_id)
        rules.check_added_files(intent, ticket, self.limits, self.now())
        self._write(me, command, ticket.id, "", with_message=False)
        return ticket.id

    def _close(self, me: Person, _command: Command, intent: CloseTicket) -> str:
        self.ticket(me, intent.ticket_id)
        self.move(me, intent.ticket_id, Status.CLOSED, EventKind.CLOSED)
        return intent.ticket_id

    def _rate(self, me: Person, command: Command, intent: RateTicket) -> str:
        ticket = self.ticket(me, intent.ticket_id)
        rules.check_rating(intent, ticket)
        if intent.comment:
            self.say(me, ticket.id, command.id, intent.comment)
        rating = 5 if intent.helpful else 1
        self.tickets[ticket.id] = replace(self.tickets[ticket.id], rating=rating)
        return ticket.id

    def _mark_read(self, me: Person, command: Command, intent: MarkRead) -> str:
        if intent.what != "publication":
            rules.marked_kind(intent)
        found = (self.ticket if intent.what == "ticket" else self.publication)(me, intent.id)
        key = (kind_of(found), intent.id)
        before = self.marks(me).read.get(key)
        self.marks(me).read[key] = rules.read_at(command.created_at, before, self.now())
        return intent.id

    def _confirm(self, me: Person, _command: Command, intent: ConfirmNotice) -> str:
        rules.check_confirmation(self.publication(me, intent.publication_id))
        self.marks(me).confirmed.setdefault(intent.publication_id, self.now())
        self.marks(me).read.setdefault(("publication", intent.publication_id), self.now())
        return intent.publication_id

    def _rate_article(self, me: Person, _command: Command, intent: RateArticle) -> str:
        rules.check_article_rating(self.publication(me, intent.publication_id))
        self.marks(me).rated[intent.publication_id] = intent.helpful
        return intent.publication_id

    def _check_arrived(self, me: Person, files: tuple[FileRef, ...]) -> None:
        for file in files:
            if len(self.contents.get((me.id, file.sha256), b"missing" * 99)) != file.size_bytes:
                raise Refused("One of the files has not arrived here.")

    def _write(self, me: Person, command: Command, ticket_id: str, body: str, *, with_message: bool) -> None:
        files = files_of(command.intent)
        self._check_arrived(me, files)
        if with_message:
            self.say(me, ticket_id, command.id, body)
        for place, file in enumerate(files):
            id = f"{command.id}-{place}"
            self.parts["attachment", id] = Attachment(
                id=id,
                conversation_id=ticket_id,
                name=file.name,
                size_bytes=file.size_bytes,
                sha256=file.sha256,
                media_type=file.media_type,
                created_at=self.now(),
                message_id=command.id if with_message else None,
            )
        if files:
            self.tickets[ticket_id] = replace(self.tickets[ticket_id], has_attachments=True)
        self._changed(ticket_id, me)

    def say(self, author: Person, ticket_id: str, id: str, body: str) -> None:
        message = Message(id, ticket_id, author.id, author.name, author.role, body, self.now())
        self.parts["message", id] = message
        self._changed(ticket_id, author)

    def move(
        self, actor: Person, ticket_id: str, status: Status, event: EventKind = EventKind.STATUS
    ) -> None:
        ticket = self.tickets[ticket_id]
        if ticket.status is status:
            return
        until = self.now() + timedelta(days=self.limits.reopen_days) if status in REOPENABLE else None
        self.tickets[ticket_id] = replace(ticket, status=status, reopen_until=until)
        id = uuid7()
        self.parts["event", id] = ConversationEvent(
            id, ticket_id, event, self.now(), actor.name, status.value
        )
        self._changed(ticket_id, actor)

    def _changed(self, ticket_id: str, author: Person) -> None:
        ticket = self.tickets[ticket_id]
        self.tickets[ticket_id] = replace(ticket, updated_at=self.now(), last_author_id=author.id)
