"""R15 at the server as it is run: forty planted secrets, wherever a request can hold one."""

from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from supportdesk.domain.wire import API
from tests.server.talking import Talker
from tests.server.test_process import small_profile_file
from tests.support.desk import CUSTOMER, furnish
from tests.support.planted_secrets import SECRETS, kept
from tests.support.server_process import server_process


@pytest.mark.second_stage
@pytest.mark.timeout(300)
def test_none_is_logged_or_kept_by_the_server(tmp_path: Path) -> None:
    """As password, code, token, cookie or key, in a path, in a query: nothing of it reaches log or disk."""
    furnish(tmp_path / "data" / "small")
    arguments = small_profile_file(tmp_path), f"--data={tmp_path / 'data'}"
    environment = {
        "SUPPORTDESK_SERVER_LOG_LEVEL": "debug",
        "SUPPORTDESK_SERVER_METRICS_TOKEN": SECRETS[-1][1],
    }
    with server_process(tmp_path, *arguments, environment=environment) as server:
        with httpx.Client(base_url=server.address + API, timeout=60) as client:
            jana = Talker(client)
            assert jana.sign_in(CUSTOMER).status_code == 201
            statuses = {status for text, secret in SECRETS for status in _sent(client, text, secret)}
            token = jana.token
        assert server.end() == 0
        log = server.log
    assert statuses >= {401, 404, 422}
    assert not {status for status in statuses if status >= 500}
    assert log.count('"request"') >= 9 * len(SECRETS)
    assert token not in log
    assert [secret for _text, secret in SECRETS if secret in log] == []
    assert kept(tmp_path / "data") == []


def _sent(client: httpx.Client, text: str, secret: str) -> list[int]:
    """Signed in and as somebody who claims to be; what is answered."""
    written = quote(text)
    anonymous = {
        "Authorization": f"Bearer {quote(secret)}",
        "Cookie": f"sid={quote(secret)}",
        "X-Api-Key": written,
    }
    answers = (
        client.get("/changes", params={"cursor": text}),
        client.get("/changes", headers=anonymous),
        client.get(f"/attachments/{quote(secret, safe='')}/content"),
        client.get(f"/{quote(secret, safe='')}", params={"token": text}),
        client.post("/sessions", json={"user": text, "password": secret, "device": text}),
        client.post("/sessions", content=text.encode()),
        client.post("/account/codes/examined", json={"code": secret}),
        client.post("/account/codes/redeemed", json={"code": text, "password": secret}),
        client.put("/account/password", json={"old": secret, "new": text}),
    )
    return [answer.status_code for answer in answers]
