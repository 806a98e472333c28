"""A store in a folder of its own, with one account."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from supportdesk.replica.blobs import Blobs
from supportdesk.replica.store import Store
from tests.support.facts import ACCOUNT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    store = Store.open(folder)
    store.write(lambda writer: writer.put_account(ACCOUNT)).result()
    yield store
    store.close()


@pytest.fixture
def blobs(folder: Path) -> Blobs:
    return Blobs(folder)
