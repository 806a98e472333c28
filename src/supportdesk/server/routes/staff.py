"""What the vendor's people do: a route for each of their verbs, with the words of the command line."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler

from supportdesk.desk.office.by import By
from supportdesk.desk.office.verbs import VERBS, Answer, Verb, once
from supportdesk.desk.store.database import DeskConnection
from supportdesk.desk.visibility.actors import Entrance
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.office import OfficeRequest, Outcome
from supportdesk.domain.wire import API
from supportdesk.server.caller import Caller
from supportdesk.server.portal import Portal
from supportdesk.server.problems import field_in, not_understood
from supportdesk.server.requests import AnyRequest
from supportdesk.server.routes.commands import CommandId
from supportdesk.server.who import Who


def path(verb: Verb) -> str:
    return f"{API}/staff/{verb.noun}/{verb.name}"


def _route(verb: Verb) -> HTTPRouteHandler:
    if verb.writes:
        return post(path(verb), who=Who.STAFF, status_code=200, tags=["staff"])(_writing(verb))
    return get(path(verb), who=Who.STAFF, tags=["staff"])(_reading(verb))


def _writing(verb: Verb) -> Any:
    async def handle(
        request: AnyRequest,
        caller: NamedDependency[Caller],
        portal: NamedDependency[Portal],
        command_id: CommandId,
    ) -> Outcome:
        body = await request.body()
        found = [await _examined(portal, caller, verb, body)] if verb.examine else []

        def work(connection: DeskConnection, entrance: Entrance) -> Outcome:
            return once(connection, verb, command_id, _told(verb, body), _by(caller, entrance), *found)

        return await caller.write(work)

    return _named(handle, verb)


async def _examined(portal: Portal, caller: Caller, verb: Verb, body: bytes) -> object:
    """For one of the staff alone."""
    request = await caller.read(lambda _connection, _entrance: _told(verb, body))
    return await caller.aside(partial(cast("Callable[..., object]", verb.examine), portal.files, request))


def _told(verb: Verb, body: bytes) -> OfficeRequest:
    try:
        return msgspec.json.decode(body, type=verb.request)
    except msgspec.MsgspecError as error:
        raise _wrong(error) from error


def _reading(verb: Verb) -> Any:
    async def handle(request: AnyRequest, caller: NamedDependency[Caller]) -> Answer:
        said = {name: request.query_params.getall(name) for name in request.query_params}

        def work(connection: DeskConnection, entrance: Entrance) -> Answer:
            return verb.run(connection, _asked(verb, said), _by(caller, entrance))

        return await caller.read(work)

    handle.__annotations__["return"] = verb.answer
    return _named(handle, verb)


def _named(handle: Any, verb: Verb) -> Any:
    """For the API's description."""
    handle.__name__ = f"staff_{verb.noun}_{verb.name}".replace("-", "_")
    handle.__doc__ = verb.request.__doc__
    return handle


def _by(caller: Caller, entrance: Entrance) -> By:
    return By(entrance.actor.person_id, caller.now)


def _asked(verb: Verb, said: dict[str, list[str]]) -> OfficeRequest:
    several = {
        field.name
        for field in msgspec.structs.fields(verb.request)
        if getattr(field.type, "__origin__", None) is tuple
    }
    values = {name: written if name in several else written[-1] for name, written in said.items()}
    try:
        return msgspec.convert(values, verb.request, strict=False)
    except msgspec.ValidationError as error:
        raise _wrong(error) from error


def _wrong(error: msgspec.MsgspecError) -> InvalidInput:
    return not_understood(field_in(str(error)))


STAFF_ROUTES = tuple(_route(verb) for verb in VERBS)
