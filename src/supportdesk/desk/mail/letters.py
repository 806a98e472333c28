"""Queued mails as mail servers and mail programs read them.

Headers are written here and not by `email`, which decodes what looks encoded, line ends too, and writes it
out as lines of its own: with a subject, a stranger would write headers.
"""

import re
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP

from supportdesk.desk.mail.mail_queue import Queued
from supportdesk.desk.store.settings import DeskSettings

_LINE_CHARS = 60
_PLAIN = re.compile(rf"(?!.*=\?)[ -~]{{0,{_LINE_CHARS}}}")
_PLAIN_NAME = re.compile(rf"[A-Za-z0-9 ]{{0,{_LINE_CHARS}}}")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_ADDRESS = re.compile(r"(?!.*=\?)[!#-'*+./0-9=?A-Z^-~-]+@[A-Za-z0-9.-]+")


class NoAddress(Exception):
    """No mail can ever go to what stands there as its address."""


def rendered(queued: Queued, desk: DeskSettings) -> EmailMessage:
    """Plain text, and marked as written by a program, so that no holiday notice answers it.

    Raises NoAddress.
    """
    message = EmailMessage(policy=SMTP)
    message.set_raw("From", _from(desk))
    message["To"] = _address(queued.to_address)
    if queued.reply_tag and desk.reply_to:
        message["Reply-To"] = desk.reply_to.format(tag=queued.reply_tag)
    message.set_raw("Subject", _subject(queued.subject))
    message["Date"] = queued.created_at
    message["Message-ID"] = queued.message_id
    if queued.in_reply_to:
        message["In-Reply-To"] = queued.in_reply_to
        message["References"] = queued.refers_to
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(queued.body_text)
    return message


def sender(desk: DeskSettings) -> str:
    return desk.support_email or f"no-reply@{desk.mail_domain}"


def one_line(text: str) -> str:
    """What a person sees of it."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def _subject(text: str) -> str:
    line = one_line(text)
    return Header(line, _charset(line, _PLAIN), header_name="Subject").encode()


def _from(desk: DeskSettings) -> str:
    name = one_line(desk.vendor)
    written = Header(name, _charset(name, _PLAIN_NAME), header_name="From")
    written.append(f"<{sender(desk)}>", "us-ascii")
    return written.encode()


def _charset(text: str, plain: re.Pattern[str]) -> str:
    """What is not plain is encoded as a whole: nothing in it means anything to who reads the header."""
    return "us-ascii" if plain.fullmatch(text) else "utf-8"


def _address(written: str) -> str:
    if not _ADDRESS.fullmatch(written):
        raise NoAddress
    return written
