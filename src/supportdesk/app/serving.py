"""The running application while it serves one request of a command line. Everything here blocks."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from supportdesk.app.accounts import Accounts
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.errors import SessionExpired
from supportdesk.domain.projections import Account, Delivery, Link, OutboxState, SyncState
from supportdesk.replica.reader import Reader

LOCAL_TIMEOUT_S = 30.0
"""For what depends on this computer alone."""
_UNDER_WAY = frozenset({OutboxState.QUEUED, OutboxState.UPLOADING, OutboxState.SENDING})
"""Every other state lasts until a person does something."""

T = TypeVar("T")


@dataclass(frozen=True)
class Serving:
    workspace: Workspace
    accounts: Accounts
    leaving: Future[None]
    """Done as soon as what only waits has to end."""

    def read(self, job: Callable[[Reader], T]) -> T:
        return self.workspace.read(job).result(LOCAL_TIMEOUT_S)

    def account(self, account: str, profile: str = "", demo: str = "") -> Account:
        """The one that is meant. Raises NotFound when none or several are."""
        if demo:
            return self.accounts.demo(demo).result(LOCAL_TIMEOUT_S)
        try:
            return self.accounts.find(account or profile).result(LOCAL_TIMEOUT_S)
        except SessionExpired:
            if profile:
                self.workspace.vendors.get(profile)  # where nobody could sign in is told as such
            raise

    def at_rest(self, account_id: str, timeout_s: float) -> SyncState:
        """After a whole round, after `timeout_s`, or when waiting has to end."""
        resting = self.workspace.sync.once(account_id, timeout_s)
        ends: list[Future[Any]] = [resting, self.leaving]
        wait(ends, timeout_s + LOCAL_TIMEOUT_S, FIRST_COMPLETED)
        if self.leaving.done() and not resting.done():
            resting.cancel()
            return self.workspace.sync.state(account_id)
        return resting.result(0)

    def decided(self, account_id: str, command_id: str, wait_s: float) -> Delivery:
        """How far a command is once waiting changes nothing, after `wait_s`, or when waiting has to end."""
        latest = time.monotonic() + wait_s
        while True:
            with self._next_change() as changed:
                link, delivery = self.read(
                    lambda reader: (reader.sync_state(account_id).link, reader.delivery(command_id))
                )
                left_s = latest - time.monotonic()
                if delivery.state not in _UNDER_WAY or link is Link.SIGN_IN_NEEDED or left_s <= 0:
                    return delivery
                wait([changed, self.leaving], left_s, FIRST_COMPLETED)
            if self.leaving.done():
                return delivery

    @contextmanager
    def _next_change(self) -> Iterator[Future[None]]:
        """Done with the first commit from now on."""
        changed: Future[None] = Future()

        def note(_change: ChangeSet) -> None:
            if not changed.done():
                changed.set_result(None)

        end = self.workspace.store.subscribe(note)
        try:
            yield changed
        finally:
            end()
