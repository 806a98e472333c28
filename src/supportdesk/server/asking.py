"""Account requests on their way from a route to the desk."""

from datetime import datetime
from typing import TypeVar

from supportdesk.desk.accounts.access import SESSION_LIFE
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.accounts.requests import answer
from supportdesk.desk.store.database import DeskConnection
from supportdesk.desk.visibility.actors import Entrance
from supportdesk.domain.account import AccountAnswer, AnyAccountRequest, GetProfile, ListSessions
from supportdesk.domain.session import Session
from supportdesk.domain.wire import SessionGiven
from supportdesk.server.caller import Caller
from supportdesk.server.portal import Portal

A = TypeVar("A")


class AtTheDoor:
    """Somebody who need not be signed in."""

    def __init__(self, portal: Portal, client: str) -> None:
        self._portal = portal
        self._client = client
        self.now: datetime = portal.clock()

    async def ask(
        self, request: AnyAccountRequest, expected: type[A], *, device: str = "", device_name: str = ""
    ) -> A:
        asker = Asker(device=device, device_name=device_name, client=self._client)

        def work(connection: DeskConnection) -> AccountAnswer:
            return answer(connection, request, asker, self.now)

        return _of_kind(await self._portal.desk.write(work), expected)


async def ask(caller: Caller, request: AnyAccountRequest, expected: type[A]) -> A:
    """For the person who is signed in."""
    asker = Asker(token=caller.token)

    def work(connection: DeskConnection, _entrance: Entrance) -> AccountAnswer:
        return answer(connection, request, asker, caller.now)

    run = caller.read if isinstance(request, GetProfile | ListSessions) else caller.write
    return _of_kind(await run(work), expected)


def given(session: Session, now: datetime) -> SessionGiven:
    return SessionGiven(user=session.user, token=session.token, expires_at=now + SESSION_LIFE)


def _of_kind(found: AccountAnswer, expected: type[A]) -> A:
    if not isinstance(found, expected):
        raise TypeError(f"{type(found).__name__} instead of {expected.__name__}")
    return found
