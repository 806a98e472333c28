"""A time-stamp authority (RFC 3161 over HTTP): bounded in time and size, and nobody is followed elsewhere."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from supportdesk.backends.http import Http, Patience, Request
from supportdesk.domain.address import server_address
from supportdesk.domain.errors import (
    BackendUnreachable,
    InvalidInput,
    ProtocolViolation,
    TimeStampFailed,
    UnknownOutcome,
)
from supportdesk.i18n import _

PATIENCE = Patience(connect_s=10.0, silence_s=20.0, answer_s=30.0)
_MOST_BYTES = 64 * 1024
_ASKED, _ANSWERED = "application/timestamp-query", "application/timestamp-reply"


class TimeStamps:
    def __init__(self, url: str, patience: Patience = PATIENCE) -> None:
        """Raises InvalidInput for an address that is neither https nor on this computer."""
        parts = urlsplit(url)
        try:
            self._origin = server_address(f"{parts.scheme}://{parts.netloc}")
        except (ValueError, InvalidInput) as error:
            text = _("This is no address of a time-stamp authority: it begins with https://.")
            raise InvalidInput(text, field="time_stamp_url") from error
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._patience = patience

    def fetch(self, request: bytes) -> bytes:
        """Blocks; may be called where an event loop runs, as it is in the midst of a signature.

        Raises TimeStampFailed.
        """
        with ThreadPoolExecutor(1, "time-stamp") as aside:
            return aside.submit(asyncio.run, self._answer(request)).result()

    async def _answer(self, request: bytes) -> bytes:
        http = Http(self._origin, self._patience)
        headers = {"Content-Type": _ASKED, "Accept": _ANSWERED}
        try:
            answer = await http.ask(
                Request("POST", self._path, headers=headers, body=request, most_bytes=_MOST_BYTES)
            )
        except (BackendUnreachable, UnknownOutcome, ProtocolViolation) as error:
            raise TimeStampFailed from error
        finally:
            await http.close()
        if answer.status != 200:
            raise TimeStampFailed
        return bytes(answer.body)
