"""A first look through a real socket: sign in, be welcomed, report, read."""

from pathlib import Path

import httpx

from supportdesk.clock import now, uuid7
from supportdesk.domain.commands import CreateTicket, encode_intent, payload_sha256
from supportdesk.domain.wire import API
from tests.support.desk import CUSTOMER, PASSWORD
from tests.support.server import served


def test_a_ticket_goes_in_and_comes_out(tmp_path: Path) -> None:
    """The receipt carries the hash of what was sent, the feed then tells the ticket."""
    with served(tmp_path / "desk") as server, httpx.Client(base_url=server.address + API) as client:
        given = client.post("/sessions", json={"user": CUSTOMER, "password": PASSWORD})
        assert given.status_code == 201, given.text
        client.headers["Authorization"] = f"Bearer {given.json()['token']}"
        assert client.get("/welcome").json()["me"]["name"] == "Jana"
        intent = encode_intent(CreateTicket(subject="Printer", description="No"))
        command_id = uuid7()
        body = b'{"created_at": "%s", "intent": %s}' % (now().isoformat().encode(), intent)
        receipt = client.post("/commands", content=body, headers={"Idempotency-Key": command_id})
        assert receipt.status_code == 200, receipt.text
        assert receipt.json()["payload_sha256"] == payload_sha256(intent)
        found, cursor, more = [], "", True
        while more:
            page = client.get("/changes", params={"cursor": cursor}).json()
            found += [change["entity"]["id"] for change in page["changes"]]
            cursor, more = page["cursor"], page["more"]
        assert command_id in found
        assert client.delete("/sessions/current").status_code == 204
        gone = client.get("/welcome")
        assert gone.status_code == 401
        assert gone.json()["code"] == "session_expired"
