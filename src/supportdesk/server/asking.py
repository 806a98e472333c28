"""Account requests on their way from a route to the desk."""

from datetime import datetime
from typing import TypeVar

from supportdesk.desk.accounts.access import SESSION_LIFE
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.accounts.requests import answer, begin, goes_in_steps
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
        asker, desk = Asker(device=device, device_name=device_name, client=self._client), self._portal.desk
        if not goes_in_steps(request):
            found = await desk.write(lambda connection: answer(connection, request, asker, self.now))
            return _of_kind(found, expected)
        steps = await desk.write(lambda connection: begin(connection, request, asker, self.now))
        password_hash = await desk.aside(steps.hash)
        return _of_kind(
            await desk.write(lambda connection: steps.finish(connection, password_hash)), expected
        )


async def ask(caller: Caller, request: AnyAccountRequest, expected: type[A]) -> A:
    """For the person who is signed in."""
    asker = Asker(token=caller.token)

    def work(connection: DeskConnection, _entrance: Entrance) -> AccountAnswer:
        return answer(connection, request, asker, caller.now)

    if goes_in_steps(request):
        steps = await caller.write(
            lambda connection, _entrance: begin(connection, request, asker, caller.now)
        )
        password_hash = await caller.aside(steps.hash)
        found = await caller.write(lambda connection, _entrance: steps.finish(connection, password_hash))
        return _of_kind(found, expected)
    run = caller.read if isinstance(request, GetProfile | ListSessions) else caller.write
    return _of_kind(await run(work), expected)


def given(session: Session, now: datetime) -> SessionGiven:
    return SessionGiven(user=session.user, token=session.token, expires_at=now + SESSION_LIFE)


def _of_kind(found: AccountAnswer, expected: type[A]) -> A:
    if not isinstance(found, expected):
        raise TypeError(f"{type(found).__name__} instead of {expected.__name__}")
    return found
