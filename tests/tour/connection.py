"""The line to the demo vendor's desk, with a hand on it: slow uploads and a portal that is out of order."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from supportdesk.backends import registry
from supportdesk.backends.base import Backend
from supportdesk.domain.changes import Page
from supportdesk.domain.commands import FileRef
from supportdesk.domain.errors import ProtocolViolation
from supportdesk.domain.profile import Profile
from tests.chaos.flaky import Wrapped

_LONGEST_S = 60.0
_SLOW_S = 0.6
"""What one request takes on a slow line: long enough for its progress to be worth showing."""


class Line:
    """Of all accounts together. Any thread."""

    def __init__(self) -> None:
        self.out_of_order = False
        """The portal answers, but not with what was asked."""
        self._free = threading.Event()
        self._free.set()

    @property
    def is_free(self) -> bool:
        return self._free.is_set()

    @contextmanager
    def holding_uploads(self) -> Iterator[None]:
        """About two thirds of each file get through, the rest when this ends."""
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    def wait(self) -> None:
        self._free.wait(_LONGEST_S)


class OnLine(Wrapped):
    def __init__(self, inner: Backend, line: Line) -> None:
        super().__init__(inner)
        self._line = line

    async def pull(self, cursor: str | None) -> Page:
        if self._line.out_of_order:
            raise ProtocolViolation
        return await super().pull(cursor)

    async def upload(self, file: FileRef, offset: int, chunk: bytes) -> int:
        if offset == 0 and not self._line.is_free:
            await asyncio.sleep(_SLOW_S)
            return await super().upload(file, 0, chunk[: max(1, len(chunk) * 16 // 25)])
        await asyncio.to_thread(self._line.wait)
        return await super().upload(file, offset, chunk)


@contextmanager
def held_line() -> Iterator[Line]:
    """Every backend that is opened meanwhile talks over this line."""
    line, open_backend = Line(), registry.open_backend

    def open_on_line(profile: Profile, folder: Path) -> Backend:
        return OnLine(open_backend(profile, folder), line)

    with patch.object(registry, "open_backend", open_on_line):
        yield line
