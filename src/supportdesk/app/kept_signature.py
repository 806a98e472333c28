"""The last signature, kept for the next time if the person wants: in the system's own safe, nowhere else.

Only where the person stays signed in: signing out forgets it with the session.
"""

import base64
import binascii
from collections.abc import Callable

from supportdesk.app.jobs import Jobs
from supportdesk.app.secrets import Secrets
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Account


def slot_of(account_id: str) -> str:
    """The name under which the safe keeps it."""
    return f"signature:{account_id}"


class KeptSignature:
    """Owned by a screen, on the presenters' thread. `can_keep` is False until a safe has been found."""

    def __init__(self, secrets: Secrets, jobs: Jobs, account: Account, refused: Callable[[], None]) -> None:
        """`refused` is called when the safe does not take what it was to keep."""
        self._secrets, self._jobs, self._account = secrets, jobs, account
        self._refused = refused
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

    def keep(self, png: bytes) -> None:
        if self.can_keep:
            text = base64.b64encode(png).decode()
            self.png = png
            self._jobs.start(self, "keep", lambda: self._secrets.put(self._slot, text), None, self._not_kept)

    def forget(self) -> None:
        self.png = b""
        self._jobs.start(self, "keep", lambda: self._secrets.forget(self._slot), None, self._without)

    def close(self) -> None:
        self._jobs.release(self)

    def _not_kept(self, error: SupportDeskError) -> None:
        self._without(error)
        self._refused()

    def _without(self, _error: SupportDeskError) -> None:
        """The safe is locked or missing: it is no longer offered."""
        self.can_keep, self.png = False, b""


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""
