"""A process that meets many hostile PDFs one after the other, as the one that reads them or as the app.

Started with 'read' (under the limits of the real one) or 'show' (as the app, without limits), and the seed of
the mutations and their number, or 'special' and a name. Prints one JSON object for each file: what came out,
seconds, and the most memory so far.
"""

import json
import logging
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from supportdesk.app.document_pages import DocumentPages
from supportdesk.domain.errors import SupportDeskError
from supportdesk.pdf import child
from supportdesk.pdf.checking import check
from supportdesk.pdf.filling import fill, prepare
from supportdesk.pdf.identity import make_identity
from supportdesk.pdf.reading import read
from supportdesk.pdf.sealing import SealingIdentity, seal
from tests.support.hostile_pdfs import SPECIAL, mutations
from tests.support.pdfs import ANSWERS, form_pdf

Job = Callable[[bytes], object]
_NOW = datetime(2026, 11, 22, tzinfo=UTC)


def main() -> None:
    logging.disable(logging.CRITICAL)
    does, kind, what = sys.argv[1:]
    if kind == "special":
        files = [SPECIAL[what]()]
    else:
        identity = SealingIdentity(make_identity("Tallwerk", "x", _NOW), "x")
        filled = fill(form_pdf(), ANSWERS)
        sealed = seal(filled, identity, signed_by="Ada", signed_at=_NOW)
        files = list(mutations([form_pdf(), form_pdf(), filled, sealed], int(kind), int(what)))
    if does == "read":
        child.limit()
    for data in files:
        print(json.dumps(_tried(_JOBS[does], data)), flush=True)


def _tried(jobs: tuple[Job, ...], data: bytes) -> dict[str, object]:
    started = time.monotonic()
    outcomes = [_outcome(job, data) for job in jobs]
    return {"outcomes": outcomes, "seconds": time.monotonic() - started, "peak_mb": _peak_mb()}


def _peak_mb() -> int:
    """Of this program alone: what `getrusage` tells begins with what the process that started it had."""
    [kilobytes] = re.findall(
        r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text("ascii"), re.MULTILINE
    )
    return int(kilobytes) // 1024


def _outcome(job: Job, data: bytes) -> str:
    try:
        job(data)
    except SupportDeskError as error:
        return error.code
    except MemoryError:
        return "document_too_large"
    return "read"


def _show(data: bytes) -> None:
    pages = DocumentPages()
    try:
        for page in range(min(2, len(pages.open(lambda: data).result()))):
            pages.render(page, 2.0).result()
        pages.find("vendor").result()
    finally:
        pages.close()


_JOBS: dict[str, tuple[Job, ...]] = {"read": (read, prepare, check), "show": (_show,)}

if __name__ == "__main__":
    main()
