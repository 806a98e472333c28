"""The feed of changes."""

from collections.abc import Callable
from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection
from supportdesk.desk.visibility import announcing, feed, listening
from supportdesk.desk.visibility.actors import Entrance
from supportdesk.desk.visibility.facts import View
from supportdesk.domain.changes import Page
from supportdesk.domain.wire import API
from supportdesk.server import etags
from supportdesk.server.caller import Caller
from supportdesk.server.portal import PAGE_ROWS, Portal
from supportdesk.server.requests import AnyRequest
from supportdesk.server.who import Who

Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_ROWS)]

PAGE_BYTES = 2 * 1024 * 1024
"""Of a page with more than one change: the app believes no page that is several times as long."""


@get(f"{API}/changes", who=Who.SIGNED_IN, tags=["sync"])
async def changes(
    request: AnyRequest,
    caller: NamedDependency[Caller],
    portal: NamedDependency[Portal],
    cursor: FromQuery[str | None] = None,
    limit: Limit = PAGE_ROWS,
) -> Response[Page | None]:
    """What this person has to look at again after `cursor`, oldest first; without one, everything.

    The ETag of a last page names the state of the feed: sent along as If-None-Match with that page's cursor,
    it is answered by 304 as long as nothing has happened.
    """
    rows = min(limit, portal.page_rows)
    asked = etags.asked(request.headers.get("if-none-match", ""))

    def work(connection: DeskConnection, entrance: Entrance) -> tuple[bool, Page | None]:
        due = announcing.is_due(connection, caller.now)
        if not due and cursor and etags.of(cursor) in asked and listening.is_newest(connection, cursor):
            return due, None
        view = View(entrance.actor, settings.load(connection))
        return due, _short_enough(lambda limit: feed.pull(connection, view, cursor, limit), rows)

    due, page = await caller.read(work)
    if due:
        await portal.desk.write(lambda connection: announcing.announce(connection, caller.now))
        _due, page = await caller.read(work)
    if page is None:
        return Response(None, status_code=304, headers={"ETag": etags.of(cursor or "")})
    return Response(page, headers={} if page.more else {"ETag": etags.of(page.cursor)})


def _short_enough(pull: Callable[[int], Page], rows: int) -> Page:
    page = pull(rows)
    while rows > 1 and len(msgspec.json.encode(page)) > PAGE_BYTES:
        rows = max(1, rows // 4)
        page = pull(rows)
    return page
