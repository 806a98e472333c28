"""The kinds of database that a desk can be kept in: what asks for `databases` is tested with each of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.support.tools import need

if TYPE_CHECKING:  # most tests need none of it
    from supportdesk.desk.store.address import Address, PostgresSchema
    from supportdesk.desk.store.database import DeskConnection
    from tests.support.postgres import Cluster


class Databases(Protocol):
    """Makes databases for one test."""

    def empty(self) -> "Address":
        """No desk has been opened in it yet."""
        ...

    def furnished(self) -> "Address":
        """With the people of `tests.support.desk`."""
        ...


class SqliteDatabases:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def empty(self) -> Path:
        self._count += 1
        return self._folder / f"desk-{self._count}"

    def furnished(self) -> Path:
        from tests.support.desk import furnish

        return furnish(self.empty())


class PostgresDatabases:
    def __init__(self, cluster: "Cluster") -> None:
        self._cluster = cluster
        self._made: list[str] = []

    def empty(self) -> "PostgresSchema":
        return self._noted(self._cluster.make_database())

    def furnished(self) -> "PostgresSchema":
        return self._noted(self._cluster.make_furnished())

    def _noted(self, name: str) -> "PostgresSchema":
        from supportdesk.desk.store.address import PostgresSchema

        self._made.append(name)
        return PostgresSchema(self._cluster.url(name))

    def drop(self) -> None:
        for name in self._made:
            self._cluster.drop_database(name)


@pytest.fixture(scope="session")
def cluster() -> "Iterator[Cluster]":
    """A PostgreSQL server for all tests of this process."""
    from tests.support.postgres import Cluster

    need("initdb")
    cluster = Cluster()
    yield cluster
    cluster.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> "Iterator[Databases]":
    if request.param == "sqlite":
        yield SqliteDatabases(tmp_path)
        return
    made = PostgresDatabases(request.getfixturevalue("cluster"))
    yield made
    made.drop()


@pytest.fixture
def desk(databases: Databases) -> "Iterator[DeskConnection]":
    """The small desk, opened in the test's thread."""
    from tests.support.desk import furnished

    with furnished(databases.furnished()) as connection:
        yield connection
