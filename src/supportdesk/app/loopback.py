"""Where a browser comes back to after a sign-in: one answer, on this computer's loopback (RFC 8252)."""

import asyncio
import base64
import hashlib
import hmac
from functools import partial
from html import escape
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from supportdesk.domain.errors import SignOnCancelled, SignOnFailed
from supportdesk.i18n import _, language

PATH = "/supportdesk"
_HEAD_BYTES = 16 * 1024
_HEAD_S = 10.0
_CODE_CHARS = 4096
_STEP_S = 0.001
"""A timer comes after whom the loop has accepted: asyncio loses those whom it accepts in the step in which it
closes, and tells of a connection a step after it was made."""
_STYLE = """\
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 32rem; margin: 15vh auto 0; padding: 0 1.5rem; }
"""
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        f"style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Connection": "close",
}


class Loopback:
    """Listens while it is entered. Only GET of its own address is looked at; the first one decides."""

    def __init__(self, state: str) -> None:
        """`state` is what the browser must bring along: proof that it was sent from here."""
        self._state = state
        self._came: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._talks: set[asyncio.Task[None]] = set()
        self._decided = False

    async def __aenter__(self) -> Self:
        """Raises SignOnFailed where nobody can listen."""
        try:
            self._server = await asyncio.start_server(self._begin, "127.0.0.1", 0, limit=_HEAD_BYTES)
        except OSError as error:
            raise SignOnFailed from error
        self._host = f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Browsers open connections ahead of time: those end, too, also when this is cancelled."""
        try:
            await asyncio.sleep(_STEP_S)
        finally:
            self._server.close()
            try:
                await asyncio.sleep(_STEP_S)
            finally:
                for talk in self._talks:
                    talk.cancel()
                await asyncio.gather(*self._talks, return_exceptions=True)

    @property
    def redirect_uri(self) -> str:
        return f"http://{self._host}{PATH}"

    async def code(self, timeout_s: float) -> str:
        """What the provider gave to the browser. Raises SignOnFailed, of which SignOnCancelled is a kind."""
        try:
            return await asyncio.wait_for(self._came, timeout_s)
        except TimeoutError as error:
            raise SignOnFailed(_("Nobody came back from the browser in time.")) from error

    def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.create_task(self._talk(reader, writer))
        self._talks.add(talk)
        talk.add_done_callback(partial(self._end, writer))

    def _end(self, writer: asyncio.StreamWriter, talk: asyncio.Task[None]) -> None:
        """Also of one that was cancelled before its first step."""
        self._talks.discard(talk)
        writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _HEAD_S)
            if self._is_ours(head):
                await self._decide(head, writer)
            else:
                await _answer(writer, "404 Not Found", "")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, OSError):
            pass  # somebody who only looked, or talks something else: the sign-in goes on

    def _is_ours(self, head: bytes) -> bool:
        """By its own name too: a page elsewhere could have given this computer another."""
        first, *lines = head.split(b"\r\n")
        hosts = [line[5:].strip().decode("latin-1") for line in lines if line[:5].lower() == b"host:"]
        is_ours = first.partition(b"?")[0] == f"GET {PATH}".encode() and hosts == [self._host]
        return is_ours and not self._decided

    async def _decide(self, head: bytes, writer: asyncio.StreamWriter) -> None:
        """The page first: the listener ends as soon as somebody knows."""
        self._decided = True
        found = _outcome(head.split(b" ")[1].decode("latin-1"), self._state)
        try:
            await _answer(writer, "200 OK", _page(found))
        finally:
            if isinstance(found, SignOnFailed):
                self._came.set_exception(found)
            else:
                self._came.set_result(found)


def _outcome(target: str, state: str) -> str | SignOnFailed:
    try:
        told = parse_qs(urlsplit(target).query, max_num_fields=32)
    except ValueError:
        return SignOnFailed()
    if not hmac.compare_digest(_one(told, "state").encode(), state.encode()):
        return SignOnFailed(_("What came back from the browser does not belong to this sign-in."))
    if _one(told, "error") == "access_denied":
        return SignOnCancelled()
    code = _one(told, "code")
    return code if code and len(code) <= _CODE_CHARS and "error" not in told else SignOnFailed()


def _one(told: dict[str, list[str]], name: str) -> str:
    values = told.get(name, [])
    return values[0] if len(values) == 1 else ""


def _page(found: str | SignOnFailed) -> str:
    """Nothing of the request stands in it, and nothing is loaded from anywhere."""
    title = str(found) if isinstance(found, SignOnFailed) else _("Go on in SupportDesk")
    hint = _("You can close this window.")
    return f"""<!doctype html>
<html lang="{language()}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>SupportDesk</title><style>{_STYLE}</style></head>
<body><main><h1>{escape(title)}</h1><p>{escape(hint)}</p></main></body></html>
"""


async def _answer(writer: asyncio.StreamWriter, status: str, page: str) -> None:
    body = page.encode()
    headers = _HEADERS | {"Content-Length": str(len(body))}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    writer.write("\r\n".join(lines).encode() + body)
    await writer.drain()
