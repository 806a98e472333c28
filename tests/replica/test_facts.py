"""Facts come, change and go."""

from datetime import timedelta

import msgspec
import pytest

from supportdesk.clock import now
from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.changes import Gone, Page
from supportdesk.domain.entities import (
    ConversationEvent,
    EventKind,
    KeyKind,
    LicenseKey,
    Organisation,
    Person,
    PublicationKind,
    TimeRecord,
)
from supportdesk.domain.errors import NotFound
from supportdesk.domain.projections import Link, PublicationQuery, TicketQuery
from supportdesk.domain.status import Stage
from supportdesk.replica.store import Store
from tests.support.facts import ACCOUNT, MOMENT, attachment, give, message, page, publication, ticket


def gone(store: Store, *changes: Gone) -> None:
    store.write(lambda writer: writer.apply(ACCOUNT.id, Page(changes, "2", more=False))).result()


def hits(store: Store, text: str) -> list[tuple[str, str]]:
    found = store.read(lambda reader: reader.search(None, text)).result()
    return [(hit.kind, hit.id) for hit in found]


def test_a_conversation_is_told_in_the_order_of_time(store: Store) -> None:
    """Messages, events, files and time records, whatever the order in which they came."""
    event = ConversationEvent("e1", "t1", EventKind.ASSIGNED, MOMENT, "Mia", "Mia")
    record = TimeRecord("r1", "t1", "Mia", 15, "Looked", MOMENT)
    give(store, [message("m2", "t1", "second", 9), message("m1", "t1", "first", 3), event, record])
    give(store, [attachment("a1", "t1"), ticket("t1")])
    view = store.read(lambda reader: reader.ticket(ACCOUNT.id, "t1")).result()
    assert [each.body for each in view.messages] == ["first", "second"]
    assert (view.events, view.time_records) == ((event,), (record,))
    assert [each.id for each in view.attachments] == ["a1"]


def test_a_changed_fact_replaces_the_earlier_one(store: Store) -> None:
    """Also in the search: the old words no longer find it."""
    give(store, [ticket("t1", "Drucker"), message("m1", "t1", "klemmt")])
    give(store, [ticket("t1", "Scanner")])
    give(store, [message("m1", "t1", "streikt")])
    assert hits(store, "drucker") == hits(store, "klemmt") == []
    assert hits(store, "scanner streik") == [("ticket", "t1")]


def test_a_ticket_that_is_gone_takes_everything_along(store: Store) -> None:
    """Its messages, its place in the list and in the search; a gone part alone leaves the ticket."""
    give(store, [ticket("t1", "Drucker"), message("m1", "t1", "klemmt"), attachment("a1", "t1", "foto.png")])
    assert hits(store, "foto") == [("ticket", "t1")]
    gone(store, Gone("attachment", "a1"), Gone("message", "missing"))
    assert hits(store, "foto") == []
    gone(store, Gone("ticket", "t1"), Gone("ticket", "t1"))
    assert hits(store, "drucker") == []
    assert store.read(lambda reader: reader.ticket_count(TicketQuery(ACCOUNT.id))).result() == 0
    with pytest.raises(NotFound):
        store.read(lambda reader: reader.ticket(ACCOUNT.id, "t1")).result()


def test_reading_matter_is_listed_newest_first_and_searched(store: Store) -> None:
    """By kind; with words only what has all of them."""
    give(
        store,
        [
            publication("a1", title="Papierformat", minutes=1),
            publication("a2", title="Kartenleser", body="Papier ist nicht gemeint.", minutes=2),
            publication("n1", PublicationKind.NOTICE, "Wartung"),
        ],
    )
    asked = PublicationQuery(ACCOUNT.id, PublicationKind.ARTICLE)
    both = store.read(lambda reader: reader.publications(asked, now())).result()
    assert [each.id for each in both.items] == ["a2", "a1"]
    narrowed = msgspec.structs.replace(asked, text="papier gemei")
    found = store.read(lambda reader: reader.publications(narrowed, now())).result()
    assert [each.id for each in found.items] == ["a2"]
    gone(store, Gone("publication", "a2"))
    assert hits(store, "papier") == [("article", "a1")]
    with pytest.raises(NotFound):
        store.read(lambda reader: reader.publication(ACCOUNT.id, "a2")).result()


def test_outdated_notices_do_not_wait(store: Store) -> None:
    """What is no longer valid needs neither reading nor confirming."""
    later, before = now() + timedelta(days=1), now() - timedelta(days=1)
    give(
        store,
        [
            publication("n1", PublicationKind.NOTICE, must_confirm=True, valid_until=before),
            publication("n2", PublicationKind.NOTICE, must_confirm=True, valid_until=later, minutes=1),
            publication("n3", PublicationKind.NOTICE),
        ],
    )
    home = store.read(lambda reader: reader.home(ACCOUNT.id, now())).result()
    assert [(each.kind, each.id, each.until) for each in home.waiting] == [
        ("confirm", "n2", later),
        ("read", "n3", None),
    ]
    assert home.unread_notices == 2


def test_people_are_those_of_the_own_organisation_and_its_customers(store: Store) -> None:
    """Active ones first, then by name; strangers and staff are not among them."""
    give(
        store,
        [
            Organisation("practice", "Praxis"),
            Organisation("customer", "Customer", partner_id="practice"),
            Organisation("vendor", "Vendor"),
            Person("p1", "Zoe", "practice"),
            Person("p2", "Ärmel", "practice"),
            Person("p3", "Old", "practice", active=False),
            Person("p4", "Kim", "customer"),
            Person("p5", "Mia", "vendor"),
        ],
    )
    people = store.read(lambda reader: reader.people(ACCOUNT.id)).result()
    assert [each.id for each in people] == ["p2", "p4", "p1", "p3"]
    gone(store, Gone("person", "p4"))
    assert len(store.read(lambda reader: reader.people(ACCOUNT.id)).result()) == 3


def test_keys_are_kept(store: Store) -> None:
    """By product."""
    give(
        store,
        [LicenseKey("k2", KeyKind.LICENSE, "Suite", "B"), LicenseKey("k1", KeyKind.LICENSE, "Basis", "A")],
    )
    assert [each.id for each in store.read(lambda r: r.license_keys(ACCOUNT.id)).result()] == ["k1", "k2"]


def test_what_was_negotiated_is_kept(store: Store) -> None:
    """Before the first connection there is nothing; afterwards it is known offline too."""
    assert store.read(lambda reader: reader.catalogue(ACCOUNT.id)).result() is None
    assert store.read(lambda reader: reader.capabilities(ACCOUNT.id)).result() == Capabilities()
    offers = Capabilities(frozenset({Capability.CLOSE}))
    me, organisation = Person("jana", "Jana", "practice"), Organisation("practice", "Praxis")
    for _each in range(2):
        store.write(lambda w: w.put_welcome(ACCOUNT.id, me, organisation, offers, Catalogue())).result()
    assert store.read(lambda reader: reader.capabilities(ACCOUNT.id)).result() == offers
    other = Person("tom", "Tom", "practice")
    give(store, [ticket("t1", requester="tom")])
    store.write(lambda w: w.put_welcome(ACCOUNT.id, other, organisation, offers, Catalogue())).result()
    assert store.read(lambda reader: reader.ticket(ACCOUNT.id, "t1")).result().row.mine


def test_a_needed_sign_in_waits_for_the_customer(store: Store) -> None:
    """It stands first, and the state says why."""
    store.write(
        lambda w: w.put_link(
            ACCOUNT.id, Link.SIGN_IN_NEEDED, error_code="session_expired", error="Signed out."
        )
    ).result()
    home = store.read(lambda reader: reader.home(ACCOUNT.id, now())).result()
    assert [each.kind for each in home.waiting] == ["sign_in"]
    state = store.read(lambda reader: reader.sync_state(ACCOUNT.id)).result()
    assert (state.link, state.error_code, state.error) == (
        Link.SIGN_IN_NEEDED,
        "session_expired",
        "Signed out.",
    )
    with pytest.raises(NotFound):
        store.read(lambda reader: reader.sync_state("nobody")).result()
    with pytest.raises(NotFound):
        store.read(lambda reader: reader.account("nobody")).result()


def test_the_cursor_belongs_to_the_facts(store: Store) -> None:
    """Both are written in one transaction; before the first page there is none."""
    assert store.read(lambda reader: reader.cursor(ACCOUNT.id)).result() is None
    store.write(lambda writer: writer.apply(ACCOUNT.id, page(ticket("t1"), cursor="17"))).result()
    assert store.read(lambda reader: reader.cursor(ACCOUNT.id)).result() == "17"
    with pytest.raises(NotFound):
        store.write(lambda writer: writer.apply("nobody", page(ticket("t1")))).result()


def test_search_finds_everywhere_newest_first(store: Store) -> None:
    """Tickets by subject, number, people and conversation, reading matter; an exact number comes first."""
    give(
        store,
        [
            ticket("t1", "Drucker", number="1042", minutes=1),
            ticket("t2", "Drucker 1042 defekt", number="1050", minutes=5),
            message("m1", "t2", "Toner ist leer"),
            publication("a1", title="Drucker einrichten", minutes=3),
        ],
    )
    assert hits(store, "druck") == [("ticket", "t2"), ("article", "a1"), ("ticket", "t1")]
    assert hits(store, "1042") == [("ticket", "t1"), ("ticket", "t2")]
    assert hits(store, "toner mia") == [("ticket", "t2")]
    assert hits(store, "d") == hits(store, "  ") == hits(store, '"*') == []


def test_known_answers_are_suggested_while_typing(store: Store) -> None:
    """Titles that share words, most alike first, whatever their endings; unrelated ones are left out."""
    give(
        store,
        [
            ticket("t1", "Rezept drucken auf A5", minutes=1, number="1001"),
            ticket("t2", "Kalender zeigt Termine doppelt", minutes=9),
            publication("a1", title="Rezept druckt auf falschem Papierformat"),
            publication(
                "a2", title="Neuen Benutzer anlegen", body="Rezept und Papierformat stehen nur hier."
            ),
        ],
    )
    found = store.read(lambda r: r.suggestions(ACCOUNT.id, "Rezepte druckt falsches Papierformat")).result()
    assert [(each.kind, each.id) for each in found] == [("article", "a1"), ("ticket", "t1")]
    assert (found[1].stage, found[1].detail) == (Stage.NEW, "1001")
    assert store.read(lambda r: r.suggestions(ACCOUNT.id, "es")).result() == ()
    assert len(store.read(lambda r: r.suggestions(ACCOUNT.id, "Rezept", limit=1)).result()) == 1
