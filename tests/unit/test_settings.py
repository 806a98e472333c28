"""Settings: declared once, checked, kept, and forgiving towards a damaged file."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from supportdesk.app.settings import LANGUAGE, SETTINGS, TEXT_PERCENT, THEME, Settings
from supportdesk.domain.errors import InvalidInput
from supportdesk.lanes import Lane


@pytest.fixture
def lane() -> Iterator[Lane]:
    lane = Lane("settings")
    yield lane
    lane.close()


def test_a_change_is_applied_told_and_kept(tmp_path: Path, lane: Lane) -> None:
    """A set value is there at once, the listener hears of it, and a later start reads it."""
    file = tmp_path / "settings.json"
    settings, heard = Settings(file, lane), list[str]()
    settings.subscribe(lambda setting: heard.append(setting.key))
    settings.set(THEME, "dark")
    assert settings.get(THEME) == "dark"
    assert heard == [THEME.key]
    lane.submit(lambda: None).result(20)
    again = Settings(file, lane)
    assert again.load() == ""
    assert again.get(THEME) == "dark"


@pytest.mark.parametrize(("setting", "value"), [(THEME, "pink"), (TEXT_PERCENT, 101), (TEXT_PERCENT, True)])
def test_a_value_that_does_not_fit_is_refused(tmp_path: Path, lane: Lane, setting, value) -> None:  # type: ignore[no-untyped-def]
    """A wrong type or choice raises InvalidInput and changes nothing."""
    settings = Settings(tmp_path / "settings.json", lane)
    with pytest.raises(InvalidInput):
        settings.set(setting, value)
    assert settings.get(setting) == setting.default


def test_a_damaged_file_is_set_aside_and_said(tmp_path: Path, lane: Lane) -> None:
    """A file that is no JSON is kept under another name, and the reason is returned."""
    file = tmp_path / "settings.json"
    file.write_text("{", "utf-8")
    settings = Settings(file, lane)
    assert "settings.damaged" in settings.load()
    assert (tmp_path / "settings.damaged").read_text("utf-8") == "{"
    assert settings.get(LANGUAGE) == LANGUAGE.default


def test_values_of_another_version_fall_back_to_their_defaults(tmp_path: Path, lane: Lane) -> None:
    """Unknown keys and values that no longer fit are ignored, the others are kept."""
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"gone": 1, THEME.key: "sepia", LANGUAGE.key: "de"}), "utf-8")
    settings = Settings(file, lane)
    settings.load()
    assert settings.get(THEME) == THEME.default
    assert settings.get(LANGUAGE) == "de"


def test_every_setting_is_declared_once_and_its_default_fits() -> None:
    """Keys are unique and each default passes its own check."""
    keys = [setting.key for setting in SETTINGS]
    assert len(keys) == len(set(keys))
    assert all(setting.checked(setting.default) == setting.default for setting in SETTINGS)
