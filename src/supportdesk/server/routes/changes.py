"""The feed of changes."""

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from supportdesk.desk import feed, settings
from supportdesk.desk.actors import Actor
from supportdesk.desk.database import DeskConnection
from supportdesk.desk.facts import View
from supportdesk.domain.changes import Page
from supportdesk.domain.wire import API
from supportdesk.server.caller import Caller
from supportdesk.server.portal import PAGE_ROWS, Portal
from supportdesk.server.who import Who

Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS)]


@get(f"{API}/changes", who=Who.SIGNED_IN, tags=["sync"])
async def changes(
    caller: NamedDependency[Caller],
    portal: NamedDependency[Portal],
    cursor: FromQuery[str | None] = None,
    limit: Limit = PAGE_ROWS,
) -> Page:
    """What this person has to look at again after `cursor`, oldest first; without one, everything."""
    rows = min(limit, portal.page_rows)

    def work(connection: DeskConnection, actor: Actor) -> Page:
        return feed.pull(connection, View(actor, settings.load(connection)), cursor, rows)

    return await caller.read(work)
