"""What a presenter may ask: the stores, the engine, the settings and the jobs of one running application."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from supportdesk.app.jobs import Jobs
from supportdesk.app.secrets import Secrets
from supportdesk.app.settings import Settings
from supportdesk.app.vendors import Vendors
from supportdesk.domain.account import AccountAnswer, AnyAccountRequest
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.errors import BackendUnreachable
from supportdesk.domain.profile import Profile
from supportdesk.lanes import Lane
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.reader import Reader
from supportdesk.replica.store import Store
from supportdesk.replica.writer import Writer
from supportdesk.sync.service import Sync

if TYPE_CHECKING:
    from supportdesk.app.guest_report import UnansweredReport

T = TypeVar("T")


def _nowhere(_address: str) -> Future[Profile]:
    raise BackendUnreachable


def _unanswered(_account_id: str, _request: AnyAccountRequest) -> Future[AccountAnswer]:
    raise BackendUnreachable


@dataclass
class Workspace:
    """Made once by bootstrap. Belongs to the presenters' thread; nothing here blocks it."""

    store: Store
    blobs: Blobs
    sync: Sync
    settings: Settings
    vendors: Vendors
    secrets: Secrets
    cpu: Lane
    apart: Lane
    """For `pdf.apart` alone: nothing else waits a minute for a document of somebody else."""
    jobs: Jobs
    folder: Path = field(default_factory=Path)
    """The data folder."""
    discover: Callable[[str], Future[Profile]] = _nowhere
    """The vendor whose support portal answers at an address. Fails with InvalidInput, BackendUnreachable
    or ProfileError."""
    ask: Callable[[str, AnyAccountRequest], Future[AccountAnswer]] = _unanswered
    """About the account of this id, see `Accounts.ask`."""
    adding: dict[str, Future[AccountAnswer]] = field(default_factory=dict)
    """By account: a colleague who is being added. What comes of it is shown by the screen that is there then,
    for it may be the only password."""
    unanswered_reports: "dict[str, UnansweredReport]" = field(default_factory=dict)
    """By vendor: of somebody who is not signed in; the page that is opened next goes on with it."""
    _listeners: list[Callable[[ChangeSet], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store.subscribe(lambda change: self.jobs.deliver(lambda: self._spread(change)))

    def read(self, job: Callable[[Reader], T]) -> Future[T]:
        return self.store.read(job)

    def write(self, job: Callable[[Writer], T], origin: str = "") -> Future[T]:
        return self.store.write(job, origin)

    def on_change(self, listener: Callable[[ChangeSet], None]) -> Callable[[], None]:
        """`listener` is called on the presenters' thread after each commit; returns how to stop that."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def _spread(self, change: ChangeSet) -> None:
        for listener in tuple(self._listeners):
            listener(change)
