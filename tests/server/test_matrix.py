"""No look across organisations: every route, every intent, everybody who might ask.

The tables below say what is asked. A route of the API's own description that stands in none of them, or an
intent that does not, fails the first two tests: nothing new escapes.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, count
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

import httpx
import msgspec
import pytest

from supportdesk.clock import uuid7
from supportdesk.desk.office.verbs import VERBS
from supportdesk.domain.account import AccountRequest, ExamineCode
from supportdesk.domain.commands import (
    AddFiles,
    AnyIntent,
    CloseTicket,
    ConfirmNotice,
    CreateOrder,
    CreateTicket,
    DeclineDocument,
    FileRef,
    MarkRead,
    NewArticle,
    RateArticle,
    RateTicket,
    ReopenTicket,
    Reply,
    SignDocument,
    encode_intent,
)
from supportdesk.domain.entities import ConversationKind
from supportdesk.domain.office_people import AddPerson
from supportdesk.domain.orders import Article
from supportdesk.domain.wire import API, CHUNK_TYPE, DISCOVERY, IDEMPOTENCY_KEY, UPLOAD_OFFSET
from supportdesk.server.openapi import document, operations
from supportdesk.server.routes import ROUTES
from supportdesk.server.routes.staff import path as staff_path
from tests.server.talking import command_body, sha256
from tests.server.world import EVERYBODY, INSIDE, NOBODY, OUTSIDE, USERS, Everybody, Things
from tests.support.desk import PASSWORD, PRICE, small_profile
from tests.support.server import Served, small_portal

Operation = tuple[str, str]
_numbers = count()

_DOCUMENT = json.loads(document())
_WHO = {(method, path): told["x-who"] for path, method, told in operations(_DOCUMENT)}
_ALLOWED = {
    "signed_in": (*INSIDE, *OUTSIDE),
    "admin": ("colleague",),
    "staff": ("staff",),
}


class Asked(NamedTuple):
    """One request, as httpx takes it. Its path may be given where it holds an id."""

    path: str = ""
    json: Any = None
    content: bytes | None = None
    headers: Mapping[str, str] = MappingProxyType({})


PLAIN: dict[Operation, Callable[[], Asked]] = {
    ("GET", DISCOVERY): Asked,
    ("GET", f"{API}/door"): Asked,
    ("POST", f"{API}/sessions"): lambda: Asked(
        json={"user": f"nobody-{next(_numbers)}", "password": PASSWORD}
    ),
    ("POST", f"{API}/account/mails"): lambda: Asked(
        json={"purpose": "reset", "email": "jana@practice.example", "language": "en"}
    ),
    ("POST", f"{API}/account/requests"): lambda: Asked(
        json={"email": "a@b.example", "name": "A", "organisation": "B", "language": "en"}
    ),
    ("POST", f"{API}/account/codes/examined"): lambda: Asked(json={"code": "AAAA-AAAA-AAAA-AAAA"}),
    ("POST", f"{API}/account/codes/redeemed"): lambda: Asked(
        json={"code": "AAAA-AAAA-AAAA-AAAA", "password": PASSWORD}
    ),
    ("GET", f"{API}/account/single-sign-on"): Asked,
    ("POST", f"{API}/account/single-sign-on/redeemed"): lambda: Asked(
        json={"code": "c", "verifier": "v", "redirect_uri": "http://127.0.0.1:9/", "nonce": "n"}
    ),
    ("POST", f"{API}/guest/reports"): lambda: Asked(
        json={
            "command_id": uuid7(),
            "email": "jana@practice.example",
            "name": "A",
            "subject": "S",
            "description": "D",
            "language": "en",
            "privacy_accepted": True,
        }
    ),
    ("GET", f"{API}/welcome"): Asked,
    ("GET", f"{API}/changes"): Asked,
    ("GET", f"{API}/sessions"): Asked,
    ("GET", f"{API}/account"): Asked,
    ("PUT", f"{API}/account"): lambda: Asked(json={"name": "N", "phone": "", "language": "en"}),
    ("PUT", f"{API}/account/password"): lambda: Asked(json={"old": "not mine at all", "new": PASSWORD}),
    ("POST", f"{API}/colleagues"): lambda: Asked(
        json={
            "email": f"new-{next(_numbers)}@practice.example",
            "name": "New",
            "role": "customer",
            "language": "en",
        }
    ),
    ("POST", f"{API}/uploads"): lambda: Asked(
        json={"sha256": sha256(Things.CONTENT), "size_bytes": len(Things.CONTENT), "name": "a.txt"}
    ),
    ("DELETE", f"{API}/sessions"): Asked,
    ("DELETE", f"{API}/sessions/current"): Asked,
}
PLAIN |= {
    ("POST" if verb.writes else "GET", staff_path(verb)): lambda: Asked(
        headers={IDEMPOTENCY_KEY: uuid7()}, content=b"{}"
    )
    for verb in VERBS
}
"""Requests that name nothing of anybody's. What staff say wrongly is told to staff alone."""


class About(NamedTuple):
    """Requests that name something of the practice's, or something that is not there."""

    thing: str
    """A kind of `Everybody.thing`."""
    ask: Callable[[str], Asked]
    seen_by: tuple[str, ...] = INSIDE


def _at(path: str, **more: Any) -> Callable[[str], Asked]:
    return lambda id: Asked(path=f"{API}{path}".format(id=id), **more)


OBJECTS: dict[Operation, About] = {
    ("DELETE", f"{API}/sessions/{{session_id}}"): About("session", _at("/sessions/{id}"), ("customer",)),
    ("PUT", f"{API}/colleagues/{{person_id}}/active"): About(
        "person", _at("/colleagues/{id}/active", json={"active": True}), ("colleague",)
    ),
    ("HEAD", f"{API}/uploads/{{sha256}}"): About("upload", _at("/uploads/{id}"), ("customer",)),
    ("PATCH", f"{API}/uploads/{{sha256}}"): About(
        "upload",
        _at("/uploads/{id}", content=b"x", headers={"Content-Type": CHUNK_TYPE, UPLOAD_OFFSET: "0"}),
        ("customer",),
    ),
    ("GET", f"{API}/attachments/{{attachment_id}}/content"): About(
        "ticket_file", _at("/attachments/{id}/content")
    ),
}

ELSEWHERE = {
    ("POST", f"{API}/commands"): "the intents below",
    ("GET", f"{API}/events"): "test_streams_open_for_those_who_are_signed_in_alone",
}

_READERS = (*INSIDE, *OUTSIDE)

TALKED_ABOUT = tuple(kind.value for kind in ConversationKind)
OPEN_FOR_EVER = tuple(kind for kind in TALKED_ABOUT if kind != "ticket")
"""What no other question closes; tickets are asked so by the contract of backends."""
FILES = (*(f"{kind}_file" for kind in TALKED_ABOUT), "article_file", "document_page")
NAMED = {
    "conversation_id": set(TALKED_ABOUT),
    "ticket_id": {"ticket"},
    "document_id": {"document"},
    "requester_id": {"person"},
}
"""What a field of an intent may name; see also MarkRead."""

INTENTS: dict[str, tuple[About, ...]] = {
    "create_ticket": (
        About("person", lambda id: _command(CreateTicket("S", "D", requester_id=id))),
        About("upload", lambda id: _command(CreateTicket("S", "D", files=(_file(id),))), ("customer",)),
    ),
    "reply": tuple(
        About(kind, lambda id: _command(Reply(conversation_id=id, body="B"))) for kind in TALKED_ABOUT
    ),
    "add_files": tuple(
        About(kind, lambda id: _command(AddFiles(conversation_id=id, files=(_file(sha256(b"")),))))
        for kind in TALKED_ABOUT
    ),
    "create_order": (
        About(
            "upload",
            lambda id: _command(
                CreateOrder(f"R-{next(_numbers)}", (NewArticle(Article("BD-1"), (_file(id),)),))
            ),
            ("customer",),
        ),
    ),
    "sign_document": (
        About("document", lambda id: _command(SignDocument(id, "0" * 64, {}, _file(sha256(b""))))),
    ),
    "decline_document": (About("document", lambda id: _command(DeclineDocument(id, " "))),),
    "close_ticket": (About("ticket", lambda id: _command(CloseTicket(ticket_id=id))),),
    "reopen_ticket": (About("ticket", lambda id: _command(ReopenTicket(ticket_id=id, description="D"))),),
    "rate_ticket": (About("ticket", lambda id: _command(RateTicket(ticket_id=id, helpful=True))),),
    "mark_read": (
        About("ticket", lambda id: _command(MarkRead(what="ticket", id=id))),
        About("document", lambda id: _command(MarkRead(what="document", id=id))),
        About("order", lambda id: _command(MarkRead(what="order", id=id))),
        About("subscription", lambda id: _command(MarkRead(what="subscription", id=id))),
        About("notice", lambda id: _command(MarkRead(what="publication", id=id)), _READERS),
    ),
    "confirm_notice": (About("notice", lambda id: _command(ConfirmNotice(publication_id=id)), _READERS),),
    "rate_article": (
        About("article", lambda id: _command(RateArticle(publication_id=id, helpful=True)), _READERS),
    ),
}


def _command(intent: AnyIntent) -> Asked:
    headers = {IDEMPOTENCY_KEY: uuid7(), "Content-Type": "application/json"}
    return Asked(f"{API}/commands", content=command_body(encode_intent(intent)), headers=headers)


def _file(digest: str) -> FileRef:
    return FileRef(name="a.txt", sha256=digest, size_bytes=11)


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everybody]:
    folder = tmp_path_factory.mktemp("matrix")
    other = small_portal(folder / "other", msgspec.structs.replace(small_profile(), id="other"))
    server = Served(small_portal(folder / "desk"), other=other)
    server.start()
    try:
        world = Everybody(server, other)
        yield world
        world.close()
    finally:
        server.stop()


def test_every_route_stands_in_a_table() -> None:
    """Taken from the description of the API, which is made of the routes themselves."""
    assert _WHO.keys() == PLAIN.keys() | OBJECTS.keys() | ELSEWHERE.keys()
    for_browsers = {"/", "/go"}
    described = {path for _method, path in _WHO} | {f"{API}/openapi.json"} | for_browsers
    served = {path.replace(":str", "") for route in ROUTES for path in route.paths}
    assert served == described


def test_every_intent_stands_in_a_table() -> None:
    """Taken from the description of what a command may hold."""
    intents = _DOCUMENT["components"]["schemas"]["CommandSent"]["properties"]["intent"]["discriminator"]
    assert intents["mapping"].keys() == INTENTS.keys()


def test_a_body_must_have_what_the_server_demands() -> None:
    """No more and no less; what is asked, which the path says, may be left out."""
    schemas = _DOCUMENT["components"]["schemas"]
    requests = [*AccountRequest.__subclasses__(), *(verb.request for verb in VERBS)]
    described = {each: schemas[each.__name__] for each in requests if each.__name__ in schemas}
    assert {ExamineCode, AddPerson} <= described.keys()
    for request, schema in described.items():
        demanded = {field.encode_name for field in msgspec.structs.fields(request) if field.required}
        assert set(schema.get("required", ())) == demanded
    assert msgspec.json.decode(b'{"code": "A"}', type=ExamineCode) == ExamineCode("A")


def test_every_kind_of_thing_is_asked_about() -> None:
    """Wherever an intent can name one; and the vendor's verbs for each are among the routes."""
    named = {
        tag: set().union(*(NAMED.get(field, set()) for field in intent.__struct_fields__))
        for tag, intent in ((each.__struct_config__.tag, each) for each in get_args(AnyIntent))
    }
    asked = {tag: {about.thing for about in several} for tag, several in INTENTS.items()}
    assert all(named[tag] <= asked[tag] for tag in INTENTS), (named, asked)
    assert asked["mark_read"] == {*TALKED_ABOUT, "notice"}
    assert {*TALKED_ABOUT} <= {verb.noun for verb in VERBS if verb.writes}
    things = Counter(about.thing for about in (*OBJECTS.values(), *chain(*INTENTS.values())))
    questions = (len(PLAIN) + 2 * (things.total() + len(FILES) + len(OPEN_FOR_EVER))) * len(EVERYBODY)
    print(f"{len(_WHO)} routes, {len(INTENTS)} intents, {len(EVERYBODY)} who ask: {questions} questions")
    print("kinds of questions by thing:", *(f"{thing} {number}" for thing, number in things.most_common()))


@pytest.mark.parametrize("operation", [each for each in PLAIN if _WHO[each] == "public"], ids=" ".join)
def test_public_routes_do_not_look_at_who_asks(everybody: Everybody, operation: Operation) -> None:
    """The answer is the same for all, with and without a token; each report has its own number."""
    answers = {}
    for name in EVERYBODY:
        everybody.forgive_guesses()
        answers[name] = _ask(everybody, name, operation, PLAIN[operation]())
    told = {(each.status_code, re.sub(rb'"number":"\d{4}"', b"", each.content)) for each in answers.values()}
    assert len(told) == 1
    _check_no_canary(answers)


@pytest.mark.parametrize("operation", [each for each in PLAIN if _WHO[each] != "public"], ids=" ".join)
def test_who_may_not_ask_is_told_nothing(everybody: Everybody, operation: Operation) -> None:
    """Those without a session all get one answer, those of another role one other."""
    answers = {name: _ask(everybody, name, operation, PLAIN[operation]()) for name in EVERYBODY}
    _check_nobody(answers)
    allowed = _ALLOWED[_WHO[operation]]
    for name in set(EVERYBODY) - set(NOBODY):
        refused = answers[name].status_code == 403
        assert refused == (name not in allowed), name
        assert answers[name].status_code < 500
    _check_no_canary(answers)


@pytest.mark.parametrize("operation", OBJECTS, ids=" ".join)
def test_what_is_not_theirs_is_not_there(everybody: Everybody, operation: Operation) -> None:
    """Foreign and missing are answered alike, to the byte."""
    about = OBJECTS[operation]
    _check_about(everybody, operation, about, _ALLOWED[_WHO[operation]])


@pytest.mark.parametrize("file", FILES)
def test_the_files_of_everything_are_theirs(everybody: Everybody, file: str) -> None:
    """Whether said in a talk, given with an article of an order, or to be signed."""
    operation = "GET", f"{API}/attachments/{{attachment_id}}/content"
    about = About(file, _at("/attachments/{id}/content"))
    _check_about(everybody, operation, about, _ALLOWED["signed_in"])


@pytest.mark.parametrize("kind", OPEN_FOR_EVER)
def test_what_somebody_else_uploaded_cannot_be_added(everybody: Everybody, kind: str) -> None:
    """To whatever one talks about: a hash opens nothing, not even whether it is there."""
    id = everybody.thing(kind)
    about = About("upload", lambda sha256: _command(AddFiles(id, (_file(sha256),))), ("customer",))
    _check_about(everybody, ("POST", f"{API}/commands"), about, _ALLOWED["signed_in"])


@pytest.mark.parametrize(
    ("intent", "about"),
    [(name, about) for name, several in INTENTS.items() for about in several],
    ids=lambda each: each if isinstance(each, str) else each.thing,
)
def test_intents_about_what_is_not_theirs_find_nothing(
    everybody: Everybody, intent: str, about: About
) -> None:
    """Alike for foreign and missing; whoever sees it is answered otherwise, be it by a refusal."""
    _check_about(everybody, ("POST", f"{API}/commands"), about, _ALLOWED["signed_in"])


def test_the_feed_tells_each_their_own(everybody: Everybody) -> None:
    """From the first change to the last; what is internal is in nobody's."""
    seen = {name: _whole_feed(everybody, name) for name in (*INSIDE, *OUTSIDE)}
    for name in INSIDE:
        told = (Things.BODY, *(f"{Things.TALK} {kind}" for kind in TALKED_ABOUT))
        assert all(words in seen[name] for words in told), name
        assert Things.KEY in seen[name], name
    for name in OUTSIDE:
        assert "canary" not in seen[name].lower(), name
        assert Things.KEY not in seen[name], name
    assert not any(Things.NOTE in text or PRICE in text for text in seen.values())


def test_mails_tell_each_their_own(everybody: Everybody) -> None:
    """Of what the practice writes, orders, signs and subscribes to nobody else reads by mail either."""
    mails = everybody.mails()
    told = {address for address, text in mails if "canary" in text.lower() or Things.KEY in text}
    assert told, "a control: there are mails that tell of it"
    assert told <= {USERS[name] for name in INSIDE}
    assert not any(Things.NOTE in text or PRICE in text for _address, text in mails)


def test_streams_open_for_those_who_are_signed_in_alone(everybody: Everybody) -> None:
    """All others get the answer that they always get."""
    for name in (*INSIDE, *OUTSIDE):
        with everybody.clients[name].stream("GET", f"{API}/events") as answer:
            assert answer.status_code == 200, name
    answers = {name: everybody.clients[name].get(f"{API}/events") for name in NOBODY}
    _check_nobody(answers)


def _check_about(everybody: Everybody, operation: Operation, about: About, allowed: tuple[str, ...]) -> None:
    thing = everybody.thing(about.thing)
    missing = sha256(b"nobody has this") if about.thing == "upload" else uuid7()
    found = {name: _ask(everybody, name, operation, about.ask(thing)) for name in reversed(EVERYBODY)}
    none = {name: _ask(everybody, name, operation, about.ask(missing)) for name in EVERYBODY}
    _check_nobody(found)
    _check_nobody(none)
    for name in allowed:
        alike = _told(found[name]) == _told(none[name])
        assert none[name].status_code in {404, 422}, (name, none[name].text)
        assert alike == (name not in about.seen_by), (name, found[name].status_code, found[name].text)
    for name in set(EVERYBODY) - set(NOBODY) - set(allowed):
        assert (found[name].status_code, _told(found[name])) == (403, _told(none[name])), name
    _check_no_canary({name: found[name] for name in EVERYBODY if name not in about.seen_by})


def _ask(everybody: Everybody, name: str, operation: Operation, asked: Asked) -> httpx.Response:
    method, path = operation
    answer = everybody.clients[name].request(
        method, asked.path or path, json=asked.json, content=asked.content, headers=asked.headers
    )
    assert answer.status_code < 500, (name, operation, answer.text)
    if method == "DELETE" and name not in NOBODY:
        everybody.renew(name)
    return answer


def _check_nobody(answers: dict[str, httpx.Response]) -> None:
    """One answer for everybody without a session, however they lost it."""
    reference = answers["none"]
    assert reference.status_code == 401
    for name in NOBODY:
        assert _told(answers[name]) == _told(reference), name


def _told(answer: httpx.Response) -> object:
    """All that an answer says, but for what is new in each."""
    headers = {name: value for name, value in answer.headers.items() if name not in {"date", "x-request-id"}}
    return answer.status_code, answer.content, headers


def _check_no_canary(answers: dict[str, httpx.Response]) -> None:
    for name, answer in answers.items():
        said = answer.text + str(answer.headers)
        assert Things.NOTE not in said, name
        if name not in INSIDE:
            assert "canary" not in said.lower(), name
            assert Things.KEY not in said, name


def _whole_feed(everybody: Everybody, name: str) -> str:
    text, cursor, more = "", "", True
    while more:
        params = {"cursor": cursor} if cursor else {}
        answer = everybody.clients[name].get(f"{API}/changes", params=params)
        text, cursor, more = text + answer.text, answer.json()["cursor"], answer.json()["more"]
    return text


def test_the_tables_would_notice(everybody: Everybody) -> None:
    """A control: the practice's own people do get the canaries that the tests look for."""
    content = everybody.clients["customer"].get(f"{API}/attachments/{everybody.things.ticket_file}/content")
    assert content.content == Things.CONTENT
    assert Things.NAME in content.headers["content-disposition"]
