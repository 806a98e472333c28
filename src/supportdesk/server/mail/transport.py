"""How mails leave this server."""

from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from supportdesk.desk.mail.mail_queue import Queued
from supportdesk.domain.address import is_this_computer
from supportdesk.domain.errors import InvalidInput
from supportdesk.i18n import _
from supportdesk.server.mail.maildir import Maildir
from supportdesk.server.mail.smtp import Smtp


class Transport(Protocol):
    async def send(self, queued: Queued, message: EmailMessage) -> None:
        """Raises NotDelivered."""

    async def close(self) -> None:
        """Ends what is kept open between mails."""


def transport(written: str) -> Transport:
    """`smtp://user:password@host:port`, `smtps://…`, or `maildir:FOLDER`. Raises InvalidInput."""
    if written.startswith("maildir:"):
        return Maildir(Path(written.removeprefix("maildir:")))
    return smtp(written)


def smtp(written: str) -> Smtp:
    """Begins in plain text and is encrypted before anything is said; smtps is from the first byte.

    Only a server on this machine may go without. Raises InvalidInput.
    """
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError as error:
        raise _unusable() from error
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise _unusable()
    return Smtp(
        host=parts.hostname,
        port=port or (465 if parts.scheme == "smtps" else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        encrypted_from_start=parts.scheme == "smtps",
        may_be_plain=is_this_computer(parts.hostname),
    )


def _unusable() -> InvalidInput:
    return InvalidInput(
        _("This does not say how mails leave: it looks like smtp://mail.example.org:587 or maildir:/folder."),
        field="mail",
    )
