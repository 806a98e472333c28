"""A maildir instead of a mail server: mails become files that any mail program opens.

A mail is written in `tmp` and appears in `new` when it is whole. Sent twice, it is one file.
"""

import logging
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import Connection

from supportdesk.desk.accounts import granting
from supportdesk.desk.mail import letters, mail_queue
from supportdesk.desk.mail.mail_queue import Queued
from supportdesk.desk.store import durable, settings
from supportdesk.desk.store.database import reading
from supportdesk.desk.store.settings import DeskSettings

log = logging.getLogger(__name__)

_AT_ONCE = 20


def deliver_waiting(connection: Connection, folder: Path, now: datetime) -> None:
    """Decides about the wishes for mails, and lays all mails whose time has come into `folder`."""
    while granting.grant(connection, now):
        pass
    with reading(connection):
        desk = settings.load(connection)
        due = mail_queue.next_due(connection)
    while due is not None and due <= now and (claimed := mail_queue.claim(connection, now, _AT_ONCE)):
        for queued in claimed:
            _deliver(connection, folder, queued, desk, now)


def _deliver(connection: Connection, folder: Path, queued: Queued, desk: DeskSettings, now: datetime) -> None:
    try:
        put(folder, queued, letters.rendered(queued, desk))
    except OSError as error:  # the disk is full or gone: later
        mail_queue.failed(connection, queued, str(error), now)
    except Exception as error:  # noqa: BLE001 - the others would wait behind it for ever
        what = type(error).__name__
        log.warning("a fault while a mail was written", extra={"fields": {"mail": queued.id, "what": what}})
        mail_queue.failed(connection, queued, what, now, for_ever=isinstance(error, letters.NoAddress))
    else:
        mail_queue.delivered(connection, queued, now)


def put(folder: Path, queued: Queued, message: EmailMessage) -> None:
    lay(folder, f"{queued.created_at:%Y%m%dT%H%M%SZ}-{queued.id}.eml", message.as_bytes())


def lay(folder: Path, name: str, content: bytes) -> None:
    """One file into the maildir, which is made where it is missing."""
    for part in ("tmp", "new", "cur"):
        durable.make_folder(folder / part)
    written = folder / "tmp" / name
    written.unlink(missing_ok=True)
    durable.write(written, 0, content)
    durable.rename(written, folder / "new" / name)
