"""Mails that came in and wait in a folder for the server that runs: whoever brings one needs no database.

A maildir: `new` holds what came, `cur` what is being taken, `unmatched` what belongs to no ticket and is kept
for a person to look at.
"""

import asyncio
import heapq
import logging
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from supportdesk.clock import uuid7
from supportdesk.desk.conversations import staff_mail
from supportdesk.desk.correspondence import mail_in, mailbox
from supportdesk.desk.correspondence.mail_in import Verdict
from supportdesk.desk.mail import inbound
from supportdesk.desk.mail.inbound import InboundMail
from supportdesk.desk.office import staff
from supportdesk.desk.store import durable
from supportdesk.desk.store.database import DeskConnection, writing
from supportdesk.desk.store.files import Files
from supportdesk.domain.errors import BackendError, LimitExceeded
from supportdesk.i18n import _
from supportdesk.server.desk_jobs import DeskJobs

log = logging.getLogger(__name__)

MAX_BYTES = 50 * 1024 * 1024
"""Of one mail with everything in it."""
AT_ONCE = 20
"""In one round: what leaves does not wait for a whole backlog."""
_ABANDONED_S = 600.0
_KEPT_FOR_A_PERSON = frozenset({Verdict.NO_TICKET, Verdict.EMPTY})


def bring(folder: Path, raw: bytes) -> None:
    """Safe on the disk when it returns. Raises LimitExceeded, OSError."""
    if len(raw) > MAX_BYTES:
        raise LimitExceeded(_("The mail is larger than {limit} MB.").format(limit=MAX_BYTES // 2**20))
    mailbox.lay(folder, f"{uuid7()}.eml", raw)


class Incoming:
    def __init__(self, desk: DeskJobs, folder: Path, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._folder = folder
        self._clock = clock

    async def round(self, ending: asyncio.Event) -> None:
        """Takes the oldest that have come, until `ending`. Several processes may share the folder."""
        for path in await asyncio.to_thread(self._oldest):
            if ending.is_set():
                return
            if claimed := await asyncio.to_thread(self._claimed, path):
                await self._settle(claimed)

    async def _settle(self, path: Path) -> None:
        files = await self._desk.contents(lambda files: files)
        verdict, received = await self._taken(path, files)
        log.info("a mail came in", extra={"fields": {"mail": path.stem, "verdict": verdict.value}})
        if verdict in _KEPT_FOR_A_PERSON:
            kept, moment = str(self._folder / "unmatched" / path.name), self._clock()
            await self._desk.write(lambda connection: _tell(connection, received, kept, moment))
        if verdict is not Verdict.LATER:
            await asyncio.to_thread(self._put_away, path, verdict)

    async def _taken(self, path: Path, files: Files) -> tuple[Verdict, InboundMail | None]:
        """And what was read of it. Raises BackendError.

        A mail on which the program fails is laid aside: the others wait behind it.
        """
        received = None
        try:
            received = await asyncio.to_thread(lambda: inbound.parsed(path.read_bytes()))
            return await self._take(files, received), received
        except BackendError:
            raise
        except Exception:
            log.exception("a mail could not be taken", extra={"fields": {"mail": path.stem}})
            return Verdict.NO_TICKET, received

    async def _take(self, files: Files, received: InboundMail) -> Verdict:
        moment = self._clock()

        def work(connection: DeskConnection) -> Verdict:
            return mail_in.take(connection, files, received, moment, staff.answer)

        return await self._desk.write(work)

    def _oldest(self) -> list[Path]:
        self._recover()
        return heapq.nsmallest(AT_ONCE, (self._folder / "new").glob("*.eml"))

    def _claimed(self, path: Path) -> Path | None:
        """By its new place: another process finds it gone."""
        claimed = self._folder / "cur" / path.name
        try:
            path.rename(claimed)
        except FileNotFoundError:
            return None
        claimed.touch()
        return claimed

    def _recover(self) -> None:
        """What a process claimed that is no more, and what was put off."""
        for path in (self._folder / "cur").glob("*.eml"):
            try:
                if time.time() - path.stat().st_mtime > _ABANDONED_S:
                    path.rename(self._folder / "new" / path.name)
            except FileNotFoundError:
                continue

    def _put_away(self, path: Path, verdict: Verdict) -> None:
        if verdict in _KEPT_FOR_A_PERSON:
            durable.make_folder(self._folder / "unmatched")
            durable.rename(path, self._folder / "unmatched" / path.name)
        else:
            path.unlink()


def _tell(connection: DeskConnection, received: InboundMail | None, kept: str, moment: datetime) -> None:
    sender, subject = (received.sender, received.subject) if received else ("", "")
    with writing(connection):
        staff_mail.unmatched(connection, sender, subject, kept, moment)
