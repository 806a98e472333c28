"""Who asks, as far as their token goes."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from litestar.types import Scope

from supportdesk.desk.accounts import access
from supportdesk.desk.store.database import DeskConnection, checked, reading
from supportdesk.desk.visibility.actors import Entrance
from supportdesk.domain.errors import SessionExpired
from supportdesk.server import pace
from supportdesk.server.portal import Portal
from supportdesk.server.requests import AnyRequest
from supportdesk.server.who import Who, admit, note_entered

T = TypeVar("T")

_SCHEME = "bearer "

Job = Callable[[DeskConnection, Entrance], T]


class Caller:
    """The only way for a route to the desk on somebody's behalf: each job begins with the token.

    Raises SessionExpired for a token that does not hold, NotAllowed for the wrong role.
    """

    def __init__(self, portal: Portal, scope: Scope, who: Who, token: str) -> None:
        self._portal = portal
        self._scope = scope
        self._who = who
        self._name = pace.name_of(token)
        self.token = token
        self.now: datetime = portal.clock()

    async def read(self, job: Job[T]) -> T:
        """Runs `job` in the transaction in which the token was looked up."""

        def work(connection: DeskConnection) -> T:
            with reading(connection):
                return job(connection, self._enter(connection))

        await self._portal.pace.admit(self._name)
        return await self._portal.desk.read(work)

    async def write(self, job: Job[T]) -> T:
        """Runs `job`, which makes its own transactions; each that writes begins with a look at the token.

        Whoever was signed out or deactivated while it waited for its turn is not heard any more.
        """

        def work(connection: DeskConnection) -> T:
            with reading(connection):
                entrance = self._enter(connection)
            with checked(connection, self._enter):
                return job(connection, entrance)

        await self._portal.pace.admit(self._name)
        return await self._portal.desk.write(work)

    async def look_again(self) -> None:
        """In the middle of what takes long: raises SessionExpired where the session has ended meanwhile.

        No request of its own, so not counted as one.
        """

        def work(connection: DeskConnection) -> None:
            with reading(connection):
                self._enter(connection)

        await self._portal.desk.read(work)

    async def aside(self, job: Callable[[], T]) -> T:
        """For work that takes its time and needs no database."""
        return await self._portal.desk.aside(job)

    def _enter(self, connection: DeskConnection) -> Entrance:
        if not self.token:
            raise SessionExpired
        # As of this moment: since the request began, its body may have taken minutes, its stream hours.
        entrance = access.enter(connection, self.token, self._portal.clock())
        admit(self._who, entrance.actor)
        note_entered(self._scope, entrance.actor)
        self._portal.pace.meet(self._name)
        return entrance


def token_of(request: AnyRequest) -> str:
    """The bearer token, '' where there is none."""
    written = request.headers.get("authorization", "")
    return written[len(_SCHEME) :].strip() if written.lower().startswith(_SCHEME) else ""
