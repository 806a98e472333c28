"""The server as it is run: its start, its refusals, its end, and its sudden end."""

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import msgspec
import pytest

from supportdesk.clock import uuid7
from supportdesk.domain.commands import (
    CreateOrder,
    CreateTicket,
    DeclineDocument,
    FileRef,
    NewArticle,
    Reply,
    SignDocument,
    encode_intent,
)
from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.entities import Ticket
from supportdesk.domain.orders import Article
from supportdesk.domain.wire import API, DISCOVERY, IDEMPOTENCY_KEY
from tests.server.talking import Talker
from tests.support.desk import CUSTOMER, PASSWORD, STAFF, furnish
from tests.support.pdfs import form_pdf
from tests.support.server_process import server_process

KILLS = 5


@contextmanager
def _talker(address: str, user: str = CUSTOMER, password: str = PASSWORD) -> Iterator[Talker]:
    with httpx.Client(base_url=address + API, timeout=20) as client:
        talker = Talker(client)
        assert talker.sign_in(user, password).status_code == 201
        yield talker


def small_profile_file(folder: Path, *more: str) -> str:
    """A file with a profile whose id is 'small', with `more` modules than the least."""
    modules = json.dumps(["report", "tickets", "settings", *more])
    file = folder / "small.toml"
    file.write_text(
        'id = "small"\nname = "Small"\nshort_name = "Small"\nlanguages = ["en"]\ndefault_language = "en"\n'
        f'brand_colour = "#0c6b73"\nmodules = {modules}\n'
        '[[catalogue.services]]\nid = "printing"\nname = { en = "Printing" }\n'
        '[[catalogue.types]]\nid = "question"\nname = { en = "Question" }\n'
        '[[catalogue.priorities]]\nid = "normal"\nname = { en = "Normal" }\nguidance = { en = "Usual" }\n'
        "rank = 1\npreset = true\n",
        encoding="utf-8",
    )
    return f"--profile={file}"


@pytest.mark.second_stage
def test_demo_vendors_are_served_each_below_its_own_name(tmp_path: Path) -> None:
    """Without any configuration; a token of one is nothing to the other."""
    with server_process(tmp_path, "--demo", f"--data={tmp_path}") as server:
        for name in DEMO_NAMES:
            assert httpx.get(f"{server.address}/{name}{DISCOVERY}").json()["id"] == name
        assert httpx.get(f"{server.address}{DISCOVERY}").status_code == 404
        assert httpx.get(f"{server.address}/readyz").text == "ok\n"
        user = json.loads(httpx.get(f"{server.address}/practice{API}/openapi.json").content)["openapi"]
        assert user.startswith("3.1")
        from supportdesk.desk.demo.content import load_demo_content

        customer = load_demo_content("practice").demo_customer().email
        with _talker(f"{server.address}/practice", customer, DEMO_PASSWORD) as talker:
            assert [each for each in talker.sees() if isinstance(each, Ticket)]
            foreign = httpx.get(f"{server.address}/school{API}/welcome", headers=talker.client.headers)
            assert foreign.status_code == 401
        assert server.end() == 0


def test_a_server_without_a_profile_serves_a_plain_desk(tmp_path: Path) -> None:
    """Ready to be looked at; it is ended as it is asked to."""
    with server_process(tmp_path, f"--data={tmp_path / 'data'}") as server:
        assert httpx.get(f"{server.address}{DISCOVERY}").json()["id"] == "support"
        assert server.end() == 0


def test_a_database_has_one_server(tmp_path: Path) -> None:
    """The second one says so and ends; the first goes on."""
    arguments = small_profile_file(tmp_path), f"--data={tmp_path}"
    with server_process(tmp_path, *arguments) as first:
        with server_process(tmp_path, *arguments, port=1) as second:
            assert (second.address, second.wait()) == ("", 1)
            assert "Traceback" not in second.log
        assert httpx.get(f"{first.address}/healthz").text == "ok\n"


@pytest.mark.parametrize(
    ("arguments", "environment", "told"),
    [
        (["--database=postgresql://a:secret@h/d"], {}, "command line"),
        (["--profile=/nowhere/x.toml"], {}, "/nowhere/x.toml"),
        (["--config=/nowhere/x.toml"], {}, "/nowhere/x.toml"),
        (["--at-root=nobody", "--demo"], {}, "nobody"),
        ([], {"SUPPORTDESK_SERVER_REQUESTS_PER_MINUTE": "many"}, "requests_per_minute"),
        ([], {"SUPPORTDESK_SERVER_LOG_LEVEL": "loud"}, "log_level"),
        ([], {"SUPPORTDESK_SERVER_DATABASE": "mysql://h/d"}, "mysql"),
    ],
)
def test_what_is_wrongly_configured_is_said_in_a_sentence(
    tmp_path: Path, arguments: list[str], environment: dict[str, str], told: str
) -> None:
    """Exit code 2, no traceback, and no secret repeated."""
    with server_process(tmp_path, f"--data={tmp_path}", *arguments, environment=environment) as server:
        assert server.wait() == 2
        assert told in server.log
        assert "Traceback" not in server.log
        assert "secret" not in server.log


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    """Whoever has it."""
    with server_process(tmp_path, f"--data={tmp_path / 'a'}") as first:
        port = int(first.address.rpartition(":")[2])
        with server_process(tmp_path, f"--data={tmp_path / 'b'}", port=port) as second:
            assert second.wait() == 2
            assert str(port) in second.log


@pytest.mark.second_stage
def test_a_killed_server_answers_a_repeat_with_the_first_receipt(tmp_path: Path) -> None:
    """Wherever in the middle of a command it was killed: the repeat is harmless, and nothing is lost."""
    furnish(tmp_path / "small")
    arguments = small_profile_file(tmp_path), f"--data={tmp_path}"
    sent: dict[str, bytes] = {}
    taken: dict[str, str] = {}
    for round_number in range(KILLS):
        with server_process(tmp_path, *arguments) as server, _talker(server.address) as jana:
            for command_id, intent in sent.items():
                answer = jana.send(intent, command_id)
                assert answer.status_code == 200
                assert taken.setdefault(command_id, answer.text) == answer.text
            command_id, intent = uuid7(), encode_intent(CreateTicket(f"Ticket {round_number}", "D"))
            sent[command_id] = intent
            sender = threading.Thread(target=_send_into_the_void, args=(jana, intent, command_id))
            sender.start()
            time.sleep(random.uniform(0.0, 0.02))
            server.kill()
            sender.join()
    with server_process(tmp_path, *arguments) as server, _talker(server.address) as jana:
        for command_id, intent in sent.items():
            assert jana.send(intent, command_id).status_code == 200
        tickets = [each.id for each in jana.sees() if isinstance(each, Ticket)]
        assert sorted(tickets) == sorted(sent)


def _send_into_the_void(talker: Talker, intent: bytes, command_id: str) -> None:
    with suppress(httpx.TransportError):
        talker.send(intent, command_id)


def test_the_log_holds_neither_secrets_nor_what_people_wrote(tmp_path: Path) -> None:
    """One JSON object a line, with ids of requests and people, and nothing that could hurt."""
    furnish(tmp_path / "small")
    environment = {"SUPPORTDESK_SERVER_LOG_LEVEL": "debug"}
    planted = ["canary", CUSTOMER, PASSWORD]
    profile = small_profile_file(tmp_path, "orders", "documents", "subscriptions")
    with server_process(tmp_path, profile, f"--data={tmp_path}", environment=environment) as server:
        with _talker(server.address) as jana:
            planted.append(jana.token)
            jana.report("canary-subject")
            jana.upload(b"content", "canary-name.txt")
            with _talker(server.address, STAFF) as mia:
                planted.append(mia.token)
                _talk_about_everything(jana, mia)
            jana.client.get("/changes", params={"cursor": "canary-subject"})
            jana.client.get(f"/attachments/{CUSTOMER}/content")
            jana.sign_in(CUSTOMER, "canary-password")
            jana.client.post("/sessions", content=b'{"user": "canary-subject')
        assert server.end() == 0
        lines = [json.loads(line) for line in server.log.splitlines()]
    requests = [line for line in lines if line["message"] == "request"]
    assert {line["status"] for line in requests} >= {200, 201, 401, 404, 422}
    assert all(len(line["request_id"]) >= 8 for line in requests)
    assert any(line["person"] for line in requests)
    for secret in planted:
        assert secret not in server.log, secret


def _talk_about_everything(jana: Talker, mia: Talker) -> None:
    """With canaries in all that anybody writes; what is written wrongly is refused."""

    def give(what: str, **told: object) -> str:
        request = {"organisation": "Practice", "number": "canary-number", **told}
        headers = {IDEMPOTENCY_KEY: uuid7()}
        return str(mia.client.post(f"/staff/{what}/add", json=request, headers=headers).json()["id"])

    pdf, content = form_pdf(), b"canary content"
    file = FileRef("canary.pdf", mia.upload(pdf, "canary.pdf"), len(pdf))
    attached = FileRef("canary.txt", jana.upload(content, "canary.txt"), len(content))
    document = give("document", title="canary title", file=msgspec.to_builtins(file))
    order = jana.order("canary-reference", attached)
    assert jana.send(CreateOrder("canary-reference", (NewArticle(Article("canary")),))).status_code == 422
    for id in (document, order, give("subscription", name="canary name")):
        jana.do(Reply(id, "canary words", (attached,)))
    assert jana.send(SignDocument(document, file.sha256, {"canary": "canary"}, attached)).status_code == 422
    jana.do(DeclineDocument(document, "canary reason"))


def test_the_command_is_installed() -> None:
    """Its help names what it can do."""
    told = subprocess.run(
        [sys.executable, "-m", "supportdesk.server", "run", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--database" in told.stdout
