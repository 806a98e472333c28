"""Everything that the organisation ordered, and whether something is there."""

import json
from collections.abc import Iterable

import msgspec

from supportdesk import clock
from supportdesk.app.jobs import unless_left
from supportdesk.app.prefill import Prefill
from supportdesk.app.presenter import Presenter
from supportdesk.app.screens import Route
from supportdesk.app.settings import SUBSCRIPTIONS_CLOSED
from supportdesk.app.subscription_tree import Answer, Node, find, tree
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import ItemQuery, Link, SyncState
from supportdesk.i18n import _
from supportdesk.replica.reader import Reader

_MOST_REMEMBERED = 2_000


class SubscriptionsState(msgspec.Struct, frozen=True):
    roots: tuple[Node, ...] = ()
    """Everything."""
    shown: tuple[Node, ...] = ()
    """What fits the search."""
    total: int = 0
    loaded: bool = False
    search: str = ""
    matched: frozenset[str] = frozenset()
    marked: str = ""
    answer: Answer | None = None
    closed: frozenset[str] = frozenset()
    """Those whose parts are not shown, as long as nothing is searched."""
    question_type: str = ""
    """Of reports that ask for something."""
    sync: SyncState | None = None
    error: SupportDeskError | None = None

    @property
    def is_waiting(self) -> bool:
        """Nothing to show yet, and it may still come."""
        if not self.loaded:
            return self.error is None
        starting = self.sync is not None and self.sync.link in {Link.STARTING, Link.SYNCING}
        return not self.total and starting and self.never_loaded

    @property
    def never_loaded(self) -> bool:
        return self.sync is not None and self.sync.last_success_at is None


class SubscriptionsPresenter(Presenter[SubscriptionsState]):
    def __init__(self, workspace: Workspace, account_id: str) -> None:
        self._account_id = account_id
        closed = _remembered(workspace.settings.get(SUBSCRIPTIONS_CLOSED))
        super().__init__(workspace, SubscriptionsState(closed=frozenset(closed)))
        self.read()

    def search(self, text: str) -> None:
        self._show(search=text.strip())

    def set_closed(self, ids: Iterable[str], *, closed: bool) -> None:
        """Remembered for the next time."""
        now = self.state.closed | set(ids) if closed else self.state.closed - set(ids)
        if now == self.state.closed:
            return
        kept = json.dumps(sorted(now)[:_MOST_REMEMBERED])
        self.workspace.settings.set(SUBSCRIPTIONS_CLOSED, kept)
        self._change(closed=now)

    def question(self) -> Route:
        """A report that asks for what was searched."""
        subject = _("Do we have “{text}”, or can we order it?").format(text=self.state.search)
        prefill = Prefill(subject=subject, type=self.state.question_type)
        return Route("report", {"prefill": msgspec.json.encode(prefill).decode()})

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id != self._account_id:
            return
        if change.touches("subscription", "message", "outbox", "catalogue"):
            self.read()
        elif change.touches("sync") and self.state.loaded and self.state.error is None:
            self._read_sync()
        elif change.touches("sync"):
            self.read()

    def read(self) -> None:
        account_id, now = self._account_id, clock.now()

        def look(reader: Reader) -> dict[str, object]:
            rows = reader.item_window(ItemQuery(account_id, "subscription"))
            own = reader.account(account_id).organisation_id
            catalogue = reader.catalogue(account_id)
            return {
                "roots": tree(rows, own, now),
                "total": len(rows),
                "question_type": catalogue.question_type() if catalogue else "",
                "sync": reader.sync_state(account_id),
            }

        self.jobs.start(
            self,
            "read",
            lambda: self.workspace.read(look),
            lambda read: self._show(**read, loaded=True, error=None),
            lambda error: self._change(error=error),
        )

    def _read_sync(self) -> None:
        """Without the tree: it is told often that something is synchronised."""
        account_id = self._account_id
        self.jobs.start(
            self,
            "sync",
            lambda: self.workspace.read(lambda reader: reader.sync_state(account_id)),
            lambda sync: self._change(sync=sync),
            unless_left,
        )

    def _show(self, **changes: object) -> None:
        state = msgspec.structs.replace(self.state, **changes)
        if state.search:
            found = find(state.roots, state.search, clock.now())
            self.replace(
                msgspec.structs.replace(
                    state,
                    shown=found.roots,
                    matched=found.matched,
                    marked=found.marked,
                    answer=found.answer,
                )
            )
        else:
            self.replace(
                msgspec.structs.replace(state, shown=state.roots, matched=frozenset(), marked="", answer=None)
            )

    def _change(self, **changes: object) -> None:
        self.replace(msgspec.structs.replace(self.state, **changes))


def _remembered(kept: str) -> list[str]:
    try:
        ids = json.loads(kept)
    except ValueError:
        return []
    return [id for id in ids if isinstance(id, str)] if isinstance(ids, list) else []
