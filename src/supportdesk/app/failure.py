"""What support needs to know of a failure. In English, because support reads it; the customer copies it."""

import hashlib
import traceback
from pathlib import Path
from types import TracebackType

from supportdesk import __version__, clock
from supportdesk.app.redaction import redact
from supportdesk.domain.errors import SupportDeskError


def details_of(error: SupportDeskError) -> str:
    """Version, code, time, and where it happened: places in programs, never what they worked on."""
    cause = error.__cause__ or error
    lines = [
        f"SupportDesk {__version__}",
        f"{clock.now().isoformat(timespec='seconds')} {error.code}: {error}",
    ]
    if cause is not error or error.__traceback__ is not None:
        lines += [f"Trace {trace_id(cause)}: {type(cause).__name__}", *_places(cause.__traceback__)]
    return redact("\n".join(lines))


def trace_id(error: BaseException) -> str:
    """The same for the same mistake at the same place, on any computer; the log says it too."""
    places = [type(error).__name__, *_places(error.__traceback__)]
    return hashlib.sha256("\n".join(places).encode()).hexdigest()[:8]


def _places(trace: TracebackType | None) -> list[str]:
    """The innermost last. File names without the folders around them, which may name the customer."""
    frames = traceback.walk_tb(trace)  # unlike extract_tb it opens no source file
    return [f"  {Path(f.f_code.co_filename).name}:{line} {f.f_code.co_name}" for f, line in frames]
