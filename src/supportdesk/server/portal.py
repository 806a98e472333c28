"""One vendor as the server runs it: the desk with its threads, who listens, and the clock."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from supportdesk import resources
from supportdesk.clock import now
from supportdesk.desk import demo, settings
from supportdesk.desk.database import DeskConnection
from supportdesk.desk.demo_content import load_demo_content
from supportdesk.desk.files import Files
from supportdesk.domain.profile import Profile
from supportdesk.server.desk_threads import DeskThreads

PAGE_ROWS = 1_000
"""Changes in one answer: some 20 ms of work."""


class Portal:
    def __init__(self, profile: Profile, folder: Path, *, demo: bool = False) -> None:
        self.profile = profile
        self.clock: Callable[[], datetime] = now
        self.page_rows = PAGE_ROWS
        self.public_url = ""
        """Where customers reach it, without a slash at the end; empty: what they asked is the address."""
        self._demo = demo
        self.desk = DeskThreads(folder, f"desk-{profile.id}")

    async def open(self) -> None:
        """Raises BackendError where the desk cannot be used."""
        await self.desk.write(self._furnish)
        if self._demo and resources.path("demo", self.profile.id).is_dir():
            files = await self.desk.contents(lambda files: files)
            await self.desk.write(lambda connection: self._seed(connection, files))

    async def close(self) -> None:
        await self.desk.close()

    def _furnish(self, connection: DeskConnection) -> None:
        settings.keep(connection, settings.settings_of(self.profile))

    def _seed(self, connection: DeskConnection, files: Files) -> None:
        if demo.is_empty(connection):
            content = load_demo_content(self.profile.id)
            demo.seed(connection, files, self.profile, content, self.clock().astimezone())
