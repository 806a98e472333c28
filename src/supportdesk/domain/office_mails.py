"""What the vendor's people ask about mails: who of them is told what, and what has not left."""

from datetime import datetime

import msgspec

from supportdesk.domain.office import ListRequest, OfficeRequest


class AddNotification(OfficeRequest, frozen=True):
    """From now on this address is told by mail what customers do about tickets that nobody has.

    While there is such an address, those are told, too, to whom a ticket is assigned.
    """

    email: str


class RemoveNotification(OfficeRequest, frozen=True):
    email: str


class ListNotifications(OfficeRequest, frozen=True):
    pass


class NotificationRow(msgspec.Struct, frozen=True):
    email: str


class Notifications(msgspec.Struct, frozen=True):
    notifications: tuple[NotificationRow, ...]


class ListMails(ListRequest, frozen=True):
    """Without their texts, which may hold codes."""

    given_up: bool = False
    """Those that will not be tried again, instead of those that wait."""


class MailRow(msgspec.Struct, frozen=True):
    id: str
    to_address: str
    subject: str
    created_at: datetime
    attempts: int
    next_try_at: datetime
    trouble: str
    """Why the last attempt failed, in the words of the other side."""


class Mails(msgspec.Struct, frozen=True):
    mails: tuple[MailRow, ...]
