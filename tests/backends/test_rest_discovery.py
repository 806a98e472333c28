"""A vendor's address is enough."""

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from msgspec.structs import replace

from supportdesk.backends.registry import open_backend
from supportdesk.backends.rest.discovery import discover
from supportdesk.domain.errors import BackendUnreachable, InvalidInput, ProfileError, SupportDeskError
from supportdesk.domain.profile import BackendAddress, Profile
from tests.support.desk import small_profile
from tests.support.rest_world import RestWorld, rest_world

_HERE = "http://127.0.0.1:9"
_REST = replace(small_profile(), backend=BackendAddress(kind="rest"))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[RestWorld]:
    with rest_world(tmp_path) as world:
        yield world


def _discovered(profile: Profile | bytes, address: str = _HERE, status: int = 200) -> Profile:
    body = profile if isinstance(profile, bytes) else msgspec.json.encode(profile)
    kind = {"content-type": "application/json"}

    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.path.endswith("/.well-known/supportdesk")
        return httpx.Response(status, headers=kind, stream=httpx.ByteStream(body))

    return asyncio.run(discover(address, httpx.MockTransport(answer)))


def test_a_server_gives_its_profile_and_can_be_used_with_it(world: RestWorld, tmp_path: Path) -> None:
    """Name, brand and form come from the address alone, and signing in works with nothing else."""

    async def use() -> Profile:
        profile = await discover(f" {world.address}/ ")
        backend = open_backend(profile, tmp_path / "elsewhere")
        await backend.sign_in(world.customer.user, world.customer.password)
        await backend.welcome()
        await backend.close()
        return profile

    found = asyncio.run(use())
    assert found == replace(small_profile(), backend=BackendAddress(kind="rest", address=world.address))


def test_a_server_may_be_reached_elsewhere() -> None:
    """The address that it tells is kept, made whole; one without protection is not taken."""
    told = replace(_REST, backend=BackendAddress(kind="rest", address="https://support.example.org/small/"))
    assert _discovered(told).backend.address == "https://support.example.org/small"
    here = replace(_REST, backend=BackendAddress(kind="rest", address="http://localhost:8000"))
    assert _discovered(here).backend.address == "http://localhost:8000"
    with pytest.raises(ProfileError):  # a stranger who sends passwords to a program on this computer
        _discovered(here, "https://support.example.org")
    unsafe = replace(_REST, backend=BackendAddress(kind="rest", address="http://support.example.org"))
    with pytest.raises(InvalidInput):
        _discovered(unsafe)


def test_nobody_speaks_for_the_server_of_another() -> None:
    """A server that names another address is believed that, and nothing else: the rest is told there."""
    true = replace(_REST, name="True", backend=BackendAddress(kind="rest", address="https://true.example"))

    def answer(request: httpx.Request) -> httpx.Response:
        told = true if request.url.host == "true.example" else replace(true, name="False")
        body = httpx.ByteStream(msgspec.json.encode(told))
        return httpx.Response(200, headers={"content-type": "application/json"}, stream=body)

    assert asyncio.run(discover("https://false.example", httpx.MockTransport(answer))) == true


@pytest.mark.parametrize(
    "ask",
    [
        lambda: _discovered(b"<html>Welcome</html>"),
        lambda: _discovered(b'{"id": "small"}'),
        lambda: _discovered(small_profile()),
        lambda: _discovered(b"{}", status=404),
    ],
    ids=["page", "half a profile", "not a server's", "missing"],
)
def test_where_no_portal_answers_it_says_so(ask: Callable[[], Profile]) -> None:
    """The sentence names the address, and what to do is about it, not about a file."""
    with pytest.raises(ProfileError, match=re.escape(_HERE)) as caught:
        ask()
    assert caught.value.next_step.startswith("Compare the address")


def test_nobody_there_is_not_the_same_as_no_portal() -> None:
    """What can be tried again is told apart."""
    with pytest.raises(BackendUnreachable):
        asyncio.run(discover("http://127.0.0.1:9"))


@pytest.mark.parametrize("address", ["", "support example", "http://support.example.org"])
def test_an_address_that_is_none_asks_nobody(address: str) -> None:
    """It is refused before anything is sent, with what an address looks like."""
    with pytest.raises(SupportDeskError) as caught:
        _discovered(_REST, address)
    assert type(caught.value) is InvalidInput
