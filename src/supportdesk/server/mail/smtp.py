"""Mails over SMTP, several through one connection."""

import ssl
from contextlib import suppress
from email.message import EmailMessage

import aiosmtplib

from supportdesk.desk.mail.mail_queue import Queued
from supportdesk.server.mail.trouble import NotDelivered

TIMEOUT_S = 30.0
_REFUSED_FOR_EVER = range(500, 600)


class Smtp:
    def __init__(
        self,
        *,
        host: str,
        port: int,
        user: str = "",
        password: str = "",
        encrypted_from_start: bool = False,
        may_be_plain: bool = False,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """`trust`: certificates to believe; None: those that the system does."""
        self._host = host
        self._port = port
        self._user = user
        self._password = password
        self._encrypted_from_start = encrypted_from_start
        self._may_be_plain = may_be_plain
        self._trust = trust
        self._client: aiosmtplib.SMTP | None = None

    def __repr__(self) -> str:
        """Without the password."""
        return f"Smtp(host={self._host!r}, port={self._port})"

    async def send(self, queued: Queued, message: EmailMessage) -> None:
        client = await self._connected()
        try:
            await client.send_message(message, recipients=[queued.to_address])
        except aiosmtplib.SMTPRecipientsRefused as error:
            refused = error.recipients[0]
            raise _refused(refused.code, refused.message) from error
        except aiosmtplib.SMTPSenderRefused as error:  # we are wrong, and so will every other mail be
            raise NotDelivered(f"{error.code} {error.message}") from error
        except aiosmtplib.SMTPResponseException as error:
            raise _refused(error.code, error.message) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            await self.close()
            raise NotDelivered(_words(error)) from error

    async def check(self) -> None:
        """Connects and signs in, and sends nothing. Raises NotDelivered."""
        await self._connected()

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(aiosmtplib.SMTPException, OSError):  # it is over either way
                await client.quit()
            client.close()

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._client is not None and self._client.is_connected:
            return self._client
        client = aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            username=self._user or None,
            password=self._password or None,
            use_tls=self._encrypted_from_start,
            start_tls=None if self._may_be_plain else not self._encrypted_from_start,
            tls_context=self._trust or ssl.create_default_context(),
            timeout=TIMEOUT_S,
        )
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            client.close()
            raise NotDelivered(_words(error)) from error
        self._client = client
        return client


def _refused(code: int, message: str) -> NotDelivered:
    return NotDelivered(f"{code} {message}", for_ever=code in _REFUSED_FOR_EVER, of_this_mail=True)


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
