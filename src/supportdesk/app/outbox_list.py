"""Everything the customer sent that is still on its way, and what arrived a short while ago."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from supportdesk import clock
from supportdesk.app.presenter import Presenter
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.delivery import DONE, Event, next_state
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Delivery, Link, OutboxState, SyncState
from supportdesk.replica.reader import Reader

RECENT = timedelta(days=7)


@dataclass(frozen=True)
class OutboxListState:
    """`waiting` newest first, `arrived` newest first; `sync` None until both have been read once."""

    waiting: tuple[Delivery, ...] = ()
    arrived: tuple[Delivery, ...] = ()
    sync: SyncState | None = None
    opened: str = ""
    """The command whose log is unfolded."""
    error: SupportDeskError | None = None
    """Reading or the last request failed."""

    @property
    def link(self) -> Link:
        return self.sync.link if self.sync is not None else Link.STARTING


class OutboxPresenter(Presenter[OutboxListState]):
    def __init__(self, workspace: Workspace, account_id: str) -> None:
        super().__init__(workspace, OutboxListState())
        self._account_id = account_id
        self.read()

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id in ("", self._account_id) and change.touches("outbox", "sync"):
            self.read()

    def read(self) -> None:
        account_id = self._account_id
        self.jobs.start(
            self,
            "read",
            lambda: self.workspace.read(lambda reader: _all(reader, account_id)),
            self._show,
            self._fail,
        )

    def unfold(self, command_id: str) -> None:
        """Shows the log of one; the same again folds it."""
        opened = "" if self.state.opened == command_id else command_id
        self.replace(replace(self.state, opened=opened))

    def show(self, command_id: str) -> None:
        self.replace(replace(self.state, opened=command_id))

    def try_now(self) -> None:
        """All at once, without waiting for the next try."""
        self.workspace.sync.try_again(self._account_id)

    def retry(self, command_id: str) -> None:
        self.jobs.start(
            self,
            f"retry {command_id}",
            lambda: self.workspace.write(lambda writer: writer.retry(command_id)),
            lambda _nothing: self.workspace.sync.kick(self._account_id),
            self._fail,
        )

    def take_back(self, command_id: str, done: Callable[[], None]) -> None:
        """A report becomes a draft again; `done` once it is."""
        self.jobs.start(
            self,
            f"take back {command_id}",
            lambda: self.workspace.write(lambda writer: writer.cancel(command_id)),
            lambda _nothing: done(),
            self._fail,
        )

    def _show(self, found: tuple[tuple[Delivery, ...], SyncState]) -> None:
        deliveries, sync = found
        since = clock.now() - RECENT
        waiting = tuple(each for each in deliveries if each.state not in DONE)
        arrived = tuple(
            each for each in deliveries if each.state is OutboxState.SENT and each.created_at >= since
        )
        self.replace(replace(self.state, waiting=waiting, arrived=arrived, sync=sync, error=None))

    def _fail(self, error: SupportDeskError) -> None:
        self.replace(replace(self.state, error=error))


def can_retry(state: OutboxState) -> bool:
    """What goes by itself is hurried along for all at once, not one by one."""
    waits_for_person = state in (OutboxState.NEEDS_USER, OutboxState.UNCERTAIN)
    return waits_for_person and next_state(state, Event.RETRIED) is not None


def can_take_back(state: OutboxState) -> bool:
    return next_state(state, Event.WITHDRAWN) is not None


def _all(reader: Reader, account_id: str) -> tuple[tuple[Delivery, ...], SyncState]:
    deliveries = reader.outbox(account_id, include_done=True)
    return tuple(reversed(deliveries)), reader.sync_state(account_id)
