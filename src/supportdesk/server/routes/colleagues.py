"""What organisation admins do about their colleagues."""

from litestar import post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from supportdesk.domain.account import AccessData, AddColleague, SetColleagueActive
from supportdesk.domain.entities import Person
from supportdesk.domain.wire import API, Activity
from supportdesk.server.asking import ask
from supportdesk.server.caller import Caller
from supportdesk.server.who import Who


@post(f"{API}/colleagues", who=Who.ADMIN, tags=["colleagues"])
async def add_colleague(data: JSONBody[AddColleague], caller: NamedDependency[Caller]) -> AccessData:
    """Their access data are told once, or an invitation is mailed to them."""
    return await ask(caller, data, AccessData)


@put(f"{API}/colleagues/{{person_id:str}}/active", who=Who.ADMIN, tags=["colleagues"])
async def set_colleague_active(
    person_id: FromPath[str], data: JSONBody[Activity], caller: NamedDependency[Caller]
) -> Person:
    """Who is deactivated is signed out everywhere at once. Nobody does it to themselves."""
    return await ask(caller, SetColleagueActive(person_id, data.active), Person)
