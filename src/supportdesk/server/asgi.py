"""ASGI as the layers use it: dictionaries of the specification, which nobody types usefully."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


def header(scope: Scope, name: bytes) -> str:
    """The first one of that name, in small letters; '' where there is none."""
    return next((value.decode("latin-1") for each, value in scope["headers"] if each == name), "")
