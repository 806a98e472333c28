"""Orders and subscriptions of a customer who has very many of them, by fixed rules."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from pathlib import Path

from supportdesk.domain.changes import Page, Upsert
from supportdesk.domain.entities import Entity, Order, Subscription, SubscriptionState
from supportdesk.domain.orders import Article, OrderStatus
from supportdesk.replica.store import Store
from tests.bench.world import ACCOUNT, START, word

_STATUSES = tuple(OrderStatus)
_STATES = tuple(SubscriptionState)
_PRODUCT, _MODULE = 40, 8
"""Every so-many-th subscription is one; the others are components of the module before them."""


def order(number: int) -> Order:
    at = START + timedelta(minutes=7 * number)
    return Order(
        id=f"00000000-0000-7000-8001-{number:012x}",
        number=str(200_000 + number),
        reference=f"RET-{word(number)} {word(number // 7)}-{number}",
        status=_STATUSES[(number * 7 + number // 11) % len(_STATUSES)],
        requester_id="jana",
        requester_name="Jana Wiebe",
        organisation_id=ACCOUNT.organisation_id,
        organisation_name=ACCOUNT.organisation_name,
        created_at=at,
        updated_at=at + timedelta(minutes=number % 997),
        articles=tuple(_article(number + place) for place in range(1 + number % 5)),
        last_author_id="mia",
        read_at=at + timedelta(days=40),
    )


def _article(number: int) -> Article:
    return Article(f"A-{number}", f"{word(number // 3)} {word(number)}", f"SN{number:07}", 1 + number % 3)


def subscription(number: int) -> Subscription:
    return Subscription(
        id=_subscription_id(number),
        number=str(300_000 + number),
        name=f"{word(number)} {word(number // 20)} {number}",
        state=_STATES[1 if number % 7 else number // 7 % len(_STATES)],
        organisation_id=ACCOUNT.organisation_id,
        organisation_name=ACCOUNT.organisation_name,
        created_at=START,
        updated_at=START,
        parent_id=_subscription_id(_whole(number)) if number % _PRODUCT else None,
        description=f"The {word(number // 2)} for every {word(number // 9)}.",
        quantity=1 + number % 4,
        starts_at=START,
        price=f"{5 + number % 90}.00 € a month",
    )


def _whole(number: int) -> int:
    """What it is a part of."""
    every = _MODULE if number % _MODULE else _PRODUCT
    return number // every * every


def _subscription_id(number: int) -> str:
    return f"00000000-0000-7000-8002-{number:012x}"


def supply(folder: Path, things: Iterable[Entity]) -> None:
    """To what `furnish` left in `folder`."""
    store, left = Store.open(folder), iter(things)
    try:
        while changes := tuple(map(Upsert, islice(left, 1000))):
            page = Page(changes, cursor="goods", more=False)
            store.write(lambda writer, page=page: writer.apply(ACCOUNT.id, page)).result()  # type: ignore[misc]
    finally:
        store.close()
