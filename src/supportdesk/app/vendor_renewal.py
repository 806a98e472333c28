"""What vendors say about themselves by now, for those who were added by their address."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta

from supportdesk.app.vendors import Vendors
from supportdesk.clock import now
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.errors import BackendUnreachable, SupportDeskError
from supportdesk.domain.profile import Profile
from supportdesk.lanes import IoLane, Lane, logged
from supportdesk.replica.store import Store
from supportdesk.replica.writer import Writer

log = logging.getLogger(__name__)
_PAUSE = timedelta(days=1)


class VendorRenewal:
    """Asks the server of an account when it has just been connected: once a start, and again a day later.

    Screens hear of news as of a change of the account.
    """

    def __init__(
        self,
        store: Store,
        vendors: Vendors,
        discover: Callable[[str], Future[Profile]],
        cpu: Lane,
        io: IoLane,
    ) -> None:
        """On `cpu` other profiles are written, too, one after the other."""
        self._store = store
        self._vendors = vendors
        self._discover = discover
        self._cpu = cpu
        self._io = io
        self._asked: dict[str, datetime] = {}
        self.close = store.subscribe(self._connected)
        """To be called before the lanes end."""

    def _connected(self, change: ChangeSet) -> None:
        """The engine keeps the account anew at each greeting."""
        if change.touches("account"):
            logged(self._io.submit(self._renew(change.account_id)), "a vendor could not be asked again")

    async def _renew(self, account_id: str) -> None:
        accounts = await asyncio.wrap_future(self._store.read(lambda reader: reader.accounts()))
        profile_id = next((each.profile_id for each in accounts if each.id == account_id), "")
        if not profile_id or not self._is_due(profile_id):
            return
        self._asked[profile_id] = now()
        try:
            is_new = await self._ask(profile_id)
        except SupportDeskError as error:
            log.info("what %s says about itself stays as it was: %s", profile_id, error)
            if isinstance(error, BackendUnreachable):
                del self._asked[profile_id]
            return
        if is_new:
            whose = [each.id for each in accounts if each.profile_id == profile_id]
            await asyncio.wrap_future(self._store.write(lambda writer: _touch(writer, whose)))

    def _is_due(self, profile_id: str) -> bool:
        asked = self._asked.get(profile_id)
        return asked is None or abs(now() - asked) >= _PAUSE

    async def _ask(self, profile_id: str) -> bool:
        vendors = self._vendors
        address = await asyncio.wrap_future(self._cpu.submit(lambda: vendors.found_at(profile_id)))
        if not address:
            return False
        told = await asyncio.wrap_future(self._discover(address))
        return await asyncio.wrap_future(self._cpu.submit(lambda: vendors.renew(profile_id, told)))


def _touch(writer: Writer, account_ids: list[str]) -> None:
    for account_id in account_ids:
        writer.touch(account_id, "account", account_id)
