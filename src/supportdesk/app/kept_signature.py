"""The last signature, kept for the next time if the person wants: in the system's own safe, nowhere else.

Only where the person stays signed in: signing out forgets it with the session.
"""

import base64
import binascii
import sys

from supportdesk.app.jobs import Jobs
from supportdesk.app.secrets import Secrets
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Account

_MOST_CHARS = 1_200 if sys.platform == "win32" else 60_000
"""Windows keeps 2,560 bytes in UTF-16 under one name."""


def slot_of(account_id: str) -> str:
    """The name under which the safe keeps it."""
    return f"signature:{account_id}"


class KeptSignature:
    """Owned by a screen, on the presenters' thread. `can_keep` is False until a safe has been found."""

    def __init__(self, secrets: Secrets, jobs: Jobs, account: Account) -> None:
        self._secrets, self._jobs, self._account = secrets, jobs, account
        self._slot = slot_of(account.id)
        self.can_keep = False
        self.png = b""
        """The one that is kept; b"" for none."""

    def look(self) -> None:
        """Finds out what is kept, if anything can be."""

        def found(text: str | None) -> None:
            self.can_keep, self.png = True, _decoded(text or "")

        if self._account.stay_signed_in:
            self._jobs.start(self, "look", lambda: self._secrets.get(self._slot), found, self._without)

    def fits(self, png: bytes) -> bool:
        return self.can_keep and len(base64.b64encode(png)) <= _MOST_CHARS

    def keep(self, png: bytes) -> None:
        if self.fits(png):
            text = base64.b64encode(png).decode()
            self.png = png
            self._jobs.start(self, "keep", lambda: self._secrets.put(self._slot, text), None, self._without)

    def forget(self) -> None:
        self.png = b""
        self._jobs.start(self, "keep", lambda: self._secrets.forget(self._slot), None, self._without)

    def close(self) -> None:
        self._jobs.release(self)

    def _without(self, _error: SupportDeskError) -> None:
        """The safe is locked or missing: it is no longer offered."""
        self.can_keep, self.png = False, b""


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""
