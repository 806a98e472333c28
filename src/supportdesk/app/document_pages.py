"""The pages of the document that is looked at, on a lane of their own: painting waits for no other work."""

import hashlib
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from supportdesk import pdf
from supportdesk.domain.documents import PageSize
from supportdesk.domain.errors import NotFound
from supportdesk.lanes import Lane
from supportdesk.pdf import apart
from supportdesk.pdf.pages import PagePicture, Pages, Passage

__all__ = ["DocumentPages", "PagePicture", "Passage", "can_show"]

T = TypeVar("T")
_harmless: set[bytes] = set()
"""SHA-256 of contents that were read apart since the program began: not once more, that takes a start."""


def can_show() -> bool:
    """False where the libraries of the extra `sign` are missing."""
    return pdf.is_available()


class DocumentPages:
    """One document after the other. Futures fail with DocumentUnusable, or NotFound without a document."""

    def __init__(self) -> None:
        self._lane = Lane("pages")
        self._gate = Lane("pages-gate")
        self._pages: Pages | None = None

    def open(self, content: Callable[[], bytes]) -> Future[tuple[PageSize, ...]]:
        """In the place of the one before, which is shown no more. `content` is called on another thread."""
        self._lane.submit(self._forget)

        def opened() -> tuple[PageSize, ...]:
            data = _examined(content())
            return self._lane.submit(lambda: self._open(data)).result()

        return self._gate.submit(opened)

    def render(self, page: int, pixels_per_point: float) -> Future[PagePicture]:
        return self._with(lambda pages: pages.render(page, pixels_per_point))

    def find(self, text: str) -> Future[tuple[Passage, ...]]:
        return self._with(lambda pages: pages.find(text))

    def close(self) -> None:
        """Waits for what is being painted, not for what is being read apart: that may take a minute."""
        self._gate.close(timeout_s=0)
        self._lane.submit(self._forget)
        self._lane.close()

    def _with(self, work: Callable[[Pages], T]) -> Future[T]:
        def job() -> T:
            if self._pages is None:
                raise NotFound
            return work(self._pages)

        return self._lane.submit(job)

    def _open(self, data: bytes) -> tuple[PageSize, ...]:
        self._forget()
        self._pages = Pages(data)
        return self._pages.sizes

    def _forget(self) -> None:
        if self._pages is not None:
            self._pages.close()
            self._pages = None


def _examined(content: bytes) -> bytes:
    """Nothing gets into this process that takes too much memory or time in one with limits."""
    sha256 = hashlib.sha256(content).digest()
    if sha256 not in _harmless:
        apart.read(content)
        _harmless.add(sha256)
    return content
