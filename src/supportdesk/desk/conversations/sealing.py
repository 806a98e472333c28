"""Sealing what customers signed: after their transaction, in steps that may each be the last before a crash.

`claim_due` one, `seal` it without a database, `record` what came of it. A claim ends by itself, so that a
crash delays a seal but never loses it; what was made twice is recorded once. What the certificate cannot seal
rests with its SealTrouble until the next start, which may bring another one, has it tried again: `resume`.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import PurePosixPath

import msgspec
from sqlalchemy import Connection, select, update

from supportdesk import i18n
from supportdesk.desk.store import audit, seal_identity, settings
from supportdesk.desk.store.contents import Contents
from supportdesk.desk.store.database import reading, writing
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import attachments, documents, people
from supportdesk.desk.store.seal_identity import SealIdentity
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.feed import Touch
from supportdesk.domain.documents import LIMITS, SealTrouble, VisibleMark
from supportdesk.domain.errors import BackendError, CertificateNotValid, UnsafeFile
from supportdesk.i18n import _

CLAIM = timedelta(minutes=5)
"""Longer than everything that `seal` waits for."""
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
_MEDIA_TYPE = "application/pdf"

log = logging.getLogger(__name__)


class Signed(msgspec.Struct, frozen=True):
    """A document that was claimed to be sealed, as it was signed."""

    id: str
    number: str
    title: str
    organisation_id: str
    file_id: str
    filled: dict[str, str]
    mark_sha256: str
    answered_by: str
    answered_at: datetime
    answered_from: str
    seal_attempts: int
    signed_by: str
    """The person's name."""
    file_name: str
    file_sha256: str
    language: str
    """Of the document: the vendor's own."""
    identity: SealIdentity
    """The desk's own."""

    def __repr__(self) -> str:
        return f"Signed(id={self.id!r})"


class Sealed(msgspec.Struct, frozen=True):
    """The whole file, safe in its place."""

    sha256: str
    size_bytes: int


def next_due(connection: Connection) -> datetime | None:
    """When the next seal is to be made; None while none waits. Within a transaction."""
    return connection.execute(_NEXT_DUE).scalar()


_WAITING = documents.c.seal_at.is_not(None)
_NEXT_DUE = select(documents.c.seal_at).where(_WAITING).order_by(documents.c.seal_at).limit(1)
_OF_DOCUMENT = [documents.c[name] for name in Signed.__struct_fields__ if name in documents.c]
_DETAILS = (
    select(
        *_OF_DOCUMENT,
        people.c.name.label("signed_by"),
        attachments.c.name.label("file_name"),
        attachments.c.sha256.label("file_sha256"),
    )
    .join(people, people.c.id == documents.c.answered_by)
    .join(attachments, attachments.c.id == documents.c.file_id)
)


def claim_due(connection: Connection, now: datetime) -> Signed | None:
    """As `claim`, without a writing transaction where nothing is due."""
    with reading(connection):
        due = next_due(connection)
    return claim(connection, now) if due is not None and due <= now else None


def claim(connection: Connection, now: datetime) -> Signed | None:
    """The one that waits longest, if its time has come; nobody else gets it for a while."""
    with writing(connection):
        due = select(documents.c.id).where(documents.c.seal_at <= now).order_by(documents.c.seal_at).limit(1)
        id = connection.execute(due).scalar()
        if id is None:
            return None
        attempts = documents.c.seal_attempts + 1
        this = update(documents).where(documents.c.id == id)
        connection.execute(this.values(seal_at=now + CLAIM, seal_attempts=attempts))
        row = connection.execute(_DETAILS.where(documents.c.id == id)).mappings().one()
        language, own = settings.load(connection).default_language, seal_identity.own(connection)
        return Signed(**row, language=language, identity=own)


def seal(
    signed: Signed,
    files: Files,
    *,
    identity: SealIdentity | None = None,
    fetch_stamp: Callable[[bytes], bytes] | None = None,
) -> Sealed:
    """Fills in, flattens and seals; takes its time, and needs no database. Not on an event loop.

    `identity` is used instead of the desk's own; `fetch_stamp` as `pdf.sealing` says. Raises
    SupportDeskError, OSError.
    """
    from supportdesk.pdf import sealing

    pdf = sealing.seal(
        _filled(signed, files),
        sealing.SealingIdentity(*(identity or signed.identity)),
        signed_by=signed.signed_by,
        signed_at=signed.answered_at,
        reason=f"{signed.number} {signed.title}",
        fetch_stamp=fetch_stamp,
    )
    return Sealed(files.keep(pdf), len(pdf))


def _filled(signed: Signed, files: Files) -> bytes:
    from supportdesk.pdf import apart

    original = files.read(signed.file_sha256, 0, LIMITS.max_bytes)
    picture = files.read(signed.mark_sha256, 0, LIMITS.max_bytes)
    caption = _caption(signed)
    try:
        mark = VisibleMark(picture, caption)
        return apart.fill(original, signed.filled, mark, language=signed.language)
    except UnsafeFile as error:  # who signed, and when, holds without the picture, too
        log.warning("a signature is shown without its picture", exc_info=error, extra=_about(signed))
        return apart.fill(original, signed.filled, VisibleMark(b"", caption), language=signed.language)


def _caption(signed: Signed) -> str:
    from supportdesk.pdf import dates

    day = dates.written(signed.answered_at.astimezone().date().isoformat(), "", signed.language)
    with i18n.speaking(signed.language):
        return _("Signed by {name} on {date}").format(name=signed.signed_by, date=day)


def record(connection: Connection, contents: Contents, signed: Signed, sealed: Sealed, now: datetime) -> bool:
    """Whether it was not sealed before. Raises BackendError where the content is gone again."""
    file_id = f"{signed.id}-sealed"
    with writing(connection):
        values = {"signed_file_id": file_id, "sealed_sha256": sealed.sha256, "seal_at": None}
        this = update(documents).where(documents.c.id == signed.id, _WAITING)
        if not connection.execute(this.values(**values)).rowcount:
            return False
        if not contents.has(sealed.sha256):  # as nobody's since long
            raise BackendError(_("The file “{name}” cannot be kept at the moment.").format(name=file_id))
        _attach(connection, signed, sealed, file_id, now)
        _audit(connection, signed, sealed, now)
        return True


def _attach(connection: Connection, signed: Signed, sealed: Sealed, file_id: str, now: datetime) -> None:
    with i18n.speaking(signed.language):
        name = _("{name} (signed).pdf").format(name=PurePosixPath(signed.file_name).stem)
    connection.execute(
        attachments.insert().values(
            id=file_id,
            conversation_id=signed.id,
            message_id=None,
            author_id=signed.answered_by,
            created_at=now,
            name=name,
            size_bytes=sealed.size_bytes,
            sha256=sealed.sha256,
            media_type=_MEDIA_TYPE,
            article=None,
        )
    )
    touches = [
        Touch("document", signed.id, signed.organisation_id),
        Touch("attachment", file_id, signed.organisation_id, born=True),
    ]
    feed.record(connection, touches)


def _audit(connection: Connection, signed: Signed, sealed: Sealed, now: datetime) -> None:
    details = {
        "signed_at": signed.answered_at.isoformat(),
        "from": signed.answered_from,
        "file_sha256": signed.file_sha256,
        "sealed_sha256": sealed.sha256,
    }
    audit.note(connection, signed.answered_by, "seal_document", signed.id, now, details)


def failed(connection: Connection, signed: Signed, error: Exception, now: datetime) -> None:
    """It is tried again after a pause, or with the next certificate; a signature is never given up."""
    log.error("a document could not be sealed", exc_info=error, extra=_about(signed))
    values: dict[str, object]
    if isinstance(error, CertificateNotValid):
        values = {"seal_at": None, "seal_trouble": SealTrouble.CERTIFICATE_NOT_VALID}
    else:
        values = {"seal_at": now + _PAUSES[min(signed.seal_attempts, len(_PAUSES)) - 1]}
    with writing(connection):
        connection.execute(update(documents).where(documents.c.id == signed.id, _WAITING).values(**values))


def resume(connection: Connection, now: datetime) -> None:
    """When the desk begins: what no try could seal is due once more."""
    rests = documents.c.seal_trouble.is_not(None)
    with writing(connection):
        connection.execute(update(documents).where(rests).values(seal_at=now, seal_trouble=None))


def _about(signed: Signed) -> dict[str, dict[str, str]]:
    return {"fields": {"document": signed.id}}
