"""The small pill in the top bar: is this account up to date, and does anything wait to be sent?"""

from dataclasses import dataclass
from datetime import datetime

from supportdesk.app.jobs import unless_left
from supportdesk.app.presenter import Presenter
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.errors import WorkingOffline
from supportdesk.domain.projections import Link, OutboxState, SyncState
from supportdesk.i18n import _, ngettext
from supportdesk.replica.reader import Reader

_ENDED = frozenset({OutboxState.SENT, OutboxState.CANCELLED})


@dataclass(frozen=True)
class ConnectionState:
    link: Link = Link.STARTING
    waiting: int = 0
    """On the way by themselves."""
    needing_help: int = 0
    last_success_at: datetime | None = None
    by_choice: bool = False
    """Offline because the customer wants it."""


def is_by_choice(sync: SyncState | None) -> bool:
    """Whether the connection is missing because the customer works offline."""
    return sync is not None and sync.link is Link.OFFLINE and sync.error_code == WorkingOffline.code


@dataclass(frozen=True)
class PillWords:
    text: str
    icon: str
    tone: str
    """quiet, warning or danger."""


class ConnectionPresenter(Presenter[ConnectionState]):
    def __init__(self, workspace: Workspace, account_id: str) -> None:
        super().__init__(workspace, ConnectionState())
        self._account_id = account_id
        self._read()

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id in ("", self._account_id) and change.touches("sync", "outbox", "account"):
            self._read()

    def _read(self) -> None:
        account_id = self._account_id
        self.jobs.start(
            self,
            "read",
            lambda: self.workspace.read(lambda reader: _state(reader, account_id)),
            self.replace,
            unless_left,
        )


def _state(reader: Reader, account_id: str) -> ConnectionState:
    deliveries = [each for each in reader.outbox(account_id) if each.state not in _ENDED]
    needing = sum(each.state is OutboxState.NEEDS_USER for each in deliveries)
    sync: SyncState = reader.sync_state(account_id)
    waiting = len(deliveries) - needing
    return ConnectionState(sync.link, waiting, needing, sync.last_success_at, is_by_choice(sync))


def pill_words(state: ConnectionState) -> PillWords:
    """What matters most is said first: signed out, then refused, then offline."""
    trouble = _trouble(state)
    if trouble is not None:
        return trouble
    if state.waiting:
        text = ngettext("Sending {n} item", "Sending {n} items", state.waiting)
        return PillWords(text.format(n=state.waiting), "cloud-upload", "quiet")
    if state.last_success_at is None:
        return PillWords(_("Connecting"), "cloud", "quiet")
    return PillWords(_("Up to date"), "cloud-check", "quiet")


def _trouble(state: ConnectionState) -> PillWords | None:
    if state.link is Link.SIGN_IN_NEEDED:
        return PillWords(_("Sign in again"), "log-in", "warning")
    if state.needing_help:
        text = ngettext("{n} needs your help", "{n} need your help", state.needing_help)
        return PillWords(text.format(n=state.needing_help), "circle-alert", "danger")
    if state.link is Link.OFFLINE:
        return PillWords(_offline(state.waiting), "cloud-off", "warning")
    if state.link is Link.FAILING:
        return PillWords(_("Not up to date"), "triangle-alert", "warning")
    return None


def _offline(waiting: int) -> str:
    if not waiting:
        return _("Offline")
    text = ngettext("Offline: {n} waiting to be sent", "Offline: {n} waiting to be sent", waiting)
    return text.format(n=waiting)
