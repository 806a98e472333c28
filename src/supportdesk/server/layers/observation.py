"""Every request has an id, a line in the log and a place in the metrics."""

import logging
import re
import time

from supportdesk.clock import uuid7
from supportdesk.server.asgi import Application, Message, Receive, Scope, Send, header
from supportdesk.server.logs import FIELDS
from supportdesk.server.metrics import Metrics
from supportdesk.server.who import entered

log = logging.getLogger("supportdesk.server.requests")

REQUEST_ID = b"x-request-id"
_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_UNANSWERED = 499
"""As nginx calls it when the client did not wait."""


class Observation:
    def __init__(self, app: Application, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = _request_id(header(scope, REQUEST_ID))
        status = _UNANSWERED

        async def observed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (REQUEST_ID, request_id.encode())]
            await send(message)

        began_s = time.perf_counter()
        self._metrics.begin()
        try:
            await self._app(scope, receive, observed)
        finally:
            took_s = time.perf_counter() - began_s
            self._metrics.end(scope["method"], _route(scope), status, took_s)
            log.info("request", extra={FIELDS: _told(scope, request_id, status, took_s)})


def _request_id(given: str) -> str:
    """That of the proxy in front, so that its log and ours can be read side by side."""
    return given if _ID.fullmatch(given) else uuid7()


def _route(scope: Scope) -> str:
    """The template, never the path itself: paths hold ids of things."""
    return str(scope.get("path_template") or "unknown")


def _told(scope: Scope, request_id: str, status: int, took_s: float) -> dict[str, object]:
    actor = entered(scope.get("state", {}))
    return {
        "request_id": request_id,
        "vendor": scope.get("vendor", ""),
        "method": scope["method"],
        "route": _route(scope),
        "status": status,
        "took_ms": round(took_s * 1000, 1),
        "person": actor.person_id if actor else "",
    }
