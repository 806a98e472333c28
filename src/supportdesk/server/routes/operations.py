"""What those who run the server ask it."""

import ipaddress

from litestar import Response, get
from litestar.di import NamedDependency

from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.desk.visibility.feed import head
from supportdesk.domain.errors import BackendError, NotFound
from supportdesk.server.caller import token_of
from supportdesk.server.metrics import CONTENT_TYPE
from supportdesk.server.operation import Operation
from supportdesk.server.requests import AnyRequest
from supportdesk.server.who import Who


@get("/healthz", who=Who.PUBLIC, media_type="text/plain")
async def health() -> str:
    """The process lives."""
    return "ok\n"


@get("/readyz", who=Who.PUBLIC, media_type="text/plain")
async def readiness(operation: NamedDependency[Operation]) -> Response[str]:
    """Every desk answers, and the server is not about to end."""
    if operation.ending:
        return Response("ending\n", status_code=503)
    try:
        for portal in operation.portals:
            await portal.desk.read(_look)
    except BackendError:
        return Response("no database\n", status_code=503)
    return Response("ok\n")


def _look(connection: DeskConnection) -> int:
    with reading(connection):
        return head(connection)


@get("/metrics", who=Who.OPERATOR)
async def metrics(request: AnyRequest, operation: NamedDependency[Operation]) -> Response[str]:
    """In the text format of Prometheus: for programs on this machine, or with the metrics token."""
    if not (operation.is_metrics_token(token_of(request)) or _is_local(request)):
        raise NotFound
    listeners = {portal.profile.id: portal.watcher.listeners for portal in operation.portals}
    return Response(operation.metrics.text(listeners), media_type=CONTENT_TYPE)


def _is_local(request: AnyRequest) -> bool:
    """Asked on this machine, and not by a proxy for somebody else."""
    forwarded = {"forwarded", "x-forwarded-for", "x-real-ip"} & {name.lower() for name in request.headers}
    client = request.client
    return not forwarded and client is not None and ipaddress.ip_address(client.host).is_loopback
