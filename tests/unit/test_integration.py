"""SupportDesk in the menu of a Linux desktop."""

import sys
from pathlib import Path

import pytest

from supportdesk.app import integration
from supportdesk.domain.errors import InvalidInput, SupportDeskError

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has desktop files")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's folder for programs; the one for settings is `config` beside it."""
    home, config = tmp_path / "data", tmp_path / "config"
    config.mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    return home


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
    assert str(entry) in " ".join(integration.remove())
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


OURS = b"x-scheme-handler/supportdesk=supportdesk.desktop"
OTHERS = "[Default Applications]\r\ntext/html=firefox.desktop;\n# räksmörgås\n{}\n[Added Associations]\n"


def defaults(home: Path, line: str) -> bytes:
    file = home.parent / "config" / "mimeapps.list"
    file.write_bytes(OTHERS.format(line).encode())
    file.chmod(0o640)
    integration.remove()
    assert file.stat().st_mode & 0o777 == 0o640
    return file.read_bytes()


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("x-scheme-handler/supportdesk=supportdesk.desktop", None),
        ("x-scheme-handler/supportdesk = supportdesk.desktop;\r", None),
        (
            "x-scheme-handler/supportdesk=other.desktop;supportdesk.desktop;",
            "x-scheme-handler/supportdesk=other.desktop;",
        ),
        ("x-scheme-handler/supportdesk=other.desktop", "x-scheme-handler/supportdesk=other.desktop"),
        ("x-scheme-handler/mailto=supportdesk.desktop", "x-scheme-handler/mailto=supportdesk.desktop"),
        (
            "#x-scheme-handler/supportdesk=supportdesk.desktop",
            "#x-scheme-handler/supportdesk=supportdesk.desktop",
        ),
    ],
)
def test_only_our_default_is_taken_back(home: Path, line: str, left: str | None) -> None:
    """Every other byte of `mimeapps.list` stays, whatever its line ends and letters; so does its mode."""
    integration.install()
    expected = OTHERS.replace("{}\n", "") if left is None else OTHERS.format(left)
    assert defaults(home, line) == expected.encode()


def test_a_list_of_defaults_that_says_nothing_more_goes(home: Path) -> None:
    """The file that `xdg-mime` made for our line alone is removed, in the old place too."""
    for file in (home.parent / "config" / "mimeapps.list", home / "applications" / "mimeapps.list"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"[Default Applications]\n" + OURS + b"\n")
        said = integration.remove()
        assert str(file) in " ".join(said)
        assert not file.exists()


def test_a_linked_list_of_defaults_stays_a_link(home: Path) -> None:
    """Who keeps the file elsewhere finds it changed there, still linked."""
    kept, link = home.parent / "kept.list", home.parent / "config" / "mimeapps.list"
    kept.write_bytes(b"[Default Applications]\ntext/html=firefox.desktop\n" + OURS)
    link.symlink_to(kept)
    integration.remove()
    assert link.is_symlink()
    assert kept.read_bytes() == b"[Default Applications]\ntext/html=firefox.desktop\n"


@pytest.mark.needs("xdg-mime")
def test_what_xdg_mime_writes_is_taken_back(home: Path) -> None:
    """After `install` and `remove` with the desktop's own tool nothing of ours is left."""
    integration.install()
    assert OURS in (home.parent / "config" / "mimeapps.list").read_bytes()
    integration.remove()
    assert list((home.parent / "config").iterdir()) == []
