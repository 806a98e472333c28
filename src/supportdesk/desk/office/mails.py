"""Mails that have not left."""

from sqlalchemy import Connection, select

from supportdesk.desk.office.by import By
from supportdesk.desk.office.pages import page
from supportdesk.desk.store.database import reading
from supportdesk.desk.store.schema import mail
from supportdesk.domain.office_mails import ListMails, MailRow, Mails


def not_sent(connection: Connection, request: ListMails, _by: By) -> Mails:
    columns = (mail.c[name] for name in MailRow.__struct_fields__)
    given_up = mail.c.given_up_at.is_not(None)
    query = select(*columns).where(mail.c.sent_at.is_(None), given_up if request.given_up else ~given_up)
    with reading(connection):
        rows = connection.execute(page(query.order_by(mail.c.created_at, mail.c.id), request))
        return Mails(tuple(MailRow(*row) for row in rows))
