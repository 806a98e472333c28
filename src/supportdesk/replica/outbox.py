"""The write side of drafts and commands on their way."""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime

from supportdesk.domain.commands import Command, FileRef, encode_intent, files_of, payload_sha256, subject_id
from supportdesk.domain.delivery import SILENT, Event, after_silence, next_state
from supportdesk.domain.errors import IdempotencyConflict, Refused, StoreDamaged, StoreError
from supportdesk.domain.projections import Draft, LogLine, LogStep, OutboxState
from supportdesk.i18n import _
from supportdesk.replica.commands import (
    FROZEN_COLUMNS,
    CommandRow,
    add_log,
    command_seal,
    find_command,
    log_of,
    referenced_blobs,
    unfinished,
)
from supportdesk.replica.rows import draft_of, encode, optional_us, seal, to_us

_LOG_STEPS = {
    Event.SEND_BEGUN: LogStep.SENDING,
    Event.ACCEPTED: LogStep.ACCEPTED,
    Event.FOUND: LogStep.ACCEPTED,
    Event.POSTPONED: LogStep.WAITING,
    Event.OUTCOME_UNKNOWN: LogStep.UNCERTAIN,
    Event.SIGNED_OUT: LogStep.SIGN_IN_NEEDED,
    Event.REFUSED: LogStep.REFUSED,
    Event.WITHDRAWN: LogStep.CANCELLED,
}


class Outbox:
    """Works within the writer's transaction; `touched(account, command, do, subject)` hears of changes."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        now: datetime,
        has_blob: Callable[[FileRef], bool],
        touched: Callable[[str, str, str, str], None],
    ) -> None:
        self._db = connection
        self._now = now
        self._has_blob = has_blob
        self._touched = touched

    def save_draft(self, draft: Draft) -> None:
        body = encode(draft)
        self._db.execute(
            "INSERT OR REPLACE INTO outbox.draft (id, account_id, kind, body, updated_at, seal)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (draft.id, draft.account_id, draft.kind, body, to_us(draft.updated_at), seal(draft.id, body)),
        )

    def delete_draft(self, draft_id: str) -> bytes | None:
        """Returns what was deleted, as it was kept."""
        row = self._db.execute("DELETE FROM outbox.draft WHERE id = ? RETURNING body", (draft_id,)).fetchone()
        return None if row is None else bytes(row[0])

    def enqueue(self, account_id: str, command: Command, draft: bytes | None, basis_us: int | None) -> None:
        payload = encode_intent(command.intent)
        if self._known(account_id, command.id, payload):
            return
        for file in files_of(command.intent):
            if not self._has_blob(file):
                raise StoreError(
                    _("The file “{name}” is no longer in the data folder.").format(name=file.name),
                    next_step=_("Add the file again."),
                )
        row = CommandRow(
            id=command.id,
            account_id=account_id,
            subject_id=subject_id(command),
            do=type(command.intent).__struct_config__.tag,  # type: ignore[arg-type]
            created_us=to_us(command.created_at),
            payload=payload,
            payload_sha256=payload_sha256(payload),
            draft=draft,
            basis_us=basis_us,
            seal=b"",
            state=OutboxState.QUEUED,
            attempts=0,
            next_try_us=None,
            error_code="",
            reason="",
            number="",
            settled=0,
        )
        self._insert(row._replace(seal=command_seal(row)))

    def _known(self, account_id: str, command_id: str, payload: bytes) -> bool:
        """True when this very command waits already; one that was taken back makes room."""
        found = self._db.execute(
            "SELECT account_id, payload, state FROM outbox.command WHERE id = ?", (command_id,)
        ).fetchone()
        if found is None:
            return False
        if found[2] == OutboxState.CANCELLED:
            self._db.execute("DELETE FROM outbox.command WHERE id = ?", (command_id,))
            return False
        if found[:2] != (account_id, payload):
            raise IdempotencyConflict
        return True

    def _insert(self, row: CommandRow) -> None:
        self._db.execute(
            f"INSERT INTO outbox.command ({FROZEN_COLUMNS}, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            row[:11],
        )
        self.log(row.id, LogStep.SAVED)
        self._touched(row.account_id, row.id, row.do, row.subject_id)

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
        row = find_command(self._db, command_id)
        state = next_state(OutboxState(row.state), event)
        if state is None:
            return False
        self._db.execute(
            "UPDATE outbox.command SET state = ?, error_code = ?, reason = ?, next_try_at = ?,"
            " attempts = attempts + ?, number = ?, settled = ? WHERE id = ?",
            (
                state.value,
                error_code,
                reason,
                optional_us(next_try_at),
                int(event is Event.SEND_BEGUN),
                number or row.number,
                int(state is OutboxState.CANCELLED),
                command_id,
            ),
        )
        step = _LOG_STEPS.get(event)
        if step is not None:
            self.log(command_id, step, number or reason)
        self._touched(row.account_id, command_id, row.do, row.subject_id)
        return True

    def withdraw(self, command_id: str) -> Draft | None:
        row = find_command(self._db, command_id)
        followers = [
            other
            for other in unfinished(self._db, row.account_id)
            if other.subject_id == command_id != other.id
        ]
        if any(other.do not in SILENT for other in followers):
            raise Refused(
                _("Something you added later depends on this."),
                next_step=_("Take that back first, then this."),
            )
        if not self.advance(command_id, Event.WITHDRAWN):
            raise Refused(
                _("This is already on its way and cannot be taken back."), next_step=_("Wait a moment.")
            )
        for other in followers:
            self.advance(other.id, Event.WITHDRAWN)
        if row.draft is None:
            return None
        draft = draft_of(row.draft)
        self.save_draft(draft)
        return draft

    def retry(self, command_id: str) -> None:
        if not self.advance(command_id, Event.RETRIED):
            raise Refused(_("There is nothing to send again here."), next_step=_("Look at its delivery log."))

    def log(self, command_id: str, step: LogStep, detail: str = "") -> None:
        add_log(self._db, command_id, LogLine(self._now, step, detail))

    def mark_waiting(self, account_id: str, reason: str) -> None:
        for row in unfinished(self._db, account_id):
            says = [(line.step, line.detail) for line in log_of(self._db, row.id)[-1:]]
            if row.state == OutboxState.QUEUED and says != [(LogStep.WAITING, reason)]:
                self.log(row.id, LogStep.WAITING, reason)
                self._touched(row.account_id, row.id, row.do, row.subject_id)

    def put_progress(self, command_id: str, sha256: str, sent_bytes: int) -> None:
        row = find_command(self._db, command_id)
        self._db.execute(
            "INSERT OR REPLACE INTO outbox.upload VALUES (?, ?, ?)", (command_id, sha256, sent_bytes)
        )
        self._touched(row.account_id, command_id, row.do, row.subject_id)

    def take_over(self, account_id: str, *, repeatable: bool) -> None:
        for row in unfinished(self._db, account_id):
            if row.state == OutboxState.UPLOADING:
                self.advance(row.id, Event.POSTPONED)
            elif row.state == OutboxState.SENDING:
                self.advance(row.id, after_silence(repeatable=repeatable))

    def settle(self, command_ids: Iterable[str]) -> tuple[str, ...]:
        freed: set[str] = set()
        for command_id in command_ids:
            row = find_command(self._db, command_id)
            if not row.intact:
                raise StoreDamaged
            freed.update(file.sha256 for file in row.files)
            if row.do in SILENT:
                self._forget(command_id)
            else:
                self._db.execute(
                    "UPDATE outbox.command SET settled = 1, draft = NULL WHERE id = ?", (command_id,)
                )
                self._reseal(command_id)
            self._touched(row.account_id, command_id, row.do, row.subject_id)
        return tuple(freed - set(referenced_blobs(self._db))) if freed else ()

    def has_unsent(self, account_id: str) -> bool:
        return any(row.do not in SILENT for row in unfinished(self._db, account_id))

    def forget_account(self, account_id: str) -> None:
        ids = self._db.execute("SELECT id FROM outbox.command WHERE account_id = ?", (account_id,)).fetchall()
        for (command_id,) in ids:
            self._forget(command_id)
        self._db.execute("DELETE FROM outbox.draft WHERE account_id = ?", (account_id,))
        self._db.execute("DELETE FROM outbox.saved_account WHERE id = ?", (account_id,))

    def _forget(self, command_id: str) -> None:
        self._db.execute("DELETE FROM outbox.command WHERE id = ?", (command_id,))
        self._db.execute("DELETE FROM outbox.delivery_log WHERE command_id = ?", (command_id,))
        self._db.execute("DELETE FROM outbox.upload WHERE command_id = ?", (command_id,))

    def _reseal(self, command_id: str) -> None:
        row = find_command(self._db, command_id)
        self._db.execute("UPDATE outbox.command SET seal = ? WHERE id = ?", (command_seal(row), command_id))
