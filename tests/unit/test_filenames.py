"""Names of other people's files."""

import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportdesk.domain.filenames import safe_name

HOSTILE = [
    "",
    ".",
    "..",
    "../../etc/passwd",
    "..\\..\\windows\\system32\\cmd.exe",
    "/etc/passwd",
    "C:\\autoexec.bat",
    "con",
    "CON.txt",
    "com1.log",
    "LPT9",
    "aux.",
    "nul.tar.gz",
    "invoice\u202efdp.exe",
    "a\u200b.txt",
    "tab\there",
    "new\nline.txt",
    "nul\x00byte.png",
    "trailing. . .",
    " leading",
    "stream.txt:evil.exe",
    "a" * 500 + ".pdf",
    "ü" * 300 + ".pdf",
    "x." + "y" * 300,
    "<script>.html",
    'quote".txt',
    "pipe|star*question?.txt",
    "\ud800surrogate",
    "...hidden",
    "~",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_become_harmless(name: str) -> None:
    """No folder, no device, no invisible character, not too long, on no system."""
    check(safe_name(name))


@given(st.text(max_size=300))
def test_any_name_becomes_harmless(name: str) -> None:
    """Also what nobody thought of; and a safe name stays as it is."""
    safe = safe_name(name)
    check(safe)
    assert safe_name(safe) == safe


def test_honest_names_are_kept() -> None:
    """People find their file again."""
    for name in ("Bericht 2024.pdf", "Übersicht.xlsx", "scan_01 (2).tar.gz", ".profile-backup.txt"[1:]):
        assert safe_name(name) == name


def test_the_last_ending_stays_visible() -> None:
    """A long name is shortened in the middle: what the file really is can be seen."""
    assert safe_name("x" * 500 + ".pdf.exe").endswith(".exe")
    assert safe_name("rechnung.pdf.exe") == "rechnung.pdf.exe"


def check(name: str) -> None:
    assert name
    assert name not in (".", "..")
    assert len(name.encode()) <= 125
    assert PurePosixPath(name).name == name
    assert PureWindowsPath(name).name == name
    assert not PureWindowsPath(name).is_reserved()
    assert name == name.strip(" ").rstrip(".")
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for char in name)
    assert (Path("/tmp/x") / name).resolve().parent == Path("/tmp/x")
