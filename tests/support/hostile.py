"""A server that answers nonsense: good answers with something wrong in them."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple, get_args

import httpx
import msgspec

from supportdesk.backends.http import Http, Patience
from supportdesk.backends.rest import RestBackend
from supportdesk.backends.rest.discovery import discover
from supportdesk.backends.rest.events import EventPace
from supportdesk.domain import wire
from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.domain.changes import Gone, Page
from supportdesk.domain.commands import Command, CreateTicket, FileRef, Receipt, encode_intent, payload_sha256
from supportdesk.domain.entities import (
    ConversationEvent,
    Entity,
    EventKind,
    KeyKind,
    LicenseKey,
    Organisation,
    Person,
    PublicationKind,
    TimeRecord,
)
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.profile import BackendAddress
from supportdesk.domain.projections import ItemKind, ItemQuery, PublicationQuery, TicketQuery
from supportdesk.domain.session import Session, Welcome
from supportdesk.replica.reader import Reader
from supportdesk.replica.store import Store
from tests.support import facts
from tests.support.desk import CATALOGUE, small_profile
from tests.support.pdfs import FORM

ADDRESS = "http://127.0.0.1:9"
_COMMAND = Command("018f0000-0000-7000-8000-000000000001", facts.MOMENT, CreateTicket("Printer", "On fire."))
_FILE = FileRef("scan.pdf", "ab" * 32, 3000)
_CONTENT = bytes(range(256)) * 4
_JSON = {"content-type": "application/json"}
_NASTY: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    2**31,
    2**63,
    10**40,
    1e308,
    "",
    "x" * 70_000,
    "\x00",
    "../../etc/passwd",
    "2026-01-01T00:00:00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59Z",
    "<img src=x>",
    "\u202eexe.pdf",
    [],
    {},
    [[]],
    {"kind": "ticket"},
)
_HEADERS = {
    "content-type": ("", "text/html", "application/problem+json", "application/json; charset=utf-7", "\x7f"),
    "content-encoding": ("gzip", "br", "identity, gzip", "deflate"),
    "upload-offset": ("", "-1", "1e3", "99999999999999999999", "3001", "٣", "12 "),
    "retry-after": ("-5", "1e999", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT", "soon", "nan"),
    "etag": ("", "x" * 5000, '"\xe4"', "W/"),
    "location": ("http://evil.example/",),
}
_STATUSES: tuple[int, ...] = (
    100,
    199,
    200,
    201,
    204,
    206,
    301,
    304,
    400,
    401,
    403,
    404,
    407,
    409,
    413,
    416,
    422,
    429,
    500,
    502,
    503,
    504,
    511,
    599,
    999,
)


class Good(NamedTuple):
    """An answer as it should be."""

    status: int
    headers: dict[str, str]
    body: bytes


Ask = Callable[[RestBackend, "Bench"], Awaitable[None]]


class Bench:
    """One client and one replica, for as many answers as wanted."""

    def __init__(self, folder: Path) -> None:
        self.answer = Good(200, {}, b"")
        self.transport = httpx.MockTransport(self._given)
        self.backend = RestBackend(
            Http(ADDRESS, Patience(5, 5, 5), self.transport), folder / "client", EventPace(first_retry_s=30)
        )
        self.store = Store.open(folder / "data")
        self.store.write(lambda writer: writer.put_account(facts.ACCOUNT)).result()

    def _given(self, _request: httpx.Request) -> httpx.Response:
        status, headers, body = self.answer
        raw = [(name.encode(), value.encode("utf-8", "replace")) for name, value in headers.items()]
        return httpx.Response(status, headers=raw, stream=httpx.ByteStream(body))

    async def close(self) -> None:
        await self.backend.close()
        self.store.close()


def hurt(endpoint: str, times: int, seed: int, folder: Path) -> list[str]:
    """What came out of so many bad answers that was neither a result nor a typed error."""
    dice = random.Random(f"{endpoint}{seed}")
    good, ask = ENDPOINTS[endpoint]

    async def whole(bench: Bench) -> list[str]:
        await bench.backend.resume(Session("jana", "token"))
        bench.answer = good
        await ask(bench.backend, bench)  # else the test would test nothing
        strange: list[str] = []
        for _time in range(times):
            bench.answer = spoiled(dice, good)
            try:
                await ask(bench.backend, bench)
            except SupportDeskError:
                continue
            except Exception as error:  # noqa: BLE001 that is what is looked for
                strange.append(f"{error!r} after {bench.answer!r}"[:600])
        return strange

    async def all_closed() -> list[str]:
        bench = Bench(folder)
        try:
            return await whole(bench)
        finally:
            await bench.close()

    return asyncio.run(all_closed())


def spoiled(dice: random.Random, good: Good) -> Good:
    """One to three things are wrong with it."""
    status, headers, body = good
    for _fault in range(dice.choice((1, 1, 1, 2, 3))):
        chance = dice.random()
        if chance < 0.08:
            status = dice.choice(_STATUSES)
        elif chance < 0.2:
            name = dice.choice(list(_HEADERS))
            headers = headers | {name: dice.choice(_HEADERS[name])}
        elif chance < 0.26:
            status, headers, body = _problem(dice)
        elif chance < 0.6:
            body = _other_bytes(dice, body)
        else:
            body = _other_values(dice, body)
    return Good(status, headers, body)


def _problem(dice: random.Random) -> Good:
    problem = {
        "title": "No",
        "status": dice.choice(_STATUSES),
        "code": dice.choice(_CODES),
        "detail": dice.choice(("", "x" * 100_000, "\x00")),
        "retry_after_s": dice.choice((None, -1.0, 1e300, 5)),
    }
    status = dice.choice((problem["status"], dice.choice(_STATUSES)))
    assert isinstance(status, int)
    return Good(status, {"content-type": wire.PROBLEM_TYPE}, msgspec.json.encode(problem))


_CODES = ("session_expired", "not_found", "refused", "limit_exceeded", "too_many_attempts", "unexpected", "?")


def _other_bytes(dice: random.Random, body: bytes) -> bytes:
    changed = bytearray(body)
    begin = dice.randrange(len(body) + 1)
    end = min(len(body), begin + dice.choice((1, 1, 2, 8, 40)))
    match dice.randrange(6):
        case 0:
            return body[:begin]
        case 1:
            del changed[begin:end]
        case 2:
            changed[begin:end] = dice.randbytes(end - begin)
        case 3:
            changed[begin:begin] = body[begin:end] * dice.choice((1, 3, 1000))
        case 4:
            changed[begin:begin] = dice.choice((b"[" * 5000, b'{"a":' * 5000, b"\xff\xfe", b"\\ud800", b'"'))
        case _:
            return dice.choice(
                (b"", b"null", b"[]", b"{}", b"0", b'"x"', b"\xef\xbb\xbf{}", dice.randbytes(50))
            )
    return bytes(changed)


def _other_values(dice: random.Random, body: bytes) -> bytes:
    """Valid JSON with another value, name or key somewhere."""
    try:
        tree = msgspec.json.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _other_bytes(dice, body)
    places = list(_places(tree))
    if not places:
        return body
    holder, key = dice.choice(places)
    match dice.randrange(4):
        case 0 if isinstance(holder, dict):
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[f"{key}_x"] = holder.pop(key)
        case 2:
            holder[key] = dice.choice(places)[0]
            with suppress(RecursionError, ValueError):
                return msgspec.json.encode(tree)
            return body
        case _:
            holder[key] = dice.choice(_NASTY)
    return msgspec.json.encode(tree)


def _places(tree: Any) -> Any:
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in list(items):
        yield tree, key
        yield from _places(value)


async def _sign_in(backend: RestBackend, _bench: Bench) -> None:
    await backend.sign_in("jana", "secret")


async def _welcome(backend: RestBackend, bench: Bench) -> None:
    welcome = await backend.welcome()
    await asyncio.wrap_future(
        bench.store.write(
            lambda writer: writer.put_welcome(
                facts.ACCOUNT.id, welcome.me, welcome.organisation, welcome.capabilities, welcome.catalogue
            )
        )
    )


async def _pull(backend: RestBackend, bench: Bench) -> None:
    """What is believed also gets along with the replica: it is written and listed."""
    page = await backend.pull("before")
    await asyncio.wrap_future(bench.store.write(lambda writer: writer.apply(facts.ACCOUNT.id, page)))
    await asyncio.wrap_future(bench.store.read(_look))


def _look(reader: Reader) -> None:
    """What the screens ask for."""
    account = facts.ACCOUNT.id
    for row in reader.ticket_window(TicketQuery(account), 0, 20):
        reader.ticket(account, row.id)
    for item in get_args(ItemKind):
        for listed in reader.item_window(ItemQuery(account, item), 0, 20):
            reader.item(account, listed.id)
    for kind in PublicationKind:
        reader.publications(PublicationQuery(account, kind), facts.MOMENT)
    reader.home(account, facts.MOMENT)
    reader.people(account)
    reader.license_keys(account)


async def _push(backend: RestBackend, _bench: Bench) -> None:
    await backend.push(_COMMAND)


async def _begin_upload(backend: RestBackend, _bench: Bench) -> None:
    assert 0 <= await backend.uploaded_bytes(_FILE) <= _FILE.size_bytes


async def _upload(backend: RestBackend, _bench: Bench) -> None:
    assert 0 <= await backend.upload(_FILE, 0, b"x" * 1000) <= _FILE.size_bytes


async def _download(backend: RestBackend, _bench: Bench) -> None:
    async for _piece in backend.download("attachment", 0):
        pass


async def _events(backend: RestBackend, _bench: Bench) -> None:
    """Silence is a result: the engine polls."""
    with suppress(TimeoutError):
        await asyncio.wait_for(backend.wait_for_change(), 0.003)
        await asyncio.wait_for(backend.wait_for_change(), 0.003)


async def _discover(_backend: RestBackend, bench: Bench) -> None:
    await discover(ADDRESS, bench.transport)


def _good_page() -> Page:
    moment = facts.MOMENT
    found = (
        Organisation("practice", "Practice"),
        Person("jana", "Jana", "practice", email="jana@practice.example"),
        facts.ticket("t1", reopen_until=moment + timedelta(days=3), read_minutes=2, priority="normal"),
        msgspec.structs.replace(facts.ticket("t2"), fields={"printer": "hall"}, rating=5),
        msgspec.structs.replace(facts.document("d1", sign_by=moment), form=FORM, concerns_id="o1"),
        facts.order("o1"),
        facts.subscription("s1"),
        *(told for id in ("t1", "d1", "o1", "s1") for told in _talk(id)),
        facts.publication("p1", valid_until=moment),
        LicenseKey("k1", KeyKind.LICENSE, "Suite", "AAAA-BBBB"),
    )
    page = facts.page(*found, cursor="after")
    return msgspec.structs.replace(page, changes=(*page.changes, Gone("ticket", "t9")))


def _talk(id: str) -> tuple[Entity, ...]:
    """About anything."""
    return (
        facts.message(f"m {id}", id),
        ConversationEvent(f"e {id}", id, EventKind.STATUS, facts.MOMENT, "Mia", "new"),
        facts.attachment(f"a {id}", id),
        TimeRecord(f"r {id}", id, "Mia", 15, "Looked", facts.MOMENT),
    )


def _json(value: object, status: int = 200, **headers: str) -> Good:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Good(status, _JSON | named, msgspec.json.encode(value))


_WELCOME = Welcome(
    me=Person("jana", "Jana", "practice"),
    organisation=Organisation("practice", "Practice"),
    capabilities=Capabilities(frozenset(Capability)),
    catalogue=CATALOGUE,
)
_RECEIPT = Receipt(
    _COMMAND.id, payload_sha256(encode_intent(_COMMAND.intent)), _COMMAND.id, "17", facts.MOMENT
)
ENDPOINTS: dict[str, tuple[Good, Ask]] = {
    "sign_in": (_json(wire.SessionGiven("jana", "token", facts.MOMENT), 201), _sign_in),
    "welcome": (_json(_WELCOME), _welcome),
    "pull": (_json(_good_page(), etag='W/"1"'), _pull),
    "push": (_json(_RECEIPT), _push),
    "begin_upload": (Good(201, {"upload-offset": "1000"}, b""), _begin_upload),
    "upload": (Good(204, {"upload-offset": "1000"}, b""), _upload),
    "download": (Good(200, {"content-disposition": "attachment"}, _CONTENT), _download),
    "events": (Good(200, {"content-type": "text/event-stream"}, b":\n\nevent: changed\ndata:\n\n"), _events),
    "discovery": (
        _json(msgspec.structs.replace(small_profile(), backend=BackendAddress(kind="rest"))),
        _discover,
    ),
}
