"""Every way in which a request can be wrong is a problem with a stable code, never a fault of the server."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from supportdesk.clock import uuid7
from supportdesk.domain.commands import CreateTicket, FileRef, Reply, encode_intent
from supportdesk.domain.errors import BackendError
from supportdesk.domain.wire import IDEMPOTENCY_KEY
from supportdesk.server.app import MAX_BODY_BYTES
from tests.server.talking import Talker, command_body, problem, sha256
from tests.support.desk import COLLEAGUE, CUSTOMER, PASSWORD, STRANGER
from tests.support.server import Served

Talk = Callable[..., Talker]

_TICKET = encode_intent(CreateTicket(subject="Printer", description="No"))
_JSON = {"Content-Type": "application/json"}


def _refused(answer: httpx.Response, status: int, code: str, field: str = "") -> None:
    told = problem(answer)
    assert (answer.status_code, told["code"], told.get("field", "")) == (status, code, field)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", ""),
        (b'{"user": "a"', ""),
        (b"\xff\xfe", ""),
        (b"[]", ""),
        (b'{"user": "a", "password": 1}', "password"),
        (b'{"user": "a"}', "password"),
        (b'{"user": "a", "password": "b", "admin": true}', "admin"),
        (b"[" * 100_000, ""),
        (b'{"user": "\\ud800", "password": "x"}', ""),
    ],
)
def test_a_body_of_another_shape_is_not_understood(talk: Talk, body: bytes, field: str) -> None:
    """Missing, extra and wrong fields, broken text, absurd depth: one code."""
    answer = talk("").client.post("/sessions", content=body, headers=_JSON)
    told = problem(answer)
    assert (answer.status_code, told["code"]) == (422, "invalid_input")
    assert told.get("field", "") == field


def test_a_command_of_another_shape_is_not_understood(talk: Talk) -> None:
    """Around the intent and inside of it."""
    jana = talk(CUSTOMER)
    headers = _JSON | {IDEMPOTENCY_KEY: uuid7()}
    for body, field in (
        (b"", ""),
        (b'{"intent": {}}', "created_at"),
        (command_body(_TICKET)[:-1] + b', "more": 1}', "more"),
        (b'{"created_at": 5, "intent": {}}', "created_at"),
    ):
        _refused(jana.client.post("/commands", content=body, headers=headers), 422, "invalid_input", field)
    naive = b'{"created_at": "2026-01-01T00:00:00", "intent": %s}' % _TICKET
    _refused(
        jana.client.post("/commands", content=naive, headers=headers), 422, "invalid_input", "created_at"
    )
    _refused(jana.send(b'{"do": "unheard_of"}'), 422, "refused")
    _refused(jana.send(b'{"do": "close_ticket", "ticket_id": "x", "more": 1}'), 422, "refused")
    _refused(jana.send(_TICKET, "not-an-id"), 422, "refused")
    without_key = jana.client.post("/commands", content=command_body(_TICKET), headers=_JSON)
    assert problem(without_key)["code"] == "invalid_input"


def test_the_same_key_with_another_content_is_a_conflict(talk: Talk) -> None:
    """Nothing is changed, also when it comes from somebody else."""
    jana, tom, kim = talk(CUSTOMER), talk(COLLEAGUE), talk(STRANGER)
    command_id = uuid7()
    assert jana.send(_TICKET, command_id).status_code == 200
    other = CreateTicket(subject="Other", description="No")
    for answer in (
        jana.send(other, command_id),
        tom.send(_TICKET, command_id),
        kim.send(_TICKET, command_id),
    ):
        _refused(answer, 409, "idempotency_conflict")


def test_foreign_and_missing_are_answered_alike(talk: Talk) -> None:
    """Byte for byte, apart from what is new in every answer."""
    jana, kim = talk(CUSTOMER), talk(STRANGER)
    ticket = jana.report()
    foreign = kim.send(Reply(conversation_id=ticket, body="Hello"))
    missing = kim.send(Reply(conversation_id=uuid7(), body="Hello"))
    _refused(foreign, 404, "not_found")
    assert foreign.content == missing.content
    assert foreign.headers.keys() == missing.headers.keys()


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer \xe4", "x" * 9000])
def test_without_a_token_that_holds_nothing_is_told(talk: Talk, authorization: str) -> None:
    """One answer for all of them."""
    client = talk("").client
    answer = client.get("/welcome", headers={b"Authorization": authorization.encode("latin-1")})
    _refused(answer, 401, "session_expired")


def test_names_and_passwords_of_absurd_length_are_wrong_ones(talk: Talk) -> None:
    """Without a look at the database or a hash of them."""
    for user, password in (("x" * 300, PASSWORD), (CUSTOMER, "x" * 2000)):
        answer = talk("").client.post("/sessions", json={"user": user, "password": password})
        _refused(answer, 401, "authentication_failed")


def test_guesses_come_to_an_end_and_the_waiting_time_is_told(talk: Talk) -> None:
    """In the header and in the problem."""
    nobody = talk("")
    answers = [nobody.sign_in("nobody@nowhere.example", "wrong-password") for _guess in range(11)]
    _refused(answers[9], 401, "authentication_failed")
    _refused(answers[10], 429, "too_many_attempts")
    assert int(answers[10].headers["retry-after"]) >= problem(answers[10])["retry_after_s"] > 0


def test_unknown_addresses_and_methods(talk: Talk) -> None:
    """Nothing is there, or it cannot be asked that way."""
    nobody = talk("")
    _refused(nobody.client.get("/nothing"), 404, "not_found")
    _refused(nobody.client.get("/../../etc/passwd"), 404, "not_found")
    wrong = nobody.client.patch("/welcome")
    assert wrong.status_code == 405
    assert "GET" in wrong.headers["allow"]
    assert problem(wrong)["code"] == "method_not_allowed"


def test_parameters_out_of_range(talk: Talk) -> None:
    """Named, so that a developer finds them."""
    jana = talk(CUSTOMER)
    for limit in ("0", "1001", "many", ""):
        _refused(jana.client.get("/changes", params={"limit": limit}), 422, "invalid_input", "limit")
    assert jana.client.get("/changes", params={"cursor": "nonsense"}).status_code == 200  # begins anew


def test_bodies_are_cut_off_at_their_cap(talk: Talk) -> None:
    """By what is announced, and by what comes where nothing was announced."""
    jana = talk(CUSTOMER)
    headers = _JSON | {IDEMPOTENCY_KEY: uuid7()}
    announced = jana.client.post("/commands", content=b" " * (MAX_BODY_BYTES + 1), headers=headers)
    _refused(announced, 413, "limit_exceeded")

    def pieces() -> Iterator[bytes]:
        for _piece in range(20):
            yield b" " * (MAX_BODY_BYTES // 16)

    _refused(jana.client.post("/commands", content=pieces(), headers=headers), 413, "limit_exceeded")


def test_limits_of_the_portal_are_told_as_such(talk: Talk) -> None:
    """A file that is too large is refused before its first byte."""
    jana = talk(CUSTOMER)
    body = {"sha256": sha256(b""), "size_bytes": 10**12, "name": "huge.bin"}
    _refused(jana.client.post("/uploads", json=body), 413, "limit_exceeded")
    ghost = FileRef(name="a", sha256=sha256(b"never sent"), size_bytes=10)
    assert problem(jana.send(CreateTicket(subject="A", description="B", files=(ghost,))))["code"] == "refused"


def test_zero_bytes_in_texts_are_no_fault_of_the_server(talk: Talk) -> None:
    """One database takes them, the other does not; neither answer is a 500."""
    jana = talk(CUSTOMER)
    written = b'{"do":"create_ticket","subject":"a\\u0000b","description":"c"}'
    assert jana.send(written).status_code in {200, 422}
    assert talk("").sign_in("a\0b").status_code in {401, 422}


def test_who_failed_at_once_is_not_asked_to_return_at_once(server: Served, talk: Talk) -> None:
    """While a database is out of reach: soon, and each at another moment."""
    jana = talk(CUSTOMER)

    async def out_of_reach(_job: object) -> None:
        raise BackendError

    server.portal.desk.read = out_of_reach  # type: ignore[method-assign,assignment]
    answers = [jana.client.get("/changes") for _time in range(30)]
    waits_s = {int(answer.headers["Retry-After"]) for answer in answers}
    assert {answer.status_code for answer in answers} == {503}
    assert waits_s <= set(range(3, 11))
    assert len(waits_s) > 1
