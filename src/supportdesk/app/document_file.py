"""The file of a document: fetched, opened, its seal checked on this computer, and copies with answers."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path

import msgspec

from supportdesk import i18n
from supportdesk.app import safe_files
from supportdesk.app.document_pages import DocumentPages, can_show
from supportdesk.app.document_state import PagesState, SealLook
from supportdesk.app.workspace import Workspace
from supportdesk.domain.documents import PageSize, Seal
from supportdesk.domain.entities import Attachment
from supportdesk.domain.errors import SupportDeskError
from supportdesk.pdf import apart


def copied(file: Path, answers: Mapping[str, str]) -> bytes:
    """The file as it is or, with answers, its pages. Blocks. Raises DocumentUnusable, OSError."""
    content = file.read_bytes()
    return apart.fill(content, answers, language=i18n.language(), is_finished=False) if answers else content


def save_copy(file: Path, answers: Mapping[str, str], target: Path) -> Path:
    """As `copied`, over `target`, a place the person chose. Raises StoreError, too."""
    if answers:
        return safe_files.save_bytes(copied(file, answers), target)
    return safe_files.save(file, target)


class DocumentFile:
    """Owned by a presenter, on its thread; `changed` is called after each change of `state`."""

    def __init__(self, workspace: Workspace, changed: Callable[[PagesState], None]) -> None:
        self._workspace = workspace
        self._changed = changed
        self._trusted: tuple[bytes, ...] = ()
        self.pages = DocumentPages()
        self.state = PagesState()

    def forget(self) -> None:
        self._workspace.jobs.release(self)
        self._show(PagesState())

    def open(
        self, account_id: str, attachment: Attachment, *, is_sealed: bool, trusted: tuple[bytes, ...]
    ) -> None:
        """`trusted`: certificates (DER) with which the vendor seals. One that is shown already stays."""
        shown = self.state.attachment
        if shown is not None and shown.id == attachment.id and self.state.error is None:
            return
        self._trusted = trusted
        look = SealLook.CHECKING if is_sealed else SealLook.NONE
        self._show(PagesState(attachment, seal_look=look))
        self._workspace.jobs.start(
            self,
            "fetch",
            lambda: self._workspace.sync.download(account_id, attachment),
            self._fetched,
            self._fail,
        )

    def close(self) -> None:
        self._workspace.jobs.release(self)
        self.pages.close()

    def _fetched(self, file: Path) -> None:
        self._update(file=file)
        if not can_show():
            self._update(seal_look=self._unknown())
            return
        self._workspace.jobs.start(
            self, "open", lambda: self.pages.open(file.read_bytes), self._opened, self._fail
        )
        if self.state.seal_look is SealLook.CHECKING:
            self._check(file)

    def _check(self, file: Path) -> None:
        trusted, lane = self._trusted, self._workspace.apart

        def check() -> Future[Seal]:
            return lane.submit(lambda: apart.check(file.read_bytes(), trusted))

        def checked(seal: Seal) -> None:
            self._update(seal=seal, seal_look=SealLook.CHECKED)

        self._workspace.jobs.start(
            self, "check", check, checked, lambda _error: self._update(seal_look=SealLook.UNKNOWN)
        )

    def _opened(self, sizes: tuple[PageSize, ...]) -> None:
        self._update(sizes=sizes)

    def _fail(self, error: SupportDeskError) -> None:
        self._update(error=error, seal_look=self._unknown())

    def _unknown(self) -> SealLook:
        return SealLook.NONE if self.state.seal_look is SealLook.NONE else SealLook.UNKNOWN

    def _update(self, **changes: object) -> None:
        self._show(msgspec.structs.replace(self.state, **changes))

    def _show(self, state: PagesState) -> None:
        if state != self.state:
            self.state = state
            self._changed(state)
