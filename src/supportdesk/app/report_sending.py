"""A report on its way out: made safe on this computer, then followed until the vendor has it."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import msgspec

from supportdesk import clock
from supportdesk.app import system_info
from supportdesk.app.connection import is_by_choice
from supportdesk.app.draft_keeper import DraftKeeper
from supportdesk.app.flows import report_draft
from supportdesk.app.flows.report_draft import ReportDraft
from supportdesk.app.workspace import Workspace
from supportdesk.domain.commands import Command, FileRef
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Delivery, Link
from supportdesk.replica.reader import Reader

T = TypeVar("T")
Failed = Callable[[SupportDeskError], None]


class Progress(msgspec.Struct, frozen=True):
    delivery: Delivery
    link: Link
    by_choice: bool
    """There is no connection because the customer works offline."""


class ReportSending:
    """Owned by a presenter, on its thread."""

    def __init__(self, workspace: Workspace, account_id: str, keeper: DraftKeeper) -> None:
        self._workspace = workspace
        self._account_id = account_id
        self._keeper = keeper

    def send(self, draft_id: str, draft: ReportDraft, saved: Callable[[], None], failed: Failed) -> None:
        """`saved` is called once the report cannot be lost any more; its draft is gone then."""
        account_id = self._account_id

        def safe(_nothing: None) -> None:
            self.kick()
            saved()

        def put(extra: tuple[FileRef, ...]) -> None:
            command = Command(draft_id, clock.now(), report_draft.to_intent(draft, extra))
            self._start(
                "send",
                lambda: self._keeper.write(lambda w: w.send(draft_id, account_id, command)),
                safe,
                failed,
            )

        self._start("info", lambda: self._info_file(draft), put, failed)

    def follow(self, command_id: str, show: Callable[[Progress], None], failed: Failed) -> None:
        account_id = self._account_id

        def read(reader: Reader) -> Progress:
            sync = reader.sync_state(account_id)
            return Progress(reader.delivery(command_id), sync.link, is_by_choice(sync))

        self._start("follow", lambda: self._workspace.read(read), show, failed)

    def take_back(self, command_id: str, done: Callable[[], None], failed: Failed) -> None:
        """What was sent becomes the draft again that it was."""
        self._start(
            "take back",
            lambda: self._keeper.write(lambda w: w.cancel(command_id)),
            lambda _nothing: done(),
            failed,
        )

    def kick(self) -> None:
        """At once, without waiting for the next try."""
        self._workspace.sync.kick(self._account_id)

    def close(self) -> None:
        self._workspace.jobs.release(self)

    def _start(
        self, key: str, work: Callable[[], Future[T]], done: Callable[[T], None], failed: Failed
    ) -> None:
        self._workspace.jobs.start(self, key, work, done, failed)

    def _info_file(self, draft: ReportDraft) -> Future[tuple[FileRef, ...]]:
        blobs = self._workspace.blobs
        text = system_info.text(draft.source) if draft.include_system_info else ""

        def make() -> tuple[FileRef, ...]:
            if not text:
                return ()
            return (blobs.put_bytes(text.encode(), system_info.FILE_NAME, "text/plain"),)

        return self._workspace.cpu.submit(make)
