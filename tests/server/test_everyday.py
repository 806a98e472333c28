"""The whole way through a real socket: sign in, be welcomed, report, read, and what travels along."""

import gzip
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import httpx
import msgspec
import pytest

from supportdesk.clock import now, uuid7
from supportdesk.desk.accounts import access
from supportdesk.desk.conversations import intake
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.office import administration
from supportdesk.desk.store.database import DeskConnection
from supportdesk.desk.visibility.actors import Actor
from supportdesk.domain.changes import Page, Upsert
from supportdesk.domain.commands import CreateTicket, Receipt, Reply, encode_intent, payload_sha256
from supportdesk.domain.entities import Message, Ticket
from supportdesk.domain.wire import API, DISCOVERY
from supportdesk.server.routes.changes import PAGE_BYTES
from tests.server.talking import Talker, problem
from tests.support.desk import COLLEAGUE, CUSTOMER, PASSWORD
from tests.support.server import Served

Talk = Callable[..., Talker]


def test_a_ticket_goes_in_and_comes_out(talk: Talk) -> None:
    """The receipt carries the hash of what was sent, the feed then tells the ticket to the colleague too."""
    jana, tom = talk(CUSTOMER), talk(COLLEAGUE)
    assert jana.client.get("/welcome").json()["me"]["name"] == "Jana"
    intent = encode_intent(CreateTicket(subject="Printer", description="No"))
    command_id = uuid7()
    receipt = jana.send(intent, command_id)
    assert receipt.json()["payload_sha256"] == payload_sha256(intent)
    assert receipt.json()["command_id"] == command_id
    assert command_id in {each.id for each in tom.sees() if isinstance(each, Ticket)}


def test_who_comes_is_welcomed_beside_those_who_write(server: Served, talk: Talk) -> None:
    """Nobody's turn is waited for, but once a day for the session, which is used and does not end."""
    jana = talk(CUSTOMER)
    go = threading.Event()
    with ThreadPoolExecutor(1) as vendor:
        busy = vendor.submit(server.do, lambda _connection, now: go.wait(30))
        assert jana.client.get("/welcome").status_code == 200
        assert not busy.done()
        go.set()
    for days in (80, 160):
        later = now() + timedelta(days=days)
        server.portal.clock = lambda: later  # noqa: B023 asked in this round
        assert jana.client.get("/welcome").status_code == 200


def test_the_hash_is_that_of_the_bytes_in_the_body(talk: Talk) -> None:
    """Spaces and the order of keys count: what was hashed when it was written is what is hashed here."""
    jana = talk(CUSTOMER)
    written = b'{ "subject" : "Printer",  "description":"No" , "do":"create_ticket" }'
    assert jana.send(written).json()["payload_sha256"] == payload_sha256(written)


def test_a_repeat_gets_the_first_receipt(talk: Talk) -> None:
    """Byte for byte, and nothing happens twice."""
    jana = talk(CUSTOMER)
    intent, command_id = CreateTicket(subject="Printer", description="No"), uuid7()
    first = jana.send(intent, command_id)
    assert jana.send(intent, command_id).content == first.content
    assert len([each for each in jana.sees() if isinstance(each, Ticket)]) == 1


def test_signing_out_ends_the_session_at_once(talk: Talk) -> None:
    """The very next request is told so."""
    jana = talk(CUSTOMER)
    assert jana.client.delete("/sessions/current").status_code == 204
    gone = jana.client.get("/welcome")
    assert (gone.status_code, problem(gone)["code"]) == (401, "session_expired")
    assert gone.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("deactivated", [False, True])
def test_who_leaves_while_a_command_waits_for_its_turn_is_not_heard(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, deactivated: bool
) -> None:
    """Signed out or deactivated between the look at the token and the transaction of the work."""
    jana, tom = talk(CUSTOMER), talk(COLLEAGUE)
    take = intake.take

    def waiting(connection: DeskConnection, actor: Actor, asked: Asked, at: datetime) -> Receipt:
        if deactivated:
            administration.set_active(connection, actor.person_id, active=False, now=at)
        else:
            access.sign_out(connection, jana.token, at)
        return take(connection, actor, asked, at)

    monkeypatch.setattr(intake, "take", waiting)
    refused = jana.send(CreateTicket(subject="Printer", description="No"))
    assert (refused.status_code, problem(refused)["code"]) == (401, "session_expired")
    assert not [each for each in tom.sees() if isinstance(each, Ticket)]


def test_an_idle_look_is_answered_without_a_body(talk: Talk) -> None:
    """304 with the tag and cursor of the last page, until something happens to anybody."""
    jana = talk(CUSTOMER)
    cursor, more, tag = "", True, ""
    while more:
        answer = jana.client.get("/changes", params={"cursor": cursor} if cursor else {})
        cursor, more, tag = answer.json()["cursor"], answer.json()["more"], answer.headers.get("etag", "")
        assert bool(tag) is not more
    for _look in range(2):
        idle = jana.client.get("/changes", params={"cursor": cursor}, headers={"If-None-Match": tag})
        assert (idle.status_code, idle.content, idle.headers["etag"]) == (304, b"", tag)
    ticket = jana.report()
    fresh = jana.client.get("/changes", params={"cursor": cursor}, headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert ticket in fresh.text


def test_a_tag_of_another_cursor_says_nothing(talk: Talk) -> None:
    """A tag belongs to the cursor with which it came."""
    jana = talk(CUSTOMER)
    first = jana.client.get("/changes", params={"limit": 1})
    tag = jana.client.get("/changes", params={"limit": 100}).headers["etag"]
    told = {"If-None-Match": tag}
    assert first.json()["more"]
    assert jana.client.get("/changes", headers=told).status_code == 200
    assert (
        jana.client.get("/changes", params={"cursor": first.json()["cursor"]}, headers=told).status_code
        == 200
    )


def test_long_answers_travel_compressed_where_that_is_wanted(server: Served) -> None:
    """And as they are where it is not, be it by weight zero."""
    long = f"{API}/openapi.json"
    with httpx.Client(base_url=server.address) as client:
        with client.stream("GET", long, headers={"Accept-Encoding": "br, gzip;q=0.5"}) as packed:
            raw = b"".join(packed.iter_raw())
        plain = client.get(long, headers={"Accept-Encoding": "gzip;q=0, identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["vary"]
        assert len(raw) == int(packed.headers["content-length"])
        assert gzip.decompress(raw) == plain.content
        assert "content-encoding" not in plain.headers


def test_discovery_tells_the_profile_with_this_server_as_its_backend(server: Served) -> None:
    """Nobody has to be signed in; a client that has it already is told so."""
    with httpx.Client(base_url=server.address) as client:
        told = client.get(DISCOVERY)
        assert told.json()["name"] == server.portal.profile.name
        assert told.json()["backend"] == {"kind": "rest"}
        again = client.get(DISCOVERY, headers={"If-None-Match": told.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de-AT,en;q=0.5", "de"),
        ("fr, de;q=0.2", "de"),
        ("en;q=0.1, de;q=0", "en"),
        ("*;q=x", "en"),
        ("", "en"),
    ],
)
def test_errors_speak_the_language_of_the_request(talk: Talk, accepted: str, language: str) -> None:
    """Also those that are made on the desk's threads."""
    nobody = talk("")
    body = {"user": CUSTOMER, "password": "wrong-" + PASSWORD}
    refused = nobody.client.post("/sessions", json=body, headers={"Accept-Language": accepted})
    words = {"de": "Benutzername", "en": "User name"}
    assert refused.headers["content-language"] == language
    assert words[language] in problem(refused)["title"]


def test_the_desks_clock_and_words_reach_the_thread(server: Served, talk: Talk) -> None:
    """A staff answer is pulled by the customer with the time of the desk."""
    jana = talk(CUSTOMER)
    ticket = jana.report()
    jana.do(Reply(conversation_id=ticket, body="Still broken."))
    messages = [each for each in jana.sees() if isinstance(each, Message)]
    assert [each.body for each in messages] == ["It does not print.", "Still broken."]
    assert all(each.created_at <= now() for each in messages)


def test_request_ids_come_back(talk: Talk) -> None:
    """A proxy's own where it is plain, else a new one."""
    nobody = talk("")
    given = nobody.client.get("/welcome", headers={"X-Request-Id": "abc-123-def-456"})
    assert given.headers["x-request-id"] == "abc-123-def-456"
    made = nobody.client.get("/welcome", headers={"X-Request-Id": "evil\tid"})
    assert len(made.headers["x-request-id"]) == 36


def test_long_messages_come_in_short_pages(server: Served, talk: Talk) -> None:
    """However many rows a page may have, nothing is left out, and each comes once."""
    server.portal.page_rows = 1_000
    jana = talk(CUSTOMER)
    ticket = jana.report()
    bodies = [f"{number} {'ä' * 49_000}" for number in range(30)]
    for body in bodies:
        jana.do(Reply(ticket, body))
    came = list[str]()
    page = Page((), "", more=True)
    while page.more:
        answer = jana.client.get("/changes", params={"cursor": page.cursor} if page.cursor else {})
        assert len(answer.content) <= PAGE_BYTES
        page = msgspec.json.decode(answer.content, type=Page)
        found = [each.entity for each in page.changes if isinstance(each, Upsert)]
        came += [entity.body for entity in found if isinstance(entity, Message)]
    assert came[1:] == bodies
