"""Mails as files, for trying out and for programs that send them on."""

import asyncio
from email.message import EmailMessage
from pathlib import Path

from supportdesk.desk.correspondence import mailbox
from supportdesk.desk.mail.mail_queue import Queued
from supportdesk.server.mail.trouble import NotDelivered


class Maildir:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def send(self, queued: Queued, message: EmailMessage) -> None:
        try:
            await asyncio.to_thread(mailbox.put, self.folder, queued, message)
        except OSError as error:
            raise NotDelivered(str(error)) from error

    async def close(self) -> None:
        """Nothing is kept open."""
