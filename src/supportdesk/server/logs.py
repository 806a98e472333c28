"""Logs as one JSON object a line: what happened, never what somebody wrote, typed or is called."""

import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import TextIO

import msgspec

FIELDS = "fields"
"""Name in `extra` of what a line tells besides its message."""


class JsonLines(logging.Formatter):
    """Of an error its kind and the places it came through; its words may hold what a person typed."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= getattr(record, FIELDS, {})
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = _told(record.exc_info[1])
        return msgspec.json.encode(line).decode()


def _told(error: BaseException) -> dict[str, object]:
    frames = traceback.extract_tb(error.__traceback__)
    told: dict[str, object] = {
        "kind": f"{type(error).__module__}.{type(error).__qualname__}",
        "code": getattr(error, "code", ""),
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    if error.__cause__ is not None:
        told["cause"] = _told(error.__cause__)
    return told


def begin(level: str, stream: TextIO | None = None) -> None:
    """All logs of the process go to `stream`, by default standard error."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for chatty in ("alembic", "sqlalchemy", "asyncio"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
