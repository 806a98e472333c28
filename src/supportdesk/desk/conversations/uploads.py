"""Which contents a person has brought, and may therefore attach."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select, update

from supportdesk.desk.store import settings
from supportdesk.desk.store.contents import Contents
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.files import ABANDONED_AFTER
from supportdesk.desk.store.schema import attachments, documents, uploads
from supportdesk.desk.visibility import facts
from supportdesk.desk.visibility.actors import Actor
from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import Attachment
from supportdesk.domain.errors import BackendError, LimitExceeded
from supportdesk.i18n import _

UNATTACHED_FILES = 20
"""Of the largest size: what one person may bring without attaching it to anything."""
_AT_ONCE = 500


def check_size(connection: Connection, file: FileRef) -> None:
    """Before the first byte is taken. Within a transaction. Raises LimitExceeded."""
    limit = settings.load(connection).limits.max_file_bytes
    if not 0 <= file.size_bytes <= limit:
        text = _("The file “{name}” is larger than {limit} MB.")
        raise LimitExceeded(text.format(name=file.name, limit=limit // (1024 * 1024)))


def check_room(
    connection: Connection, person_id: str, file: FileRef, now: datetime, *, arriving_bytes: int = 0
) -> None:
    """Before a content is begun. Within a transaction. Raises LimitExceeded.

    `arriving_bytes`: of the person's other contents that were begun and are not complete.
    """
    limit = settings.load(connection).limits.max_file_bytes * UNATTACHED_FILES
    room = limit - arriving_bytes - file.size_bytes
    mine = (uploads.c.person_id == person_id) & (uploads.c.completed_at >= now - ABANDONED_AFTER)
    if _bytes(connection, mine) > room and _bytes(connection, mine & _UNATTACHED) > room:
        text = _(
            "Files of yours with more than {limit} MB belong to no ticket yet. "
            "Send them, or try again in a week."
        )
        raise LimitExceeded(text.format(limit=limit // (1024 * 1024)))


_UNATTACHED = uploads.c.sha256.not_in(select(attachments.c.sha256))
_UNSEALED = documents.c.seal_at.is_not(None) | documents.c.seal_trouble.is_not(None)
"""Their marks are still needed; a sealed document shows its own."""


def _bytes(connection: Connection, these: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.sum(uploads.c.size_bytes)).where(these)).scalar() or 0)


def is_complete(connection: Connection, person_id: str, file: FileRef) -> bool:
    """Within a transaction."""
    return complete_bytes(connection, person_id, file.sha256) is not None


def complete_bytes(connection: Connection, person_id: str, sha256: str) -> int | None:
    """The size of a content that is there as a whole, else None. Within a transaction."""
    query = select(uploads.c.size_bytes).where(uploads.c.person_id == person_id, uploads.c.sha256 == sha256)
    return connection.execute(query).scalar()


def complete(connection: Connection, person_id: str, file: FileRef, now: datetime) -> None:
    """The content is on the disk under its hash."""
    with writing(connection):
        record(connection, person_id, file, now)


def record(connection: Connection, person_id: str, file: FileRef, now: datetime) -> None:
    """As `complete`, within a writing transaction."""
    this = (uploads.c.person_id == person_id) & (uploads.c.sha256 == file.sha256)
    if not connection.execute(update(uploads).where(this).values(completed_at=now)).rowcount:
        connection.execute(
            uploads.insert().values(
                person_id=person_id, sha256=file.sha256, size_bytes=file.size_bytes, completed_at=now
            )
        )


def record_kept(
    connection: Connection, contents: Contents, person_id: str, file: FileRef, now: datetime
) -> None:
    """As `record`, for what was put in its place a moment ago. Raises BackendError where it is gone again."""
    if not contents.has(file.sha256):  # as nobody's since long
        raise BackendError(_("The file “{name}” cannot be kept at the moment.").format(name=file.name))
    record(connection, person_id, file, now)


def let_go(connection: Connection, contents: Collection[str], completed_before: datetime) -> list[str]:
    """Forgets who brought those of `contents` that were never attached; returns those nobody needs."""
    ordered, unneeded = list(contents), list[str]()
    for begin in range(0, len(ordered), _AT_ONCE):
        some = set(ordered[begin : begin + _AT_ONCE])
        with reading(connection):
            unattached = some - _attached(connection, some)
        if unattached:
            with writing(connection):
                unneeded += _let_go(connection, unattached, completed_before)
    return unneeded


def _let_go(connection: Connection, contents: set[str], completed_before: datetime) -> set[str]:
    these = uploads.c.sha256.in_(contents)
    connection.execute(uploads.delete().where(these, uploads.c.completed_at < completed_before, _UNATTACHED))
    return contents - _needed(connection, contents)


def _needed(connection: Connection, contents: set[str]) -> set[str]:
    brought = select(uploads.c.sha256).where(uploads.c.sha256.in_(contents))
    return {*connection.execute(brought).scalars(), *_attached(connection, contents)}


def _attached(connection: Connection, contents: set[str]) -> set[str]:
    """To something that is there, or to a document that waits for its seal."""
    sha256, mark = attachments.c.sha256, documents.c.mark_sha256
    files = select(sha256).where(sha256.in_(contents))
    marks = select(mark).where(_UNSEALED, mark.in_(contents))
    return {*connection.execute(files).scalars(), *connection.execute(marks).scalars()}


def discard(connection: Connection, contents: Contents, sha256: str, untouched_since: datetime) -> bool:
    """Removes a content that nobody needs; whether it is gone by this.

    In the desk's turn: nobody can record meanwhile that they have brought it. See `Files.settle`.
    """
    with writing(connection):
        return not _needed(connection, {sha256}) and contents.discard(sha256, untouched_since)


def sweep(connection: Connection, contents: Contents, now: datetime) -> int:
    """Removes what has not been attached in time, all at once; returns how many contents that were."""
    limit = now - ABANDONED_AFTER
    unneeded = let_go(connection, contents.untouched(limit), limit)
    return sum(discard(connection, contents, sha256, limit) for sha256 in unneeded)


def attachment(connection: Connection, actor: Actor, attachment_id: str) -> Attachment:
    """Whose content may be downloaded. Within a transaction. Raises NotFound."""
    view = facts.View(actor, settings.load(connection))
    return facts.get(connection, view, Attachment, attachment_id)
