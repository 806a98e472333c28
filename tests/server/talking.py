"""A client that says exactly what a test wants said."""

import hashlib
from typing import Any

import httpx
import msgspec

from supportdesk.clock import now, uuid7
from supportdesk.domain.changes import Page, Upsert
from supportdesk.domain.commands import (
    AnyIntent,
    CreateOrder,
    CreateTicket,
    FileRef,
    NewArticle,
    Receipt,
    encode_intent,
)
from supportdesk.domain.entities import Entity
from supportdesk.domain.orders import Article
from supportdesk.domain.wire import CHUNK_TYPE, IDEMPOTENCY_KEY, UPLOAD_OFFSET
from tests.support.desk import PASSWORD


class Talker:
    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def sign_in(self, user: str, password: str = PASSWORD) -> httpx.Response:
        self.client.headers.pop("Authorization", None)
        given = self.client.post("/sessions", json={"user": user, "password": password})
        if given.status_code == 201:
            self.client.headers["Authorization"] = f"Bearer {given.json()['token']}"
        return given

    @property
    def token(self) -> str:
        return self.client.headers["Authorization"].removeprefix("Bearer ")

    def send(self, intent: AnyIntent | bytes, command_id: str = "", **headers: str) -> httpx.Response:
        payload = intent if isinstance(intent, bytes) else encode_intent(intent)
        return self.client.post(
            "/commands",
            content=command_body(payload),
            headers={IDEMPOTENCY_KEY: command_id or uuid7(), "Content-Type": "application/json", **headers},
        )

    def do(self, intent: AnyIntent) -> Receipt:
        answer = self.send(intent)
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=Receipt)

    def report(self, subject: str = "Printer", **fields: Any) -> str:
        """The new ticket's id."""
        return self.do(CreateTicket(subject=subject, description="It does not print.", **fields)).entity_id

    def order(self, reference: str, file: FileRef) -> str:
        """The new order's id. It has one article, with the file."""
        article = NewArticle(Article("BD-1", name=reference), (file,))
        return self.do(CreateOrder(reference, (article,), note=reference)).entity_id

    def sees(self) -> list[Entity]:
        """Everything, from the beginning."""
        found: list[Entity] = []
        cursor, more = "", True
        while more:
            page = self.page(cursor)
            found += [change.entity for change in page.changes if isinstance(change, Upsert)]
            cursor, more = page.cursor, page.more
        return found

    def page(self, cursor: str = "") -> Page:
        answer = self.client.get("/changes", params={"cursor": cursor} if cursor else {})
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=Page)

    def begin_upload(self, content: bytes, name: str = "note.txt") -> httpx.Response:
        body = {"sha256": sha256(content), "size_bytes": len(content), "name": name}
        return self.client.post("/uploads", json=body)

    def append(self, digest: str, offset: int, chunk: bytes, **headers: str) -> httpx.Response:
        told = {UPLOAD_OFFSET: str(offset), "Content-Type": CHUNK_TYPE, **headers}
        return self.client.patch(f"/uploads/{digest}", content=chunk, headers=told)

    def upload(self, content: bytes, name: str = "note.txt") -> str:
        """Its hash."""
        self.begin_upload(content, name)
        if content:
            assert self.append(sha256(content), 0, content).status_code == 204
        return sha256(content)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def command_body(payload: bytes) -> bytes:
    return b'{"created_at": "%s", "intent": %s}' % (now().isoformat().encode(), payload)


def problem(answer: httpx.Response) -> dict[str, Any]:
    """What a problem says. Fails for an answer that is none, or without its words."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    told: dict[str, Any] = answer.json()
    assert told["status"] == answer.status_code
    assert told["title"]
    assert told["code"]
    return told
