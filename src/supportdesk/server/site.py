"""Everything that one server process serves: its vendors, each below its own address, and itself."""

from collections.abc import Mapping

from supportdesk.server.app import build, build_operations
from supportdesk.server.asgi import Application, Receive, Scope, Send
from supportdesk.server.layers.observation import Observation
from supportdesk.server.operation import Operation
from supportdesk.server.portal import Portal

_OF_THE_PROCESS = frozenset({"/healthz", "/readyz", "/metrics"})


class Site:
    """An ASGI application for HTTP. `portals` by the first part of their path: '' is the one without."""

    def __init__(self, portals: Mapping[str, Portal], metrics_token: str = "") -> None:
        self.operation = Operation(tuple(portals.values()), metrics_token)
        self.portals = portals
        self._vendors = {prefix: build(portal) for prefix, portal in portals.items()}
        self._process = build_operations(self.operation)
        self._observed = Observation(self._dispatch, self.operation.metrics)
        self._opened: list[Portal] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._observed(scope, receive, send)

    async def _dispatch(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._application(scope)(scope, receive, send)

    def _application(self, scope: Scope) -> Application:
        """Who answers; the path of a vendor's request is shortened by the vendor's part of it."""
        path = scope["path"]
        if path in _OF_THE_PROCESS:
            return self._process
        first, _slash, rest = path.lstrip("/").partition("/")
        if first and first in self._vendors:
            scope["path"] = f"/{rest}"
            return self._of(first, scope)
        return self._of("", scope) if "" in self._vendors else self._process

    def _of(self, prefix: str, scope: Scope) -> Application:
        scope["vendor"] = self.portals[prefix].profile.id
        return self._vendors[prefix]

    async def open(self) -> None:
        """All desks, or none. Raises BackendError."""
        try:
            for portal in self.portals.values():
                self._opened.append(portal)
                await portal.open()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        while self._opened:
            await self._opened.pop().close()
