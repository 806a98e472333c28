"""What the program is made of, and under which licences."""

from typing import NamedTuple

from supportdesk import __version__


class Part(NamedTuple):
    name: str
    licence: str


VERSION = __version__
LICENCE = "Apache-2.0"
PARTS: tuple[Part, ...] = (
    Part("Qt, PySide6", "LGPL-3.0-only"),
    Part("SQLite", "Public Domain"),
    Part("SQLAlchemy, Alembic", "MIT"),
    Part("msgspec", "BSD-3-Clause"),
    Part("markdown-it-py, nh3", "MIT"),
    Part("argon2-cffi", "MIT"),
    Part("keyring, platformdirs", "MIT"),
    Part("Lucide", "ISC, MIT"),
)
"""The libraries the window shows; the full notices travel in THIRD-PARTY.md."""
