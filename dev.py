#!/usr/bin/env python3
"""Everything a developer starts: `python3 dev.py run` and `python3 dev.py test` work on a fresh machine.

Only the standard library. The first run makes `.venv` and installs into it; later runs reuse it.
Other commands: check, tour, manual, bench, chaos, bundle. Further arguments are handed on.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STATE = VENV / "supportdesk-dev.json"
MINIMUM = (3, 11)

QT_PACKAGES = (
    "libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfreetype6 libfontconfig1 libdbus-1-3 "
    "libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 "
    "libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libx11-xcb1 "
    "libwayland-cursor0 libwayland-egl1"
)
# A window without a person: X server, window manager, mouse and keys, pictures, accessibility bus, keyring;
# on Wayland the same, and the portal that takes pictures there; PostgreSQL and nginx, of which the tests
# start servers of their own; and what QtMultimedia stands on.
FONT_PACKAGES = "fonts-inter fonts-noto-core fonts-noto-color-emoji"
TEST_PACKAGES = (
    f"{FONT_PACKAGES} xvfb xauth openbox xdotool imagemagick x11-xserver-utils strace dbus gnome-keyring "
    "at-spi2-core python3-pyatspi gir1.2-atspi-2.0 xdg-utils sway grim wtype pipewire wireplumber "
    "xdg-desktop-portal xdg-desktop-portal-gtk xdg-desktop-portal-wlr postgresql nginx-light "
    "libpulse0 libxrandr2 libdrm2"
)
# Commands and options of the program that open no window; and what may stand before a command, with a value.
HEADLESS = {"tickets", "documents", "orders", "subscriptions", "outbox", "sync"}
HEADLESS |= {"accounts", "add-vendor", "sign-in", "sign-out", "integrate"}
HEADLESS_OPTIONS = {"--send", "--help", "-h", "--version", "--selftest"}
VALUED_OPTIONS = {"--demo", "--data-dir"}


class Stopped(Exception):
    """Ends the script with a sentence for the person who started it."""


def main(arguments: Sequence[str]) -> int:
    commands: dict[str, Callable[[list[str]], int]] = {
        "run": run,
        "test": test,
        "check": check,
        "tour": tour,
        "manual": manual,
        "bench": bench,
        "chaos": chaos,
        "bundle": bundle,
    }
    if not arguments or arguments[0] not in commands:
        print(f"usage: {Path(sys.argv[0]).name} {{{','.join(commands)}}} [arguments…]\n\n{__doc__}")
        return 0 if set(arguments) & {"-h", "--help"} else 2
    try:
        return commands[arguments[0]](list(arguments[1:]))
    except Stopped as reason:
        print(f"dev.py: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


# ------------------------------------------------------------------ commands


def run(arguments: list[str]) -> int:
    """The app; where there is no display, its tour, drawn into files."""
    prepare()
    if not needs_window(arguments):
        return python("-m", "supportdesk", *arguments)
    need_qt_libraries()
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print("There is no display here (DISPLAY and WAYLAND_DISPLAY are empty): no window can open.")
        print("The tour walks through the app and draws it into files instead.", flush=True)
        return tour([])
    return python("-m", "supportdesk", *arguments)


def needs_window(arguments: Sequence[str]) -> bool:
    """A demo may be called like a command: only the first word that belongs to no option is the command."""
    before = ["", *arguments]
    words = [each for i, each in enumerate(arguments) if each[:1] != "-" and before[i] not in VALUED_OPTIONS]
    return HEADLESS.isdisjoint(words[:1]) and HEADLESS_OPTIONS.isdisjoint(arguments)


def test(arguments: list[str]) -> int:
    """pytest on all cores, all but the second stage; files that are named run whole, in one process."""
    prepare()
    need_qt_libraries()
    need_packages("test", TEST_PACKAGES.split())
    names_files = any((ROOT / argument.partition("::")[0]).exists() for argument in arguments)
    spread = [] if names_files else ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadgroup"]
    if not names_files and "-m" not in arguments:
        spread += ["-m", "not second_stage"]
    return python("-m", "pytest", *spread, *arguments, cwd=ROOT, QT_QPA_PLATFORM="offscreen")


def check(arguments: list[str]) -> int:
    """Form, types and directions of imports; all four are run, whatever the first ones find."""
    prepare()
    tools = {
        "ruff check": ["-m", "ruff", "check", *arguments],
        "ruff format": ["-m", "ruff", "format", "--check", "--output-format", "concise"],
        "mypy": ["-m", "mypy"],
        "import-linter": [
            "-c",
            "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())",
        ],
    }
    failed = []
    for name, command in tools.items():
        print(f"== {name}", flush=True)
        if python(*command, cwd=ROOT) != 0:
            failed.append(name)
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def tour(arguments: list[str]) -> int:
    """Drive the real widgets through the whole job and write a picture of each step."""
    prepare_pictures()
    folder = Path(arguments[0]).resolve() if arguments else ROOT / "out" / "tour"
    code = python("-m", "tests.tour", str(folder), *arguments[1:], cwd=ROOT, QT_QPA_PLATFORM="offscreen")
    if code == 0:
        print(f"Pictures: {folder}")
    return code


def manual(arguments: list[str]) -> int:
    """The manuals for customers, docs/manual: texts and pictures, by following them (about ten minutes)."""
    prepare_pictures()
    return python("-m", "tests.manual", *arguments, cwd=ROOT)


def prepare_pictures() -> None:
    prepare()
    need_qt_libraries()
    if (
        os.name == "posix" and os.geteuid() == 0
    ):  # pictures are alike everywhere; others use the fonts they have
        need_packages("fonts", FONT_PACKAGES.split())


def bench(arguments: list[str]) -> int:
    prepare()
    need_qt_libraries()
    return python("-m", "tests.bench", *arguments, cwd=ROOT, QT_QPA_PLATFORM="offscreen")


def chaos(arguments: list[str]) -> int:
    prepare()
    need_packages("test", TEST_PACKAGES.split())
    return python("-m", "tests.chaos", *arguments, cwd=ROOT)


def bundle(arguments: list[str]) -> int:
    """A folder that runs without Python installed: dist/supportdesk."""
    prepare()
    need_qt_libraries()
    folders = ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build")]
    options = ["--noconfirm", "--log-level", "WARN", *folders, *arguments]
    code = python("-m", "PyInstaller", *options, "supportdesk.spec", cwd=ROOT)
    if code == 0:
        folder = ROOT / "dist" / "supportdesk"
        size_bytes = sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file())
        print(f"Bundle: {folder} ({size_bytes / 2**20:.0f} MiB)")
    return code


# --------------------------------------------------------------- environment


def prepare() -> None:
    """Bring `.venv` and the generated resources up to date."""
    wanted = _installation_key()
    if not PYTHON.exists() or _state().get("installation") != wanted:
        _install()
        _remember("installation", wanted)
    sources = _resource_key()
    if _state().get("resources") != sources:
        if python("hatch_build.py", cwd=ROOT) != 0:
            reason = "The catalogues or icons could not be made; the reason is above."
            raise Stopped(reason)
        _remember("resources", sources)


def _installation_key() -> str:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = [project["build-system"], project["project"], project["tool"]["hatch"], sys.version_info[:2]]
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True).encode())
    for name in ("constraints.txt", "hatch_build.py"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _resource_key() -> str:
    """Changes when a catalogue or the list of icons is edited, added or removed."""
    files = [ROOT / "resources/icons/icons.toml", *sorted((ROOT / "resources/translations").glob("*/*.po"))]
    known = [f"{file.relative_to(ROOT)} {file.stat().st_mtime_ns}" for file in files]
    return hashlib.sha256("\n".join(known).encode()).hexdigest()


def _install() -> None:
    print("Preparing .venv (once; a minute or less)…", flush=True)
    uv = shutil.which("uv")
    if not PYTHON.exists():
        _make_environment(uv)
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--compile-bytecode"]
    else:
        command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--constraint", str(ROOT / "constraints.txt"), "--editable", f"{ROOT}[dev]"]
    done = subprocess.run(command, cwd=ROOT, check=False, env=_environment(), capture_output=True, text=True)
    if done.returncode != 0:
        reason = f"The libraries could not be installed:\n{done.stdout}{done.stderr}"
        raise Stopped(reason)


def _make_environment(uv: str | None) -> None:
    if uv:
        made = subprocess.run(
            [uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)], check=False
        )
    else:
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
        if made.returncode != 0 and shutil.which("apt-get"):  # Debian keeps this part in a package of its own
            apt_install([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"])
            made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if made.returncode != 0:
        reason = f"No environment could be made in {VENV}; the reason is above."
        raise Stopped(reason)


def need_qt_libraries() -> None:
    """PySide6 brings Qt itself, but not the libraries of the system that Qt stands on."""
    if sys.platform != "linux" or _state().get("qt-libraries") == _installation_key():
        return
    missing = _missing_libraries()
    if missing and shutil.which("apt-get"):
        apt_install(QT_PACKAGES.split())
        missing = _missing_libraries()
    if missing:
        reason = f"Qt needs these libraries of your system: {', '.join(missing)}"
        raise Stopped(reason)
    _remember("qt-libraries", _installation_key())


def _missing_libraries() -> list[str]:
    qt = next(VENV.glob("lib/python*/site-packages/PySide6/Qt"))
    plugins = [qt / "plugins/platforms" / f"libq{name}.so" for name in ("offscreen", "xcb", "wayland")]
    objects = [qt / "lib/libQt6Widgets.so.6", *(plugin for plugin in plugins if plugin.exists())]
    found = subprocess.run(["ldd", *map(str, objects)], capture_output=True, text=True, check=False)
    return sorted({line.split()[0] for line in found.stdout.splitlines() if "not found" in line})


def need_packages(purpose: str, packages: Sequence[str]) -> None:
    """Debian packages; other systems have other names, so there only the tests that need them are skipped."""
    if not shutil.which("dpkg-query") or _state().get(purpose) == " ".join(packages):
        return
    query = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *packages]
    answer = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    present = {line.split()[0] for line in answer if line.endswith(" installed")}
    missing = [package for package in packages if package not in present]
    if missing:
        apt_install(missing)
    _remember(purpose, " ".join(packages))


def apt_install(packages: Sequence[str]) -> None:
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        command = " ".join(install)
        reason = f"Packages of your system are missing. Run this, then try again:\n\n    sudo {command}\n"
        raise Stopped(reason)
    print(f"Installing packages of the system: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "--quiet"], install):
        done = subprocess.run(step, check=False, env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            reason = f"{' '.join(step)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
            raise Stopped(reason)


def _state() -> dict[str, str]:
    try:
        state: dict[str, str] = json.loads(STATE.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return state


def _remember(key: str, value: str) -> None:
    STATE.write_text(json.dumps({**_state(), key: value}, indent=1), encoding="utf-8")


def _environment(**extra: str) -> dict[str, str]:
    """Ours without what would slow each start down: byte code is written once and then read."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, **extra}


def python(*arguments: str, cwd: Path | None = None, **environment: str) -> int:
    """Start the environment's Python and wait; its exit code."""
    command = [str(PYTHON), *arguments]
    return subprocess.run(command, cwd=cwd, check=False, env=_environment(**environment)).returncode


if __name__ == "__main__":
    if sys.version_info < MINIMUM:
        sys.exit("SupportDesk needs Python 3.11 or later. Start dev.py with it, e.g. python3.11 dev.py run")
    sys.exit(main(sys.argv[1:]))
