"""What handlers are given by name."""

from typing import cast

from litestar.di import NamedDependency, Provide

from supportdesk.server.asking import AtTheDoor
from supportdesk.server.caller import Caller, token_of
from supportdesk.server.clients import client_of
from supportdesk.server.operation import Operation
from supportdesk.server.portal import Portal
from supportdesk.server.requests import AnyRequest


def _portal(request: AnyRequest) -> Portal:
    return cast(Portal, request.app.state.portal)


def _operation(request: AnyRequest) -> Operation:
    return cast(Operation, request.app.state.operation)


def _caller(request: AnyRequest, portal: NamedDependency[Portal]) -> Caller:
    return Caller(portal, request.scope, request.route_handler.opt["who"], token_of(request))


def _at_the_door(request: AnyRequest, portal: NamedDependency[Portal]) -> AtTheDoor:
    return AtTheDoor(portal, client_of(request))


OF_VENDOR = {
    "portal": Provide(_portal, sync_to_thread=False),
    "caller": Provide(_caller, sync_to_thread=False),
    "at_the_door": Provide(_at_the_door, sync_to_thread=False),
}
OF_PROCESS = {"operation": Provide(_operation, sync_to_thread=False)}
