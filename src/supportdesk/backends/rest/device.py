"""What a server may know of this computer."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from supportdesk.backends.http import system_name


def device_name() -> str:
    """What a person recognises in the list of their sessions."""
    return f"SupportDesk on {system_name()}"


def device_secret(folder: Path) -> str:
    """Made once and kept in `folder`; where nothing can be kept, another one each time. Reads files.

    A server counts wrong passwords by it, so that strangers who guess don't lock out this computer.
    """
    place = folder / "device"
    with suppress(OSError, UnicodeDecodeError):
        if kept := place.read_text("ascii").strip():
            return kept
    fresh = secrets.token_urlsafe(24)
    with suppress(OSError):  # it is a convenience: signing in works without
        folder.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as target:
            target.write(fresh)
    return fresh
