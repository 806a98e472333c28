"""The life of an account over HTTP: what is told to whom, and how soon it holds everywhere."""

import asyncio
import re
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial

import httpx
import pytest

from supportdesk.clock import uuid7
from supportdesk.desk.accounts import codes, granting, passwords
from supportdesk.desk.store.database import DeskConnection, writing
from supportdesk.domain import wire
from supportdesk.domain.account import CodePurpose
from supportdesk.domain.wire import API
from supportdesk.server.routes import ROUTES
from supportdesk.server.site import Site
from tests.server.talking import Talker, problem
from tests.support.desk import COLLEAGUE, CUSTOMER, PASSWORD, STRANGER, person_of
from tests.support.mails import queued
from tests.support.server import Served

Talk = Callable[..., Talker]

_UNKNOWN = "nobody@nowhere.example"


def _bare(answer: httpx.Response) -> tuple[int, bytes, dict[str, str]]:
    """Without the moment, the number of the request and that of the ticket."""
    told = {name: value for name, value in answer.headers.items() if name not in {"date", "x-request-id"}}
    return answer.status_code, re.sub(rb'"number":"\d{4}"', b"", answer.content), told


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/account/mails", {"purpose": "reset", "language": "en"}),
        ("/account/mails", {"purpose": "sign_up", "language": "en"}),
        (
            "/guest/reports",
            {
                "name": "Ada",
                "subject": "Engine",
                "description": "It smokes.",
                "language": "en",
                "privacy_accepted": True,
            },
        ),
    ],
)
def test_an_answer_does_not_tell_whether_an_address_is_known(
    server: Served, talk: Talk, path: str, body: dict[str, object]
) -> None:
    """Status, headers and every byte are the same, at every turn."""
    stranger = talk()
    told: dict[str, set[str]] = {}
    for _turn in range(5):
        for email in (CUSTOMER, _UNKNOWN):
            answer = stranger.client.post(path, json=body | {"email": email, **_id(path)})
            told.setdefault(email, set()).add(str(_bare(answer)))
    assert told[CUSTOMER] == told[_UNKNOWN]
    assert len(told[CUSTOMER]) == 1


def _id(path: str) -> dict[str, str]:
    return {"command_id": uuid7()} if path == "/guest/reports" else {}


def test_too_many_questions_are_told_to_wait(talk: Talk) -> None:
    """With a time after which it is worth trying, alike for every address."""
    stranger = talk()
    answers = [
        stranger.client.post(
            "/account/mails",
            json={"purpose": "reset", "email": f"{number}@nowhere.example", "language": "en"},
        )
        for number in range(25)
    ]
    assert [each.status_code for each in answers] == [202] * 20 + [429] * 5
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert problem(answers[-1])["code"] == "too_many_attempts"


def test_the_host_of_a_request_stands_in_no_link(server: Served, talk: Talk) -> None:
    """Whatever the header says, links in mails begin with what is configured."""
    asked = {"purpose": "reset", "email": CUSTOMER, "language": "en"}
    evil = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    assert talk().client.post("/account/mails", json=asked, headers=evil).status_code == 202
    server.do(granting.grant)
    (letter,) = server.do(lambda connection, now: queued(connection))
    assert "evil" not in letter.body_text + letter.subject + letter.message_id


def test_colleagues_are_an_admins_matter(server: Served, talk: Talk) -> None:
    """Everybody else is refused; a person of another organisation is as if there were none."""
    foreign = server.do(lambda connection, now: person_of(connection, STRANGER))
    lin = {"email": "lin@practice.example", "name": "Lin", "role": "customer", "language": "en"}
    for user in (CUSTOMER, STRANGER):
        assert talk(user).client.post("/colleagues", json=lin).status_code == 403
    admin = talk(COLLEAGUE)
    told = {
        str(_bare(admin.client.put(f"/colleagues/{id}/active", json={"active": False})))
        for id in (foreign, uuid7())
    }
    assert len(told) == 1
    shown = admin.client.post("/colleagues", json=lin | {"hand_over": "show"})
    assert shown.status_code == 201
    assert talk().sign_in("lin@practice.example", shown.json()["password"]).status_code == 201


def test_the_table_of_requests_is_the_servers() -> None:
    """What clients ask has a route: the same method, the same path, public or not."""
    served = {
        (str(method), re.sub(r"{(\w+):str}", r"{\1}", path.removeprefix(API))): handler.opt["who"].value
        for handler in ROUTES
        for method in handler.http_methods
        for path in handler.paths
    }
    for route in wire.ACCOUNT_ROUTES.values():
        assert (served[route.method, route.path] == "public") is route.public


def test_the_page_behind_a_mails_link_is_harmless(server: Served) -> None:
    """It holds nothing of the request, loads nothing, and its script is the one that may run."""
    server.portal.public_url = "https://support.vendor.example"
    answer = httpx.get(f"{server.address}/go?code=<script>", headers={"Accept-Language": "de"})
    assert answer.status_code == 200
    assert "Diese Adresse geben Sie dort ein: https://support.vendor.example<" in answer.text
    assert "&lt;script" not in answer.text
    assert "<script>const code" in answer.text
    for words in ("Ihr Code:", "SupportDesk öffnen", "Wenn sich nichts öffnet", "Öffnen Sie den Link"):
        assert words in answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_the_address_of_a_portal_says_what_it_is_in_a_browser(server: Served) -> None:
    """In the vendor's name and the person's language; programs hear that there is nothing."""
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "de"}
    answer = httpx.get(f"{server.address}/", headers=browser)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f"<h1>{server.portal.profile.name}</h1>" in answer.text
    assert "Adresse eines Supportportals" in answer.text
    assert "<script" not in answer.text
    assert problem(httpx.get(f"{server.address}/"))["code"] == "not_found"


def test_a_browser_that_has_lost_its_way_is_shown_a_page(server: Served) -> None:
    """In the vendor's name; what is asked below the API, or by a program, is told as ever."""
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "de"}
    answer = httpx.get(f"{server.address}/<typo>", headers=browser)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f"<h1>{server.portal.profile.name}</h1>" in answer.text
    assert "Hier ist keine Seite" in answer.text
    assert "typo" not in answer.text
    for path, accept in (
        (f"{API}/typo", "text/html"),
        ("/typo", "*/*"),
        ("/typo", "application/json, text/html;q=0.5"),
    ):
        assert problem(httpx.get(server.address + path, headers={"Accept": accept}))["code"] == "not_found"


def test_the_house_of_several_vendors_names_none(server: Served) -> None:
    """A browser is told that the address is not whole, a program that there is nothing."""

    async def ask(accept: str) -> httpx.Response:
        transport = httpx.ASGITransport(Site({"acme": server.portal}))
        async with httpx.AsyncClient(transport=transport, base_url="http://desk.example") as client:
            return await client.get("/", headers={"Accept": accept, "Accept-Language": "de"})

    shown = asyncio.run(ask("text/html"))
    assert shown.status_code == 200
    assert "der ganzen Adresse" in shown.text
    assert not {"acme", server.portal.profile.name} & set(re.findall(r"\w+", shown.text))
    assert problem(asyncio.run(ask("*/*")))["code"] == "not_found"


def test_nobody_waits_for_the_hash_of_somebodys_password(
    talk: Talk, server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made beside the desk's own threads, of which one alone writes to SQLite."""
    threads: set[str] = set()

    def noted(work: Callable[..., object], *arguments: object) -> object:
        threads.add(threading.current_thread().name)
        return work(*arguments)

    for work in (passwords.hashed, passwords.matches):
        monkeypatch.setattr(passwords, work.__name__, partial(noted, work))
    jana = talk(CUSTOMER)
    changed = jana.client.put("/account/password", json={"old": PASSWORD, "new": "another long one"})
    assert changed.status_code == 200
    wrong = talk(COLLEAGUE).client.put(
        "/account/password",
        json={"old": "not this", "new": "another long one"},
        headers={"Accept-Language": "de"},
    )
    assert wrong.status_code == 401
    assert "Passwort" in problem(wrong)["title"]
    code = server.do(_code_for_jana)
    redeemed = talk().client.post(
        "/account/codes/redeemed", json={"code": code, "password": "yet another one"}
    )
    assert redeemed.status_code in {200, 201}, redeemed.text
    assert threads
    assert not [name for name in threads if not name.startswith("desk-aside")]


def _code_for_jana(connection: DeskConnection, now: datetime) -> str:
    with writing(connection):
        jana = person_of(connection, CUSTOMER)
        return codes.issue(connection, CodePurpose.RESET, CUSTOMER, now, person_id=jana, language="en")
