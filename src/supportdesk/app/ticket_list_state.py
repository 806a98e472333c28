"""What the ticket list shows, and what a route can ask of it."""

from enum import StrEnum

import msgspec

from supportdesk.app.saved_views import SavedView
from supportdesk.app.ticket_vendor import Vendor
from supportdesk.app.ticket_windows import TicketWindows
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Link, OpenState, SortBy, SyncState, TicketQuery, TicketRow, Whose


class Face(StrEnum):
    """What the list's place shows."""

    LOADING = "loading"
    ROWS = "rows"
    NOTHING_YET = "nothing_yet"
    """There is not one ticket, whatever the filters."""
    NOTHING_OPEN = "nothing_open"
    NO_MATCH = "no_match"
    NEVER_LOADED = "never_loaded"
    """Nothing is here and the vendor's portal did not deliver."""
    FAILED = "failed"
    """This computer could not read its own store."""


class TicketListState(msgspec.Struct, frozen=True):
    query: TicketQuery
    loaded: bool = False
    tickets: TicketWindows = TicketWindows()
    local: tuple[TicketRow, ...] = ()
    """Drafts and unsent tickets that fit the search, newest first; always on top."""
    any_tickets: bool = False
    """Whether there is any ticket beyond the filters."""
    vendors: dict[str, Vendor] = {}
    """By id of all accounts on this computer."""
    left_out: tuple[str, str] | None = None
    """Account and id of the watched ticket, where it is not listed."""
    sync: SyncState | None = None
    views: tuple[SavedView, ...] = ()
    error: SupportDeskError | None = None

    @property
    def face(self) -> Face:
        if self.error is not None:
            return Face.FAILED
        if not self.loaded:
            return Face.LOADING
        if self.tickets.total or self.local:
            return Face.ROWS
        if self.any_tickets:
            return Face.NOTHING_OPEN if self.is_unfiltered else Face.NO_MATCH
        return self._face_of_nothing()

    def _face_of_nothing(self) -> Face:
        if self.sync is None or self.sync.last_success_at is not None:
            return Face.NOTHING_YET
        return Face.LOADING if self.sync.link in {Link.STARTING, Link.SYNCING} else Face.NEVER_LOADED

    @property
    def is_unfiltered(self) -> bool:
        query = self.query
        return (query.whose, query.statuses, query.service_id, query.text) == (Whose.ALL, (), "", "")

    @property
    def view(self) -> SavedView | None:
        """The saved view that is shown, if it is one."""
        return next((view for view in self.views if view.shows(self.query)), None)


def asked_by(args: dict[str, str], query: TicketQuery) -> TicketQuery | None:
    """The filters a route asks for; None when it asks for none."""
    known = {"whose", "open", "status", "text"} & set(args)
    if not known:
        return None
    open_state = OpenState(args["open"]) if args.get("open") in set(OpenState) else OpenState.OPEN
    whose = Whose(args["whose"]) if args.get("whose") in set(Whose) else Whose.ALL
    return TicketQuery(
        query.account_id,
        whose=whose,
        open_state=open_state,
        statuses=(args["status"],) if args.get("status") else (),
        text=args.get("text", ""),
        sort=SortBy.UPDATED,
    )
