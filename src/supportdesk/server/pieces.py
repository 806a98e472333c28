"""Pieces of files lie in memory while they arrive: few of one session at once."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from supportdesk.server.pace import TooManyRequests

AT_ONCE = 4
"""The app sends one after the other; some more may hang where a connection was lost."""
_RETRY_AFTER_S = 2.0


class Pieces:
    def __init__(self) -> None:
        self._under_way: Counter[str] = Counter()

    @contextmanager
    def one(self, session: str) -> Iterator[None]:
        """Around a piece, from before its first byte is taken. Raises TooManyRequests."""
        if self._under_way[session] >= AT_ONCE:
            raise TooManyRequests(_RETRY_AFTER_S)
        self._under_way[session] += 1
        try:
            yield
        finally:
            self._under_way[session] -= 1
            if not self._under_way[session]:
                del self._under_way[session]
