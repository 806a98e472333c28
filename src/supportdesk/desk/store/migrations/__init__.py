"""The steps from one schema to the next, forward only."""

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

_one_at_a_time = threading.Lock()
"""Alembic keeps the command under way in module globals, and each vendor's desk is opened by a thread."""


def config() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Leads the database to the newest schema, or to `revision`. Within a transaction."""
    settings = config()
    settings.attributes["connection"] = connection
    with _one_at_a_time:
        command.upgrade(settings, revision)
