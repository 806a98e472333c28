"""A real SMTP server on this machine's loopback."""

import email
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.listener import listening_beside

_OK = "250 OK"


class Sink:
    """`answers` are used up in order by address, before everything is taken."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.answers: dict[str, list[str]] = {}
        self.encrypted: list[bool] = []
        self.refuses_senders = ""

    async def handle_MAIL(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuses_senders:
            return self.refuses_senders
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return _OK

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        waiting = self.answers.get(address)
        if waiting:
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        return _OK

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        self.mails.append(email.message_from_bytes(content, policy=default))
        self.recipients.append(list(envelope.rcpt_tos))
        self.encrypted.append(session.ssl is not None)
        return _OK


@contextmanager
def smtp_sink(tls: ssl.SSLContext | None = None) -> Iterator[tuple[Sink, str]]:
    """The sink and its `host:port`. With `tls` it takes nothing before STARTTLS."""
    sink = Sink()

    def protocol() -> SMTP:
        return SMTP(sink, tls_context=tls, require_starttls=tls is not None)

    with listening_beside("smtp", protocol) as port:
        yield sink, f"127.0.0.1:{port}"
