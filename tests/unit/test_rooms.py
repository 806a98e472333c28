"""What a room may load while it is imported; what it may name is import-linter's part (`dev.py check`)."""

import subprocess
import sys

import pytest

_HEAVY = {
    # room: what must not come along with it
    "supportdesk.domain": {"PySide6", "httpx", "sqlalchemy", "keyring", "sqlite3"},
    "supportdesk.app": {"PySide6", "httpx", "sqlalchemy", "alembic", "argon2", "keyring"},
    "supportdesk.cli": {"PySide6", "httpx", "sqlalchemy", "alembic", "argon2", "keyring"},
}

_IMPORT_ALL = """
import importlib, pkgutil, sys
room = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(getattr(room, "__path__", []), room.__name__ + "."):
    importlib.import_module(module.name)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.mark.parametrize("room", sorted(_HEAVY))
def test_importing_a_room_loads_nothing_heavy(room: str) -> None:
    """Every module of the room can be imported without the libraries that belong to other rooms."""
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", _IMPORT_ALL, room], capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    assert set(finished.stdout.split()) & _HEAVY[room] == set()
