"""What nobody needs any more goes: strangers can cause rows without end."""

from datetime import datetime

from sqlalchemy import Connection

from supportdesk.desk.accounts import access, codes, door, wishes
from supportdesk.desk.correspondence import mail_in
from supportdesk.desk.mail import mail_queue
from supportdesk.desk.store import guessing
from supportdesk.desk.store.database import writing

_PARTS = (access, door, codes, wishes, guessing, mail_queue, mail_in)


def sweep(connection: Connection, now: datetime) -> None:
    with writing(connection):
        for part in _PARTS:
            part.sweep(connection, now)
