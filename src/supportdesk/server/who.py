"""Who may call a route. Every route declares it; one that does not keeps the server from starting."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TypeVar

from litestar.types import ControllerRouterHandler, Message, Scope

from supportdesk.desk.visibility.actors import Actor
from supportdesk.domain.entities import Role
from supportdesk.domain.errors import NotAllowed

H = TypeVar("H", bound=ControllerRouterHandler)

_ENTERED = "entered"


class Who(Enum):
    PUBLIC = "public"
    """Everybody: nobody is asked who they are."""
    SIGNED_IN = "signed_in"
    """Everybody whose token holds."""
    ADMIN = "admin"
    """An organisation's administrators."""
    STAFF = "staff"
    """The vendor's people."""
    OPERATOR = "operator"
    """Programs on this machine, or those that know the metrics token."""


_ROLES: dict[Who, frozenset[Role]] = {
    Who.SIGNED_IN: frozenset(Role),
    Who.ADMIN: frozenset({Role.ORGANISATION_ADMIN}),
    Who.STAFF: frozenset({Role.STAFF}),
}


class UndeclaredRoute(Exception):
    """A route says nowhere who may call it. A fault of the program."""


def check_declared(handlers: Iterable[ControllerRouterHandler]) -> None:
    """Raises UndeclaredRoute."""
    for handler in handlers:
        if not isinstance(getattr(handler, "opt", {}).get("who"), Who):
            raise UndeclaredRoute(str(handler))


def admit(who: Who, actor: Actor) -> None:
    """Raises NotAllowed where the actor's role is not among those that the route is for."""
    if actor.role not in _ROLES.get(who, frozenset()):
        raise NotAllowed


def note_entered(scope: Scope, actor: Actor) -> None:
    """The token was looked at, in the transaction in which the work was done."""
    scope["state"][_ENTERED] = actor


def entered(state: Mapping[str, object]) -> Actor | None:
    """For whom the request with this `state` was answered, None where nobody was asked."""
    actor = state.get(_ENTERED)
    return actor if isinstance(actor, Actor) else None


async def check_entered(message: Message, scope: Scope) -> None:
    """Before an answer leaves: a handler that never looked at the token gives none."""
    if message["type"] != "http.response.start" or message["status"] >= 400:
        return
    handler = scope.get("route_handler")
    who = handler.opt.get("who", Who.PUBLIC) if handler is not None else Who.PUBLIC
    if who in _ROLES and entered(scope["state"]) is None:
        raise UndeclaredRoute(f"{scope['path_template']} answered without asking who it is for")
