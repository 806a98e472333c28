"""A server keeps, through the `rest` backend, what every backend promises."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from supportdesk.backends.contract import BackendContract, SyncContract, World
from tests.support.databases import Databases
from tests.support.fault_proxy import QUICK_FAULTS, by_chance, fault_proxy
from tests.support.rest_world import RestWorld, rest_world, rest_world_in_process
from tests.support.stubborn import StubbornBackend

_FAULTY_SHARE = 0.2


class TestInProcess(BackendContract):
    """Client and server in one process, everything but the socket."""

    @pytest.fixture
    def world(self, tmp_path: Path, databases: Databases) -> Iterator[World]:
        with rest_world_in_process(tmp_path, databases.furnished()) as world:
            yield world


@pytest.mark.second_stage
class TestOverASocket(BackendContract):
    """A real server on this machine's loopback."""

    @pytest.fixture
    def world(self, tmp_path: Path, databases: Databases) -> Iterator[World]:
        with rest_world(tmp_path, databases.furnished()) as world:
            yield world


@pytest.mark.second_stage
class TestOverABadNetwork(SyncContract):
    """Every fifth request meets a fault, and the caller tries again, as nobody does about an account."""

    @pytest.fixture
    def world(self, tmp_path: Path, databases: Databases) -> Iterator[World]:
        with rest_world(tmp_path, databases.furnished()) as world, _bad_network(world) as bad:
            yield bad


@contextmanager
def _bad_network(world: RestWorld) -> Iterator[RestWorld]:
    dice = random.Random(20261121)
    with fault_proxy(world.address, by_chance(dice, _FAULTY_SHARE, QUICK_FAULTS)) as proxy:
        world.address = proxy.address
        world.wrap = StubbornBackend
        yield world
