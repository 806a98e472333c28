"""The process that `apart` starts: one job from standard input, one answer to standard output."""

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from supportdesk import i18n
from supportdesk.domain.documents import DocumentForm
from supportdesk.domain.errors import DocumentTooLarge, SupportDeskError
from supportdesk.pdf.apart import Answer, AnyJob, Check, Failure, Fill, Read

if TYPE_CHECKING:
    from supportdesk.pdf.pages import Pages

_MEMORY_BYTES = 768 * 2**20
"""Besides what program, libraries and job take at the start."""
_PROCESSOR_S = 40
_STATISTICS = Path("/proc/self/statm")


def main() -> int:
    logging.disable(logging.CRITICAL)  # libraries tell at length what is odd about a file
    job = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=AnyJob)
    i18n.set_language(job.language)
    work = _work(job)
    limit()
    try:
        answer = work()
    except SupportDeskError as error:
        answer = _failed(error)
    except MemoryError:
        answer = _failed(DocumentTooLarge())
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))
    return 0


def _work(job: AnyJob) -> Callable[[], Answer]:
    """Imports the libraries of the job, before the limits hold."""
    match job:
        case Read():
            import pypdfium2  # noqa: F401 - `pages` would load it within the limits

            from supportdesk.pdf.filling import prepare
            from supportdesk.pdf.pages import Pages

            return lambda: _read(prepare(job.data, job.limits)[0], Pages(job.data))
        case Fill():
            from supportdesk.pdf.filling import fill

            return lambda: Answer(
                pdf=fill(
                    job.data,
                    job.values,
                    job.mark,
                    place=job.place,
                    language=job.written_in,
                    limits=job.limits,
                    is_finished=job.is_finished,
                )
            )
        case Check():
            from supportdesk.pdf.checking import check

            return lambda: Answer(seal=check(job.data, job.trusted, job.limits))


def _read(form: DocumentForm, pages: "Pages") -> Answer:
    """By both libraries: the one has limits of its own on every system, the other is who shows it."""
    pages.look_through()
    return Answer(form=form)


def _failed(error: SupportDeskError) -> Answer:
    return Answer(failure=Failure(error.code, str(error), getattr(error, "field", "")))


def limit() -> None:
    """No more memory, processor time, files, processes and memory images than reading a document can want."""
    try:
        import resource
    except ImportError:  # Windows has none; there the patience of `apart` is the limit
        return
    limits = {
        resource.RLIMIT_AS: _memory_now_bytes(resource.getpagesize()) + _MEMORY_BYTES,
        resource.RLIMIT_CPU: _PROCESSOR_S,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        _soft, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS has no limit on address space
            resource.setrlimit(kind, (allowed, allowed))


def _memory_now_bytes(page_bytes: int) -> int:
    if not _STATISTICS.exists():
        return 0
    return int(_STATISTICS.read_text(encoding="ascii").split()[0]) * page_bytes


if __name__ == "__main__":
    sys.exit(main())
