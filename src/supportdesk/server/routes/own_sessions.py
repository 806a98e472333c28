"""Where a person is signed in."""

from litestar import delete, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from supportdesk.domain.account import Done, EndOtherSessions, EndSession, ListSessions, OwnSessions
from supportdesk.domain.wire import API
from supportdesk.server.asking import ask
from supportdesk.server.caller import Caller
from supportdesk.server.who import Who


@get(f"{API}/sessions", who=Who.SIGNED_IN, tags=["sessions"])
async def list_sessions(caller: NamedDependency[Caller]) -> OwnSessions:
    """Those that hold, the last used first."""
    return await ask(caller, ListSessions(), OwnSessions)


@delete(f"{API}/sessions", who=Who.SIGNED_IN, status_code=200, tags=["sessions"])
async def end_other_sessions(caller: NamedDependency[Caller]) -> Done:
    """All but the one with which it is asked."""
    return await ask(caller, EndOtherSessions(), Done)


@delete(f"{API}/sessions/{{session_id:str}}", who=Who.SIGNED_IN, status_code=200, tags=["sessions"])
async def end_session(session_id: FromPath[str], caller: NamedDependency[Caller]) -> Done:
    """One of the person's own."""
    return await ask(caller, EndSession(session_id), Done)
