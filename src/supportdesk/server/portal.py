"""One vendor as the server runs it: the desk with its threads, who listens, and the clock."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from supportdesk import pdf, resources
from supportdesk.clock import now
from supportdesk.desk.conversations import sealing
from supportdesk.desk.demo import seeding
from supportdesk.desk.demo.content import load_demo_content
from supportdesk.desk.office import naming
from supportdesk.desk.store import seal_identity, settings
from supportdesk.desk.store.address import Address
from supportdesk.desk.store.begun import Begun
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.runner import Runner
from supportdesk.domain.profile import Profile
from supportdesk.server import extras
from supportdesk.server.desk_jobs import DeskJobs
from supportdesk.server.mail.postman import Mail, Postman
from supportdesk.server.pace import Pace
from supportdesk.server.pieces import Pieces
from supportdesk.server.seals.sealer import Sealer, Seals
from supportdesk.server.upkeep import Upkeep
from supportdesk.server.watcher import Watcher

if TYPE_CHECKING:  # what it needs is an extra
    from supportdesk.server.sign_on.provider import Provider

log = logging.getLogger(__name__)

PAGE_ROWS = 1_000
"""Changes in one answer: some 20 ms of work."""
REQUESTS_PER_MINUTE = 1_200
"""Of one session, for long; far more at once."""


class Portal:
    def __init__(
        self,
        profile: Profile,
        address: Address,
        files: Files | Path,
        *,
        public_url: str = "",
        mail: Mail | None = None,
        demo: bool = False,
        requests_per_minute: int = REQUESTS_PER_MINUTE,
        single_sign_on: "Provider | None" = None,
    ) -> None:
        """`files`, or a folder for them: all processes of this portal share it.

        `public_url`, without a slash at the end, is where customers reach it; '' where nobody said so.
        Without `mail`, mails stay in the queue for another process.
        """
        self.profile = profile
        self.public_url = public_url
        self.single_sign_on = single_sign_on
        self.clock: Callable[[], datetime] = now
        self.page_rows = PAGE_ROWS
        self._demo = demo
        self._mail = mail
        self.files = files if isinstance(files, Files) else Files(files)
        self.begun = Begun(self.files.folder / "begun")
        self.desk = DeskJobs(
            lambda: Runner(address, self.files, name=f"desk-{profile.id}", furnish=self._furnish)
        )
        self.postman = Postman(self.desk, mail, self._now) if mail is not None else None
        self.seals = Seals()
        """To be set before it is opened."""
        self._sealer: Sealer | None = None
        self.watcher = Watcher(self.desk, self._now)
        self.upkeep = Upkeep(self.desk, self._now)
        self.pieces = Pieces()
        self.pace = Pace(self.desk, self._now, requests_per_minute)

    def _now(self) -> datetime:
        return self.clock()

    async def open(self) -> None:
        """Raises BackendError where the desk cannot be used, InvalidInput for what it does not know."""
        await self.desk.open()
        self.upkeep.begin()
        if self.postman is not None:
            self.postman.begin()
        if settings.DOCUMENTS in self.profile.modules:
            self._begin_sealing()

    def _begin_sealing(self) -> None:
        if pdf.is_available():
            self._sealer = Sealer(self.desk, self.seals, self._now)
            self._sealer.begin()
        else:
            log.warning(
                "documents are not offered: the libraries that seal them are not installed",
                extra={"fields": {"vendor": self.profile.id, "install": extras.command("sign")}},
            )

    async def close(self) -> None:
        """After what was begun is done."""
        await self.upkeep.end()
        if self._sealer is not None:
            await self._sealer.end()
        if self.postman is not None:
            await self.postman.end()
        await self.desk.close()

    def _furnish(self, connection: DeskConnection, files: Files) -> None:
        told = settings.settings_of(
            self.profile,
            self.public_url,
            reply_by_mail=self._mail is not None and self._mail.answered,
            reply_to=self._mail.reply_to if self._mail is not None else "",
        )
        settings.keep(connection, told)
        if settings.DOCUMENTS in told.modules:
            given, trusted = self.seals.identity, self.seals.trusted
            seal_identity.prepare(connection, told.vendor, self.clock(), given=given, trusted=trusted)
            sealing.resume(connection, self.clock())
        if self._demo and resources.path("demo", self.profile.id).is_dir() and seeding.is_empty(connection):
            content = load_demo_content(self.profile.id)
            seeding.seed(connection, files, self.profile, content, self.clock())
        if self.single_sign_on is not None and self.single_sign_on.told.organisation:
            with reading(connection):
                naming.organisation(connection, self.single_sign_on.told.organisation, field="oidc")
