"""The last lines of the log, redacted and kept in memory, for Diagnostics."""

import logging
from collections import deque

from supportdesk.app.redaction import redact

_LINES = 200
_FORM = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")


class RecentLog(logging.Handler):
    """May be written to from any thread."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._lines: deque[str] = deque(maxlen=_LINES)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._lines.append(redact(_FORM.format(record)))
        except Exception:  # noqa: BLE001 a line that cannot be written must not fail what wrote it
            self.handleError(record)

    def text(self) -> str:
        return "\n".join(self._lines)


recent_log = RecentLog()


def keep_recent_log() -> None:
    """From now on INFO and above of the program's own rooms are kept; what is printed stays as it was."""
    for handler in logging.getLogger().handlers:
        handler.setLevel(max(handler.level, logging.WARNING))
    own = logging.getLogger("supportdesk")
    own.setLevel(logging.INFO)
    if recent_log not in own.handlers:
        own.addHandler(recent_log)
