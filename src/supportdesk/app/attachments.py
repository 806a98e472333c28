"""The files of a ticket, opened and saved: fetched once, never executable, asked about when they may run."""

import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path

import msgspec

from supportdesk.app import safe_files
from supportdesk.app.workspace import Workspace
from supportdesk.domain.entities import Attachment
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.filenames import safe_name

log = logging.getLogger(__name__)

PREVIEW_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
MAX_PREVIEW_BYTES = 8 * 1024 * 1024
"""Larger pictures are fetched when they are asked for, not for their thumbnail."""


class AttachmentsState(msgspec.Struct, frozen=True):
    """By attachment id."""

    pictures: dict[str, Path] = {}
    """Files on this computer that can be shown as thumbnails."""
    fetching: frozenset[str] = frozenset()
    asking: Attachment | None = None
    """Opening this one might run a program: the person decides."""
    problem: str = ""


class Attachments:
    """Owned by a presenter, on its thread; `changed` is called after each change of `state`.

    `open_outside` is handed a copy that the system's program may show.
    """

    def __init__(
        self,
        workspace: Workspace,
        changed: Callable[[AttachmentsState], None],
        open_outside: Callable[[Path], None],
    ) -> None:
        self._workspace = workspace
        self._changed = changed
        self._open_outside = open_outside
        self._account_id = ""
        self._agreed: set[str] = set()
        self.state = AttachmentsState()

    def open_account(self, account_id: str) -> None:
        """Another ticket: what was on its way for the earlier one is dropped."""
        self._workspace.jobs.release(self)
        self._account_id = account_id
        self._show(AttachmentsState())

    def preview(self, attachments: tuple[Attachment, ...]) -> None:
        """Fetches what can be shown as a thumbnail. Without a connection there is an icon instead."""
        for each in attachments:
            wanted = each.media_type in PREVIEW_TYPES and each.size_bytes <= MAX_PREVIEW_BYTES
            if wanted and each.id not in self.state.pictures:
                self._workspace.jobs.start(
                    self,
                    f"preview:{each.id}",
                    partial(self._workspace.sync.download, self._account_id, each),
                    partial(self._previewed, each),
                    partial(_without_preview, each),
                )

    def open(self, attachment: Attachment) -> None:
        if safe_files.is_risky(attachment.name) and attachment.sha256 not in self._agreed:
            self._update(asking=attachment, problem="")
        else:
            self._fetch(attachment, "open", self._placed, self._open_outside)

    def agree(self, yes: bool) -> None:
        """The answer to `asking`; asked once for a file."""
        attachment = self.state.asking
        self._update(asking=None)
        if yes and attachment is not None:
            self._agreed.add(attachment.sha256)
            self.open(attachment)

    def fetch(self, attachment: Attachment, done: Callable[[Path], None]) -> None:
        """`done` gets the file as it lies in the cache; it is only to be read."""
        self._fetch(attachment, "fetch", lambda path, _each: path, done)

    def save(self, attachment: Attachment, target: Path, saved: Callable[[Path], None]) -> None:
        """Over `target`, which the person chose."""
        self._fetch(attachment, "save", lambda path, _each: safe_files.save(path, target), saved)

    def save_all(
        self, attachments: tuple[Attachment, ...], folder: Path, saved: Callable[[Path], None]
    ) -> None:
        """Each under a free name in `folder`; `saved` is called once per file."""
        for each in attachments:
            self._fetch(each, "save", lambda path, one: safe_files.place(path, folder, one.name), saved)

    def close(self) -> None:
        self._workspace.jobs.release(self)

    def _fetch(
        self,
        attachment: Attachment,
        purpose: str,
        copy: Callable[[Path, Attachment], Path],
        done: Callable[[Path], None],
    ) -> None:
        self._update(fetching=self.state.fetching | {attachment.id}, problem="")

        def copied(path: Path) -> None:
            self._fetched(attachment)
            done(path)

        def fetched(path: Path) -> None:
            self._previewed(attachment, path)
            self._run(f"{purpose}:copy:{attachment.id}", lambda: copy(path, attachment), copied, failed)

        def failed(error: SupportDeskError) -> None:
            self._fetched(attachment)
            self._update(problem=f"{attachment.name}: {error} {error.next_step}")

        self._workspace.jobs.start(
            self,
            f"{purpose}:{attachment.id}",
            lambda: self._workspace.sync.download(self._account_id, attachment),
            fetched,
            failed,
        )

    def _run(
        self,
        key: str,
        work: Callable[[], Path],
        done: Callable[[Path], None],
        failed: Callable[[SupportDeskError], None],
    ) -> None:
        def submit() -> Future[Path]:
            return self._workspace.cpu.submit(work)

        self._workspace.jobs.start(self, key, submit, done, failed)

    @staticmethod
    def _placed(path: Path, attachment: Attachment) -> Path:
        """A copy beside the fetched file, so that what another program does to it does no harm."""
        folder = path.parent / "opened"
        earlier = folder / safe_name(attachment.name)
        if earlier.is_file() and not earlier.is_symlink() and _sha256(earlier) == attachment.sha256:
            return earlier
        return safe_files.place(path, folder, attachment.name)

    def _previewed(self, attachment: Attachment, path: Path) -> None:
        if attachment.media_type in PREVIEW_TYPES:
            self._update(pictures={**self.state.pictures, attachment.id: path})

    def _fetched(self, attachment: Attachment) -> None:
        self._update(fetching=self.state.fetching - {attachment.id})

    def _update(self, **changes: object) -> None:
        self._show(msgspec.structs.replace(self.state, **changes))

    def _show(self, state: AttachmentsState) -> None:
        if state != self.state:
            self.state = state
            self._changed(state)


def _without_preview(attachment: Attachment, error: SupportDeskError) -> None:
    log.info("no preview of attachment %s: %s", attachment.id, error.code)


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
