"""Ranges of bytes, as RFC 9110 has them; of several in one request none is honoured."""

import re
from typing import NamedTuple

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Range(NamedTuple):
    """From `begin` up to, not including, `end`."""

    begin: int
    end: int

    @property
    def size_bytes(self) -> int:
        return self.end - self.begin


class Unsatisfiable(Exception):
    """The range lies behind the end."""


def asked(header: str, size_bytes: int) -> Range | None:
    """None for the whole: no range, or one that cannot be read. Raises Unsatisfiable."""
    match = _RANGE.fullmatch(header.strip())
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        begin, end = max(0, size_bytes - int(match[2])), size_bytes
    else:
        begin, end = int(match[1]), min(size_bytes, int(match[2] or size_bytes) + 1)
        if match[2] and int(match[2]) < begin:
            return None
    if begin >= size_bytes or end <= begin:
        raise Unsatisfiable
    return Range(begin, end)
