"""What answers mean. Pure: no network, no state; nothing that a server says is believed unseen."""

import base64
import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import msgspec

from supportdesk.backends.http import Answer
from supportdesk.domain import wire
from supportdesk.domain.changes import Page
from supportdesk.domain.commands import Command, FileRef, encode_intent
from supportdesk.domain.errors import (
    BackendError,
    BackendUnreachable,
    ProtocolViolation,
    SupportDeskError,
    TooManyAttempts,
)
from supportdesk.domain.session import Session
from supportdesk.i18n import _

T = TypeVar("T")

_LONGEST_WAIT_S = 3600.0
"""What a server may ask for; more would be an outage that outlives its cause."""
_WAIT_UNTOLD_S = 20.0
_WORDS_CHARS = 1000
_LARGEST_INT = 2**53
_TOKEN = re.compile(r"[\x21-\x7e]{1,4096}")
_PLAIN = re.compile(r"[\x20-\x7e]{1,1000}")
_OFFSET = re.compile(r"[0-9]{1,16}")
_PORTAL_STATUS = 511
_PROXY_STATUS = 407


def command_sent(command: Command) -> wire.CommandSent:
    return wire.CommandSent(created_at=command.created_at, intent=msgspec.Raw(encode_intent(command.intent)))


def upload_begun(file: FileRef) -> wire.UploadBegun:
    return wire.UploadBegun(
        sha256=file.sha256, size_bytes=file.size_bytes, name=file.name, media_type=file.media_type
    )


def chunk_headers(offset: int, chunk: bytes) -> dict[str, str]:
    checksum = base64.b64encode(hashlib.sha256(chunk).digest()).decode()
    return {
        "Content-Type": wire.CHUNK_TYPE,
        wire.UPLOAD_OFFSET: str(offset),
        wire.UPLOAD_CHECKSUM: f"sha256 {checksum}",
    }


def decoded(answer: Answer, kind: type[T]) -> T:
    """Raises ProtocolViolation for whatever is not one, or holds what no server of ours would send."""
    try:
        value = msgspec.json.decode(answer.body, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise ProtocolViolation from error
    if not _is_sound(value):
        raise ProtocolViolation
    return value


def session_of(answer: Answer) -> Session:
    given = decoded(answer, wire.SessionGiven)
    if not is_token(given.token):
        raise ProtocolViolation
    return Session(user=given.user, token=given.token)


def is_token(text: str) -> bool:
    """Whether it can travel in a header."""
    return _TOKEN.fullmatch(text) is not None


def page_of(answer: Answer) -> Page:
    page = decoded(answer, Page)
    if not _PLAIN.fullmatch(page.cursor):
        raise ProtocolViolation
    return page


def etag_of(answer: Answer) -> str:
    """'' where there is none that could be sent back."""
    told = answer.headers.get("etag", "")
    return told if _PLAIN.fullmatch(told) else ""


def upload_offset(answer: Answer, file: FileRef) -> int:
    """Raises ProtocolViolation where none is told, or one beyond the file's end."""
    told = answer.headers.get(wire.UPLOAD_OFFSET.lower(), "")
    if not _OFFSET.fullmatch(told) or int(told) > file.size_bytes:
        raise ProtocolViolation
    return int(told)


def captive(answer: Answer) -> bool:
    """Whether the network itself answered: a page to sign in, where facts were asked for."""
    is_page = answer.headers.get("content-type", "").lower().startswith("text/html")
    return (
        answer.status == _PORTAL_STATUS
        or (300 <= answer.status < 400 and answer.status != 304)
        or (is_page and answer.status < 300)
    )


def failure(answer: Answer, moment: datetime) -> SupportDeskError:
    """The error that an answer stands for. Only a problem of ours is believed to be a refusal."""
    wait_s = retry_after_s(answer, moment)
    if captive(answer):
        return BackendUnreachable(
            _("This network asks for a sign-in of its own. Open a browser, sign in there, and try again.")
        )
    if answer.status == _PROXY_STATUS:
        return BackendUnreachable(_("The proxy of this network asks for a sign-in."))
    problem = _problem(answer)
    if problem is None:
        return _without_words(answer, wait_s)
    error = wire.error_of(problem)
    if wait_s is None and problem.retry_after_s is not None:
        wait_s = _bounded(problem.retry_after_s)
    if isinstance(error, TooManyAttempts):
        return TooManyAttempts(retry_after_s=wait_s if wait_s is not None else _WAIT_UNTOLD_S)
    if answer.status == 429 or (isinstance(error, BackendError) and wait_s is not None):
        return BackendUnreachable(str(error), retry_after_s=wait_s if wait_s is not None else _WAIT_UNTOLD_S)
    return error


def retry_after_s(answer: Answer, moment: datetime) -> float | None:
    """Seconds or a date, as RFC 9110 has it; nonsense is as if it were not there."""
    told = answer.headers.get("retry-after", "").strip()
    if not told:
        return None
    if _OFFSET.fullmatch(told):
        return _bounded(float(told))
    until = _date(told)
    if until is None:
        return None
    said_at = _date(answer.headers.get("date", "")) or moment  # its clock and ours may differ
    return _bounded((until - said_at).total_seconds())


def _date(told: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(told)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC)


def _bounded(wait_s: float) -> float:
    return min(max(wait_s, 0.0), _LONGEST_WAIT_S)


def _problem(answer: Answer) -> wire.Problem | None:
    """None for what is none, or not about this answer."""
    if not answer.headers.get("content-type", "").lower().startswith(wire.PROBLEM_TYPE):
        return None
    try:
        problem = msgspec.json.decode(answer.body, type=wire.Problem)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    if problem.status != answer.status:
        return None
    return msgspec.structs.replace(
        problem,
        detail=problem.detail[:_WORDS_CHARS],
        safe=problem.safe[:_WORDS_CHARS],
        next_step=problem.next_step[:_WORDS_CHARS],
        field=problem.field[:_WORDS_CHARS],
    )


def _without_words(answer: Answer, wait_s: float | None) -> SupportDeskError:
    """From something between here and the server, or a server that is not well."""
    if answer.status in {408, 429} or answer.status >= 500:
        return BackendUnreachable(_("The support portal cannot answer at the moment."), retry_after_s=wait_s)
    return ProtocolViolation()


def _is_sound(value: object) -> bool:
    """Whether its numbers fit everywhere and its times say where on Earth they are."""
    if isinstance(value, str):
        return True
    if isinstance(value, datetime):
        return value.tzinfo is not None and 1900 < value.year < 9000
    if isinstance(value, int):
        return -_LARGEST_INT < value < _LARGEST_INT
    parts = _parts(value)
    return parts is None or all(map(_is_sound, parts))


def _parts(value: object) -> Iterable[object] | None:
    if isinstance(value, msgspec.Struct):
        return (getattr(value, name) for name in value.__struct_fields__)
    if isinstance(value, dict):
        return value.values()
    if isinstance(value, (tuple, list, frozenset)):
        return value
    return None
