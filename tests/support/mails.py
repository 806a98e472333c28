"""Mails of a desk, in its queue or in a maildir, and the codes in them."""

import email
import re
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from supportdesk.desk.accounts import granting
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.desk.store.schema import mail

_CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")


def queued(connection: DeskConnection, to: str = "") -> list[Row[Any]]:
    """Mails that wait, oldest first; all, or those to one address."""
    query = select(mail).where(mail.c.sent_at.is_(None)).order_by(mail.c.id)
    with reading(connection):
        return [row for row in connection.execute(query) if to in ("", row.to_address)]


def mails_in(folder: Path) -> list[EmailMessage]:
    """Those that have arrived in a maildir, oldest first."""
    return [
        email.message_from_bytes(path.read_bytes(), policy=default)
        for path in sorted((folder / "new").glob("*.eml"))
    ]


def text_of(message: EmailMessage) -> str:
    return str(message.get_content())


def code_in(text: str) -> str | None:
    found = _CODE.search(text)
    return found[0] if found else None


def code_for(connection: DeskConnection, to: str, now: datetime) -> str:
    """That of the newest mail to this address, after all wishes were decided."""
    granting.grant(connection, now)
    code = code_in(queued(connection, to.strip().casefold())[-1].body_text)
    assert code is not None
    return code
