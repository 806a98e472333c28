"""What lies in a desk's queue of mails, and the codes in it."""

import re
from datetime import datetime

from sqlalchemy import Row, select

from supportdesk.desk import granting
from supportdesk.desk.database import DeskConnection, reading
from supportdesk.desk.schema import mail

_CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")


def queued(connection: DeskConnection, to: str = "") -> list[Row[tuple[object, ...]]]:
    """Mails that wait, oldest first; all, or those to one address."""
    query = select(mail).where(mail.c.sent_at.is_(None)).order_by(mail.c.id)
    with reading(connection):
        return [row for row in connection.execute(query) if to in ("", row.to_address)]


def code_in(text: str) -> str:
    found = _CODE.search(text)
    assert found is not None, text
    return found[0]


def code_for(connection: DeskConnection, to: str, now: datetime) -> str:
    """That of the newest mail to this address, after all wishes were decided."""
    granting.grant(connection, now)
    return code_in(queued(connection, to.strip().casefold())[-1].body_text)
