"""Which backends are found, and what is said of those that are broken."""

import asyncio
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import msgspec
import pytest

from supportdesk.backends import registry
from supportdesk.backends.local import LocalBackend
from supportdesk.backends.registry import BackendMissing, open_backend, plugins
from supportdesk.domain.profile import BackendAddress
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
    assert [plugin.origin for plugin in plugins()] == ["supportdesk.backends.local:open_backend"]


def test_the_embedded_desk_is_declared_to_others_too() -> None:
    """The entry point of the installed package names the same function."""
    found = entry_points(group=registry.GROUP)
    assert found["local"].value == registry.BUILT_IN[0].value


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
    (broken, local) = plugins()
    assert (broken.kind, broken.origin) == ("broken", value)
    assert reason in broken.trouble
    assert "\n" not in broken.trouble
    assert local.trouble == ""
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
