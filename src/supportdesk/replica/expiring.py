"""What runs out soon, as soon as the vendor wants it said."""

from datetime import datetime, timedelta

from supportdesk.clock import HERE
from supportdesk.domain.entities import Subscription, SubscriptionState
from supportdesk.domain.projections import Waiting
from supportdesk.replica.query import Known, Query
from supportdesk.replica.rows import item_of, license_key_of, to_us


def subscriptions_to_renew(query: Query, known: Known, now: datetime, warn_days: int) -> tuple[Waiting, ...]:
    """Those of the person's own organisation that end, although nobody has terminated them, the first first.

    They want a decision. Of one that ends together with what it is a part of, only the whole is told.
    """
    rows = query.rows(
        "SELECT fact FROM item WHERE account = ? AND kind = 'subscription' AND state = ?"
        " AND due_at BETWEEN ? AND ? ORDER BY due_at",
        (known.num, SubscriptionState.ACTIVE.value, to_us(now), to_us(_last(now, warn_days))),
    )
    ending = {
        found.id: found
        for (fact,) in rows
        if isinstance(found := item_of(fact), Subscription)
        and found.ends_at is not None
        and found.organisation_id == known.me.organisation_id
    }
    return tuple(
        Waiting(kind="renew", id=found.id, title=found.name, number=found.number, until=found.ends_at)
        for found in ending.values()
        if found.parent_id not in ending
    )


def license_keys_running_out(query: Query, known: Known, now: datetime, warn_days: int) -> int:
    """Those that have run out count, too."""
    rows = query.rows("SELECT fact FROM thing WHERE account = ? AND kind = 'license_key'", (known.num,))
    last = _last(now, warn_days)
    ends = [license_key_of(fact).valid_until for (fact,) in rows]
    return sum(end is not None and end <= last for end in ends)


def _last(now: datetime, warn_days: int) -> datetime:
    """The end of the last day that is near, by this computer's calendar as in `app.expiry`; 0: only now."""
    if not warn_days:
        return now
    day = now.astimezone(HERE) + timedelta(days=warn_days)
    return day.replace(hour=23, minute=59, second=59, microsecond=999_999)
