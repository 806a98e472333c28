"""The HTTP application of one vendor."""

from collections.abc import Sequence

from litestar import Litestar
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from supportdesk.server import problems
from supportdesk.server.caller import caller_of
from supportdesk.server.portal import Portal
from supportdesk.server.routes import ROUTES
from supportdesk.server.who import check_declared, check_entered

MAX_BODY_BYTES = 1024 * 1024
"""Of a request, where a route does not say otherwise."""


def build(portal: Portal, routes: Sequence[ControllerRouterHandler] = ROUTES) -> Litestar:
    """Raises UndeclaredRoute for a route that does not say who may call it."""
    check_declared(routes)
    return Litestar(
        route_handlers=routes,
        dependencies={
            "portal": Provide(lambda: portal, sync_to_thread=False),
            "caller": Provide(caller_of, sync_to_thread=False),
        },
        exception_handlers=problems.HANDLERS,
        before_send=[check_entered],
        request_max_body_size=MAX_BODY_BYTES,
        on_startup=[portal.open],
        on_shutdown=[portal.close],
        openapi_config=None,
        logging_config=None,
    )
