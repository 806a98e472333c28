"""What the process knows about itself."""

import secrets
from collections.abc import Sequence

from supportdesk.server.metrics import Metrics
from supportdesk.server.portal import Portal


class Operation:
    def __init__(self, portals: Sequence[Portal], metrics_token: str = "") -> None:
        self.portals = tuple(portals)
        self.metrics = Metrics()
        self.ending = False
        """Asked to end: streams are closed, proxies should send nobody any more."""
        self._metrics_token = metrics_token

    def is_metrics_token(self, token: str) -> bool:
        """Never so where none was set."""
        return bool(self._metrics_token) and secrets.compare_digest(
            token.encode(), self._metrics_token.encode()
        )

    def begin_end(self) -> None:
        self.ending = True
        for portal in self.portals:
            portal.watcher.end_all()
