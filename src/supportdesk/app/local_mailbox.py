"""The mails of an embedded desk, which lie in a folder on this computer and are sent nowhere."""

import html
import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from supportdesk.replica.connections import store_errors

SHOWN = 20
_LINK = re.compile(r"((?:https?|supportdesk)://[^\s<>\"]+[^\s<>\".,;:!?)\]}'])")
_CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}\b")


@dataclass(frozen=True)
class LocalMail:
    subject: str
    to: str
    text: str
    sent_at: datetime | None
    code: str = ""
    """That the mail carries, '' where it has none."""


def mailbox_of(data_folder: Path, profile_id: str) -> Path:
    """The maildir of the desk of this vendor, see ARCHITECTURE.md; it need not exist."""
    return data_folder / "desks" / profile_id / "mailbox"


def newest(mailbox: Path, limit: int = SHOWN) -> tuple[LocalMail, ...]:
    """Newest first. Reads files; raises StoreError when they cannot be read."""
    with store_errors():
        files = sorted((mailbox / "new").glob("*.eml"), key=lambda file: file.name, reverse=True)
        return tuple(_read(file) for file in files[:limit])


def code_in(text: str) -> str:
    """The code in a mail, a pasted link or what somebody typed, '' where there is none."""
    found = _CODE.search(text.upper())
    return found.group() if found else ""


def linked_html(text: str) -> str:
    """The text as it is, its line breaks included, with the links in it as links to what they say."""
    parts = (html.escape(part) for part in _LINK.split(text))  # text and links take turns
    linked = (f'<a href="{part}">{part}</a>' if at % 2 else part for at, part in enumerate(parts))
    lines = "<br>".join("".join(linked).splitlines())
    return f'<p style="white-space: pre-wrap">{lines}</p>'


def _read(file: Path) -> LocalMail:
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(file.read_bytes())
    body = message.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    date = message["Date"]
    return LocalMail(
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        text=text.strip(),
        sent_at=date.datetime if date is not None else None,
        code=code_in(text),
    )
