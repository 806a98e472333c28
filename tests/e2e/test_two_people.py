"""The end of the matter: two people, two computers, one server, and a network that is cut and restored."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import Databases
from tests.support.rest_world import RestWorld, rest_world
from tests.support.two_people import work_together

_SECONDS = 8.0


@pytest.fixture
def world(tmp_path: Path, databases: Databases) -> Iterator[RestWorld]:
    with rest_world(tmp_path / "server", databases.furnished()) as world:
        yield world


@pytest.mark.second_stage
@pytest.mark.timeout(400)
def test_two_people_work_on_the_same_things(world: RestWorld, tmp_path: Path) -> None:
    """They report, reply, attach, close, reopen, read, order, sign and decline, offline half of the time:
    neither ever sees a wrong thing, of two signatures one counts, and at the end both hold what the server
    holds (`tests.chaos two` goes on for longer)."""
    outcome = work_together(world, tmp_path, _SECONDS, seed=20261122)
    assert outcome.wrong == []
    assert outcome.counts["sent"] > 20
    assert outcome.counts["cuts"] > 0
