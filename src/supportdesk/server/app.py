"""The HTTP application of one vendor, and the one about the process itself."""

from collections.abc import Sequence
from typing import cast

from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler

from supportdesk.server import problems
from supportdesk.server.asgi import Application
from supportdesk.server.layers.compression import Compression
from supportdesk.server.layers.headers import CommonHeaders
from supportdesk.server.layers.languages import Languages
from supportdesk.server.layers.patience import Patience
from supportdesk.server.operation import Operation
from supportdesk.server.portal import Portal
from supportdesk.server.provided import OF_PROCESS, OF_VENDOR
from supportdesk.server.routes import OPERATIONS, ROUTES
from supportdesk.server.who import check_declared, check_entered

MAX_BODY_BYTES = 1024 * 1024
"""Of a request, where a route does not say otherwise."""


def build(portal: Portal, routes: Sequence[HTTPRouteHandler] = ROUTES) -> Application:
    """One vendor's API. Raises UndeclaredRoute for a route that does not say who may call it."""
    return _application(routes, OF_VENDOR, State({"portal": portal}))


def build_operations(operation: Operation) -> Application:
    """Health, readiness and metrics of the process."""
    return _application(OPERATIONS, OF_PROCESS, State({"operation": operation}))


def _application(
    routes: Sequence[HTTPRouteHandler], provided: dict[str, Provide], state: State
) -> Application:
    check_declared(routes)
    application = Litestar(
        route_handlers=routes,
        dependencies=provided,
        state=state,
        exception_handlers=problems.HANDLERS,
        before_send=[check_entered],
        request_max_body_size=MAX_BODY_BYTES,
        openapi_config=None,
        logging_config=None,
    )
    return Languages(Patience(CommonHeaders(Compression(cast(Application, application)))))
