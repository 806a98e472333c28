"""The HTTP application of one vendor, and the one about the process itself."""

from collections.abc import Sequence
from typing import cast

from litestar import Litestar
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler

from supportdesk.server import problems
from supportdesk.server.asgi import Application
from supportdesk.server.asking import at_the_door_of
from supportdesk.server.caller import caller_of
from supportdesk.server.layers.compression import Compression
from supportdesk.server.layers.languages import Languages
from supportdesk.server.layers.patience import Patience
from supportdesk.server.operation import Operation
from supportdesk.server.portal import Portal
from supportdesk.server.routes import OPERATIONS, ROUTES
from supportdesk.server.who import check_declared, check_entered

MAX_BODY_BYTES = 1024 * 1024
"""Of a request, where a route does not say otherwise."""


def build(portal: Portal, routes: Sequence[HTTPRouteHandler] = ROUTES) -> Application:
    """One vendor's API. Raises UndeclaredRoute for a route that does not say who may call it."""
    provided = {
        "portal": _given(portal),
        "caller": Provide(caller_of, sync_to_thread=False),
        "at_the_door": Provide(at_the_door_of, sync_to_thread=False),
    }
    return _application(routes, provided)


def build_operations(operation: Operation) -> Application:
    """Health, readiness and metrics of the process."""
    return _application(OPERATIONS, {"operation": _given(operation)})


def _application(routes: Sequence[HTTPRouteHandler], provided: dict[str, Provide]) -> Application:
    check_declared(routes)
    application = Litestar(
        route_handlers=routes,
        dependencies=provided,
        exception_handlers=problems.HANDLERS,
        before_send=[check_entered],
        request_max_body_size=MAX_BODY_BYTES,
        openapi_config=None,
        logging_config=None,
    )
    return Languages(Patience(Compression(cast(Application, application))))


def _given(thing: object) -> Provide:
    return Provide(lambda: thing, sync_to_thread=False)
