"""Rows of the outbox: the frozen part of a command, what is sealed, and what still counts as pending."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from supportdesk.domain.commands import AnyIntent, Command, FileRef, decode_intent, files_of
from supportdesk.domain.errors import NotFound, StoreDamaged
from supportdesk.domain.projections import LogLine, LogStep, OutboxState
from supportdesk.replica.projection import Pending
from supportdesk.replica.rows import draft_of, from_us, optional_moment, seal, to_us

FROZEN_COLUMNS = "id, account_id, subject_id, do, created_at, payload, payload_sha256, draft, basis, seal"
COLUMNS = f"{FROZEN_COLUMNS}, state, attempts, next_try_at, error_code, reason, number, settled"


class CommandRow(NamedTuple):
    """One row of the outbox in the order of COLUMNS."""

    id: str
    account_id: str
    subject_id: str
    do: str
    created_us: int
    payload: bytes
    payload_sha256: str
    draft: bytes | None
    basis_us: int | None
    seal: bytes
    state: str
    attempts: int
    next_try_us: int | None
    error_code: str
    reason: str
    number: str
    settled: int

    @property
    def intact(self) -> bool:
        return self.seal == command_seal(self) and self.state in OutboxState.__members__.values()

    @property
    def intent(self) -> AnyIntent:
        return decode_intent(self.payload)

    @property
    def files(self) -> tuple[FileRef, ...]:
        return files_of(self.intent)

    @property
    def command(self) -> Command:
        """Raises StoreDamaged where the row is not what was saved."""
        if not self.intact:
            raise StoreDamaged
        # What was read is told by the clock of the server, which dated it: this computer's may be days off.
        made_us = self.created_us if self.basis_us is None else self.basis_us
        return Command(id=self.id, created_at=from_us(made_us), intent=self.intent)

    @property
    def next_try_at(self) -> datetime | None:
        return optional_moment(self.next_try_us)


def command_seal(row: CommandRow) -> bytes:
    return seal(*row[:9])


def find_command(connection: sqlite3.Connection, command_id: str) -> CommandRow:
    """Raises NotFound."""
    row = connection.execute(
        f"SELECT {COLUMNS} FROM outbox.command WHERE id = ?",  # noqa: S608 a constant of this module
        (command_id,),
    ).fetchone()
    if row is None:
        raise NotFound
    return CommandRow(*row)


def unfinished(connection: sqlite3.Connection, account_id: str) -> list[CommandRow]:
    """What is neither sent nor cancelled, in the order in which it was saved."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM outbox.command WHERE account_id = ? AND settled = 0"  # noqa: S608
        " AND state NOT IN ('sent', 'cancelled') ORDER BY seq",
        (account_id,),
    )
    return [CommandRow(*row) for row in rows]


def pendings_by_subject(
    connection: sqlite3.Connection, account_id: str, subject_id: str | None = None
) -> dict[str, list[Pending]]:
    """What the backend's facts do not contain yet, in order; of one subject or of all."""
    found: dict[str, list[Pending]] = {}
    rows = connection.execute(
        "SELECT subject_id, do, state, created_at, basis FROM outbox.command"
        " WHERE account_id = :account AND settled = 0 AND state != 'cancelled'"
        " AND (:subject IS NULL OR subject_id = :subject) ORDER BY seq",
        {"account": account_id, "subject": subject_id},
    )
    for subject, *pending in rows:
        found.setdefault(subject, []).append(Pending(*pending))
    return found


def log_of(connection: sqlite3.Connection, command_id: str) -> tuple[LogLine, ...]:
    rows = connection.execute(
        "SELECT at, step, detail FROM outbox.delivery_log WHERE command_id = ? ORDER BY seq", (command_id,)
    )
    return tuple(LogLine(from_us(at), LogStep(step), detail) for at, step, detail in rows)


def add_log(connection: sqlite3.Connection, command_id: str, line: LogLine) -> None:
    """Appends a line; of many tries in vain only the latest is kept."""
    if line.step is LogStep.WAITING:
        _forget_earlier_tries(connection, command_id)
    at = to_us(line.at)
    connection.execute(
        "INSERT INTO outbox.delivery_log (command_id, at, step, detail, seal) VALUES (?, ?, ?, ?, ?)",
        (command_id, at, line.step.value, line.detail, log_seal(command_id, at, line.step, line.detail)),
    )


def log_seal(command_id: str, at_us: int, step: str, detail: str) -> bytes:
    return seal(command_id, at_us, str(step), detail)


def _forget_earlier_tries(connection: sqlite3.Connection, command_id: str) -> None:
    connection.execute(
        "DELETE FROM outbox.delivery_log WHERE command_id = ?1"
        " AND step IN ('uploading', 'uploaded', 'sending', 'waiting') AND seq <= "
        " (SELECT max(seq) FROM outbox.delivery_log WHERE command_id = ?1 AND step = 'waiting')",
        (command_id,),
    )


def referenced_blobs(connection: sqlite3.Connection) -> Iterator[str]:
    """SHA-256 of every file that a draft or an unsettled command still needs."""
    for (body,) in connection.execute("SELECT body FROM outbox.draft"):
        yield from (file.sha256 for file in draft_of(body).files)
    for (payload,) in connection.execute("SELECT payload FROM outbox.command WHERE settled = 0"):
        yield from (file.sha256 for file in files_of(decode_intent(payload)))
