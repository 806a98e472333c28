"""Documents, orders and subscriptions beside the tickets: counted, found, told of and talked about."""

from datetime import timedelta

import msgspec
import pytest

from supportdesk.clock import now
from supportdesk.domain.commands import CreateOrder, DeclineDocument, NewArticle, Reply
from supportdesk.domain.delivery import Event
from supportdesk.domain.entities import Entity, SubscriptionState, Ticket
from supportdesk.domain.errors import NotFound
from supportdesk.domain.orders import Article, OrderStatus
from supportdesk.domain.projections import HomeCounts, ItemKind
from supportdesk.replica.store import Store
from tests.support.facts import (
    ACCOUNT,
    MOMENT,
    attachment,
    document,
    draft,
    give,
    message,
    order,
    publication,
    send,
    subscription,
    ticket,
)


def home(store: Store) -> HomeCounts:
    return store.read(lambda reader: reader.home(ACCOUNT.id, now())).result()


def waiting(store: Store) -> list[tuple[str, str]]:
    return [(each.kind, each.id) for each in home(store).waiting]


def test_documents_to_sign_wait_for_the_customer_the_most_urgent_first(store: Store) -> None:
    """Those with a day before those without one; one that was declined here waits no more."""
    give(
        store,
        [
            document("d1"),
            document("d2", sign_by=MOMENT + timedelta(days=9)),
            document("d3", sign_by=MOMENT + timedelta(days=2)),
        ],
    )
    assert waiting(store) == [("sign", "d3"), ("sign", "d2"), ("sign", "d1")]
    assert home(store).waiting[0].until == MOMENT + timedelta(days=2)
    send(store, DeclineDocument("d3", "Too expensive"))
    assert waiting(store) == [("sign", "d2"), ("sign", "d1")]
    assert home(store).documents_to_sign == 2


def test_a_question_about_an_order_waits_for_the_customer(store: Store) -> None:
    """Other orders do not; open ones and those with news are counted for the tile."""
    give(
        store,
        [
            order("o1", status=OrderStatus.QUESTION, minutes=5),
            order("o2"),
            order("o3", status=OrderStatus.COMPLETED),
        ],
    )
    assert waiting(store) == [("order", "o1")]
    assert (home(store).orders, home(store).unread_orders) == (2, 3)


def test_a_refused_order_needs_the_customer(store: Store) -> None:
    """It stands among what waits, by its reference, and leads to an order."""
    made = send(store, CreateOrder("RET-7", (NewArticle(Article("4711")),)))
    store.write(lambda w: w.advance(made.id, Event.SEND_BEGUN)).result()
    store.write(lambda w: w.advance(made.id, Event.REFUSED, reason="No such article.")).result()
    (found,) = home(store).waiting
    assert (found.kind, found.title) == ("needs_user", "RET-7")
    assert store.read(lambda r: r.delivery(made.id)).result().about == "order"


def test_what_was_begun_and_what_is_there_is_counted(store: Store) -> None:
    """Drafts of orders apart from those of reports; a subscription that ended counts no more."""
    give(store, [subscription("s1"), subscription("s2", state=SubscriptionState.ENDED, minutes=3)])
    store.write(lambda w: w.save_draft(draft(kind="order"))).result()
    counts = home(store)
    assert (counts.order_drafts, counts.drafts) == (1, 0)
    assert (counts.subscriptions, counts.unread_subscriptions) == (1, 1)


def test_the_search_finds_every_kind(store: Store) -> None:
    """By title, number, article, serial number and what is said; the exact number comes first."""
    give(
        store,
        [
            ticket("t1", "Cash desk is slow", number="77", minutes=9),
            document("d1", "Second cash desk", number="2025-0318"),
            order("o1", "RET-1", minutes=3),
            subscription("s1", "Cash desk"),
            publication("a1", title="Cash desk"),
            message("m1", "o1", "The parcel is lost"),
        ],
    )

    def hits(text: str) -> list[tuple[str, str]]:
        return [(hit.kind, hit.state) for hit in store.read(lambda r: r.search(None, text)).result()]

    assert {kind for kind, _state in hits("cash")} == {"ticket", "document", "subscription", "article"}
    assert hits("brake sn-9") == hits("parcel lost") == [("order", "received")]
    assert hits("2025-0318") == [("document", "to_sign")]


@pytest.mark.parametrize("kind", ["document", "order"])
def test_an_item_is_found_by_its_number(store: Store, kind: ItemKind) -> None:
    """In one account or in all of them; the number of another kind is none of this one."""
    give(store, [document("d1", number="11"), order("11")])
    expected = "d1" if kind == "document" else "11"
    for account in (ACCOUNT.id, None):
        found = store.read(lambda r, a=account: r.item_by_number(a, kind, "11")).result()  # type: ignore[misc]
        assert found == (ACCOUNT.id, expected)
    with pytest.raises(NotFound):
        store.read(lambda r: r.item_by_number(None, kind, "12")).result()


def test_what_is_sent_says_what_it_is_about(store: Store) -> None:
    """A reply to an order leads to the order, one to a ticket to the ticket."""
    give(store, [order("o1"), ticket("t1"), document("d1")])
    sent = [send(store, Reply(id, "Hello")).id for id in ("o1", "t1", "d1")]
    told = [store.read(lambda r, id=id: r.delivery(id)).result() for id in sent]  # type: ignore[misc]
    assert [(each.about, each.subject) for each in told] == [
        ("order", "RET-1"),
        ("ticket", "Printer"),
        ("document", "Offer"),
    ]


@pytest.mark.parametrize("about", [order("x"), ticket("x"), document("x")], ids=["order", "ticket", "offer"])
def test_a_document_and_what_it_belongs_to_are_seen_from_both_ends(store: Store, about: Entity) -> None:
    """With the sealed file of one that was signed; also when the document came first."""
    linked = msgspec.structs.replace(document("d1"), concerns_id="x", signed_file_id="f1")
    give(store, [linked, attachment("f1", "d1")])
    assert store.read(lambda r: r.item(ACCOUNT.id, "d1")).result().belongs_to is None
    give(store, [about])
    found = store.read(lambda r: r.item(ACCOUNT.id, "d1")).result().belongs_to
    assert found is not None
    assert found.row.id == "x"
    view = store.read(lambda r: (r.ticket if isinstance(about, Ticket) else r.item)(ACCOUNT.id, "x")).result()
    assert [(each.row.id, each.sealed and each.sealed.id) for each in view.documents] == [("d1", "f1")]
