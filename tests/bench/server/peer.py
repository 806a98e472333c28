"""Request Tracker on the same machine, where somebody says how it is started."""

import http.client
import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.bench.measure import Line, Series
from tests.bench.server.scale import Scale

UP, DOWN = "SUPPORTDESK_RT5_UP", "SUPPORTDESK_RT5_DOWN"
_NAME = "Request Tracker 5"
_CONNECTIONS = 4
"""As many as it has processes: each holds one."""
_USER = "anna@acme.test"
_MINE = "/tickets?" + urlencode(
    {
        "query": "Requestor.id='__CurrentUser__'",
        "fields": "Subject,Status,LastUpdated",
        "orderby": "LastUpdated",
        "order": "DESC",
        "per_page": 20,
    }
)


def lines(scale: Scale) -> list[Line]:
    """`$SUPPORTDESK_RT5_UP` starts it and prints address and customers' tokens as JSON; …_DOWN ends it."""
    if not os.environ.get(UP) or not os.environ.get(DOWN):
        return []
    with _running() as told:
        peer = _Peer(told["rest2"], told["users"][_USER]["token"])
        created = Series(tuple(peer.per_s(peer.create, scale.stretch_s) for _turn in range(scale.rounds)))
        listed = Series(tuple(peer.per_s(peer.list_mine, scale.stretch_s) for _turn in range(scale.rounds)))
    return [
        Line(_NAME, f"create a ticket, {_CONNECTIONS} at once", "/s", created),
        Line(_NAME, f"list the newest 20 of a customer, {_CONNECTIONS} at once", "/s", listed),
    ]


@contextmanager
def _running() -> Iterator[Mapping[str, Any]]:
    try:
        said = subprocess.run([os.environ[UP]], check=True, stdout=subprocess.PIPE).stdout
        yield json.loads(said)
    finally:
        subprocess.run([os.environ[DOWN]], check=True, stdout=subprocess.DEVNULL)


class _Peer:
    def __init__(self, address: str, token: str) -> None:
        self._place = urlsplit(address)
        self._headers = {"Authorization": f"token {token}", "Content-Type": "application/json"}

    def create(self, connection: http.client.HTTPConnection) -> None:
        asked = {
            "Queue": "Support",
            "Subject": "The label printer stands still",
            "Content": "Since this morning it prints nothing. Three patients are waiting for their labels.",
            "ContentType": "text/plain",
            "Requestor": _USER,
        }
        self._ask(connection, "POST", "/ticket", json.dumps(asked))

    def list_mine(self, connection: http.client.HTTPConnection) -> None:
        self._ask(connection, "GET", _MINE)

    def per_s(self, ask: Callable[[http.client.HTTPConnection], None], stretch_s: float) -> float:
        until = time.perf_counter() + stretch_s

        def work(_place: int) -> int:
            count = 0
            with closing(http.client.HTTPConnection(self._place.netloc)) as connection:
                while time.perf_counter() < until:
                    ask(connection)
                    count += 1
            return count

        with ThreadPoolExecutor(_CONNECTIONS) as pool:
            return sum(pool.map(work, range(_CONNECTIONS))) / stretch_s

    def _ask(self, connection: http.client.HTTPConnection, method: str, path: str, body: str = "") -> None:
        connection.request(method, self._place.path + path, body or None, self._headers)
        with connection.getresponse() as answer:
            said = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"Request Tracker answered {answer.status}: {said[:300]!r}")
