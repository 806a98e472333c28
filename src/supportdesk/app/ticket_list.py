"""Your tickets: what is listed, how it is filtered and sorted, and what is on its way."""

from collections.abc import Callable

import msgspec

from supportdesk.app import saved_views
from supportdesk.app.presenter import Presenter
from supportdesk.app.saved_views import SavedView
from supportdesk.app.ticket_list_state import TicketListState
from supportdesk.app.ticket_vendor import Vendor, vendor_of
from supportdesk.app.ticket_windows import WINDOW_ROWS, TicketWindows
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.errors import InvalidInput, SupportDeskError
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import (
    Draft,
    OpenState,
    SortBy,
    SyncState,
    TicketQuery,
    TicketRow,
    Whose,
)
from supportdesk.replica.reader import Reader

_DEFAULT = TicketQuery(None)
Key = tuple[str, str]
"""Account id and ticket id."""


class _Read(msgspec.Struct, frozen=True):
    tickets: TicketWindows
    local: tuple[TicketRow, ...]
    any_tickets: bool
    vendors: dict[str, Vendor]
    left_out: Key | None
    sync: SyncState | None


class TicketList(Presenter[TicketListState]):
    """`need` tells which rows are in sight; they arrive with a later state."""

    def __init__(self, workspace: Workspace, account_id: str) -> None:
        self._account_id = account_id
        self._in_sight = (0, WINDOW_ROWS - 1)
        self._again = False
        self._watched: Key | None = None
        views = saved_views.load(workspace.settings)
        super().__init__(
            workspace, TicketListState(msgspec.structs.replace(_DEFAULT, account_id=account_id), views=views)
        )

    # What the customer does

    def refresh(self) -> None:
        """Reads again what is in sight. While one reading runs, any number of calls is one more reading."""
        if self.jobs.busy(self, "list"):
            self._again = True
            return
        self._again = False
        query, windows, profile_of = self.state.query, self._windows_in_sight(), self.workspace.vendors.get
        watched = self._watched
        self.jobs.start(
            self,
            "list",
            lambda: self.workspace.read(lambda r: _read(r, query, windows, profile_of, watched)),
            self._show,
            self._fail,
        )

    def watch(self, key: Key | None) -> None:
        """The state tells from the next reading on when this ticket is no longer listed."""
        self._watched = key

    def need(self, first: int, last: int) -> None:
        """Positions `first` to `last` of the server's tickets are in sight."""
        self._in_sight = (first, last)
        missing = self.state.tickets.missing(first - WINDOW_ROWS // 4, last + WINDOW_ROWS // 4)
        if not missing or self.jobs.busy(self, "list"):
            return
        query = self.state.query
        self.jobs.start(
            self,
            "rows",
            lambda: self.workspace.read(lambda r: _rows(r, query, missing)),
            self._arrive,
            self._fail,
        )

    def ask(self, query: TicketQuery) -> None:
        """Other filters or another order; the rows of the earlier ones go at once."""
        if query == self.state.query:
            return
        self._in_sight = (0, WINDOW_ROWS - 1)
        self.jobs.release(self)
        self._change(query=query, loaded=False, error=None)
        self.refresh()

    def filter(self, **changes: object) -> None:
        self.ask(msgspec.structs.replace(self.state.query, **changes))

    def sort(self, by: SortBy) -> None:
        """The same order again turns it round; words begin with A, times and numbers with the latest."""
        query = self.state.query
        descending = not query.descending if query.sort is by else by is not SortBy.SUBJECT
        self.filter(sort=by, descending=descending)

    def clear_filters(self) -> None:
        self.filter(whose=Whose.ALL, open_state=OpenState.ALL, statuses=(), service_id="", text="")

    def across_accounts(self, everything: bool) -> None:
        self.filter(account_id=None if everything else self._account_id)

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

    # Saved views

    def save_view(self, name: str) -> str:
        """Keeps the filters under `name`; returns '' or why that cannot be."""
        try:
            views = saved_views.with_view(self.state.views, saved_views.view_of(self.state.query, name))
            saved_views.store(self.workspace.settings, views)
        except InvalidInput as error:
            return str(error)
        self._change(views=views)
        return ""

    def show_view(self, view: SavedView) -> None:
        self.ask(view.applied(self.state.query))

    def remove_view(self, view: SavedView) -> Callable[[], None]:
        """Returns how to undo it."""
        before = self.state.views
        self._set_views(tuple(each for each in before if each != view))
        return lambda: self._set_views(before)

    def _set_views(self, views: tuple[SavedView, ...]) -> None:
        saved_views.store(self.workspace.settings, views)
        self._change(views=views)

    # What comes back

    def on_change(self, change: ChangeSet) -> None:
        if self._concerns(change):
            self.refresh()

    def _concerns(self, change: ChangeSet) -> bool:
        if not change.touches("ticket", "draft", "outbox", "account", "catalogue", "sync"):
            return False
        return self.state.query.account_id in {None, change.account_id} or change.touches("account")

    def _windows_in_sight(self) -> tuple[int, ...]:
        first, last = self._in_sight
        return tuple(range(max(0, first) // WINDOW_ROWS, max(0, last) // WINDOW_ROWS + 1))

    def _show(self, read: _Read) -> None:
        self._change(
            loaded=True,
            error=None,
            tickets=read.tickets,
            local=read.local,
            any_tickets=read.any_tickets,
            vendors=read.vendors,
            left_out=read.left_out,
            sync=read.sync,
        )
        if self._again:
            self.refresh()
        else:
            self.need(*self._in_sight)

    def _arrive(self, rows: dict[int, tuple[TicketRow, ...]]) -> None:
        self._change(tickets=self.state.tickets.with_windows(rows))
        self.need(*self._in_sight)

    def _fail(self, error: SupportDeskError) -> None:
        self._change(error=error)

    def _change(self, **changes: object) -> None:
        self.replace(msgspec.structs.replace(self.state, **changes))


def _read(
    reader: Reader,
    query: TicketQuery,
    windows: tuple[int, ...],
    profile_of: Callable[[str], Profile],
    watched: Key | None,
) -> _Read:
    total = reader.ticket_count(query)
    reachable = [index for index in windows if index * WINDOW_ROWS < total] or [0]
    local = tuple(row for row in reader.local_rows(query.account_id) if _fits(row, query))
    is_local = watched in {(row.account_id, row.id) for row in local}
    is_listed = watched is None or is_local or reader.lists_ticket(query, *watched)
    return _Read(
        tickets=TicketWindows(total, _rows(reader, query, tuple(reachable)) if total else {}),
        local=local,
        any_tickets=total > 0 or _has_any(reader, query),
        vendors={account.id: vendor_of(reader, account, profile_of) for account in reader.accounts()},
        left_out=None if is_listed else watched,
        sync=reader.sync_state(query.account_id) if query.account_id else None,
    )


def _rows(reader: Reader, query: TicketQuery, windows: tuple[int, ...]) -> dict[int, tuple[TicketRow, ...]]:
    return {index: reader.ticket_window(query, index * WINDOW_ROWS, WINDOW_ROWS) for index in windows}


def _has_any(reader: Reader, query: TicketQuery) -> bool:
    everything = TicketQuery(query.account_id, open_state=OpenState.ALL)
    return bool(reader.ticket_count(everything))


def _fits(row: TicketRow, query: TicketQuery) -> bool:
    """Drafts and unsent tickets are the customer's own and always open; only a search hides them."""
    return all(word in row.subject.casefold() for word in query.text.casefold().split())
