"""Requests to a provider: bounded in time and size, and nobody is followed elsewhere."""

from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

import msgspec

from supportdesk.backends.http import Answer, Http, Patience, Request
from supportdesk.domain.address import server_address
from supportdesk.domain.errors import BackendUnreachable, InvalidInput, ProtocolViolation, UnknownOutcome
from supportdesk.i18n import _

T = TypeVar("T")

PATIENCE = Patience(connect_s=5.0, silence_s=10.0, answer_s=15.0)
_MOST_BYTES = 256 * 1024


def silent() -> BackendUnreachable:
    return BackendUnreachable(_("The provider of the sign-in does not answer as it should. Try again later."))


def place(url: str) -> tuple[str, str]:
    """(`scheme://host:port`, path with query). Raises BackendUnreachable for an unprotected way."""
    try:
        parts = urlsplit(url)
        origin = server_address(f"{parts.scheme}://{parts.netloc}")
    except (ValueError, InvalidInput) as error:
        raise silent() from error
    if parts.fragment or origin.partition("://")[0] != parts.scheme:
        raise silent()
    return origin, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


async def fetch(url: str, kind: type[T], patience: Patience) -> T:
    """Raises BackendUnreachable for whatever is not a good answer of that kind."""
    answer = await _ask(url, Request(method="GET", path="", headers={"Accept": "application/json"}), patience)
    if answer.status != 200:
        raise silent()
    return decoded(answer, kind)


async def hand_in(
    url: str, form: Mapping[str, str], headers: Mapping[str, str], patience: Patience
) -> Answer:
    sent = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded", **headers}
    request = Request(
        method="POST", path="", headers=sent, body=urlencode(form).encode(), most_bytes=_MOST_BYTES
    )
    return await _ask(url, request, patience)


def decoded(answer: Answer, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise silent() from error


async def _ask(url: str, request: Request, patience: Patience) -> Answer:
    origin, path = place(url)
    http = Http(origin, patience)
    try:
        return await http.ask(msgspec.structs.replace(request, path=path))
    except (BackendUnreachable, UnknownOutcome, ProtocolViolation, InvalidInput) as error:
        raise silent() from error
    finally:
        await http.close()
