"""Time and identity: the two things every room needs and tests must be able to fix."""

import os
import time
from datetime import UTC, datetime, timedelta, tzinfo


def now() -> datetime:
    """The present moment, timezone-aware, in UTC."""
    return datetime.now(UTC)


class _Here(tzinfo):
    """The zone of this computer, with its summer time: `astimezone()` keeps the offset of one moment."""

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        return when.replace(tzinfo=None).astimezone().utcoffset() if when is not None else None

    def dst(self, _when: datetime | None) -> timedelta | None:
        return None

    def tzname(self, when: datetime | None) -> str | None:
        return when.replace(tzinfo=None).astimezone().tzname() if when is not None else None

    def fromutc(self, when: datetime) -> datetime:
        moment = when.replace(tzinfo=UTC)
        shown = moment.astimezone().replace(tzinfo=self)
        return shown if shown.astimezone(UTC) == moment else shown.replace(fold=1)


HERE = _Here()


def uuid7() -> str:
    """A new RFC 9562 version 7 UUID: sorts by creation time to the millisecond, 74 bits are random."""
    unix_ms = time.time_ns() // 1_000_000
    value = (unix_ms & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
