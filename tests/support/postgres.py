"""A PostgreSQL server of the tests' own: in a temporary folder, without a port, gone when they are done."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from functools import cache
from itertools import count
from pathlib import Path

import psycopg

from supportdesk.clock import now
from supportdesk.desk.store.address import PostgresSchema
from supportdesk.desk.store.database import opened
from tests.support.desk import add_people

_FAST = ("fsync=off", "full_page_writes=off", "autovacuum=off")
_SMALL = ("listen_addresses=", "shared_buffers=64MB", "wal_level=minimal", "max_wal_senders=0")
_START_TIMEOUT_S = 60.0


@cache
def programs() -> Path | None:
    """The folder of initdb and postgres, of the newest version here; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    named = shutil.which("initdb")
    return found[-1].parent if found else Path(named).resolve().parent if named else None


class Cluster:
    """One server process; `url` leads to a database of it."""

    def __init__(self, *settings: str, durable: bool = False) -> None:
        """`settings` as `name=value`. Without `durable` it is quick, and good for one life."""
        folder = programs()
        if folder is None:
            raise FileNotFoundError("PostgreSQL is not installed")
        self._programs = folder
        self._settings = (*_SMALL, *(() if durable else _FAST), *settings)
        self.folder = Path(tempfile.mkdtemp(prefix="supportdesk-postgres-"))
        self._server: subprocess.Popen[bytes] | None = None
        self._names = count()
        self._furnished = ""
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        self.start()

    def start(self) -> None:
        settings = [f"unix_socket_directories={self.folder}", *self._settings]
        options = [part for setting in settings for part in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                self._as_owner("postgres", "-D", "data", *options), cwd=self.folder, stdout=log, stderr=log
            )
        self._wait_until_it_answers(self._server)

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """SIGINT ends in order, SIGQUIT at once, as a power cut does to the processes."""
        if self._server is not None:
            self._server.send_signal(how)
            self._server.wait(30)
            self._server = None

    def kill(self) -> None:
        """All of its processes, none of which can write anything down any more."""
        if self._server is None:
            return
        processes = (self._server.pid, *_children(self._server.pid))
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._server.wait(30)
        self._server = None
        deadline = time.monotonic() + _START_TIMEOUT_S
        while any(map(_is_alive, processes)) and time.monotonic() < deadline:
            time.sleep(0.002)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def do(self, statement: str) -> None:
        """Outside of transactions."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def make_database(self, template: str = "template0") -> str:
        """Its name."""
        name = f"desk_{next(self._names)}"
        self.do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def make_furnished(self) -> str:
        """With the desk of `tests.support.desk` in it."""
        if not self._furnished:
            self._furnished = self.make_database()
            with closing(opened(PostgresSchema(self.url(self._furnished)))) as connection:
                add_people(connection, now())
        return self.make_database(self._furnished)

    def drop_database(self, name: str) -> None:
        self.do(f"DROP DATABASE {name} WITH (FORCE)")

    def _wait_until_it_answers(self, server: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + _START_TIMEOUT_S
        while True:
            try:
                return psycopg.connect(self.url()).close()
            except psycopg.OperationalError:
                if server.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError((self.folder / "log").read_text(encoding="utf-8")[-2000:]) from None
                time.sleep(0.02)

    def _run(self, *command: str) -> None:
        subprocess.run(self._as_owner(*command), cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def _as_owner(self, program: str, *arguments: str) -> Sequence[str]:
        """PostgreSQL does not run as root; and it ends when the tests do, whatever ends them."""
        command = [str(self._programs / program), *arguments]
        if not shutil.which("setpriv"):
            return command
        owner = ["--reuid", "postgres", "--regid", "postgres", "--clear-groups"] if os.geteuid() == 0 else []
        return ["setpriv", *owner, "--pdeathsig", "QUIT", *command]


def _children(process: int) -> list[int]:
    fields = (_status(int(folder.name)) for folder in Path("/proc").glob("[0-9]*"))
    return [number for number, _state, parent in filter(None, fields) if parent == process]


def _is_alive(process: int) -> bool:
    """One that nobody has buried yet is dead, too."""
    status = _status(process)
    return status is not None and status[1] != "Z"


def _status(process: int) -> tuple[int, str, int] | None:
    """(number, state, parent) of a process of this machine."""
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return None
    state, parent = text.rpartition(")")[2].split()[:2]
    return process, state, int(parent)
