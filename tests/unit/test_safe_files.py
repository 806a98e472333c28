"""Names and copies of files that came from somebody else."""

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportdesk.app import safe_files
from supportdesk.domain.errors import DiskFull, StoreError
from supportdesk.domain.filenames import safe_name

DEVICES = ["con", "PRN", "aux", "nul", "NUL.txt", "com1", "COM9.log", "lpt1", "LPT¹.txt", "conin$", "CLOCK$"]
STEMS = [
    "report",
    "ünïcode",
    "日本",
    "a b",
    "..",
    "...",
    ".hidden",
    "~",
    "-rf",
    "$(id)",
    "%00",
    "a" * 300,
    "é" * 200,
]
TRAVERSALS = [
    "../{}",
    "..\\..\\{}",
    "/etc/{}",
    "C:\\Windows\\{}",
    "\\\\server\\share\\{}",
    "a/../../{}",
    "./{}",
]
DISGUISES = [
    "{}\u202egnp.exe",
    "\u2066{}\u2069.pdf",
    "{}.pdf      .exe",
    "{}.pdf.exe",
    "{}:hidden.exe",
    "{}\x00.png",
    "{}\n.txt",
    "{}.exe.",
    "{}.exe ",
    "{}\u200b.txt",
    "{}\u2215x.sh",
    "<{}>|?*.png",
]
HOSTILE = [
    *DEVICES,
    *STEMS,
    *(shape.format(stem) for shape in TRAVERSALS for stem in STEMS),
    *(shape.format(stem) for shape in DISGUISES for stem in STEMS),
    "",
    " ",
    ".",
    "..",
    "/",
    "\\",
    "\x00",
    "\u202e",
    "....//",
    "desktop.ini",
    "a" * 5000 + ".png",
    "x." + "y" * 400,
]


def test_enough_hostile_names() -> None:
    """The hostile names are as many as promised."""
    assert len(set(HOSTILE)) >= 200


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_stays_in_its_folder(name: str, tmp_path: Path) -> None:
    """No hostile name leaves its folder, overwrites a neighbour or gets the right to run."""
    folder, source = tmp_path / "in", tmp_path / "source"
    source.write_bytes(b"content")
    source.chmod(0o755)
    folder.mkdir()
    neighbour = folder / safe_name(name)
    neighbour.write_bytes(b"already here")

    placed = safe_files.place(source, folder, name)

    assert placed.parent == folder
    assert placed.resolve().parent == folder.resolve()
    assert placed != neighbour
    assert neighbour.read_bytes() == b"already here"
    assert placed.read_bytes() == b"content"
    assert not placed.stat().st_mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    assert {entry.name for entry in tmp_path.iterdir()} == {"in", "source"}


@given(st.text(max_size=300))
def test_safe_name_is_a_component(name: str) -> None:
    """Whatever the name, the safe one is a short visible path component, and safe already."""
    safe = safe_name(name)
    assert safe
    assert safe not in {".", ".."}
    assert not set(safe) & set('/\\:*?"<>|\x00')
    assert len(safe.encode()) <= 120
    assert safe == safe.strip()
    assert not safe.endswith(".")
    assert safe_name(safe) == safe


def test_device_names_are_disarmed() -> None:
    """Names that mean a device on Windows are changed, with or without an ending."""
    for name in DEVICES:
        assert safe_name(name).startswith("_"), name


def test_ordinary_names_stay() -> None:
    """A name that harms nobody is kept as it is."""
    for name in ("room-2.png", "Rezept Müller (2).pdf", "archive.tar.gz", "Übersicht – final.docx"):
        assert safe_name(name) == name


def test_long_name_keeps_its_ending() -> None:
    """A name that is too long is cut in front of its ending."""
    assert safe_name("ä" * 400 + ".pdf").endswith("ä.pdf")


@pytest.mark.parametrize(
    ("name", "risky"),
    [
        ("a.png", False),
        ("a.PDF", False),
        ("a.pdf.exe", True),
        ("a.exe.", True),
        ("a", True),
        ("a.docm", True),
        ("a.desktop", True),
        ("a\u202egnp.exe", True),
        ("a.html", True),
        ("a.svg", True),
        ("a.pdf   .scr", True),
    ],
)
def test_what_is_asked_before_opening(name: str, risky: bool) -> None:
    """Only files that are displayed open at once; anything that might run is asked about first."""
    assert safe_files.is_risky(name) is risky


def test_link_is_not_followed(tmp_path: Path) -> None:
    """A link that lies where the copy should go is neither followed nor replaced."""
    source, victim, folder = tmp_path / "source", tmp_path / "victim", tmp_path / "in"
    source.write_bytes(b"new")
    victim.write_bytes(b"mine")
    folder.mkdir()
    (folder / "a.txt").symlink_to(victim)
    assert safe_files.place(source, folder, "a.txt").name == "a (2).txt"
    assert victim.read_bytes() == b"mine"


def test_save_replaces_what_was_chosen(tmp_path: Path) -> None:
    """Saving to a place the person chose replaces the file there and leaves nothing else behind."""
    source, target = tmp_path / "source", tmp_path / "out" / "a.txt"
    target.parent.mkdir()
    source.write_bytes(b"new")
    target.write_bytes(b"old")
    assert safe_files.save(source, target) == target
    assert target.read_bytes() == b"new"
    assert list(target.parent.iterdir()) == [target]


def test_failed_save_keeps_the_old_file(tmp_path: Path) -> None:
    """When the source cannot be read, the chosen file is still the old one and no rest stays."""
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    with pytest.raises(StoreError):
        safe_files.save(tmp_path / "missing", target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is told as such."""
    source = tmp_path / "source"
    source.write_bytes(b"x")

    def full(*_args: object, **_kwargs: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("supportdesk.app.safe_files.os.open", full)
    with pytest.raises(DiskFull):
        safe_files.place(source, tmp_path / "in", "a.txt")
