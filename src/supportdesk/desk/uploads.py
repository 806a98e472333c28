"""Which contents a person has brought, and may therefore attach."""

from datetime import datetime

from sqlalchemy import Connection, select

from supportdesk.desk import facts, settings
from supportdesk.desk.actors import Actor
from supportdesk.desk.database import writing
from supportdesk.desk.schema import uploads
from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import Attachment
from supportdesk.domain.errors import LimitExceeded
from supportdesk.i18n import _


def check_size(connection: Connection, file: FileRef) -> None:
    """Before the first byte is taken. Within a transaction. Raises LimitExceeded."""
    limit = settings.load(connection).limits.max_file_bytes
    if not 0 <= file.size_bytes <= limit:
        text = _("The file “{name}” is larger than {limit} MB.")
        raise LimitExceeded(text.format(name=file.name, limit=limit // (1024 * 1024)))


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
    if not is_complete(connection, person_id, file):
        connection.execute(
            uploads.insert().values(
                person_id=person_id, sha256=file.sha256, size_bytes=file.size_bytes, completed_at=now
            )
        )


def attachment(connection: Connection, actor: Actor, attachment_id: str) -> Attachment:
    """Whose content may be downloaded. Within a transaction. Raises NotFound."""
    view = facts.View(actor, settings.load(connection))
    return facts.get(connection, view, Attachment, attachment_id)
