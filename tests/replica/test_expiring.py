"""What runs out soon is counted for the home screen, and waits only where the customer has to decide."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from supportdesk.clock import HERE, now
from supportdesk.domain.entities import KeyKind, LicenseKey, Subscription, SubscriptionState
from supportdesk.domain.projections import HomeCounts
from supportdesk.replica.store import Store
from tests.support.facts import ACCOUNT, MOMENT, give
from tests.support.zones import zone

NOW = now().astimezone(HERE)


def subscription(id: str, days: int | None, **more: object) -> Subscription:
    values: dict[str, object] = {
        "number": id,
        "name": id.title(),
        "state": SubscriptionState.ACTIVE,
        "organisation_id": ACCOUNT.organisation_id,
        "organisation_name": ACCOUNT.organisation_name,
        "created_at": MOMENT,
        "updated_at": MOMENT,
        "ends_at": None if days is None else NOW + timedelta(days=days),
    }
    return Subscription(id=id, **(values | more))  # type: ignore[arg-type]


def key(id: str, days: int | None) -> LicenseKey:
    until = None if days is None else NOW + timedelta(days=days)
    return LicenseKey(id, KeyKind.LICENSE, "Suite", f"KEY-{id}", valid_until=until)


def home(store: Store, warn_days: int) -> HomeCounts:
    return store.read(lambda reader: reader.home(ACCOUNT.id, NOW, warn_days)).result()


def test_what_ends_by_itself_wants_a_decision(store: Store) -> None:
    """The first first; not what renews, was terminated, is a part of such a one, or belongs to others."""
    give(
        store,
        (
            subscription("later", 20),
            subscription("trial", 9),
            subscription("part", 9, parent_id="trial"),
            subscription("renewing", None, renews_at=NOW + timedelta(days=3)),
            subscription("terminated", 5, state=SubscriptionState.ENDING),
            subscription("over", -2, state=SubscriptionState.ENDED),
            subscription("theirs", 4, organisation_id="behnke"),
            subscription("far", 40),
        ),
    )
    counts = home(store, 30)
    waiting = [each for each in counts.waiting if each.kind == "renew"]
    assert [(each.id, each.title) for each in waiting] == [("trial", "Trial"), ("later", "Later")]
    assert counts.subscriptions_to_renew == 2
    assert [each.id for each in home(store, 9).waiting if each.kind == "renew"] == ["trial"]
    assert not [each for each in home(store, 0).waiting if each.kind == "renew"]


def test_keys_that_run_out_are_counted(store: Store) -> None:
    """Also those that have run out; those without an end never do."""
    give(store, (key("a", 9), key("b", 40), key("c", None), key("d", -1)))
    assert [home(store, days).license_keys_running_out for days in (0, 9, 60)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("ends", "near"),
    [("2027-04-02T21:59:00+00:00", True), ("2027-04-02T22:01:00+00:00", False)],
)
def test_a_day_counts_whole_also_across_summer_time(store: Store, ends: str, near: bool) -> None:
    """What ends at 23:59 on the last day that is near is near from the morning on, as its own list says."""
    at, until = datetime(2027, 3, 3, 6, 0, tzinfo=UTC), datetime.fromisoformat(ends)
    give(
        store,
        (
            msgspec.structs.replace(subscription("suite", 0), ends_at=until),
            msgspec.structs.replace(key("suite", 0), valid_until=until),
        ),
    )
    with zone("Europe/Berlin"):
        counts = store.read(lambda reader: reader.home(ACCOUNT.id, at, 30)).result()
    assert (counts.subscriptions_to_renew, counts.license_keys_running_out) == (int(near), int(near))
