"""Orders: what is listed, how it is filtered and sorted, and what is on its way."""

from collections.abc import Callable

import msgspec

from supportdesk.app.presenter import Presenter
from supportdesk.app.settings import ORDERS_PER_PAGE
from supportdesk.app.ticket_list_state import Face
from supportdesk.app.ticket_windows import WINDOW_ROWS, ItemWindows
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import (
    Draft,
    ItemQuery,
    ItemRow,
    ItemSort,
    Link,
    OpenState,
    SyncState,
)
from supportdesk.replica.reader import Reader


class OrderListState(msgspec.Struct, frozen=True):
    query: ItemQuery
    per_page: int = 0
    """0: all of them, one below the other."""
    page: int = 0
    loaded: bool = False
    count: int = 0
    """How many fit the filters, on whatever page."""
    orders: ItemWindows = ItemWindows()
    """Those of the page."""
    local: tuple[ItemRow, ...] = ()
    """Drafts and unsent orders that fit the search, newest first; always on top of the first page."""
    any_orders: bool = False
    """Whether there is any order beyond the filters."""
    sync: SyncState | None = None
    error: SupportDeskError | None = None

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.per_page)) if self.per_page else 1

    @property
    def face(self) -> Face:
        if self.error is not None:
            return Face.FAILED
        if not self.loaded:
            return Face.LOADING
        if self.orders.total or self.local:
            return Face.ROWS
        if self.any_orders:
            return Face.NO_MATCH if self.query.text else Face.NOTHING_OPEN
        if self.sync is None or self.sync.last_success_at is not None:
            return Face.NOTHING_YET
        return Face.LOADING if self.sync.link in {Link.STARTING, Link.SYNCING} else Face.NEVER_LOADED


class _Read(msgspec.Struct, frozen=True):
    count: int
    page: int
    orders: ItemWindows
    local: tuple[ItemRow, ...]
    any_orders: bool
    sync: SyncState


class OrderList(Presenter[OrderListState]):
    """`need` tells which rows are in sight; they arrive with a later state."""

    def __init__(self, workspace: Workspace, account_id: str) -> None:
        self._account_id = account_id
        self._in_sight = (0, WINDOW_ROWS - 1)
        self._again = False
        query = ItemQuery(account_id, "order", open_state=OpenState.OPEN, sort=ItemSort.CREATED)
        super().__init__(workspace, OrderListState(query, workspace.settings.get(ORDERS_PER_PAGE)))

    # What the customer does

    def refresh(self) -> None:
        """Reads again what is in sight. While one reading runs, any number of calls is one more reading."""
        self._take_over_setting()
        if self.jobs.busy(self, "list"):
            self._again = True
            return
        self._again = False
        state, windows = self.state, self._windows_in_sight()
        self.jobs.start(
            self,
            "list",
            lambda: self.workspace.read(lambda r: _read(r, state, windows)),
            self._show,
            self._fail,
        )

    def need(self, first: int, last: int) -> None:
        """Positions `first` to `last` of the page's orders are in sight."""
        self._in_sight = (first, last)
        missing = self.state.orders.missing(first - WINDOW_ROWS // 4, last + WINDOW_ROWS // 4)
        if not missing or self.jobs.busy(self, "list"):
            return
        state = self.state
        self.jobs.start(
            self,
            "rows",
            lambda: self.workspace.read(lambda r: _rows(r, state, missing)),
            self._arrive,
            self._fail,
        )

    def filter(self, **changes: object) -> None:
        """Other filters or another order; the first page again."""
        query = msgspec.structs.replace(self.state.query, **changes)
        if query != self.state.query:
            self._turn(query=query, page=0)

    def sort(self, by: ItemSort) -> None:
        """The same order again turns it round; words begin with A, times with the latest."""
        query = self.state.query
        descending = not query.descending if query.sort is by else by is not ItemSort.TITLE
        self.filter(sort=by, descending=descending)

    def clear_filters(self) -> None:
        self.filter(open_state=OpenState.ALL, text="")

    def show_page(self, page: int) -> None:
        if 0 <= page < self.state.pages and page != self.state.page:
            self._turn(page=page)

    def delete_draft(self, draft_id: str, deleted: Callable[[Callable[[], None]], None]) -> None:
        """`deleted` gets how to undo it."""

        def remove(draft: Draft) -> None:
            self.jobs.start(
                self,
                f"delete:{draft_id}",
                lambda: self.workspace.write(lambda w: w.delete_draft(draft_id)),
                lambda _done: deleted(lambda: self._bring_back(draft)),
            )

        self.jobs.start(
            self, f"draft:{draft_id}", lambda: self.workspace.read(lambda r: r.draft(draft_id)), remove
        )

    def _bring_back(self, draft: Draft) -> None:
        self.jobs.start(self, f"undo:{draft.id}", lambda: self.workspace.write(lambda w: w.save_draft(draft)))

    # What comes back

    def on_change(self, change: ChangeSet) -> None:
        mine = change.account_id == self._account_id
        if mine and change.touches("order", "draft", "outbox", "account", "catalogue", "sync"):
            self.refresh()

    def _take_over_setting(self) -> None:
        per_page = self.workspace.settings.get(ORDERS_PER_PAGE)
        if per_page != self.state.per_page:
            self._change(per_page=per_page, page=0, orders=ItemWindows(), loaded=False)

    def _turn(self, **changes: object) -> None:
        self._in_sight = (0, WINDOW_ROWS - 1)
        self.jobs.release(self)
        self._change(**changes, loaded=False, error=None)
        self.refresh()

    def _windows_in_sight(self) -> tuple[int, ...]:
        first, last = self._in_sight
        return tuple(range(max(0, first) // WINDOW_ROWS, max(0, last) // WINDOW_ROWS + 1))

    def _show(self, read: _Read) -> None:
        changes = {name: getattr(read, name) for name in _Read.__struct_fields__}
        self._change(loaded=True, error=None, **changes)
        if self._again:
            self.refresh()
        else:
            self.need(*self._in_sight)

    def _arrive(self, rows: dict[int, tuple[ItemRow, ...]]) -> None:
        self._change(orders=self.state.orders.with_windows(rows))
        self.need(*self._in_sight)

    def _fail(self, error: SupportDeskError) -> None:
        self._change(error=error)

    def _change(self, **changes: object) -> None:
        self.replace(msgspec.structs.replace(self.state, **changes))


def _read(reader: Reader, state: OrderListState, windows: tuple[int, ...]) -> _Read:
    query = state.query
    account_id = query.account_id or ""
    count = reader.item_count(query)
    pages = max(1, -(-count // state.per_page)) if state.per_page else 1
    page = min(state.page, pages - 1)
    begin = page * state.per_page
    total = min(state.per_page, count - begin) if state.per_page else count
    reachable = tuple(index for index in windows if index * WINDOW_ROWS < total) or (0,)
    now = msgspec.structs.replace(state, page=page)
    return _Read(
        count=count,
        page=page,
        orders=ItemWindows(total, _rows(reader, now, reachable) if total else {}),
        local=tuple(row for row in reader.local_orders(account_id) if _fits(row, query)) if not page else (),
        any_orders=count > 0 or bool(reader.item_count(ItemQuery(account_id, "order"))),
        sync=reader.sync_state(account_id),
    )


def _rows(reader: Reader, state: OrderListState, windows: tuple[int, ...]) -> dict[int, tuple[ItemRow, ...]]:
    begin, limit = state.page * state.per_page, state.per_page or WINDOW_ROWS
    return {
        index: reader.item_window(state.query, begin + index * WINDOW_ROWS, min(limit, WINDOW_ROWS))
        for index in windows
    }


def _fits(row: ItemRow, query: ItemQuery) -> bool:
    """Drafts and unsent orders are the customer's own and always open; only a search hides them."""
    return all(word in row.title.casefold() for word in query.text.casefold().split())
