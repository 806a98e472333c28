"""What tests need of the system, as a pytest plugin: the only place that skips a test for want of one.

`@pytest.mark.needs("Xvfb", …)` stands at tests; fixtures that some tests do without call `need`. Where
everything is to be tested (`SUPPORTDESK_TEST_ALL`), what is missing fails the test.
"""

import os
import shutil
from pathlib import Path

import pytest

PACKAGES = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "xrandr": "x11-xserver-utils",
    "xsetroot": "x11-xserver-utils",
    "import": "imagemagick",
    "dbus-daemon": "dbus",
    "dbus-run-session": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
    "/usr/lib/python3/dist-packages/pyatspi": "python3-pyatspi",
    "sway": "sway",
    "wtype": "wtype",
    "grim": "grim",
    "pipewire": "pipewire",
    "wireplumber": "wireplumber",
    "/usr/libexec/xdg-desktop-portal": "xdg-desktop-portal",
    "/usr/libexec/xdg-desktop-portal-gtk": "xdg-desktop-portal-gtk",
    "/usr/libexec/xdg-desktop-portal-wlr": "xdg-desktop-portal-wlr",
    "xdg-mime": "xdg-utils",
    "unshare": "util-linux",
    "strace": "strace",
    "initdb": "postgresql",
    "nginx": "nginx-light",
}
"""Programs, or files that stand for what is no program, and the Debian packages they come with."""


def found(tool: str) -> str | None:
    """Where it is, also in folders that are not searched for everybody's programs."""
    newest_first = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    elsewhere = os.pathsep.join(["/usr/sbin", *map(str, newest_first)])
    if tool.startswith("/"):
        return tool if Path(tool).exists() else None
    return shutil.which(tool) or shutil.which(tool, path=elsewhere)


def _version(folder: Path) -> int:
    return int(folder.parent.name)


def missing(*tools: str) -> list[str]:
    """The packages that bring those of them that are not here."""
    return sorted({PACKAGES[tool] for tool in tools if found(tool) is None})


def need(*tools: str) -> None:
    if lacking := missing(*tools):
        reason = f"needs {', '.join(lacking)}"
        if os.environ.get("SUPPORTDESK_TEST_ALL"):
            pytest.fail(f"{reason}, and here everything is tested", pytrace=False)
        pytest.skip(reason)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(*tools): programs of the system; see tests/support/tools.py")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before the fixtures, which would start the programs."""
    for marker in item.iter_markers("needs"):
        need(*marker.args)
