"""Opening a desk's database, and what its transactions promise, on every kind of database."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.exc import InvalidRequestError

from supportdesk.desk.store import database, engines
from supportdesk.desk.store.address import Address, PostgresSchema, address, of_vendor
from supportdesk.desk.store.database import TICKET, DeskConnection, draw, opened, reading, writing
from supportdesk.desk.store.engines import engine_for
from supportdesk.desk.store.migrations import upgrade
from supportdesk.desk.store.schema import SCHEMA_VERSION, counters
from supportdesk.domain.errors import BackendError, InvalidInput, Refused
from supportdesk.file_lock import FileLock, Locked
from tests.support.databases import Databases
from tests.support.postgres import Cluster


def _number(connection: DeskConnection) -> int:
    """The number of the newest ticket. Within a transaction."""
    return int(connection.execute(select(counters.c.value).where(counters.c.name == TICKET)).scalar_one())


class TestAddresses:
    def test_what_is_written_is_a_folder_or_a_database(self) -> None:
        """Both names that libpq knows are understood."""
        assert address("/srv/desk") == Path("/srv/desk")
        for written in ("postgresql://desk@db.example/desk", "postgres://desk@db.example/desk"):
            assert address(written) == PostgresSchema(written)

    def test_other_databases_are_refused(self) -> None:
        """With the name of what was asked for."""
        with pytest.raises(InvalidInput, match="mysql"):
            address("mysql://root@localhost/desk")

    def test_each_vendor_has_a_place_of_its_own(self) -> None:
        """A folder below the folder, a schema in the database, whose name needs no quotes."""
        assert of_vendor(Path("/srv"), "practice") == Path("/srv/practice")
        postgres = of_vendor(PostgresSchema("postgresql:///desk"), "my-Vendor.1")
        assert postgres == PostgresSchema("postgresql:///desk", "desk_my_vendor_1")

    def test_a_password_is_not_shown(self) -> None:
        """Neither in a log nor in a trace."""
        shown = repr(PostgresSchema("postgresql://desk:secret@db.example/desk"))
        assert "secret" not in shown
        assert "/desk" in shown

    def test_a_schema_cannot_be_more_than_a_name(self) -> None:
        """What could end a setting or a statement is no name."""
        for name in ("", "a b", "x -c fsync=off", "Desk", "1", "a" * 64):
            with pytest.raises(ValueError, match="schema"):
                PostgresSchema("postgresql:///desk", name)


class TestOpening:
    def test_a_current_desk_is_opened_without_alembic(self, tmp_path: Path) -> None:
        """Starting the app does not pay for migrations that are not needed."""
        opened(tmp_path).close()
        code = (
            "import sys, pathlib; from supportdesk.desk.store.database import opened;"
            "opened(pathlib.Path(sys.argv[1])).close(); sys.exit('alembic' in sys.modules)"
        )
        assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 0

    def test_a_step_that_fails_leaves_nothing_behind(
        self, databases: Databases, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The next start begins where this one did."""
        from alembic import op

        real = op.create_table

        def create_table(name: str, *rest: object, **named: object) -> object:
            if name == "tickets":
                raise OSError("no space")
            return real(name, *rest, **named)  # type: ignore[arg-type]

        empty = databases.empty()
        with monkeypatch.context() as patch:
            patch.setattr(op, "create_table", create_table)
            with pytest.raises(OSError, match="no space"):
                opened(empty)
        with closing(engine_for(empty).connect()) as left:
            assert inspect(left).get_table_names() == []
        opened(empty).close()

    def test_several_may_open_a_new_desk_at_once(self, cluster: Cluster) -> None:
        """One makes it, the others find it made."""
        name = cluster.make_database()
        empty = PostgresSchema(cluster.url(name), "desk_of_many")
        failed: list[BaseException] = []

        def open_it() -> None:
            try:
                opened(empty).close()
            except BackendError as error:
                failed.append(error)

        threads = [threading.Thread(target=open_it) for _number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        cluster.drop_database(name)
        assert failed == []

    def test_desks_of_several_vendors_may_be_made_at_once(self, tmp_path: Path) -> None:
        """In one process, by one thread each, as when a vendor is chosen while another's desk still opens."""
        vendors = [f"vendor-{number}" for number in range(8)]
        gate = threading.Barrier(len(vendors))

        def made(vendor: str) -> str:
            gate.wait(timeout=20)
            opened(tmp_path / vendor).close()
            return database.version_of(tmp_path / vendor)

        with ThreadPoolExecutor(len(vendors)) as threads:
            assert set(threads.map(made, vendors)) == {SCHEMA_VERSION}

    def test_a_desk_of_a_newer_version_is_not_touched(self, databases: Databases) -> None:
        """It says so instead of guessing."""
        place = databases.furnished()
        with closing(opened(place)) as connection, connection.begin():
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(BackendError, match=f"9999.*{SCHEMA_VERSION}"):
            opened(place)

    def test_a_desk_of_an_older_version_is_upgraded_by_servers_alone(self, databases: Databases) -> None:
        """One of the older version may be at work on it: a command beside it changes nothing."""
        place = databases.empty()
        if isinstance(place, Path):
            place.mkdir()
        with closing(engine_for(place).connect()) as connection, connection.begin():
            upgrade(connection, "0004")
        with pytest.raises(BackendError, match="older"):
            opened(place)
        assert database.version_of(place) == "0004"
        database.held(place, readers=1, writers=1).close()
        assert database.version_of(place) == SCHEMA_VERSION
        opened(place).close()

    def test_a_file_that_is_no_database_is_said_to_be_damaged(self, tmp_path: Path) -> None:
        """And left as it is."""
        (tmp_path / "desk.db").write_bytes(b"no database" * 1000)
        with pytest.raises(BackendError, match="damaged"):
            opened(tmp_path)
        assert (tmp_path / "desk.db").read_bytes() == b"no database" * 1000

    def test_a_place_that_cannot_be_used_is_tried_again_later(self, tmp_path: Path) -> None:
        """A folder in the way of the file is an error of the backend, not a crash."""
        (tmp_path / "desk.db").mkdir()
        with pytest.raises(BackendError):
            opened(tmp_path)

    def test_a_server_that_does_not_answer_is_an_error_of_the_backend(self, tmp_path: Path) -> None:
        """Nobody listens at that socket."""
        with pytest.raises(BackendError, match="database"):
            opened(PostgresSchema(f"postgresql:///desk?host={tmp_path}"))

    def test_a_database_that_cannot_hold_every_text_is_refused(self, cluster: Cluster) -> None:
        """Before anything is made in it."""
        cluster.do("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
        place = PostgresSchema(cluster.url("latin"))
        with pytest.raises(BackendError, match="UTF8"):
            opened(place)
        with closing(engine_for(place).connect()) as left:
            assert inspect(left).get_table_names() == []
        cluster.drop_database("latin")

    def test_vendors_share_a_database_and_nothing_in_it(self, databases: Databases) -> None:
        """Each counts its own tickets."""
        base = databases.empty()
        for vendor, expected in (("one", 1001), ("two", 1001), ("one", 1002)):
            with closing(opened(of_vendor(base, vendor))) as connection, writing(connection):
                assert draw(connection, TICKET) == expected

    def test_every_commit_is_durable(self, tmp_path: Path) -> None:
        """On SQLite that is said for each connection: WAL, synchronous FULL, foreign keys on."""
        with closing(opened(tmp_path)) as connection, reading(connection):
            wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
            assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted


@pytest.fixture
def place(databases: Databases) -> Address:
    return databases.furnished()


class TestTransactions:
    def test_what_fails_is_taken_back(self, place: Address) -> None:
        """A transaction that ends in an error leaves no trace, not even a number."""
        with closing(opened(place)) as connection:
            with pytest.raises(ZeroDivisionError):
                _draw_and_fail(connection)
            with writing(connection):
                assert draw(connection, TICKET) == 1001

    def test_two_writers_take_turns(self, place: Address, monkeypatch: pytest.MonkeyPatch) -> None:
        """A second one waits for the first, and says so when that takes too long."""
        monkeypatch.setattr(engines, "BUSY_TIMEOUT_MS", 20)
        monkeypatch.setitem(engines._POSTGRES_SETTINGS, "lock_timeout", "20ms")
        with closing(opened(place)) as one, closing(opened(place)) as other:
            with writing(one):
                draw(one, TICKET)
                with pytest.raises(BackendError), writing(other):
                    pass
            with writing(other):
                assert draw(other, TICKET) == 1002

    def test_who_waited_sees_what_the_one_before_wrote(self, place: Address) -> None:
        """Nothing that a writer reads is outdated, although it began to wait before."""
        seen: list[int] = []

        def write() -> None:
            with closing(opened(place)) as connection, writing(connection):
                seen.append(_number(connection))

        with closing(opened(place)) as first:
            with writing(first):
                waiting = threading.Thread(target=write)
                waiting.start()
                waiting.join(0.1)
                draw(first, TICKET)
                assert not seen
            waiting.join()
        assert seen == [1001]

    def test_a_reader_sees_one_moment(self, place: Address) -> None:
        """What is committed meanwhile is not there before the next look."""
        with closing(opened(place)) as reader, closing(opened(place)) as writer:
            with reading(reader):
                before = _number(reader)
                with writing(writer):
                    draw(writer, TICKET)
                assert _number(reader) == before
            with reading(reader):
                assert _number(reader) == before + 1

    def test_a_part_of_a_transaction_is_committed_with_it(self, place: Address) -> None:
        """Or not at all."""
        with closing(opened(place)) as connection:
            with pytest.raises(ZeroDivisionError), writing(connection), reading(connection):
                _draw_and_fail(connection)
            with writing(connection), writing(connection):
                assert draw(connection, TICKET) == 1001
            with reading(connection), reading(connection):
                assert _number(connection) == 1001

    def test_who_only_reads_does_not_begin_to_write(self, place: Address) -> None:
        """That would be a fault of the program, on each database alike."""
        with closing(opened(place)) as desk, reading(desk), pytest.raises(InvalidRequestError), writing(desk):
            pass

    def test_a_text_that_a_database_cannot_hold_is_refused(self, cluster: Cluster) -> None:
        """It would not help to try again."""
        name = cluster.make_database()
        with (
            closing(opened(PostgresSchema(cluster.url(name)))) as desk,
            pytest.raises(Refused),
            reading(desk),
        ):
            desk.execute(select(counters.c.value).where(counters.c.name == "\0"))
        cluster.drop_database(name)


def _draw_and_fail(connection: DeskConnection) -> None:
    with writing(connection):
        draw(connection, TICKET)
        raise ZeroDivisionError


def test_a_desk_that_is_held_is_not_held_twice(tmp_path: Path) -> None:
    """On SQLite: a second program says so and ends."""
    held = database.held(tmp_path, readers=1, writers=1)
    with pytest.raises(BackendError, match=f"process {os.getpid()} "):
        database.held(tmp_path, readers=1, writers=1)
    held.close()
    database.held(tmp_path, readers=1, writers=1).close()


def test_a_program_beside_the_one_that_holds_a_desk_waits_for_its_turn(tmp_path: Path) -> None:
    """The vendor's command line writes to a SQLite desk that is being served, never at the same instant."""
    code = (
        "import sys, pathlib; from supportdesk.desk.store.database import *;"
        "desk = opened(pathlib.Path(sys.argv[1])); print('here', flush=True); sys.stdin.readline();"
        "work = writing(desk); work.__enter__(); print(draw(desk, TICKET), flush=True); sys.stdin.readline()"
    )
    with closing(opened(tmp_path)) as first:
        command = [sys.executable, "-c", code, str(tmp_path)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
            assert other.stdin is not None
            assert other.stdout is not None
            assert other.stdout.readline() == "here\n"
            other.stdin.write("\n")
            other.stdin.flush()
            assert other.stdout.readline() == "1001\n"
            with pytest.raises(Locked):
                FileLock(tmp_path / "desk.turn")
            other.kill()
        with writing(first):
            assert draw(first, TICKET) == 1001
