"""What is possible without an account."""

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.domain.account import Door, ReportAsGuest, Reported
from supportdesk.domain.wire import API, DOOR
from supportdesk.server.asking import AtTheDoor
from supportdesk.server.portal import Portal
from supportdesk.server.who import Who


@get(f"{API}{DOOR}", who=Who.PUBLIC, tags=["discovery"])
async def door(portal: NamedDependency[Portal]) -> Door:
    """What can be asked without being signed in."""

    def work(connection: DeskConnection) -> Door:
        with reading(connection):
            return settings.load(connection).door

    found = await portal.desk.read(work)
    button = portal.single_sign_on.told.button if portal.single_sign_on is not None else ""
    return msgspec.structs.replace(found, single_sign_on=button)


@post(f"{API}/guest/reports", who=Who.PUBLIC, status_code=202, tags=["guests"])
async def report_as_guest(data: JSONBody[ReportAsGuest], at_the_door: NamedDependency[AtTheDoor]) -> Reported:
    """Repeats with the same command id are harmless. The answer tells nothing of the address."""
    return await at_the_door.ask(data, Reported)
