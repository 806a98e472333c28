"""The vendor's people over HTTP: the verbs are those of the command line, see `test_desk_office`."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from supportdesk.clock import uuid7
from supportdesk.domain.entities import Attachment, Message
from supportdesk.domain.wire import IDEMPOTENCY_KEY
from tests.server.talking import Talker, problem, sha256
from tests.support.desk import CUSTOMER, STAFF

Talk = Callable[[str], Talker]


def _do(talker: Talker, verb: str, command_id: str = "", **request: Any) -> httpx.Response:
    headers = {IDEMPOTENCY_KEY: command_id or uuid7()}
    return talker.client.post(f"/staff/{verb}", json=request, headers=headers)


def _list(talker: Talker, **conditions: Any) -> list[str]:
    answer = talker.client.get("/staff/ticket/list", params=conditions)
    assert answer.status_code == 200, answer.text
    return [each["subject"] for each in answer.json()["tickets"]]


def test_an_answer_arrives_once_with_its_file(talk: Talk) -> None:
    """However often it is sent; the file was uploaded like a customer's."""
    jana, mia = talk(CUSTOMER), talk(STAFF)
    ticket = jana.report("Printer")
    content = b"Turn it off and on."
    file = {"name": "guide.txt", "sha256": mia.upload(content), "size_bytes": len(content)}
    command_id = uuid7()
    told = {"ticket": ticket, "body": "See the guide.", "status": "question", "files": [file]}
    answers = [_do(mia, "ticket/answer", command_id, **told) for _repeat in range(3)]
    assert {each.status_code for each in answers} == {200}
    assert len({each.content for each in answers}) == 1
    seen = jana.sees()
    assert [each.body for each in seen if isinstance(each, Message)] == [
        "It does not print.",
        "See the guide.",
    ]
    (attached,) = [each for each in seen if isinstance(each, Attachment)]
    assert attached.sha256 == sha256(content)
    other = _do(mia, "ticket/answer", command_id, ticket=ticket, body="Something else.")
    assert problem(other)["code"] == "idempotency_conflict"


def test_lists_take_their_conditions_from_the_address(talk: Talk) -> None:
    """A condition may come more than once where it may hold several."""
    jana, mia = talk(CUSTOMER), talk(STAFF)
    for subject in ("Printer", "Scanner"):
        jana.report(subject)
    assert _list(mia) == ["Scanner", "Printer"]
    assert _list(mia, words="print", unassigned="true") == ["Printer"]
    assert _list(mia, status=["solved", "closed"]) == []
    assert _list(mia, limit=1, skip=1) == ["Printer"]


def test_a_first_password_is_told_once(talk: Talk) -> None:
    """A repeat makes nobody and tells nothing."""
    mia = talk(STAFF)
    command_id = uuid7()
    told = {"email": "lea@x.example", "name": "Lea", "organisation": "Practice", "tell_password": True}
    first = _do(mia, "person/add", command_id, **told).json()
    again = _do(mia, "person/add", command_id, **told).json()
    assert again == {"id": first["id"]}
    assert mia.sign_in(first["user"], first["password"]).status_code == 201


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("ticket/list?colour=red", "colour"),
        ("ticket/list?limit=many", "limit"),
        ("ticket/list?limit=0", "limit"),
        ("ticket/list?status=lost", "status"),
        ("ticket/show", "ticket"),
        ("ticket/show?ticket=99", "ticket"),
        ("time/sum?since=2027-01-31", "since"),
    ],
)
def test_wrong_questions_are_told_with_their_field(talk: Talk, path: str, field: str) -> None:
    """As a problem, never as a fault."""
    told = problem(talk(STAFF).client.get(f"/staff/{path}"))
    assert (told["status"], told.get("field", "")) == (422, field)


def test_wrong_requests_are_told_with_their_field(talk: Talk) -> None:
    """Before anything is written."""
    mia = talk(STAFF)
    for request, field in (
        ({"name": "North", "colour": "red"}, "colour"),
        ({"name": 5}, "name"),
        ({"name": " "}, "name"),
        ({"name": "North", "partner": "Nowhere"}, "partner"),
    ):
        told = problem(_do(mia, "organisation/add", **request))
        assert (told["status"], told.get("field", "")) == (422, field)
    assert problem(mia.client.post("/staff/organisation/add", json={"name": "North"}))["status"] == 422
    names = {each["name"] for each in mia.client.get("/staff/organisation/list").json()["organisations"]}
    assert "North" not in names


def test_customers_are_told_nothing(talk: Talk) -> None:
    """Not even whether the question was right."""
    jana = talk(CUSTOMER)
    ticket = jana.report("Printer")
    answers = [
        jana.client.get("/staff/ticket/show", params={"ticket": ticket}),
        jana.client.get("/staff/ticket/show", params={"ticket": "99"}),
        jana.client.get("/staff/ticket/show"),
        _do(jana, "ticket/answer", ticket=ticket, body="I am staff."),
    ]
    assert {(each.status_code, each.content) for each in answers} == {(403, answers[0].content)}
