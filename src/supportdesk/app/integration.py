"""Puts SupportDesk into the desktop's menu and makes it the program for its links.

Only on Linux; on Windows and macOS the installer does this.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from supportdesk import resources
from supportdesk.app.link_default import forget
from supportdesk.app.links import SCHEME
from supportdesk.domain.errors import InvalidInput, SupportDeskError
from supportdesk.i18n import _

DESKTOP_ID = "supportdesk.desktop"
_ICON_ID = "supportdesk.svg"
_LINK_TYPE = f"x-scheme-handler/{SCHEME}"


def install() -> tuple[str, ...]:
    """Writes the menu entry and the icon; returns lines that say what was done. Safe to repeat.

    Raises SupportDeskError where the person's folder for such things cannot be written.
    """
    _only_linux()
    entry, icon = _entry_path(), _icon_path()
    template = resources.path("desktop", DESKTOP_ID).read_text("utf-8")
    with _changes_of_home():
        for path in (entry, icon):
            path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(resources.path("branding", _ICON_ID), icon)
        entry.write_text(template.replace("{command}", _command()), "utf-8")
    _tell_desktop("update-desktop-database", str(entry.parent))
    _tell_desktop("xdg-mime", "default", DESKTOP_ID, _LINK_TYPE)
    return (_("Added {path}").format(path=entry), _("Added {path}").format(path=icon))


def remove() -> tuple[str, ...]:
    """Takes back what `install` wrote; returns lines that say so. Your data stays where it is."""
    _only_linux()
    with _changes_of_home():
        forgotten = [path for path in _defaults_paths() if forget(path, _LINK_TYPE, DESKTOP_ID)]
        gone = [path for path in (_entry_path(), _icon_path()) if path.exists()]
        for path in gone:
            path.unlink()
            _remove_empty_folders(path.parent)
    if _entry_path().parent.exists():
        _tell_desktop("update-desktop-database", str(_entry_path().parent))
    return (
        *(_("Removed {path}").format(path=path) for path in gone),
        *(_("Removed the link handler from {path}").format(path=path) for path in forgotten),
    ) or (_("There was nothing to remove."),)


def _remove_empty_folders(folder: Path) -> None:
    """Upwards within the data home; where anything else lies, it stays."""
    while folder != _data_home() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


@contextmanager
def _changes_of_home() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SupportDeskError(
            _("The desktop's menu cannot be changed: {reason}.").format(reason=error.strerror or error),
            next_step=_("Check whether you may write in {folder}.").format(folder=_data_home()),
        ) from error


def _only_linux() -> None:
    if not sys.platform.startswith("linux"):
        raise InvalidInput(
            _("On this system the installer registers SupportDesk."), next_step=_("Use the installer.")
        )


def _data_home() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _defaults_paths() -> tuple[Path, ...]:
    """Where `xdg-mime` writes what it was told, now and in its earlier versions."""
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return config / "mimeapps.list", _data_home() / "applications" / "mimeapps.list"


def _entry_path() -> Path:
    return _data_home() / "applications" / DESKTOP_ID


def _icon_path() -> Path:
    return _data_home() / "icons" / "hicolor" / "scalable" / "apps" / _ICON_ID


def _command() -> str:
    """How this very installation is started, quoted for an Exec line."""
    if getattr(sys, "frozen", False):
        return _quoted(sys.executable)
    script = Path(sys.executable).with_name("supportdesk")
    return _quoted(str(script)) if script.exists() else f"{_quoted(sys.executable)} -m supportdesk"


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`").replace("$", "\\$")
    return f'"{escaped}"'.replace("%", "%%") if escaped != shlex.quote(escaped) or "%" in word else word


def _tell_desktop(*command: str) -> None:
    """The tools are conveniences of some desktops: without them the entry is found at the next sign-in."""
    if shutil.which(command[0]):
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(command, check=False, capture_output=True, timeout=10)
