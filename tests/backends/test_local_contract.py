"""The embedded desk keeps what every backend promises."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from supportdesk.backends.contract import BackendContract, World
from supportdesk.domain.profile import SignIn
from tests.support.databases import Databases
from tests.support.desk import local_world, small_profile


class TestLocalBackend(BackendContract):
    @pytest.fixture
    def world(self, databases: Databases, tmp_path: Path) -> Iterator[World]:
        with local_world(tmp_path / "desk", address=databases.furnished()) as world:
            yield world


class TestLocalBackendWithoutModules(BackendContract):
    """A vendor who offers tickets and nothing else, to people who were given their access."""

    @pytest.fixture
    def world(self, tmp_path: Path) -> Iterator[World]:
        profile = small_profile(modules=("report", "tickets"), sign_in=SignIn())
        with local_world(tmp_path / "desk", profile) as world:
            yield world
