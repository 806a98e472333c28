"""Whether the signed documents that something is linked with are unchanged, checked on this computer."""

import logging
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from supportdesk.app.document_pages import can_show
from supportdesk.app.workspace import Workspace
from supportdesk.domain.documents import Seal
from supportdesk.domain.entities import Attachment
from supportdesk.domain.errors import BackendError, SupportDeskError
from supportdesk.pdf import apart

log = logging.getLogger(__name__)


class SealChecks:
    """Owned by a presenter, on its thread; `changed` is called with all seals known, by attachment id."""

    def __init__(self, workspace: Workspace, changed: Callable[[Mapping[str, Seal]], None]) -> None:
        self._workspace, self._changed = workspace, changed
        self._begun: set[str] = set()
        self._seals: dict[str, Seal] = {}

    def look(self, account_id: str, files: Iterable[Attachment], trusted: tuple[bytes, ...]) -> None:
        """`trusted`: certificates (DER) with which the vendor seals. Each file is checked once."""
        for file in files:
            if file.id not in self._begun and can_show():
                self._begun.add(file.id)
                self._workspace.jobs.start(
                    self,
                    file.id,
                    partial(self._workspace.sync.download, account_id, file),
                    partial(self._check, file, trusted),
                    partial(self._unchecked, file),
                )

    def forget(self) -> None:
        """What was looked at is no longer shown."""
        self._workspace.jobs.release(self)
        self._begun, self._seals = set(), {}

    def _check(self, file: Attachment, trusted: tuple[bytes, ...], path: Path) -> None:
        def check() -> Future[Seal]:
            return self._workspace.apart.submit(lambda: apart.check(path.read_bytes(), trusted))

        self._workspace.jobs.start(
            self, file.id, check, partial(self._checked, file), partial(self._unchecked, file)
        )

    def _checked(self, file: Attachment, seal: Seal) -> None:
        self._seals = {**self._seals, file.id: seal}
        self._changed(self._seals)

    def _unchecked(self, file: Attachment, error: SupportDeskError) -> None:
        """Without a connection it is tried again with the next look; what else is wrong with it stays so."""
        log.info("the seal of %s was not checked: %s", file.id, error.code)
        if isinstance(error, BackendError):
            self._begun.discard(file.id)
