"""When to try again: growing waits with jitter, so that many computers do not knock at the same moment."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from supportdesk.domain.errors import BackendUnreachable
from supportdesk.domain.projections import Attention


@dataclass(frozen=True)
class Pace:
    """Waits in seconds; tests make them short."""

    poll_s: float = 30.0
    """Between two pulls where the backend does not say that something changed."""
    announced_poll_s: float = 300.0
    """Where it does say so: only for what it may have missed."""
    first_retry_s: float = 1.0
    longest_retry_s: float = 300.0
    longest_retry_in_sight_s: float = 30.0
    """While a window is open: no more often than where nothing is announced anyway."""
    longest_retry_active_s: float = 10.0
    """While a person works with it. Few do at the same time, so that even these make no herd."""
    look_up_after_s: float = 60.0
    """At least twice the longest time a backend may still be busy with a request that got no answer."""
    backlog_spread_s: float = 3.0
    """A long queue starts somewhere within this time after a connection came back by itself."""
    backlog: int = 20
    """Commands from which a queue counts as long."""
    parallel: int = 3
    """Commands on their way at once, about different things."""
    dice: random.Random = field(default_factory=random.Random)

    def retry_s(
        self,
        failures: int,
        error: BaseException | None = None,
        attention: Attention = Attention.AWAY,
    ) -> float:
        """Wait after the `failures`-th failure in a row; what the backend asked for wins."""
        if isinstance(error, BackendUnreachable) and error.retry_after_s is not None:
            return max(0.0, error.retry_after_s)
        longest = min(self._longest_retry_s(attention), self.first_retry_s * 2.0 ** min(failures - 1, 20))
        return longest * self.dice.uniform(0.5, 1.0)

    def _longest_retry_s(self, attention: Attention) -> float:
        if attention is Attention.ACTIVE:
            return min(self.longest_retry_s, self.longest_retry_active_s)
        if attention is Attention.IN_SIGHT:
            return min(self.longest_retry_s, self.longest_retry_in_sight_s)
        return self.longest_retry_s

    def poll_wait_s(self, *, announced: bool = False) -> float:
        return (self.announced_poll_s if announced else self.poll_s) * self.dice.uniform(0.8, 1.2)

    def backlog_wait_s(self) -> float:
        return self.dice.uniform(0, self.backlog_spread_s)

    def between_s(self) -> float:
        """Pause between two commands of a long queue."""
        return self.dice.uniform(0, self.backlog_spread_s / 100)

    def is_due(self, next_try_at: datetime | None, moment: datetime) -> bool:
        """Also true for a time so far off that only a clock set back can explain it."""
        return next_try_at is None or not moment < next_try_at <= moment + timedelta(
            seconds=self.longest_retry_s
        )
