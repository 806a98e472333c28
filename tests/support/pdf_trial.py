"""A process that reads many hostile PDFs one after the other, under the limits of the real one.

Started with the seed of the mutations and their number, or with 'special' and a name. Prints one JSON object
for each file: what came out, seconds, and the most memory so far.
"""

import json
import logging
import resource
import sys
import time
from datetime import UTC, datetime

from supportdesk.domain.errors import SupportDeskError
from supportdesk.pdf import child
from supportdesk.pdf.checking import check
from supportdesk.pdf.filling import fill, prepare
from supportdesk.pdf.identity import make_identity
from supportdesk.pdf.reading import read
from supportdesk.pdf.sealing import SealingIdentity, seal
from tests.support.hostile_pdfs import SPECIAL, mutations
from tests.support.pdfs import ANSWERS, form_pdf

_NOW = datetime(2026, 11, 22, tzinfo=UTC)


def main() -> None:
    logging.disable(logging.CRITICAL)
    kind, what = sys.argv[1:]
    if kind == "special":
        files = [SPECIAL[what]()]
    else:
        identity = SealingIdentity(make_identity("Tallwerk", "x", _NOW), "x")
        filled = fill(form_pdf(), ANSWERS)
        sealed = seal(filled, identity, signed_by="Ada", signed_at=_NOW)
        files = list(mutations([form_pdf(), form_pdf(), filled, sealed], int(kind), int(what)))
    child.limit()
    for data in files:
        print(json.dumps(_tried(data)), flush=True)


def _tried(data: bytes) -> dict[str, object]:
    started = time.monotonic()
    outcomes = [_outcome(job, data) for job in (read, prepare, check)]
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"outcomes": outcomes, "seconds": time.monotonic() - started, "peak_mb": peak_mb}


def _outcome(job: object, data: bytes) -> str:
    try:
        job(data)  # type: ignore[operator]
    except SupportDeskError as error:
        return error.code
    except MemoryError:
        return "document_too_large"
    return "read"


if __name__ == "__main__":
    main()
