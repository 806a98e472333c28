"""What those who run the server ask it, and what nobody else is told."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import httpx
import msgspec
import pytest

from supportdesk.clock import now
from supportdesk.desk.mail import mail_queue
from supportdesk.desk.mail.mail_queue import Letter
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import opened, writing
from supportdesk.desk.store.engines import engine_for
from supportdesk.domain.commands import CreateTicket, encode_intent
from supportdesk.domain.errors import BackendError
from supportdesk.domain.wire import API
from supportdesk.server.operation import Operation
from supportdesk.server.portal import Portal
from tests.server.talking import Talker, problem
from tests.support.databases import Databases
from tests.support.desk import CUSTOMER, furnished, small_profile
from tests.support.server import Served, served, small_portal

Talk = Callable[..., Talker]
NOW = now()


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


def test_metrics_tell_of_mails_that_have_not_left(tmp_path: Path) -> None:
    """How many wait and for how long, by vendor; without the database what the process knows."""
    letters = {"small": 2, "other": 0}
    portals = {vendor: _with_mails(tmp_path / vendor, vendor, count) for vendor, count in letters.items()}
    server = Served(portals["small"], other=portals["other"])
    server.start()
    try:
        told = httpx.get(f"{server.address}/metrics").text
        server.portal.desk.read = _out_of_reach  # type: ignore[method-assign,assignment]
        without = httpx.get(f"{server.address}/metrics").text
    finally:
        server.stop()
    for vendor, count, age_s in (("small", 2, 120), ("other", 0, 0)):
        assert f'supportdesk_mails_waiting{{vendor="{vendor}"}} {count}' in told
        assert f'supportdesk_mail_oldest_waiting_seconds{{vendor="{vendor}"}} {age_s}' in told
        assert f'supportdesk_mails_given_up_total{{vendor="{vendor}"}} 0' in told
    assert 'supportdesk_mails_waiting{vendor="other"} 0' in without
    assert 'supportdesk_mails_waiting{vendor="small"}' not in without
    assert 'supportdesk_event_streams{vendor="small"} 0' in without


def _with_mails(folder: Path, vendor: str, count: int) -> Portal:
    """Nobody carries them; two minutes have passed since the first was written."""
    with furnished(folder) as connection, writing(connection):
        for seconds in range(count):
            letter = Letter("ada@nowhere.example", "Hello", "Text")
            mail_queue.put(connection, settings.load(connection), letter, NOW + timedelta(seconds=seconds))
    portal = small_portal(folder, msgspec.structs.replace(small_profile(), id=vendor))
    portal.clock = lambda: NOW + timedelta(minutes=2)
    return portal


async def _out_of_reach(_job: object) -> None:
    raise BackendError


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
    server.portal.desk.read = _out_of_reach  # type: ignore[method-assign,assignment]
    assert httpx.get(f"{server.address}/readyz").status_code == 503
    assert httpx.get(f"{server.address}/healthz").text == "ok\n"


def test_a_process_that_an_update_has_left_behind_says_so(tmp_path: Path, databases: Databases) -> None:
    """It writes nothing more, sends clients away for a while, and does not start again."""
    place = databases.furnished()
    with served(tmp_path, address=place) as server, httpx.Client(base_url=server.address + API) as client:
        jana = Talker(client)
        jana.sign_in(CUSTOMER)
        with closing(engine_for(place).connect()) as newer, newer.begin():
            newer.exec_driver_sql("ALTER TABLE people RENAME COLUMN name TO full_name")
            newer.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        assert httpx.get(f"{server.address}/readyz").text == "database of another version\n"
        for answer in (
            client.get("/changes"),
            jana.send(encode_intent(CreateTicket("Printer", "D"))),
        ):
            assert problem(answer)["status"] == 503
            assert int(answer.headers["Retry-After"]) > 0
        assert httpx.get(f"{server.address}/healthz").status_code == 200
    with pytest.raises(BackendError, match="9999"):
        opened(place)


def test_readiness_fails_when_the_server_is_about_to_end(server: Served) -> None:
    """So that nobody new is sent."""
    assert httpx.get(f"{server.address}/readyz").status_code == 200
    server.site.operation.begin_end()
    assert httpx.get(f"{server.address}/readyz").text == "ending\n"
