"""Reads, fills in and checks PDFs of other people in a process of its own, and proves that they can be shown.

A file can be made to take any amount of memory or time in a library that reads it, and Python cannot bound
either within a process. So each job is a short-lived process: limits on memory, processor time and written
files where the system has them (not on Windows), an end of patience everywhere. What it does not survive is
a damaged document.

All functions block for the time of a start, about half a second: not for the GUI thread or an event loop.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from supportdesk import i18n
from supportdesk.domain import errors
from supportdesk.domain.documents import (
    LIMITS,
    DocumentForm,
    DocumentLimits,
    Seal,
    SignaturePlace,
    VisibleMark,
)
from supportdesk.domain.errors import DocumentDamaged, DocumentTooLarge, SupportDeskError

log = logging.getLogger(__name__)

COMMAND = "--read-document"
"""The bundle's program with this argument alone is the other process."""
PATIENCE_S = 60.0


class Job(msgspec.Struct, frozen=True, tag=True):
    data: bytes
    limits: DocumentLimits
    language: str
    """Of the person who is told about errors."""


class Read(Job, frozen=True):
    pass


class Fill(Job, frozen=True):
    values: dict[str, str]
    mark: VisibleMark | None
    place: SignaturePlace | None
    written_in: str
    """The language of the document."""
    is_finished: bool


class Check(Job, frozen=True):
    trusted: tuple[bytes, ...]


class Failure(msgspec.Struct, frozen=True):
    code: str
    sentence: str
    field: str = ""


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the job asked for, or why not."""

    form: DocumentForm | None = None
    pdf: bytes = b""
    seal: Seal | None = None
    failure: Failure | None = None


AnyJob = Read | Fill | Check

_REFUSALS = {
    each.code: each
    for each in (
        errors.InvalidInput,
        errors.UnsafeFile,
        errors.DocumentUnusable,
        errors.DocumentDamaged,
        errors.DocumentEncrypted,
        errors.DocumentDynamic,
        errors.DocumentTooLarge,
        errors.DocumentSealed,
    )
}


def read(data: bytes, limits: DocumentLimits = LIMITS) -> DocumentForm:
    """What a document shows and asks. Raises DocumentUnusable or one of its kinds.

    What comes back can also be filled in and shown: within the limits each page was written anew, painted and
    searched. `pages.Pages`, which has no limits, is for such documents.
    """
    form = _done(Read(data, limits, i18n.language())).form
    if form is None:
        raise DocumentDamaged
    return form


def fill(
    data: bytes,
    values: Mapping[str, str],
    mark: VisibleMark | None = None,
    *,
    place: SignaturePlace | None = None,
    language: str = "en",
    limits: DocumentLimits = LIMITS,
    is_finished: bool = True,
) -> bytes:
    """The document with answers and mark, as pages only; see `filling.fill` for arguments and errors."""
    job = Fill(data, limits, i18n.language(), dict(values), mark, place, language, is_finished)
    return _done(job).pdf


def check(data: bytes, trusted: Sequence[bytes] = (), limits: DocumentLimits = LIMITS) -> Seal:
    """What the seal of a document proves; see `checking.check` for arguments and errors."""
    seal = _done(Check(data, limits, i18n.language(), tuple(trusted))).seal
    if seal is None:
        raise DocumentDamaged
    return seal


def _done(job: AnyJob) -> Answer:
    if len(job.data) > job.limits.max_bytes:
        raise DocumentTooLarge
    try:
        ended = subprocess.run(
            command(),
            input=msgspec.msgpack.encode(job),
            capture_output=True,
            check=False,
            timeout=PATIENCE_S,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        log.warning("a document took longer than %d s", PATIENCE_S)
        raise DocumentDamaged from error
    if ended.returncode < 0 or (os.name == "nt" and ended.returncode > 1):
        log.warning("a document ended its reader: %d", ended.returncode)
        raise DocumentDamaged
    if ended.returncode:
        log.error("documents cannot be read: %s", ended.stderr.decode("utf-8", "replace")[-2000:])
        raise SupportDeskError
    answer = msgspec.msgpack.decode(ended.stdout, type=Answer)
    if answer.failure:
        kind = _REFUSALS.get(answer.failure.code, DocumentDamaged)
        raise kind(answer.failure.sentence, field=answer.failure.field)
    return answer


def command() -> list[str]:
    if getattr(sys, "frozen", False):
        # On Windows the window belongs to `supportdeskw`, which has no standard streams.
        program = Path(sys.executable)
        return [str(program.with_name("supportdesk").with_suffix(program.suffix)), COMMAND]
    return [sys.executable, "-P", "-B", "-m", "supportdesk.pdf.child"]
