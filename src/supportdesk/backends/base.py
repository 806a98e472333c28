"""The protocol between the sync engine and a help desk.

All methods are coroutines of the io lane and may be cancelled at any await. They raise errors of
`supportdesk.domain.errors` only: BackendUnreachable (nothing happened), UnknownOutcome (it may have),
SessionExpired, AuthenticationFailed, Refused, NotFound, LimitExceeded, ProtocolViolation, and what is said
at `ask`.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

from supportdesk.domain.account import AccountAnswer, AnyAccountRequest, Door
from supportdesk.domain.changes import Page
from supportdesk.domain.commands import Command, FileRef, Receipt
from supportdesk.domain.profile import Profile
from supportdesk.domain.session import Session, Welcome


class Backend(Protocol):
    async def sign_in(self, user: str, password: str) -> Session: ...

    async def resume(self, session: Session) -> None:
        """Uses a kept session from now on; whether it still holds shows at the next call."""

    async def sign_out(self) -> None:
        """Ends the session at the backend. Harmless when there is none."""

    async def door(self) -> Door:
        """What can be asked without being signed in."""
        ...

    async def ask(self, request: AnyAccountRequest) -> AccountAnswer:
        """About an account; see each request for its answer.

        A Session that comes of it is in use from then on, as after `sign_in`. Raises Refused for what the
        backend does not offer, SessionExpired where somebody must be signed in, NotAllowed, InvalidInput.
        """
        ...

    async def welcome(self) -> Welcome: ...

    async def pull(self, cursor: str | None) -> Page:
        """Changes after `cursor`, oldest first; None starts from the beginning."""
        ...

    async def push(self, command: Command) -> Receipt:
        """Applies the command once. A repeat with the same id returns the first receipt."""
        ...

    async def uploaded_bytes(self, file: FileRef) -> int:
        """How much of this content the backend holds already; `size_bytes` when complete."""
        ...

    async def upload(self, file: FileRef, offset: int, chunk: bytes) -> int:
        """Appends `chunk` at `offset` and returns the new offset.

        Raises Refused when the last chunk completes content whose checksum is not `file.sha256`.
        """
        ...

    def download(self, attachment_id: str, offset: int = 0) -> AsyncIterator[bytes]: ...

    async def wait_for_change(self) -> None:
        """Returns when something may have changed, or never: the engine also polls."""

    async def close(self) -> None: ...


class OpenBackend(Protocol):
    """Entry point `supportdesk.backends`: makes a backend for one account without touching the network.

    `folder` is the profile's own place on disk, shared by its accounts, for embedded desks.
    """

    def __call__(self, profile: Profile, folder: Path) -> Backend: ...
