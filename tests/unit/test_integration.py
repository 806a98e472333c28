"""SupportDesk in the menu of a Linux desktop."""

import sys
from pathlib import Path

import pytest

from supportdesk.app import integration
from supportdesk.domain.errors import InvalidInput, SupportDeskError

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has desktop files")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def test_installing_registers_menu_and_links_and_removing_takes_all_back(home: Path) -> None:
    """After `install`, twice, there is one entry with our command; after `remove`, twice, nothing of it."""
    integration.install()
    said = integration.install()
    entry = home / "applications" / "supportdesk.desktop"
    text = entry.read_text("utf-8")
    assert "MimeType=x-scheme-handler/supportdesk;" in text
    assert "{command}" not in text
    assert str(entry) in " ".join(said)
    assert (home / "icons/hicolor/scalable/apps/supportdesk.svg").is_file()
    assert len(integration.remove()) == 2
    assert list(home.iterdir()) == []
    assert integration.remove() == ("There was nothing to remove.",)


def test_folders_with_other_things_stay(home: Path) -> None:
    """What other programs put there is not touched."""
    integration.install()
    other = home / "applications" / "other.desktop"
    other.touch()
    integration.remove()
    assert list(home.rglob("*")) == [other.parent, other]


def test_the_entry_starts_this_very_installation(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path with blanks and percent signs is quoted as the desktop entry specification asks."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/Support Desk 100%/supportdesk")
    integration.install()
    text = (home / "applications" / "supportdesk.desktop").read_text("utf-8")
    assert 'Exec="/opt/Support Desk 100%%/supportdesk" open %u' in text


def test_elsewhere_the_installer_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows and macOS the command says who registers the links, and writes nothing."""
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(InvalidInput):
        integration.install()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A calm error with the folder in its next step, not a trace."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with pytest.raises(SupportDeskError) as refused:
        integration.install()
    assert str(tmp_path / "file") in refused.value.next_step
