"""The one who carries the mails of one desk, as long as the server runs.

There may be one in each of several processes: what one has claimed, the others leave alone.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from supportdesk.desk.accounts import granting
from supportdesk.desk.mail import letters, mail_queue
from supportdesk.desk.mail.mail_queue import Queued
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.desk.store.settings import DeskSettings
from supportdesk.server.desk_jobs import DeskJobs
from supportdesk.server.mail.imap import Imap, Poller
from supportdesk.server.mail.incoming import Incoming
from supportdesk.server.mail.transport import Transport
from supportdesk.server.mail.trouble import NotDelivered
from supportdesk.server.rounds import Rounds

log = logging.getLogger(__name__)

INTERVAL_S = 1.0
"""Between two looks at the queue."""
_AT_ONCE = 20


class Mail(NamedTuple):
    """How a desk's mails leave and come."""

    transport: Transport
    incoming: Path | None = None
    """The folder of those that came in."""
    answered: bool = False
    """They say that they can be answered."""
    reply_to: str = ""
    """The address for answers, with `{tag}`; '' for that of the sender."""
    imap: Imap | None = None
    """A mailbox elsewhere, from which they are fetched into `incoming`."""


class Postman:
    def __init__(self, desk: DeskJobs, mail: Mail, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._transport = mail.transport
        self._clock = clock
        self.given_up = 0
        """Mails, since this process began."""
        self._incoming = Incoming(desk, mail.incoming, clock) if mail.incoming is not None else None
        self._poller = Poller(mail.imap, mail.incoming) if mail.imap and mail.incoming else None
        self._rounds = Rounds(self.round, "mails could not be carried", INTERVAL_S)

    def begin(self) -> None:
        self._rounds.begin()
        if self._poller is not None:
            self._poller.begin()

    async def end(self) -> None:
        """After the mail that is on its way."""
        await self._rounds.end()
        if self._poller is not None:
            await self._poller.end()
        await self._transport.close()

    async def round(self) -> None:
        """Decides about wishes, carries what is due, and takes some of what came in."""
        moment = self._clock()
        if await self._desk.read(granting.waits):
            await self._desk.write(lambda connection: granting.grant(connection, moment))
        while not self._rounds.ending.is_set() and await self._some_due(moment):
            claimed = await self._desk.write(lambda c: mail_queue.claim(c, moment, _AT_ONCE))
            if claimed:
                await self._deliver(claimed)
        if self._incoming is not None:
            await self._incoming.round(self._rounds.ending)

    async def _some_due(self, moment: datetime) -> bool:
        due = await self._desk.read(_next_due)
        return due is not None and due <= moment

    async def _deliver(self, claimed: list[Queued]) -> None:
        desk = await self._desk.read(_settings)
        blocked: NotDelivered | None = None
        for count, queued in enumerate(claimed):
            if self._rounds.ending.is_set():
                await self._give_back(claimed[count:])
                break
            if blocked is None:
                blocked = await self._deliver_one(queued, desk)
            else:  # the way is closed for all of them
                await self._failed(queued, blocked)
        await self._transport.close()

    async def _give_back(self, untried: list[Queued]) -> None:
        moment = self._clock()
        await self._desk.write(lambda connection: mail_queue.give_back(connection, untried, moment))

    async def _deliver_one(self, queued: Queued, desk: DeskSettings) -> NotDelivered | None:
        """The trouble, where it is not of this mail alone."""
        try:
            await self._send(queued, desk)
        except NotDelivered as error:
            await self._failed(queued, error)
            return None if error.of_this_mail else error
        moment = self._clock()
        await self._desk.write(lambda connection: mail_queue.delivered(connection, queued, moment))
        return None

    async def _send(self, queued: Queued, desk: DeskSettings) -> None:
        """Raises NotDelivered, whatever it is that failed: no mail holds up the others."""
        try:
            await self._transport.send(queued, letters.rendered(queued, desk))
        except NotDelivered:
            raise
        except Exception as error:
            what = type(error).__name__  # what it says may name people
            log.warning("a fault while a mail was sent", extra={"fields": {"mail": queued.id, "what": what}})
            never = isinstance(error, letters.NoAddress)
            raise NotDelivered(what, for_ever=never, of_this_mail=True) from error

    async def _failed(self, queued: Queued, error: NotDelivered) -> None:
        """What the other side said may name people: it stands in the queue, not in the log."""
        log.warning("a mail has not left", extra={"fields": {"mail": queued.id}})
        moment = self._clock()
        self.given_up += await self._desk.write(
            lambda c: mail_queue.failed(c, queued, str(error), moment, for_ever=error.for_ever)
        )


def _next_due(connection: DeskConnection) -> datetime | None:
    with reading(connection):
        return mail_queue.next_due(connection)


def _settings(connection: DeskConnection) -> DeskSettings:
    with reading(connection):
        return settings.load(connection)
