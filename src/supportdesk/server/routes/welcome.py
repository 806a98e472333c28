"""What a client asks at each connect."""

from litestar import get
from litestar.di import NamedDependency

from supportdesk.desk.accounts import access
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.desk.visibility import facts
from supportdesk.desk.visibility.actors import Entrance
from supportdesk.domain.session import Welcome
from supportdesk.domain.wire import API
from supportdesk.server.caller import Caller
from supportdesk.server.who import Who


@get(f"{API}/welcome", who=Who.SIGNED_IN, tags=["sync"])
async def welcome(caller: NamedDependency[Caller]) -> Welcome:
    """Who the person is and what the portal offers them. A session in use does not end."""

    def work(connection: DeskConnection, entrance: Entrance) -> Welcome:
        with reading(connection):
            desk = settings.load(connection)
            me, organisation = facts.own(connection, facts.View(entrance.actor, desk))
        if access.needs_renewal(entrance, caller.now):
            access.renew(connection, entrance, caller.now)
        return Welcome(
            me=me,
            organisation=organisation,
            capabilities=desk.capabilities(entrance.actor.role),
            catalogue=desk.catalogue,
        )

    return await caller.write(work)
