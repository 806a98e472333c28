"""What people ask about their access, as requests of the API."""

from typing import cast
from urllib.parse import quote

import msgspec

from supportdesk.backends.rest import mapping
from supportdesk.backends.rest.client import Client
from supportdesk.domain import wire
from supportdesk.domain.account import AccountAnswer, AnyAccountRequest, SetColleagueActive


async def ask(client: Client, request: AnyAccountRequest) -> AccountAnswer:
    """Only looking is repeated by itself: else nobody would know how often it was done."""
    route = wire.ACCOUNT_ROUTES[type(request)]
    answer = await client.send(
        route.method,
        _path(route.path, request),
        _body(route.method, request),
        public=route.public,
        repeatable=route.method == "GET",
    )
    if route.answer is wire.SessionGiven:
        return mapping.session_of(answer)
    return cast(AccountAnswer, mapping.decoded(answer, route.answer))


def _path(template: str, request: AnyAccountRequest) -> str:
    values = {name: quote(str(getattr(request, name)), safe="") for name in request.__struct_fields__}
    return template.format(**values)


def _body(method: str, request: AnyAccountRequest) -> msgspec.Struct | None:
    if isinstance(request, SetColleagueActive):
        return wire.Activity(request.active)
    return request if method in {"POST", "PUT"} else None
