"""The wait before the next try: shorter while somebody looks on, over at once when a person asks for it."""

import asyncio

from supportdesk.domain.errors import BackendUnreachable
from supportdesk.domain.projections import Attention
from supportdesk.sync.pace import Pace
from supportdesk.sync.together import happens


class Recess:
    """Io lane only."""

    def __init__(self, pace: Pace, attention: Attention) -> None:
        self._pace = pace
        self._attention = attention
        self._kicked = False
        self._stirred = asyncio.Event()

    def kick(self) -> None:
        """Ends the wait, or the next one, unless the backend itself asked for it."""
        self._kicked = True
        self._stirred.set()

    def attend(self, attention: Attention) -> None:
        """Goes for the wait that is going on, too."""
        self._attention = attention
        self._stirred.set()

    def was_kicked(self) -> bool:
        """Since the last time this was asked."""
        kicked, self._kicked = self._kicked, False
        return kicked

    async def wait(self, failures: int, error: BaseException) -> None:
        """After the `failures`-th failure in a row."""
        if isinstance(error, BackendUnreachable) and error.retry_after_s is not None:
            await asyncio.sleep(self._pace.retry_s(failures, error))
            return
        clock = asyncio.get_running_loop()
        began = clock.time()
        while not self._kicked:
            self._stirred.clear()
            left_s = began + self._pace.retry_s(failures, error, self._attention) - clock.time()
            if left_s <= 0:
                return
            await happens(self._stirred, left_s)
            if not self._stirred.is_set():
                return
