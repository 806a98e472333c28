"""Important information, newsletter and help articles in the replica: listed, counted, found, corrected."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from supportdesk.clock import now
from supportdesk.domain.changes import Gone, Page
from supportdesk.domain.entities import Publication, PublicationKind
from supportdesk.domain.errors import NotFound
from supportdesk.domain.projections import PublicationList, PublicationOrder, PublicationQuery
from supportdesk.replica.rows import encode, fact_seal
from supportdesk.replica.schema import REPLICA_STEPS, migrate
from supportdesk.replica.store import Store
from tests.support.facts import ACCOUNT, MOMENT, give, publication

DAY = timedelta(days=1)


def test_an_earlier_replica_learns_what_lists_are_sorted_and_filtered_by(tmp_path: Path) -> None:
    """Titles, categories, votes and labels of what was there before are taken from the facts."""
    earlier = msgspec.structs.replace(
        publication("a1", title="Öffnen"), category="Drucken", labels=("Papier", "Papier"), helpful_percent=80
    )
    fact = encode(earlier)
    with closing(sqlite3.connect(tmp_path / "replica.db", isolation_level=None)) as connection:
        migrate(connection, REPLICA_STEPS[:1])
        connection.execute(
            "INSERT INTO publication (account, id, kind, title, published_at, must_confirm, confirmed, read,"
            " fact, seal) VALUES (1, 'a1', 'article', 'Öffnen', 0, 0, 0, 0, ?, ?)",
            (fact, fact_seal(fact)),
        )
        migrate(connection, REPLICA_STEPS)
        row = connection.execute("SELECT title_key, category, helpful FROM publication").fetchone()
        assert row == ("offnen", "Drucken", 80)
        assert connection.execute("SELECT label FROM publication_label").fetchall() == [("Papier",)]


def labels(store: Store) -> int:
    return store.read(lambda reader: reader._query.number("SELECT count(*) FROM publication_label")).result()


def test_labels_go_with_their_article(store: Store) -> None:
    """A changed or withdrawn article, or a removed account, leaves no label behind."""
    one = msgspec.structs.replace(publication("a1"), labels=("Papier", "Drucker"))
    give(store, [one, msgspec.structs.replace(publication("a2"), labels=("Papier",))])
    give(store, [msgspec.structs.replace(one, labels=("Schacht",))])
    assert labels(store) == 2
    gone(store, "a1")
    assert labels(store) == 1
    store.write(lambda writer: writer.remove_account(ACCOUNT.id)).result()
    assert labels(store) == 0


def gone(store: Store, id: str) -> None:
    page = Page((Gone("publication", id),), "2", more=False)
    store.write(lambda writer: writer.apply(ACCOUNT.id, page)).result()


# Lists


def article(id: str, title: str = "Paper sizes", **changes: object) -> Publication:
    return msgspec.structs.replace(publication(id, title=title), **changes)


def listed(store: Store, *, at: datetime = MOMENT, **asked: object) -> PublicationList:
    query = msgspec.structs.replace(PublicationQuery(ACCOUNT.id, PublicationKind.ARTICLE), **asked)
    return store.read(lambda reader: reader.publications(query, at)).result()


def ids(found: PublicationList) -> list[str]:
    return [item.id for item in found.items]


def test_lists_have_four_orders(store: Store) -> None:
    """Newest, most helpful, by title as people sort it, and what has the words in its title first."""
    give(
        store,
        [
            article("a1", "Ort", helpful_percent=50, body="Drucker", published_at=MOMENT),
            article("a2", "Öfen", helpful_percent=90, labels=("Drucker",), published_at=MOMENT - DAY),
            article("a3", "Obst und Drucker", published_at=MOMENT - 2 * DAY),
        ],
    )
    orders = {order: ids(listed(store, text="drucker", order=order)) for order in PublicationOrder}
    assert orders == {
        PublicationOrder.NEWEST: ["a1", "a2", "a3"],
        PublicationOrder.HELPFUL: ["a2", "a1", "a3"],
        PublicationOrder.TITLE: ["a3", "a2", "a1"],
        PublicationOrder.BEST: ["a3", "a2", "a1"],
    }
    assert ids(listed(store, order=PublicationOrder.BEST)) == ["a2", "a1", "a3"]


def test_counts_say_what_another_choice_would_find(store: Store) -> None:
    """Categories are counted within words and label, labels that several have within words and category."""
    give(
        store,
        [
            article("a1", "Drucker", category="Drucken", labels=("Papier", "Karte")),
            article("a2", "Drucker", category="Ärger", labels=("Papier", "Ort")),
            article("a3", "Kalender", category="Zeit", labels=("Papier",)),
            article("a4", "Kalender"),
        ],
    )
    found = listed(store, text="drucker", category="Drucken", label="Papier")
    assert (ids(found), found.count, found.matches, found.total) == (["a1"], 1, 2, 4)
    assert dict(found.categories) == {"Ärger": 1, "Drucken": 1}
    assert dict(listed(store).categories) == {"Ärger": 1, "Drucken": 1, "Zeit": 1, "": 1}
    assert found.labels == ()
    assert listed(store, text="drucker").labels == (("Papier", 2),)
    assert listed(store, category="Zeit", label="Papier").labels == ()
    assert listed(store).labels == (("Papier", 3),)
    short = listed(store, limit=2)
    assert (len(short.items), short.count) == (2, 4)


def test_what_is_over_is_not_listed_found_counted_or_offered(store: Store) -> None:
    """It goes by the clock alone; who has its id can still read it."""
    end = now() - DAY
    give(
        store,
        [
            article("a1", "Drucker", valid_until=end),
            article("a2", "Karte", published_at=now(), valid_until=end + 2 * DAY),
        ],
    )
    before, after = listed(store, at=end - DAY), listed(store, at=end + DAY / 2)
    assert (ids(before), before.next_end) == (["a2", "a1"], end)
    assert (ids(after), after.total, after.next_end) == (["a2"], 1, end + 2 * DAY)
    assert store.read(lambda r: r.search(None, "drucker")).result() == ()
    assert store.read(lambda r: r.suggestions(ACCOUNT.id, "Drucker")).result() == ()
    assert store.read(lambda r: r.home(ACCOUNT.id, now())).result().articles == 1
    assert store.read(lambda r: r.publication(ACCOUNT.id, "a1")).result().title == "Drucker"


# Did you mean


def corrected(store: Store, text: str) -> str:
    found = listed(store, text=text)
    query = PublicationQuery(ACCOUNT.id, PublicationKind.ARTICLE, text)
    return store.read(lambda reader: reader.correction(query, found.matches, MOMENT)).result()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Drukker", "Drucker"),
        ("druckre papier", "Drucker papier"),
        ("Geraet", "Gerät"),
        ("rducker", "Drucker"),
        ("drucker", ""),
        ("dru", ""),
        ("drukker xyzzyqq", ""),
        ("drukker kalender", ""),
        ("xyzzy", ""),
        ("ab", ""),
        ("x drukker", "x Drucker"),
        (" ".join(["drukker"] * 9), ""),
        ("", ""),
    ],
)
def test_near_words_that_find_something(store: Store, typed: str, meant: str) -> None:
    """Unknown words are replaced by near ones as they are written, if then all are found together."""
    give(
        store,
        [article("a1", "Drucker zieht falsches Papier", body="„Gerät“ prüfen"), article("a2", "Kalender")],
    )
    assert corrected(store, typed) == meant


def test_rare_words_are_doubted_for_common_ones(store: Store) -> None:
    """What finds one text is asked back where a near word finds ten times as many."""
    give(store, [article("a0", "Drukker")])
    give(store, [article(f"b{number}", "Drucker") for number in range(9)])
    assert corrected(store, "drukker") == ""
    give(store, [article("b9", "Drucker")])
    assert corrected(store, "drukker") == "Drucker"


def test_words_of_others_are_not_offered(store: Store) -> None:
    """Neither those of another account, nor of other reading matter, nor of what is over."""
    store.write(lambda writer: writer.put_account(msgspec.structs.replace(ACCOUNT, id="other"))).result()
    give(store, [article("o1", "Drucker")], "other")
    give(
        store,
        [
            publication("n1", PublicationKind.NOTICE, "Drucker"),
            article("a1", "Drucker", valid_until=MOMENT - DAY),
            article("a2", "Drückung"),
        ],
    )
    assert corrected(store, "drukker") == ""


# Related


def test_related_articles_share_something(store: Store) -> None:
    """Labels say most, then words of the title; a shared category alone is not enough. Most helpful first."""
    one = article("a1", "Drucker zieht falsches Papier", category="Drucken", labels=("Karte",))
    give(
        store,
        [
            one,
            article("label", "Etwas anderes", labels=("Karte",)),
            article("word", "Papier nachfüllen"),
            article("helpful", "Papierstau", helpful_percent=90),
            article("category", "Ganz anderes", category="Drucken"),
            article("over", "Papier", labels=("Karte",), valid_until=MOMENT - DAY),
            publication("n1", PublicationKind.NOTICE, "Papier"),
        ],
    )
    found = store.read(lambda reader: reader.related(ACCOUNT.id, one, MOMENT)).result()
    assert [item.id for item in found] == ["label", "helpful", "word"]


def test_the_holder_of_an_article(store: Store) -> None:
    """A link names no account: the one that has the article is found, or none."""
    give(store, [article("a1")])
    assert store.read(lambda reader: reader.holder_of(None, "a1")).result() == ACCOUNT.id
    with pytest.raises(NotFound):
        store.read(lambda reader: reader.holder_of(None, "a2")).result()
