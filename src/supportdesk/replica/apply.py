"""Facts into rows. Only what `pull` delivered comes through here."""

import re
import sqlite3
from collections.abc import Callable, Iterable

from supportdesk.domain.changes import Gone, Page, Upsert
from supportdesk.domain.entities import (
    Attachment,
    ConversationEvent,
    Document,
    Entity,
    EntityKind,
    Item,
    LicenseKey,
    Message,
    Order,
    Organisation,
    Person,
    Publication,
    Subscription,
    Ticket,
    TimeRecord,
    kind_of,
)
from supportdesk.domain.text import sort_key
from supportdesk.replica import items
from supportdesk.replica.projection import Me, Pending, show
from supportdesk.replica.rows import (
    attachment_of,
    encode,
    fact_seal,
    item_of,
    message_of,
    optional_us,
    ticket_of,
    to_us,
)

Part = Message | ConversationEvent | Attachment | TimeRecord
Thing = Person | Organisation | LicenseKey

ITEMS: frozenset[EntityKind] = frozenset({"document", "order", "subscription"})
PARTS: frozenset[EntityKind] = frozenset({"message", "event", "attachment", "time_record"})

_NOT_DIGITS = re.compile("[^0-9]+")
_BODY_CHARS = 60_000
"""Of a conversation that are searched; the beginning and what came later up to this."""

_PUT_TICKET = """
    INSERT INTO ticket (
        account, id, number, number_key, subject, subject_key, stage, open, whose, unread, pending,
        requester_name, organisation_name, assignee_name, service, service_id, priority_id,
        priority_rank, created_at, updated_at, reopen_until, has_attachments, fact, seal)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (account, id) DO UPDATE SET
        number = excluded.number, number_key = excluded.number_key, subject = excluded.subject,
        subject_key = excluded.subject_key, stage = excluded.stage, open = excluded.open,
        whose = excluded.whose, unread = excluded.unread, pending = excluded.pending,
        requester_name = excluded.requester_name,
        organisation_name = excluded.organisation_name, assignee_name = excluded.assignee_name,
        service = excluded.service, service_id = excluded.service_id, priority_id = excluded.priority_id,
        priority_rank = excluded.priority_rank, created_at = excluded.created_at,
        updated_at = excluded.updated_at, reopen_until = excluded.reopen_until,
        has_attachments = excluded.has_attachments, fact = excluded.fact, seal = excluded.seal
    RETURNING row
"""
_PUT_PART = """
    INSERT INTO part (account, kind, id, conversation_id, at, fact, seal) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (account, kind, id) DO UPDATE SET
        conversation_id = excluded.conversation_id, at = excluded.at, fact = excluded.fact,
        seal = excluded.seal
"""
_PUT_THING = """
    INSERT INTO thing (account, kind, id, name, fact, seal) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (account, kind, id) DO UPDATE SET
        name = excluded.name, fact = excluded.fact, seal = excluded.seal
"""
_PUT_PUBLICATION = """
    INSERT INTO publication
        (account, id, kind, title, published_at, valid_until, must_confirm, confirmed, read,
        title_key, category, helpful, fact, seal)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (account, id) DO UPDATE SET
        kind = excluded.kind, title = excluded.title, published_at = excluded.published_at,
        valid_until = excluded.valid_until, must_confirm = excluded.must_confirm,
        confirmed = excluded.confirmed, read = excluded.read, title_key = excluded.title_key,
        category = excluded.category, helpful = excluded.helpful, fact = excluded.fact, seal = excluded.seal
    RETURNING row
"""
_PUT_ITEM = """
    INSERT INTO item (
        account, kind, id, number, title, title_key, state, open, unread, pending, created_at, updated_at,
        due_at, parent_id, fact, seal)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (account, kind, id) DO UPDATE SET
        number = excluded.number, title = excluded.title, title_key = excluded.title_key,
        state = excluded.state, open = excluded.open, unread = excluded.unread, pending = excluded.pending,
        created_at = excluded.created_at, updated_at = excluded.updated_at, due_at = excluded.due_at,
        parent_id = excluded.parent_id, fact = excluded.fact, seal = excluded.seal
"""
_PUT_ITEM_TEXT = "INSERT OR REPLACE INTO item_fts (rowid, title, number, words, body) VALUES (?, ?, ?, ?, ?)"
_PUT_TEXT = "INSERT OR REPLACE INTO ticket_fts (rowid, subject, number, people, body) VALUES (?, ?, ?, ?, ?)"


def ticket_columns(
    ticket: Ticket, me: Me, pendings: Iterable[Pending], service: int, rank: int
) -> tuple[object, ...]:
    """Everything of a ticket's row after `account` and before `fact`, in the order of the insert."""
    shown = show(ticket, me, pendings)
    return (
        ticket.id,
        ticket.number,
        number_key(ticket.number),
        ticket.subject,
        sort_key(ticket.subject),
        shown.stage,
        shown.open,
        shown.whose,
        shown.unread,
        shown.pending,
        ticket.requester_name,
        ticket.organisation_name,
        ticket.assignee_name,
        service,
        ticket.service_id,
        ticket.priority_id,
        rank,
        to_us(ticket.created_at),
        shown.updated_us,
        shown.reopen_until_us,
        int(ticket.has_attachments),
    )


def publication_columns(item: Publication) -> tuple[object, ...]:
    """Everything of a publication's row after `account` and before `fact`, in the order of the insert."""
    return (
        item.id,
        item.publication.value,
        item.title,
        to_us(item.published_at),
        optional_us(item.valid_until),
        int(item.must_confirm),
        int(item.confirmed_at is not None),
        int(item.read_at is not None),
        sort_key(item.title),
        item.category,
        item.helpful_percent or 0,
    )


def number_key(number: str) -> int:
    """For the numerical order of 'T-2024-17' and the like: their digits as one number, 18 of them at most."""
    return int(_NOT_DIGITS.sub("", number)[-18:] or 0)


def _indexed(ticket: Ticket) -> tuple[str, str, str, str]:
    """What of the ticket itself is searched."""
    return ticket.subject, ticket.number, ticket.requester_name, ticket.assignee_name


class Applier:
    """Writes the facts of one page for one account, within the writer's transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        account: int,
        me: Me,
        *,
        pendings: dict[str, list[Pending]],
        ranks: dict[str, int],
        word: Callable[[str], int],
    ) -> None:
        """`pendings` by what they are about; `ranks` of priorities by id; `word` numbers a service's name."""
        self._db = connection
        self._account = account
        self._me = me
        self._pendings = pendings
        self._ranks = ranks
        self._word = word
        self._to_index: dict[str, tuple[int, Ticket] | None] = {}
        """What people talk about and whose words changed; tickets with their row and fact where they came."""

    def page(self, page: Page) -> None:
        for change in page.changes:
            if isinstance(change, Upsert):
                self._put(change.entity)
            else:
                self._remove(change)
        self._index_words()

    def _put(self, entity: Entity) -> None:
        if isinstance(entity, Ticket):
            self._put_ticket(entity)
        elif isinstance(entity, Document | Order | Subscription):
            self._put_item(entity)
        elif isinstance(entity, Publication):
            self._put_publication(entity)
        elif isinstance(entity, Person | Organisation | LicenseKey):
            self._put_thing(entity)
        else:
            self._put_part(entity)

    def _put_ticket(self, ticket: Ticket) -> None:
        before = self._db.execute(
            "SELECT subject, number, requester_name, assignee_name FROM ticket WHERE account = ? AND id = ?",
            (self._account, ticket.id),
        ).fetchone()
        row = self._put_row(ticket, encode(ticket))
        if ticket.id in self._to_index or before != _indexed(ticket):
            self._to_index[ticket.id] = (row, ticket)

    def _put_row(self, ticket: Ticket, fact: bytes) -> int:
        columns = ticket_columns(
            ticket,
            self._me,
            self._pendings.get(ticket.id, ()),
            self._word(ticket.service_id),
            self._ranks.get(ticket.priority_id, 0),
        )
        values = (self._account, *columns, fact, fact_seal(fact))
        return int(self._db.execute(_PUT_TICKET, values).fetchone()[0])

    def _put_item(self, item: Item) -> None:
        fact = encode(item)
        columns = items.columns(item, self._me, self._pendings.get(item.id, ()))
        self._db.execute(_PUT_ITEM, (self._account, *columns, fact, fact_seal(fact)))
        self._to_index.setdefault(item.id, None)

    def _put_part(self, part: Part) -> None:
        fact = encode(part)
        row = (
            self._account,
            kind_of(part),
            part.id,
            part.conversation_id,
            to_us(part.created_at),
            fact,
            fact_seal(fact),
        )
        self._db.execute(_PUT_PART, row)
        if isinstance(part, Message | Attachment):
            self._to_index.setdefault(part.conversation_id, None)

    def _put_thing(self, thing: Thing) -> None:
        fact = encode(thing)
        name = thing.product if isinstance(thing, LicenseKey) else thing.name
        self._db.execute(
            _PUT_THING, (self._account, kind_of(thing), thing.id, sort_key(name), fact, fact_seal(fact))
        )

    def _put_publication(self, item: Publication) -> None:
        fact = encode(item)
        (row,) = self._db.execute(
            _PUT_PUBLICATION,
            (self._account, *publication_columns(item), fact, fact_seal(fact)),
        ).fetchone()
        labels = " ".join((item.category, *item.labels))
        self._db.execute(
            "INSERT OR REPLACE INTO publication_fts (rowid, title, labels, body) VALUES (?, ?, ?, ?)",
            (row, item.title, labels, f"{item.summary}\n{item.body}"),
        )
        self._db.execute("DELETE FROM publication_label WHERE row = ?", (row,))
        self._db.executemany(
            "INSERT OR IGNORE INTO publication_label (label, row) VALUES (?, ?)",
            [(label, row) for label in item.labels],
        )

    def _remove(self, gone: Gone) -> None:
        key = (self._account, gone.id)
        if gone.kind in ITEMS:
            self._remove_item(gone)
        elif gone.kind == "ticket":
            self._db.execute(
                "DELETE FROM ticket_fts WHERE rowid = (SELECT row FROM ticket WHERE account = ? AND id = ?)",
                key,
            )
            self._db.execute("DELETE FROM ticket WHERE account = ? AND id = ?", key)
            self._db.execute("DELETE FROM part WHERE account = ? AND conversation_id = ?", key)
            self._to_index.pop(gone.id, None)
        elif gone.kind == "publication":
            self._db.execute(
                "DELETE FROM publication_fts WHERE rowid ="
                " (SELECT row FROM publication WHERE account = ? AND id = ?)",
                key,
            )
            self._db.execute("DELETE FROM publication WHERE account = ? AND id = ?", key)
        elif gone.kind in PARTS:
            self._remove_part(gone)
        else:
            self._db.execute(
                "DELETE FROM thing WHERE account = ? AND kind = ? AND id = ?",
                (self._account, gone.kind, gone.id),
            )

    def _remove_item(self, gone: Gone) -> None:
        key = (self._account, gone.id)
        self._db.execute(
            "DELETE FROM item_fts WHERE rowid = (SELECT row FROM item WHERE account = ? AND id = ?)", key
        )
        self._db.execute("DELETE FROM item WHERE account = ? AND id = ?", key)
        self._db.execute("DELETE FROM part WHERE account = ? AND conversation_id = ?", key)
        self._to_index.pop(gone.id, None)

    def _remove_part(self, gone: Gone) -> None:
        found = self._db.execute(
            "DELETE FROM part WHERE account = ? AND kind = ? AND id = ? RETURNING conversation_id",
            (self._account, gone.kind, gone.id),
        ).fetchone()
        if found:
            self._to_index.setdefault(found[0], None)

    def _index_words(self) -> None:
        for id, known in self._to_index.items():
            found = known or self._find(id)
            if found:  # a message can come before its ticket, which then brings it along
                row, ticket = found
                subject, number, *people = _indexed(ticket)
                text = (row, subject, number, " ".join(people), self._conversation(id))
                self._db.execute(_PUT_TEXT, text)
            else:
                self._index_item(id)
        self._to_index.clear()

    def _index_item(self, id: str) -> None:
        found = self._db.execute(
            "SELECT row, fact FROM item WHERE account = ? AND id = ?", (self._account, id)
        ).fetchone()
        if found:
            title, number, names, body = items.indexed(item_of(found[1]))
            text = f"{body}\n{self._conversation(id)}"[:_BODY_CHARS]
            self._db.execute(_PUT_ITEM_TEXT, (found[0], title, number, names, text))

    def _find(self, ticket_id: str) -> tuple[int, Ticket] | None:
        found = self._db.execute(
            "SELECT row, fact FROM ticket WHERE account = ? AND id = ?", (self._account, ticket_id)
        ).fetchone()
        return (found[0], ticket_of(found[1])) if found else None

    def _conversation(self, ticket_id: str) -> str:
        rows = self._db.execute(
            "SELECT kind, fact FROM part WHERE account = ? AND conversation_id = ?"
            " AND kind IN ('message', 'attachment') ORDER BY at",
            (self._account, ticket_id),
        )
        texts = [
            message_of(fact).body if kind == "message" else attachment_of(fact).name for kind, fact in rows
        ]
        return "\n".join(texts)[:_BODY_CHARS]
