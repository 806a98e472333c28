"""The embedded desk keeps what every backend promises."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from supportdesk.backends.contract import BackendContract, World
from tests.support.desk import local_world, small_profile


class TestLocalBackend(BackendContract):
    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[World]:
        with local_world(tmp_path / "desk") as world:
            yield world


class TestLocalBackendWithoutModules(BackendContract):
    """A vendor who offers tickets and nothing else."""

    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[World]:
        with local_world(tmp_path / "desk", small_profile(modules=("report", "tickets"))) as world:
            yield world
