"""The orders of the demo vendors could have happened."""

from datetime import datetime, timedelta, timezone

import pytest

from supportdesk.desk.demo.content import load_demo_content
from supportdesk.desk.demo.files import demo_file_bytes
from supportdesk.domain.demo import DemoOrder, moment
from supportdesk.domain.entities import Role
from supportdesk.domain.orders import OrderStatus, following, order_problems, reference_key
from supportdesk.domain.profile_files import bundled_path, load

CONTENT = load_demo_content("orders")
PROFILE = load(bundled_path("orders"))
every_order = pytest.mark.parametrize("order", CONTENT.orders, ids=lambda each: each.number)
NOWS = (
    datetime(2025, 11, 18, 11, 14, tzinfo=timezone(timedelta(hours=1))),
    datetime(2026, 3, 2, 0, 5, tzinfo=timezone(timedelta(hours=1))),
)


def test_there_are_forty_in_every_status() -> None:
    """Numbers and references are unique, and some have files at their articles."""
    assert len(CONTENT.orders) >= 40
    assert {each.status for each in CONTENT.orders} == set(OrderStatus)
    assert len({each.number for each in CONTENT.orders}) == len(CONTENT.orders)
    assert len({reference_key(each.reference) for each in CONTENT.orders}) == len(CONTENT.orders)
    assert sum(bool(article.files) for each in CONTENT.orders for article in each.articles) >= 5


@every_order
def test_the_desk_would_have_taken_it(order: DemoOrder) -> None:
    """By the rules that hold for everybody, with what the vendor offers."""
    articles = [each.article for each in order.articles]
    catalogue = PROFILE.catalogue
    assert order_problems(order.reference, order.note, articles, catalogue) == ()
    assert order.kind in {each.id for each in catalogue.order_kinds}


@every_order
def test_its_log_could_have_happened(order: DemoOrder) -> None:
    """Times run forward and end before now, statuses follow each other, only staff change them."""
    for now in NOWS:
        times = [moment(entry.at, now) for entry in order.log]
        assert times == sorted(times)
        assert times[-1] <= now
    assert order.log[0].by == order.requester
    before = OrderStatus.RECEIVED
    for entry in order.log:
        is_staff = CONTENT.person(entry.by).role is Role.STAFF
        assert is_staff or not (entry.status or entry.assign or entry.minutes)
        if entry.status is not None:
            assert entry.status in following(before)
            before = entry.status


def test_their_files_are_real() -> None:
    """Small, and what their names say."""
    magic = {"png": b"\x89PNG", "pdf": b"%PDF"}
    for order in CONTENT.orders:
        for file in (*order.files, *(each for article in order.articles for each in article.files)):
            content = demo_file_bytes(file)
            assert 10 < len(content) < 50_000
            assert content.startswith(magic.get(file.name.rpartition(".")[2], b""))


def test_numbers_grow_with_time() -> None:
    """As the desk gives them."""
    by_number = sorted(CONTENT.orders, key=lambda each: int(each.number))
    sent = [moment(each.log[0].at, NOWS[0]) for each in by_number]
    assert sent == sorted(sent)
