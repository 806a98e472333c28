"""Mails as they arrive, read without trust: who wrote, to which of our mails, and what is new in it.

Pure: no database, no clock. Nothing is executed, loaded or followed. Anybody can write to us, so what takes
Python's `email` more than linear time is limited before it is read.
"""

import codecs
import hashlib
import logging
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

import msgspec

from supportdesk.desk.mail.html_text import text_of_html
from supportdesk.desk.mail.letters import one_line
from supportdesk.desk.mail.reply_tags import ReplyTag, written_in
from supportdesk.domain.filenames import safe_name

log = logging.getLogger(__name__)

_ID = re.compile(r"<[!-;=?-~]{1,250}>")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+_-]{0,48}/[a-z0-9][a-z0-9.+_-]{0,48}")
_MACHINES = re.compile(
    r"(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+=-].*)?@", re.IGNORECASE
)
_AUTOMATIC_PRECEDENCE = frozenset({"bulk", "junk", "list", "auto_reply"})
_TO_WHOM = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
_OF_LISTS_AND_ROBOTS = ("List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond")
_MOST_CHARS = 1_000_000
"""Of the text of a mail, all its parts together."""
_MOST_HEADER_CHARS = 20_000
_MOST_REFERENCES = 100
_MOST_SUBJECT_CHARS = 200
_MOST_CONTENT_HEADERS = 2_000
_MOST_CONTENT_HEADER_BYTES = 2_000
_MOST_MULTIPARTS = 40
"""Each line is compared with the boundaries of all those around it."""
_CONTENT_HEADER = re.compile(
    rb"(?:\A|[\r\n])content-[a-z-]{1,40}:(?:[^\r\n]|(?:\r\n|\r|\n)[ \t]){0,%d}" % _MOST_CONTENT_HEADER_BYTES,
    re.IGNORECASE,
)
_SLOW_CHARSETS = frozenset({"punycode", "idna"})
"""Nobody writes mails in them; their decoders take quadratic time."""
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "text/calendar"})


class InboundFile(msgspec.Struct, frozen=True):
    name: str
    media_type: str
    content: bytes


class InboundMail(msgspec.Struct, frozen=True):
    message_id: str
    """Of its sender's, or made of its content where it has none."""
    sender: str
    """The address in From, casefolded; '' for none or several."""
    refers_to: tuple[str, ...]
    """Ids of mails that it answers, the nearest first, and the newest only."""
    tags: tuple[ReplyTag, ...]
    """In the addresses to which it went."""
    text: str
    """What is new in it: without what was quoted and without a signature."""
    files: tuple[InboundFile, ...]
    is_automatic: bool
    """Written by a program: a holiday notice, a bounce, a list."""
    subject: str = ""
    """The beginning, in one line."""

    def __repr__(self) -> str:
        return f"InboundMail(files={len(self.files)})"


def parsed(raw: bytes) -> InboundMail:
    """Whatever the bytes are, there is an answer: one without words for what cannot be read."""
    try:
        _check_headers(raw)
        return _read(raw)
    except Exception as error:  # noqa: BLE001 - anybody can write to us, and `email` promises nothing
        log.warning("a mail cannot be read: %s", type(error).__name__)
        return InboundMail(_made_id(raw), "", (), (), "", (), is_automatic=False)


def _check_headers(raw: bytes) -> None:
    """Raises ValueError for those of parts that are endless, or of which there is no end."""
    multiparts = 0
    for count, header in enumerate(_CONTENT_HEADER.finditer(raw)):
        multiparts += b"multipart/" in header[0].lower()
        too_many = count == _MOST_CONTENT_HEADERS or multiparts > _MOST_MULTIPARTS
        if too_many or len(header[0]) >= _MOST_CONTENT_HEADER_BYTES:
            raise ValueError("the mail has too much of headers")


def _read(raw: bytes) -> InboundMail:
    message = message_from_bytes(raw)
    own_id = _ID.search(_header(message, "Message-ID"))
    answered = _ID.findall(_header(message, "In-Reply-To"))
    thread = _ID.findall(_header(message, "References", newest=True))
    return InboundMail(
        message_id=own_id[0] if own_id else _made_id(raw),
        sender=_sender(message),
        refers_to=tuple(dict.fromkeys((*answered, *reversed(thread))))[:_MOST_REFERENCES],
        tags=written_in(" ".join(_header(message, name) for name in _TO_WHOM)),
        text=_text(message),
        files=tuple(_files(message)),
        is_automatic=_is_automatic(message),
        subject=one_line(_header(message, "Subject"))[:_MOST_SUBJECT_CHARS],
    )


def _made_id(raw: bytes) -> str:
    return f"<{hashlib.sha256(raw).hexdigest()}>"


def _header(message: Message, name: str, *, newest: bool = False) -> str:
    """Decoded where it can be; several of the same name are one after the other.

    Of an endless one the beginning, or the end, where that is the `newest` in it.
    """
    written = " ".join(str(value) for value in message.get_all(name, []))
    return _decoded(written[-_MOST_HEADER_CHARS:] if newest else written[:_MOST_HEADER_CHARS])


def _decoded(text: str) -> str:
    try:
        return _storable(str(make_header(decode_header(text))))
    except (HeaderParseError, LookupError, ValueError):
        return _storable(text)


def _storable(text: str) -> str:
    """Without what no database holds: halves of signs, which some charsets make, and NUL."""
    return text.encode(errors="replace").decode().replace("\x00", "")


def _sender(message: Message) -> str:
    written = [str(value) for value in message.get_all("From", [])]
    if len(written) != 1 or len(written[0]) > _MOST_HEADER_CHARS:
        return ""
    return _storable(parseaddr(written[0])[1].strip().casefold())


def _is_automatic(message: Message) -> bool:
    submitted = _header(message, "Auto-Submitted").strip().lower()
    return (
        (submitted != "" and not submitted.startswith("no"))
        or _header(message, "Precedence").strip().lower() in _AUTOMATIC_PRECEDENCE
        or any(name in message for name in _OF_LISTS_AND_ROBOTS)
        or _header(message, "Return-Path").strip() == "<>"
        or message.get_content_type() == "multipart/report"
        or _MACHINES.match(_sender(message)) is not None
    )


def _parts(message: Message) -> Iterator[Message]:
    """Those without parts of their own; a mail within the mail is one of them."""
    if not message.is_multipart() or _is_mail(message):
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _parts(part)


def _is_mail(part: Message) -> bool:
    return part.get_content_type() == "message/rfc822"


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename()) or _is_mail(part)


def _text(message: Message) -> str:
    """The plain text, else the words of the HTML; all parts of it, because some write around a picture."""
    parts = [part for part in _parts(message) if not _is_file(part)]
    for kind in ("text/plain", "text/html"):
        texts = _texts([part for part in parts if part.get_content_type() == kind])
        if texts:
            said = (own_words(text_of_html(text) if kind == "text/html" else text) for text in texts)
            return "\n\n".join(filter(None, said))
    return ""


def _texts(parts: list[Message]) -> list[str]:
    texts, left = [], _MOST_CHARS
    for part in parts:
        texts.append(_content_text(part)[:left])
        left -= len(texts[-1])
    return texts


def _content_text(part: Message) -> str:
    content = _content(part)
    charset = part.get_content_charset("utf-8")
    try:
        is_slow = codecs.lookup(charset).name in _SLOW_CHARSETS
        text = content.decode("utf-8" if is_slow else charset, errors="replace")
    except (LookupError, ValueError):  # a charset that nobody knows, or that is none of texts
        text = content.decode("utf-8", errors="replace")
    return _storable(text.replace("\r\n", "\n").replace("\r", "\n"))


def _content(part: Message) -> bytes:
    if _is_mail(part) and part.is_multipart():
        return b"".join(inner.as_bytes() for inner in part.get_payload() if isinstance(inner, Message))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _files(message: Message) -> list[InboundFile]:
    found = []
    for part in _parts(message):
        kind = part.get_content_type()
        if not _is_file(part) or kind in _SIGNATURES:
            continue
        name = safe_name(_decoded(part.get_filename() or ""), "mail.eml" if _is_mail(part) else "attachment")
        media_type = kind if _MEDIA_TYPE.fullmatch(kind) else "application/octet-stream"
        found.append(InboundFile(name, media_type, _content(part)))
    return found


_ATTRIBUTION = re.compile(
    r"^\s*(On|Am|Den|Le|El)\b.{5,300}(wrote|schrieb|skrev|kirjoitti|écrit|escribió)\b.{0,100}:\s*$"
)
_RULER = re.compile(
    r"^\s*(_{20,}|-{2,}\s*(original message|ursprüngliche nachricht|original-nachricht|"
    r"forwarded message|weitergeleitete nachricht|originalmeddelande)\s*-{2,})\s*$",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^\s*\*?(from|von|från|lähettäjä):\*?\s.+", re.IGNORECASE)
_HEAD_GOES_ON = re.compile(
    r"^\s*\*?(sent|gesendet|date|datum|to|an|subject|betreff|skickat|till|ämne):\*?\s", re.IGNORECASE
)
_SIGNATURE = re.compile(r"^--\s?$")
_MOST_ATTRIBUTION_CHARS = 500


def own_words(text: str) -> str:
    """Up to where the quoted mail or the signature begins; quotes within the answer stay."""
    lines = text.split("\n")
    kept = lines[: _end(lines)]
    while kept and (not kept[-1].strip() or kept[-1].lstrip().startswith(">")):
        kept.pop()
    return "\n".join(line.rstrip() for line in kept).strip()


def _end(lines: list[str]) -> int:
    for index, line in enumerate(lines):
        if _SIGNATURE.match(line) or _RULER.match(line) or _is_attribution(lines, index):
            return index
        if _HEAD.match(line) and any(_HEAD_GOES_ON.match(each) for each in lines[index + 1 : index + 4]):
            return index
    return len(lines)


def _is_attribution(lines: list[str], index: int) -> bool:
    """'On … somebody wrote:', in one line or two, and then nothing but the quote."""
    for taken in (1, 2):
        line = " ".join(each.strip() for each in lines[index : index + taken])
        if len(line) <= _MOST_ATTRIBUTION_CHARS and _ATTRIBUTION.match(line):
            behind = (lines[place] for place in range(index + taken, len(lines)))
            after = next((each for each in behind if each.strip()), ">")
            return after.lstrip().startswith(">")
    return False
