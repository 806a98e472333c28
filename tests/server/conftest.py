"""A server of its own for each test, and people who talk to it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from supportdesk.domain.wire import API
from supportdesk.server import configuration
from tests.server.talking import Talker
from tests.support.server import Served, served


@pytest.fixture(autouse=True)
def _no_service_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configuration, "DEFAULT_FILE", tmp_path / "etc" / "server.toml")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path / "desk") as running:
        yield running


@pytest.fixture
def talk(server: Served) -> Iterator[Callable[[str], Talker]]:
    """Somebody who talks to the server, signed in unless the name is ''."""
    with ExitStack() as stack:

        def begin(user: str = "") -> Talker:
            client = stack.enter_context(httpx.Client(base_url=server.address + API, timeout=20))
            talker = Talker(client)
            if user:
                talker.sign_in(user)
            return talker

        yield begin
