"""Which language the app speaks."""

from pathlib import Path

import pytest

from supportdesk import i18n
from supportdesk.app import system_info
from supportdesk.app.language import speak_chosen, speak_system
from supportdesk.app.settings import LANGUAGE, Settings
from supportdesk.lanes import Lane


@pytest.mark.parametrize(("chosen", "system", "spoken"), [
    ("de", "en_GB.UTF-8", "de"), ("en", "de_DE.UTF-8", "en"),
    ("system", "de_AT.UTF-8", "de"), ("system", "xx", "en"), ("sv", "de_DE.UTF-8", "sv"),
    ("system", "sv_SE.UTF-8", "sv"), ("system", "sv_FI", "sv"),
])  # fmt: skip
def test_the_chosen_language_wins_over_the_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str, system: str, spoken: str
) -> None:
    """A chosen language is spoken; else the environment decides, with English as the last resort."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", system)
    lane = Lane("settings")
    settings = Settings(tmp_path / "settings.json", lane)
    settings.set(LANGUAGE, chosen)
    speak_chosen(settings)
    lane.close()
    assert i18n.language() == spoken


def test_a_system_that_asks_for_no_language_gets_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """LC_ALL stands above LANG, as everywhere: `LC_ALL=C` is not answered in the language of LANG."""
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    speak_system()
    assert i18n.language() == "en"


def test_system_information_names_no_person_and_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text has versions and the host program, and neither user name, host name nor home folder."""
    monkeypatch.setenv("USER", "jane-doe")
    monkeypatch.setenv("HOME", "/home/jane-doe")
    text = system_info.text("Medora 24.3")
    assert "Opened from: Medora 24.3" in text
    assert "jane" not in text
    import socket

    assert socket.gethostname() not in text
