"""What those who run the server ask it, and what nobody else is told."""

from collections.abc import Callable

import httpx

from supportdesk.domain.errors import BackendError
from supportdesk.domain.wire import API
from supportdesk.server.operation import Operation
from tests.server.talking import Talker, problem
from tests.support.desk import CUSTOMER
from tests.support.server import Served

Talk = Callable[..., Talker]


def test_metrics_count_what_was_asked(server: Served, talk: Talk) -> None:
    """By route, never by path: paths hold ids. Methods that nobody knows share one line."""
    jana = talk(CUSTOMER)
    jana.client.get("/attachments/secret-id/content")
    httpx.request("BREW", f"{server.address}/coffee")
    told = httpx.get(f"{server.address}/metrics")
    assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert f'method="POST",route="{API}/sessions",status="201"}} 1' in told.text
    assert 'route="/api/v1/attachments/{attachment_id}/content",status="404"} 1' in told.text
    assert 'method="other",route="unknown"' in told.text
    assert "secret-id" not in told.text
    assert 'supportdesk_event_streams{vendor="small"} 0' in told.text


def test_metrics_are_for_this_machine(server: Served) -> None:
    """What a proxy passes on is for somebody else."""
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
        answer = httpx.get(f"{server.address}/metrics", headers={header: "127.0.0.1"})
        assert problem(answer)["code"] == "not_found"


def test_a_metrics_token_opens_them_to_others() -> None:
    """Only the right one, and none where none was set."""
    assert Operation([], "right").is_metrics_token("right")
    assert not Operation([], "right").is_metrics_token("wrong")
    assert not Operation([], "").is_metrics_token("")


def test_readiness_fails_with_the_database_while_the_process_lives(server: Served) -> None:
    """A proxy then asks another process; nobody restarts this one."""

    async def out_of_reach(_job: object) -> None:
        raise BackendError

    server.portal.desk.read = out_of_reach  # type: ignore[method-assign,assignment]
    assert httpx.get(f"{server.address}/readyz").status_code == 503
    assert httpx.get(f"{server.address}/healthz").text == "ok\n"


def test_readiness_fails_when_the_server_is_about_to_end(server: Served) -> None:
    """So that nobody new is sent."""
    assert httpx.get(f"{server.address}/readyz").status_code == 200
    server.site.operation.begin_end()
    assert httpx.get(f"{server.address}/readyz").text == "ending\n"
