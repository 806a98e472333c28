"""Where a desk is kept while it is measured, the servers in front of it, and the bare drivers beside them."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import msgspec
import psycopg

from supportdesk import resources
from supportdesk.clock import now
from supportdesk.desk.store.address import Address, PostgresSchema, of_vendor
from supportdesk.desk.store.database import opened
from supportdesk.domain import profile_files
from supportdesk.server.portal import Portal
from tests.bench.server import filling
from tests.bench.server.customers import Customer
from tests.bench.server.scale import Scale
from tests.bench.server.statements import Driver
from tests.support.postgres import Cluster
from tests.support.server import Served
from tests.support.server_process import ServerProcess

PROFILE = profile_files.load(resources.path("server", "profile.toml"))


class Place(msgspec.Struct, frozen=True):
    """`database` is '' for SQLite in `folder`."""

    name: str
    folder: Path
    database: str = ""

    @property
    def address(self) -> Address:
        return of_vendor(PostgresSchema(self.database) if self.database else self.folder, PROFILE.id)

    @property
    def turn(self) -> Path | None:
        """The lock that a writer takes, where there must be one writer at a time."""
        return None if self.database else self.folder / PROFILE.id / "desk.turn"

    def connections(self, *, writes: bool) -> int:
        """As many as a server has, as far as they help: SQLite has one writer."""
        return (2 if self.database else 1) if writes else 4

    def furnish(self, scale: Scale) -> list[Customer]:
        with closing(opened(self.address)) as connection:
            customers = filling.fill(connection, scale, now())
            filling.tidy(connection)
        return customers

    @contextmanager
    def served_here(self) -> Iterator[str]:
        """In this process; the address of the server."""
        server = Served(Portal(PROFILE, self.address, self.folder / PROFILE.id / "files"))
        server.start()
        try:
            yield server.address
        finally:
            server.stop()

    @contextmanager
    def served(self, processes: int) -> Iterator[list[ServerProcess]]:
        with ExitStack() as stack:
            found = []
            for _process in range(processes):
                found.append(self.start())
                stack.callback(found[-1].end)
            yield found

    def start(self, port: int = 0) -> ServerProcess:
        """With nothing configured but where the database is."""
        environment = {"SUPPORTDESK_SERVER_DATABASE": self.database} if self.database else {}
        process = ServerProcess(self.folder, f"--data={self.folder}", environment=environment, port=port)
        if not process.address:
            raise RuntimeError(process.log)
        return process

    def driver(self) -> Driver:
        """A connection with the settings of the desk's own, for any thread."""
        address = self.address
        if isinstance(address, PostgresSchema):
            return psycopg.connect(address.url, options=f"-c search_path={address.name} -c jit=off")
        connection = sqlite3.connect(address / "desk.db", isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection


@contextmanager
def on_sqlite(folder: Path) -> Iterator[Place]:
    folder.mkdir()
    yield Place("SQLite", folder)


@contextmanager
def on_postgres(folder: Path) -> Iterator[Place]:
    """On a server of its own, whose commits reach the disk."""
    folder.mkdir()
    cluster = Cluster(durable=True)
    try:
        yield Place("PostgreSQL", folder, cluster.url(cluster.make_database()))
    finally:
        cluster.remove()


def cpu_s(process: ServerProcess) -> float:
    """What it has used since it was started, in all threads."""
    fields = Path(f"/proc/{process.pid}/stat").read_text("ascii").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mib(process: ServerProcess) -> float:
    """What it holds at this moment."""
    status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    found = re.search(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
    assert found is not None
    return int(found[1]) / 1024
