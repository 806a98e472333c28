"""Which addresses of the vendor are told by mail what customers do: see `conversations.staff_mail`."""

from sqlalchemy import Connection

from supportdesk.desk.accounts import accounts
from supportdesk.desk.office.by import By
from supportdesk.desk.store import audit, settings
from supportdesk.desk.store.database import reading, writing
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office import Outcome
from supportdesk.domain.office_mails import (
    AddNotification,
    ListNotifications,
    NotificationRow,
    Notifications,
    RemoveNotification,
)
from supportdesk.i18n import _


def add(connection: Connection, request: AddNotification, by: By) -> Outcome:
    email = accounts.address(request.email)
    with writing(connection):
        desk, present = settings.load(connection), settings.notified(connection)
        if desk.reply_by_mail and email == desk.support_email.casefold():
            text = _("What comes to {email} is read by the desk itself. Give another address.")
            raise InvalidInput(text.format(email=email), field="email")
        return _kept(connection, (*(each for each in present if each != email), email), email, by)


def remove(connection: Connection, request: RemoveNotification, by: By) -> Outcome:
    email = accounts.address(request.email)
    with writing(connection):
        present = settings.notified(connection)
        if email not in present:
            raise InvalidInput(_("{email} is not among them.").format(email=email), field="email")
        return _kept(connection, tuple(each for each in present if each != email), email, by)


def _kept(connection: Connection, addresses: tuple[str, ...], changed: str, by: By) -> Outcome:
    settings.keep_notified(connection, addresses)
    audit.note(connection, by.person_id, "change_notifications", "", by.now)
    return Outcome("notifications", user=changed)


def all_of_them(connection: Connection, _request: ListNotifications, _by: By) -> Notifications:
    with reading(connection):
        return Notifications(tuple(NotificationRow(email) for email in settings.notified(connection)))
