"""Important information, newsletter and help articles in the replica: listed, counted, found, corrected."""

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from supportdesk.domain.changes import Gone, Page
from supportdesk.replica.rows import encode, fact_seal
from supportdesk.replica.schema import REPLICA_STEPS, migrate
from supportdesk.replica.store import Store
from tests.support.facts import ACCOUNT, give, publication


def test_an_earlier_replica_learns_what_lists_are_sorted_and_filtered_by(tmp_path: Path) -> None:
    """Titles, categories, votes and labels of what was there before are taken from the facts."""
    article = msgspec.structs.replace(
        publication("a1", title="Öffnen"), category="Drucken", labels=("Papier", "Papier"), helpful_percent=80
    )
    fact = encode(article)
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
