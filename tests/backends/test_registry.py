"""Which backends are found, and what is said of those that are broken."""

import asyncio
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import msgspec
import pytest

from supportdesk.backends import registry
from supportdesk.backends.local import LocalBackend
from supportdesk.backends.registry import BackendMissing, open_backend, plugins
from supportdesk.backends.rest import RestBackend
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.profile import BackendAddress, Profile
from tests.support.desk import small_profile


def _installed(monkeypatch: pytest.MonkeyPatch, **modules: str) -> None:
    def found(group: str) -> tuple[EntryPoint, ...]:
        return tuple(EntryPoint(name, value, group) for name, value in modules.items())

    monkeypatch.setattr(registry, "entry_points", found)


def test_the_embedded_desk_is_always_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where no metadata of packages exists, and nobody can put another one in its place."""
    _installed(monkeypatch, local="evil.module:open_backend")
    backend = open_backend(small_profile(), tmp_path)
    assert isinstance(backend, LocalBackend)
    asyncio.run(backend.close())
    assert [plugin.origin for plugin in plugins()] == [entry.value for entry in registry.BUILT_IN]


def test_what_is_built_in_is_declared_to_others_too() -> None:
    """The entry points of the installed package name the same functions."""
    found = entry_points(group=registry.GROUP)
    assert {entry.name: found[entry.name].value for entry in registry.BUILT_IN} == {
        entry.name: entry.value for entry in registry.BUILT_IN
    }


def test_a_server_needs_an_address_that_nobody_can_read_along(tmp_path: Path) -> None:
    """https, or this computer itself; anything else is refused with a next step before anything is sent."""
    for address in ("", "http://support.example.org", "ftp://support.example.org", "https://me@example.org"):
        with pytest.raises(InvalidInput) as caught:
            open_backend(_rest_profile(address), tmp_path)
        assert caught.value.next_step
    for address in ("https://support.example.org/practice", "http://127.0.0.1:8000", "http://[::1]:8000"):
        assert isinstance(open_backend(_rest_profile(address), tmp_path), RestBackend)


def _rest_profile(address: str) -> Profile:
    return msgspec.structs.replace(small_profile(), backend=BackendAddress(kind="rest", address=address))


def test_a_plugin_is_used_when_a_profile_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kind in the profile is the name of the entry point."""
    _installed(monkeypatch, other="supportdesk.backends.local:open_backend")
    profile = msgspec.structs.replace(small_profile(), backend=BackendAddress(kind="other"))
    backend = open_backend(profile, tmp_path)
    assert isinstance(backend, LocalBackend)
    asyncio.run(backend.close())


@pytest.mark.parametrize(
    ("value", "reason"),
    [("no.such.module:open_backend", "ModuleNotFoundError"), ("supportdesk.clock:nothing", "AttributeError")],
)
def test_a_broken_plugin_is_a_line_and_no_crash(
    value: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is listed with its trouble, and only the profile that needs it fails, with a next step."""
    _installed(monkeypatch, broken=value)
    (broken, *built_in) = plugins()
    assert (broken.kind, broken.origin) == ("broken", value)
    assert reason in broken.trouble
    assert "\n" not in broken.trouble
    assert not any(plugin.trouble for plugin in built_in)
    profile = msgspec.structs.replace(small_profile(), backend=BackendAddress(kind="broken"))
    with pytest.raises(BackendMissing, match=reason):
        open_backend(profile, tmp_path)


def test_a_kind_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a next step for the customer."""
    _installed(monkeypatch)
    profile = msgspec.structs.replace(small_profile(), backend=BackendAddress(kind="zammad"))
    with pytest.raises(BackendMissing, match="zammad") as caught:
        open_backend(profile, tmp_path)
    assert caught.value.next_step
