"""The documents of an account: listed, filtered by state, searched and sorted."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from supportdesk.app.presenter import Presenter
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.documents import DocumentState
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import ItemQuery, ItemRow, ItemSort, Link, SyncState
from supportdesk.replica.reader import Reader

_PAGE = 60
_DESCENDING = frozenset({ItemSort.UPDATED, ItemSort.CREATED})


class Face(StrEnum):
    """What the list's place shows."""

    LOADING = "loading"
    ROWS = "rows"
    NOTHING_YET = "nothing_yet"
    NO_MATCH = "no_match"
    FAILED = "failed"
    """Nothing came from the vendor, or this computer could not read its own store."""


class DocumentsState(msgspec.Struct, frozen=True):
    query: ItemQuery
    loaded: bool = False
    rows: tuple[ItemRow, ...] = ()
    """The first of `count`."""
    count: int = 0
    counts: Mapping[str, int] = {}
    """By state, whatever is searched for."""
    sync: SyncState | None = None
    error: SupportDeskError | None = None

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def face(self) -> Face:
        if self.error is not None:
            return Face.FAILED
        if not self.loaded:
            return Face.LOADING
        if self.count:
            return Face.ROWS
        return Face.NO_MATCH if self.total else self._face_of_nothing()

    def _face_of_nothing(self) -> Face:
        if self.sync is None or self.sync.last_success_at is not None:
            return Face.NOTHING_YET
        return Face.LOADING if self.sync.link in {Link.STARTING, Link.SYNCING} else Face.FAILED


class _Read(msgspec.Struct, frozen=True):
    rows: tuple[ItemRow, ...]
    count: int
    counts: Mapping[str, int]
    sync: SyncState


class DocumentsPresenter(Presenter[DocumentsState]):
    def __init__(self, workspace: Workspace, account_id: str) -> None:
        super().__init__(workspace, DocumentsState(ItemQuery(account_id, "document")))
        self._account_id = account_id
        self._shown = _PAGE

    def refresh(self) -> None:
        account_id, query, shown = self._account_id, self.state.query, self._shown

        def read(reader: Reader) -> _Read:
            return _Read(
                rows=reader.item_window(query, 0, shown),
                count=reader.item_count(query),
                counts=reader.item_states(account_id, "document"),
                sync=reader.sync_state(account_id),
            )

        self.jobs.start(
            self,
            "list",
            lambda: self.workspace.read(read),
            self._show,
            lambda error: self._change(error=error),
        )

    def more(self) -> None:
        """The end of what is listed has come into sight."""
        if len(self.state.rows) < self.state.count and not self.jobs.busy(self, "list"):
            self._shown = len(self.state.rows) + _PAGE
            self.refresh()

    def show_state(self, state: str) -> None:
        """'' for all states."""
        self._ask(states=(state,) if state in set(DocumentState) else ())

    def search(self, text: str) -> None:
        self._ask(text=text.strip())

    def sort(self, by: ItemSort) -> None:
        self._ask(sort=by, descending=by in _DESCENDING)

    def clear_filters(self) -> None:
        self._ask(states=(), text="")

    def try_again(self) -> None:
        """Also ends working offline."""
        self.workspace.sync.try_again(self._account_id)
        self.refresh()

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id == self._account_id and change.touches("document", "outbox", "sync"):
            self.refresh()

    def _ask(self, **changes: object) -> None:
        query = msgspec.structs.replace(self.state.query, **changes)
        if query != self.state.query:
            self._shown = _PAGE
            self._change(query=query)
            self.refresh()

    def _show(self, read: _Read) -> None:
        self._change(
            loaded=True, error=None, rows=read.rows, count=read.count, counts=read.counts, sync=read.sync
        )

    def _change(self, **changes: object) -> None:
        self.replace(msgspec.structs.replace(self.state, **changes))
