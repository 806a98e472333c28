"""Keeps what is being written: a draft in the store, refreshed while somebody types."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from supportdesk.app.jobs import uncancelled
from supportdesk.app.workspace import Workspace
from supportdesk.domain.errors import SupportDeskError
from supportdesk.replica.writer import Writer

T = TypeVar("T")
Write = Callable[[Writer], None]

KEEP_MS = 400
"""A draft is written this long after the first unsaved key, so a crash costs less than a second of typing."""


class DraftKeeper:
    """Owned by a presenter, on its thread.

    `content` gives the write that keeps what stands there now. `kept` and `failed` hear how it went, but not
    when something else has been begun in the meantime.
    """

    def __init__(
        self,
        workspace: Workspace,
        content: Callable[[], Write],
        kept: Callable[[], None],
        failed: Callable[[SupportDeskError], None],
    ) -> None:
        self._workspace = workspace
        self._content = content
        self._kept = kept
        self._failed = failed
        self._dirty = False
        self._turn = 0
        self._latest: Future[None] | None = None

    @property
    def origin(self) -> str:
        """Of all writes since the last `begin`, so that their echo can be told apart."""
        return f"draft:{id(self)}:{self._turn}"

    @property
    def is_dirty(self) -> bool:
        """Something changed that `keep` has not written yet."""
        return self._dirty

    def begin(self) -> None:
        """Something else is written from now on; what was not kept of the former is forgotten."""
        self._workspace.jobs.release(self)
        self._dirty = False
        self._turn += 1

    def touch(self) -> None:
        self._dirty = True

    def forget(self) -> None:
        """Nothing is left to be kept: it has been sent or thrown away."""
        self._dirty = False

    def keep(self) -> None:
        """Cheap when nothing changed."""
        if self._dirty:
            self._workspace.jobs.start(self, "keep", self.kept, lambda _nothing: self._kept(), self._not_kept)

    def kept(self) -> Future[None]:
        """Done once everything so far is on the disk; carries the StoreError when it is not."""
        if self._dirty:
            self._latest = self.write(self._content())
            self._dirty = False
        elif self._latest is None or self._latest.done():
            return _nothing_to_do()
        return self._latest

    def write(self, job: Callable[[Writer], T]) -> Future[T]:
        """Any write in this draft's name. What was asked to be saved is saved, whoever stops waiting."""
        return uncancelled(self._workspace.write(job, self.origin))

    def close(self) -> None:
        if self._dirty:
            self.kept()
        self._workspace.jobs.release(self)

    def _not_kept(self, error: SupportDeskError) -> None:
        self._dirty = True
        self._failed(error)


def _nothing_to_do() -> Future[None]:
    done: Future[None] = Future()
    done.set_result(None)
    return done
