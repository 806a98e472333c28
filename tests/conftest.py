"""What holds for every test: its own folders, no keyring, no network, one language, nothing left running."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from supportdesk import i18n

pytest_plugins = ["tests.support.tools", "tests.support.databases", "tests.support.guards"]

ROOT = Path(__file__).resolve().parent.parent

# A shared machine is slow now and then; properties are about results, not about milliseconds.
settings.register_profile("supportdesk", deadline=None)
settings.load_profile("supportdesk")


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    if not hasattr(config, "workerinput"):  # once, not in each worker
        from hatch_build import generate

        try:
            generate(ROOT)
        except (LookupError, ValueError) as error:
            raise pytest.UsageError(str(error)) from error


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("real_window"):  # keyboard focus belongs to one window at a time
            item.add_marker(pytest.mark.xdist_group("real window"))
        parameters = item.callspec.params if hasattr(item, "callspec") else {}
        if "postgresql" in parameters.values():
            item.add_marker(pytest.mark.second_stage)


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of the person who runs the tests is read or written."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("DATA", "CONFIG", "CACHE", "STATE"):
            patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
        patch.setenv("SUPPORTDESK_DATA_DIR", str(home / "supportdesk"))
        yield


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language("en")
