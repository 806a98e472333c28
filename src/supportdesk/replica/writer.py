"""Everything that changes the databases. One `Writer` lives for one transaction on the write lane."""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime

from supportdesk.domain.capabilities import Capabilities
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.changes import ChangeSet, Page, Topic, Upsert
from supportdesk.domain.commands import Command, FileRef
from supportdesk.domain.delivery import Event
from supportdesk.domain.entities import Organisation, Person, kind_of
from supportdesk.domain.errors import NotFound, Refused
from supportdesk.domain.projections import Account, Draft, Link, LogStep
from supportdesk.i18n import _
from supportdesk.replica import items
from supportdesk.replica.apply import ITEMS, PARTS, Applier
from supportdesk.replica.commands import pendings_by_subject, unfinished
from supportdesk.replica.outbox import Outbox
from supportdesk.replica.projection import Me, show
from supportdesk.replica.rows import (
    account_of,
    catalogue_of,
    conversation_of,
    draft_of,
    encode,
    item_of,
    seal,
    ticket_of,
    to_us,
)
from supportdesk.replica.words import Words

_MAX_TOPICS = 200
_MAKES = {"create_ticket": "ticket", "create_order": "order"}


class Writer:
    """Write lane only. Raise out of the job to undo everything it did."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        words: Words,
        now: datetime,
        has_blob: Callable[[FileRef], bool],
    ) -> None:
        self._db = connection
        self._words = words
        self._now = now
        self._topics: dict[str, set[Topic]] = {}
        self._stale: set[tuple[str, str]] = set()
        self._outbox = Outbox(connection, now, has_blob, self._touch_subject)

    # accounts

    def put_account(self, account: Account) -> None:
        body = encode(account)
        self._db.execute(
            "INSERT OR REPLACE INTO outbox.saved_account (id, body, seal) VALUES (?, ?, ?)",
            (account.id, body, seal(account.id, body)),
        )
        before = self._db.execute(
            "SELECT person_id, organisation_id FROM account WHERE id = ?", (account.id,)
        ).fetchone()
        self._db.execute(
            "INSERT INTO account (id, person_id, organisation_id) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET"
            " person_id = excluded.person_id, organisation_id = excluded.organisation_id",
            (account.id, account.person_id, account.organisation_id),
        )
        if before not in (None, (account.person_id, account.organisation_id)):
            self._all_stale(account.id)
        self.touch(account.id, "account", account.id)

    def remove_account(self, account_id: str, *, force: bool = False) -> None:
        """Raises Refused while something written is not sent, unless `force`."""
        drafts = self._db.execute(
            "SELECT count(*) FROM outbox.draft WHERE account_id = ?", (account_id,)
        ).fetchone()
        if not force and (drafts[0] or self._outbox.has_unsent(account_id)):
            raise Refused(
                _("There are drafts or messages of this account that are not sent yet."),
                next_step=_("Send or delete them first."),
            )
        num = self._num(account_id)
        self._db.execute(
            "DELETE FROM ticket_fts WHERE rowid IN (SELECT row FROM ticket WHERE account = ?)", (num,)
        )
        self._db.execute(
            "DELETE FROM publication_fts WHERE rowid IN (SELECT row FROM publication WHERE account = ?)",
            (num,),
        )
        self._db.execute(
            "DELETE FROM item_fts WHERE rowid IN (SELECT row FROM item WHERE account = ?)", (num,)
        )
        for table in ("ticket", "item", "part", "publication", "thing"):
            self._db.execute(f"DELETE FROM {table} WHERE account = ?", (num,))  # noqa: S608 names from this line
        self._db.execute("DELETE FROM account WHERE num = ?", (num,))
        self._outbox.forget_account(account_id)
        self._stale = {each for each in self._stale if each[0] != account_id}
        for kind in ("account", "ticket", *ITEMS, "draft", "outbox", "publication"):
            self.touch(account_id, kind)

    def put_welcome(
        self,
        account_id: str,
        me: Person,
        organisation: Organisation,
        capabilities: Capabilities,
        catalogue: Catalogue,
    ) -> None:
        num = self._num(account_id)
        row = (me.id, organisation.id, encode(capabilities), encode(catalogue), num)
        before = self._db.execute(
            "SELECT person_id, organisation_id, capabilities, catalogue, num FROM account WHERE num = ?",
            (num,),
        ).fetchone()
        if row == before:
            return
        self._db.execute(
            "UPDATE account SET person_id = ?, organisation_id = ?, capabilities = ?, catalogue = ?"
            " WHERE num = ?",
            row,
        )
        self._db.executemany(
            "UPDATE ticket SET priority_rank = ? WHERE account = ? AND priority_id = ?",
            [(priority.rank, num, priority.id) for priority in catalogue.priorities],
        )
        if before[:2] != row[:2]:
            self._all_stale(account_id)
        self.touch(account_id, "catalogue")

    def put_link(
        self, account_id: str, link: Link, *, error_code: str = "", error: str = "", succeeded: bool = False
    ) -> None:
        """Keeps the state of the connection; `succeeded` stamps the last success with now."""
        self._db.execute(
            "UPDATE account SET link = ?, error_code = ?, error = ?,"
            " last_success_at = CASE WHEN ? THEN ? ELSE last_success_at END WHERE id = ?",
            (link.value, error_code, error, succeeded, to_us(self._now), account_id),
        )
        self.touch(account_id, "sync")

    # drafts

    def save_draft(self, draft: Draft) -> None:
        self._outbox.save_draft(draft)
        self.touch(draft.account_id, "draft", draft.id)

    def delete_draft(self, draft_id: str) -> None:
        """Harmless when it is gone already."""
        body = self._outbox.delete_draft(draft_id)
        if body is not None:
            self.touch(draft_of(body).account_id, "draft", draft_id)

    # commands

    def send(self, draft_id: str | None, account_id: str, command: Command) -> None:
        """From the commit on the command is safe and will be sent; its draft is gone.

        Harmless when repeated. Raises StoreError when a file's bytes are not in the blob folder, and
        IdempotencyConflict when the id was sent with other content.
        """
        self._num(account_id)
        basis = self._changed_at(account_id, command)
        draft = self._outbox.delete_draft(draft_id) if draft_id is not None else None
        self._outbox.enqueue(account_id, command, draft, basis)
        if draft_id is not None:
            self.touch(account_id, "draft", draft_id)

    def cancel(self, command_id: str) -> None:
        """Takes a command back; one that had a draft becomes it again. Refused when it is too late."""
        draft = self._outbox.withdraw(command_id)
        if draft is not None:
            self.touch(draft.account_id, "draft", draft.id)

    def retry(self, command_id: str) -> None:
        """Queues what waits for its next try or for the customer. Refused when there is nothing to try."""
        self._outbox.retry(command_id)

    # the engine's own

    def advance(
        self,
        command_id: str,
        event: Event,
        *,
        error_code: str = "",
        reason: str = "",
        number: str = "",
        next_try_at: datetime | None = None,
    ) -> bool:
        """Moves a command along its table; False when the event cannot happen (the customer was quicker)."""
        return self._outbox.advance(
            command_id, event, error_code=error_code, reason=reason, number=number, next_try_at=next_try_at
        )

    def log(self, command_id: str, step: LogStep, detail: str = "") -> None:
        self._outbox.log(command_id, step, detail)

    def mark_waiting(self, account_id: str, reason: str) -> None:
        """Writes 'waiting' into the log of everything queued that does not say so yet."""
        self._outbox.mark_waiting(account_id, reason)

    def put_progress(self, command_id: str, sha256: str, sent_bytes: int) -> None:
        self._outbox.put_progress(command_id, sha256, sent_bytes)

    def take_over(self, account_id: str, *, repeatable: bool) -> None:
        """After a start: decides about what an earlier process left in the middle of sending."""
        self._outbox.take_over(account_id, repeatable=repeatable)

    def move_all(self, account_id: str, event: Event, reason: str = "") -> None:
        """The same event for everything unfinished of an account to which it can happen."""
        for row in unfinished(self._db, account_id):
            if row.state != "sending":
                self._outbox.advance(row.id, event, reason=reason)

    def settle(self, command_ids: Iterable[str]) -> tuple[str, ...]:
        """The facts contain these sent commands now. Returns SHA-256s that nothing refers to any more."""
        return self._outbox.settle(command_ids)

    def cursor(self, account_id: str) -> str | None:
        """Where the next pull goes on; None at the beginning."""
        row = self._db.execute("SELECT cursor FROM account WHERE id = ?", (account_id,)).fetchone()
        return row[0] if row else None

    def apply(self, account_id: str, page: Page) -> None:
        """Facts and cursor in one transaction."""
        num = self._num(account_id)
        me, catalogue = self._me_and_catalogue(num)
        applier = Applier(
            self._db,
            num,
            me,
            pendings=pendings_by_subject(self._db, account_id),
            ranks={priority.id: priority.rank for priority in catalogue.priorities},
            word=self._words.number,
        )
        applier.page(page)
        self._db.execute("UPDATE account SET cursor = ? WHERE num = ?", (page.cursor, num))
        self._touch_changed(account_id, page)

    def _touch_changed(self, account_id: str, page: Page) -> None:
        """More than would be told one by one are not collected one by one."""
        if len(page.changes) > _MAX_TOPICS:
            kinds = {
                kind_of(change.entity) if isinstance(change, Upsert) else change.kind
                for change in page.changes
            }
            for kind in kinds | (ITEMS | {"ticket"} if kinds & PARTS else set()):
                self.touch(account_id, kind)
            return
        for change in page.changes:
            if isinstance(change, Upsert):
                self.touch(account_id, kind_of(change.entity), change.entity.id)
                if conversation_id := getattr(change.entity, "conversation_id", ""):
                    self.touch(account_id, self._kind_of(account_id, conversation_id), conversation_id)
            else:
                self.touch(account_id, change.kind, change.id)

    # what the store needs around a job

    def touch(self, account_id: str, kind: str, id: str = "") -> None:
        self._topics.setdefault(account_id, set()).add(Topic(kind, id))

    def finish(self) -> None:
        """Brings the projections of what was touched up to date; the store calls it before the commit."""
        for account_id, id in sorted(self._stale):
            self._project(account_id, id)
            self._project_item(account_id, id)

    def change_sets(self, origin: str) -> list[ChangeSet]:
        return [
            ChangeSet(account_id, _collapse(topics), origin) for account_id, topics in self._topics.items()
        ]

    def start_up(self) -> None:
        """Brings both databases together again after a crash between their commits, or a rebuilt replica."""
        for (body,) in self._db.execute("SELECT body FROM outbox.saved_account").fetchall():
            account = account_of(body)
            self._db.execute(
                "INSERT OR IGNORE INTO account (id, person_id, organisation_id) VALUES (?, ?, ?)",
                (account.id, account.person_id, account.organisation_id),
            )
        self._db.execute("UPDATE account SET link = 'starting', error_code = '', error = ''")
        rows = self._db.execute(
            "SELECT a.id, t.id FROM ticket t JOIN account a ON a.num = t.account WHERE t.pending = 1"
            " UNION SELECT a.id, i.id FROM item i JOIN account a ON a.num = i.account WHERE i.pending = 1"
            " UNION SELECT account_id, subject_id FROM outbox.command WHERE settled = 0"
        )
        self._stale.update(rows)

    def _num(self, account_id: str) -> int:
        row = self._db.execute("SELECT num FROM account WHERE id = ?", (account_id,)).fetchone()
        if row is None:
            raise NotFound
        return int(row[0])

    def _me_and_catalogue(self, num: int) -> tuple[Me, Catalogue]:
        person, organisation, catalogue = self._db.execute(
            "SELECT person_id, organisation_id, catalogue FROM account WHERE num = ?", (num,)
        ).fetchone()
        return Me(person, organisation), catalogue_of(catalogue) if catalogue else Catalogue()

    def _changed_at(self, account_id: str, command: Command) -> int | None:
        """What reading it means: everything up to the change that is known here."""
        row = self._db.execute(
            "SELECT t.fact FROM ticket t JOIN account a ON a.num = t.account WHERE a.id = ?1 AND t.id = ?2"
            " UNION ALL"
            " SELECT i.fact FROM item i JOIN account a ON a.num = i.account WHERE a.id = ?1 AND i.id = ?2",
            (account_id, getattr(command.intent, "id", "")),
        ).fetchone()
        return to_us(conversation_of(row[0]).updated_at) if row else None

    def _touch_subject(self, account_id: str, command_id: str, do: str, subject_id: str) -> None:
        self.touch(account_id, "outbox", command_id)
        if do in ("confirm_notice", "rate_article", "mark_read"):
            self.touch(account_id, "publication", subject_id)
        if do not in ("confirm_notice", "rate_article"):
            kind = _MAKES.get(do) or self._kind_of(account_id, subject_id)
            self.touch(account_id, kind, subject_id)
            self._stale.add((account_id, subject_id))

    def _all_stale(self, account_id: str) -> None:
        rows = self._db.execute(
            "SELECT a.id, t.id FROM ticket t JOIN account a ON a.num = t.account WHERE a.id = ?1"
            " UNION SELECT a.id, i.id FROM item i JOIN account a ON a.num = i.account WHERE a.id = ?1",
            (account_id,),
        )
        self._stale.update(rows)
        for kind in ("ticket", *ITEMS):
            self.touch(account_id, kind)

    def _project(self, account_id: str, ticket_id: str) -> None:
        found = self._db.execute(
            "SELECT t.row, t.fact, a.person_id, a.organisation_id FROM ticket t"
            " JOIN account a ON a.num = t.account WHERE a.id = ? AND t.id = ?",
            (account_id, ticket_id),
        ).fetchone()
        if found is None:
            return
        row, fact, person, organisation = found
        pendings = pendings_by_subject(self._db, account_id, ticket_id).get(ticket_id, [])
        shown = show(ticket_of(fact), Me(person, organisation), pendings)
        self._db.execute(
            "UPDATE ticket SET stage = ?, open = ?, whose = ?, unread = ?, pending = ?, updated_at = ?,"
            " reopen_until = ? WHERE row = ?",
            (*shown, row),
        )

    def _project_item(self, account_id: str, item_id: str) -> None:
        found = self._db.execute(
            "SELECT i.row, i.fact, a.person_id, a.organisation_id FROM item i"
            " JOIN account a ON a.num = i.account WHERE a.id = ? AND i.id = ?",
            (account_id, item_id),
        ).fetchone()
        if found is None:
            return
        row, fact, person, organisation = found
        pendings = pendings_by_subject(self._db, account_id, item_id).get(item_id, [])
        shown = items.show(item_of(fact), Me(person, organisation), pendings)
        self._db.execute(
            "UPDATE item SET state = ?, open = ?, unread = ?, pending = ?, updated_at = ? WHERE row = ?",
            (*shown, row),
        )

    def _kind_of(self, account_id: str, id: str) -> str:
        """Of what people talk about; a ticket where it is not known yet."""
        row = self._db.execute(
            "SELECT i.kind FROM item i JOIN account a ON a.num = i.account WHERE a.id = ? AND i.id = ?",
            (account_id, id),
        ).fetchone()
        return str(row[0]) if row else "ticket"


def _collapse(topics: set[Topic]) -> frozenset[Topic]:
    if len(topics) > _MAX_TOPICS:
        return frozenset(Topic(topic.kind) for topic in topics)
    return frozenset(topics)
