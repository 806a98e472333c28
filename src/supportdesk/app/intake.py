"""Files that somebody adds to what they are writing: copied one by one, refused one by one."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from supportdesk.app import file_intake
from supportdesk.app.workspace import Workspace
from supportdesk.domain.capabilities import Limits
from supportdesk.domain.commands import FileRef
from supportdesk.domain.errors import SupportDeskError
from supportdesk.i18n import N_, ngettext
from supportdesk.replica.blobs import Blobs

Took = Callable[[FileRef, str], None]
Copy = Callable[[], tuple[FileRef, str]]
"""Runs on the cpu lane, and holds nothing of who asked: a window would end there."""


class Intake:
    """Owned by a presenter, on its thread; the copying runs on the cpu lane.

    `held` says how many files are there already. `took` gets each new file with its warning (see DraftFile);
    `told` hears that `adding` or `problem` have changed.
    """

    def __init__(
        self,
        workspace: Workspace,
        held: Callable[[], int],
        took: Took,
        told: Callable[[], None],
    ) -> None:
        self._workspace = workspace
        self._held = held
        self._took = took
        self._told = told
        self._limits = Limits()
        self._started = 0
        self.adding = 0
        """Files that are being copied."""
        self.problem = ""
        """Why files of the last request were refused, with what to do: one line each."""

    def begin(self, limits: Limits) -> None:
        """Files for something else follow; those still on their way are dropped."""
        self._workspace.jobs.release(self)
        self._limits, self.adding, self.problem = limits, 0, ""

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Refuses those over a limit unread and names them; pictures lose what they hide."""
        room = self._room(len(paths))
        for path in paths[:room]:
            self._start(partial(_copied, path, self._workspace.blobs, self._limits), self._took)

    def add_bytes(self, content: bytes, name: str, warning: str = "", took: Took | None = None) -> None:
        """What was captured or marked; `took` hears of it in place of the usual one."""
        if self._room(1):
            self._start(self._storing(lambda: content, name, warning), took or self._took)

    def add_made(self, make: Callable[[], bytes], name: str, warning: str = "") -> None:
        """What is still to be made, on the cpu lane: an image that was pasted or dropped."""
        if self._room(1):
            self._start(self._storing(make, name, warning), self._took)

    def exchange(self, content: bytes, name: str, took: Callable[[FileRef], None]) -> None:
        """Stores another version of a file that is held already."""
        self._start(self._storing(lambda: content, name), lambda file, _warning: took(file))

    def close(self) -> None:
        self._workspace.jobs.release(self)

    def _storing(self, make: Callable[[], bytes], name: str, warning: str = "") -> Copy:
        blobs, limits = self._workspace.blobs, self._limits
        return lambda: (file_intake.take_in_bytes(make(), name, blobs, limits), warning)

    def _room(self, wanted: int) -> int:
        """How many of `wanted` files still fit; says so when not all do."""
        most = self._limits.max_files
        free = max(0, most - self._held() - self.adding)
        if not self.adding:
            self.problem = ""
        if wanted > free:
            text = ngettext("At most {n} file fits here.", "At most {n} files fit here.", most)
            self._complain(text.format(n=most))
        return min(wanted, free)

    def _start(self, copy: Copy, took: Took) -> None:
        self.adding += 1
        self._started += 1
        cpu = self._workspace.cpu

        def arrived(copied: tuple[FileRef, str]) -> None:
            self.adding -= 1
            took(*copied)
            self._told()

        self._workspace.jobs.start(
            self, f"add:{self._started}", lambda: cpu.submit(copy), arrived, self._refused
        )
        self._told()

    def _refused(self, error: SupportDeskError) -> None:
        self.adding -= 1
        self._complain(f"{error} {error.next_step}")

    def _complain(self, sentence: str) -> None:
        self.problem = f"{self.problem}\n{sentence}".strip()
        self._told()


def _copied(path: Path, blobs: Blobs, limits: Limits) -> tuple[FileRef, str]:
    taken = file_intake.take_in(path, blobs, limits)
    if taken.cleaned:
        return taken.file, N_("Place and device removed")
    return taken.file, N_("May tell place and device") if taken.resists else ""
