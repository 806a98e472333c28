"""What those who run the server ask it."""

import asyncio
import ipaddress

from litestar import Response, get
from litestar.di import NamedDependency

from supportdesk.desk.mail import mail_queue
from supportdesk.desk.mail.mail_queue import Waiting
from supportdesk.desk.store.database import DeskConnection, is_present, reading
from supportdesk.domain.errors import BackendError, NotFound
from supportdesk.server.caller import token_of
from supportdesk.server.metrics import CONTENT_TYPE, OfVendor
from supportdesk.server.operation import Operation
from supportdesk.server.portal import Portal
from supportdesk.server.requests import AnyRequest
from supportdesk.server.who import Who

_DATABASE_S = 2.0
"""Longer nobody who collects numbers waits for it."""


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
            if not await portal.desk.read(_look):
                return Response("database of another version\n", status_code=503)
    except BackendError:
        return Response("no database\n", status_code=503)
    return Response("ok\n")


def _look(connection: DeskConnection) -> bool:
    with reading(connection):
        return is_present(connection)


@get("/metrics", who=Who.OPERATOR)
async def metrics(request: AnyRequest, operation: NamedDependency[Operation]) -> Response[str]:
    """In the text format of Prometheus: for programs on this machine, or with the metrics token."""
    if not (operation.is_metrics_token(token_of(request)) or _is_local(request)):
        raise NotFound
    vendors = [await _moment_of(portal) for portal in operation.portals]
    return Response(operation.metrics.text(vendors), media_type=CONTENT_TYPE)


async def _moment_of(portal: Portal) -> OfVendor:
    """Numbers of the process are told even where the database is out of reach, which `/readyz` says."""
    try:
        async with asyncio.timeout(_DATABASE_S):
            waiting = await portal.desk.read(_waiting)
    except (BackendError, TimeoutError):
        waiting = None
    since = waiting.since if waiting else None
    return OfVendor(
        vendor=portal.profile.id,
        listeners=portal.watcher.listeners,
        given_up_mails=portal.postman.given_up if portal.postman else 0,
        waiting_mails=waiting.count if waiting else None,
        oldest_mail_s=max(0, int((portal.clock() - since).total_seconds())) if since else 0,
    )


def _waiting(connection: DeskConnection) -> Waiting:
    with reading(connection):
        return mail_queue.waiting(connection)


def _is_local(request: AnyRequest) -> bool:
    """Asked on this machine, and not by a proxy for somebody else."""
    forwarded = {"forwarded", "x-forwarded-for", "x-real-ip"} & {name.lower() for name in request.headers}
    client = request.client
    return not forwarded and client is not None and ipaddress.ip_address(client.host).is_loopback
