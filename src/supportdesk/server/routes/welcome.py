"""What a client asks at each connect."""

from litestar import get
from litestar.di import NamedDependency

from supportdesk.desk.accounts import access
from supportdesk.desk.accounts.welcoming import welcome as welcomed
from supportdesk.desk.store.database import DeskConnection
from supportdesk.desk.visibility.actors import Entrance
from supportdesk.domain.session import Welcome
from supportdesk.domain.wire import API
from supportdesk.server.caller import Caller
from supportdesk.server.who import Who


@get(f"{API}/welcome", who=Who.SIGNED_IN, tags=["sync"])
async def welcome(caller: NamedDependency[Caller]) -> Welcome:
    """Who the person is and what the portal offers them. A session in use does not end."""

    def look(connection: DeskConnection, entrance: Entrance) -> tuple[Entrance, Welcome]:
        return entrance, welcomed(connection, entrance.actor)

    entered, answer = await caller.read(look)
    if access.needs_renewal(entered, caller.now):
        await caller.write(lambda connection, entrance: access.renew(connection, entrance, caller.now))
    return answer
