"""The wire: requests of the API, signed in or not, and answers of the expected kind or an error."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TypeVar
from urllib.parse import quote

import msgspec

from supportdesk.backends.http import Answer, Http, Request, Stream
from supportdesk.backends.rest import mapping
from supportdesk.clock import now
from supportdesk.domain import wire
from supportdesk.domain.errors import SessionExpired

T = TypeVar("T")

_JSON = "application/json"
_MOST_BYTES = 8 * 1024 * 1024
"""Of one answer with facts: far over any page, and read before anybody sees that the window stands still."""


class Client:
    def __init__(self, http: Http) -> None:
        self._http = http
        self.token = ""

    async def call(
        self,
        method: str,
        path: str,
        kind: type[T],
        body: msgspec.Struct | None = None,
        *,
        public: bool = False,
    ) -> T:
        """One request with a JSON answer of that kind."""
        return mapping.decoded(await self.send(method, path, body, public=public), kind)

    async def send(
        self,
        method: str,
        path: str,
        body: bytes | msgspec.Struct | None = None,
        *,
        query: tuple[tuple[str, str], ...] = (),
        headers: Mapping[str, str] | None = None,
        public: bool = False,
        repeatable: bool = True,
        accepted: frozenset[int] = frozenset(),
    ) -> Answer:
        """Raises the error that an answer over 299 stands for, but for those in `accepted`.

        `public` needs no session and shows none; for `repeatable` see `Request`.
        """
        content = msgspec.json.encode(body) if isinstance(body, msgspec.Struct) else body or b""
        sent = {"Accept": _JSON} | ({"Content-Type": _JSON} if content else {}) | dict(headers or {})
        answer = await self._http.ask(
            Request(
                method=method,
                path=wire.API + path,
                query=query,
                headers=sent if public else sent | self._signed(),
                body=content,
                repeatable=repeatable,
                most_bytes=_MOST_BYTES,
            )
        )
        if answer.status not in accepted and (answer.status >= 300 or mapping.captive(answer)):
            raise mapping.failure(answer, now())
        return answer

    async def download(self, attachment_id: str, offset: int) -> AsyncGenerator[bytes, None]:
        """The content from `offset` on."""
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={offset}-"} if offset else {})
        path = f"/attachments/{quote(attachment_id, safe='')}/content"
        async with self.stream(path, headers) as stream:
            if stream.status == 416:  # there is nothing behind the end
                return
            await _check(stream)
            unwanted = offset if stream.status == 200 else 0  # somebody on the way does not know ranges
            async for piece in stream.pieces():
                if unwanted < len(piece):
                    yield piece[unwanted:]
                unwanted = max(0, unwanted - len(piece))

    @asynccontextmanager
    async def stream(
        self, path: str, headers: Mapping[str, str], silence_s: float | None = None
    ) -> AsyncIterator[Stream]:
        request = Request(method="GET", path=wire.API + path, headers=dict(headers) | self._signed())
        async with self._http.stream(request, silence_s) as stream:
            yield stream

    async def close(self) -> None:
        await self._http.close()

    def _signed(self) -> dict[str, str]:
        if not mapping.is_token(self.token):
            raise SessionExpired
        return {"Authorization": f"Bearer {self.token}"}


async def _check(stream: Stream) -> None:
    head = Answer(stream.status, stream.headers)
    is_file = "attachment" in stream.headers.get("content-disposition", "")
    if stream.status >= 300:
        raise mapping.failure(await stream.whole(), now())
    if not is_file and mapping.captive(head):
        raise mapping.failure(head, now())
