"""Filters of the ticket list that the customer gave a name, kept in the settings."""

import logging

import msgspec

from supportdesk.app.settings import SAVED_VIEWS, Settings
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.projections import OpenState, SortBy, TicketQuery, Whose
from supportdesk.i18n import _

MAX_VIEWS = 30
MAX_NAME_CHARS = 40

log = logging.getLogger(__name__)


class SavedView(msgspec.Struct, frozen=True):
    """A query without its account: a view means the same for each account."""

    name: str
    whose: Whose = Whose.ALL
    open_state: OpenState = OpenState.OPEN
    statuses: tuple[str, ...] = ()
    service_id: str = ""
    text: str = ""
    sort: SortBy = SortBy.UPDATED
    descending: bool = True

    def applied(self, query: TicketQuery) -> TicketQuery:
        return msgspec.structs.replace(
            query,
            whose=self.whose,
            open_state=self.open_state,
            statuses=self.statuses,
            service_id=self.service_id,
            text=self.text,
            sort=self.sort,
            descending=self.descending,
        )

    def shows(self, query: TicketQuery) -> bool:
        return self.applied(query) == query


def view_of(query: TicketQuery, name: str) -> SavedView:
    """Raises InvalidInput for an empty or endless name."""
    short = " ".join(name.split())
    if not short:
        raise InvalidInput(_("Give the view a name."), field="name")
    if len(short) > MAX_NAME_CHARS:
        raise InvalidInput(_("Use at most {n} characters.").format(n=MAX_NAME_CHARS), field="name")
    return SavedView(
        name=short,
        whose=query.whose,
        open_state=query.open_state,
        statuses=query.statuses,
        service_id=query.service_id,
        text=query.text,
        sort=query.sort,
        descending=query.descending,
    )


def load(settings: Settings) -> tuple[SavedView, ...]:
    """What is not a list of views any more is left alone until the next view is saved."""
    try:
        return msgspec.json.decode(settings.get(SAVED_VIEWS), type=tuple[SavedView, ...])
    except msgspec.DecodeError as error:
        log.warning("saved views cannot be read: %s", error)
        return ()


def store(settings: Settings, views: tuple[SavedView, ...]) -> None:
    """Raises InvalidInput for more than MAX_VIEWS."""
    if len(views) > MAX_VIEWS:
        raise InvalidInput(_("Remove a view first; there can be {n}.").format(n=MAX_VIEWS), field="name")
    settings.set(SAVED_VIEWS, msgspec.json.encode(views).decode())


def with_view(views: tuple[SavedView, ...], view: SavedView) -> tuple[SavedView, ...]:
    """A view of the same name is replaced in its place."""
    if any(each.name == view.name for each in views):
        return tuple(view if each.name == view.name else each for each in views)
    return (*views, view)
