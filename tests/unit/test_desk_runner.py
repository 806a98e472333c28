"""The threads of a desk, and the jobs that they are given."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import select

from supportdesk import i18n
from supportdesk.desk.store import attempts
from supportdesk.desk.store.address import Address, PostgresSchema
from supportdesk.desk.store.database import TICKET, DeskConnection, draw, reading, writing
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.runner import Furnish, Runner
from supportdesk.desk.store.schema import counters
from supportdesk.domain.errors import BackendError
from tests.support.databases import Databases
from tests.support.postgres import Cluster

T = TypeVar("T")

_WAIT_S = 20


def _next(connection: DeskConnection) -> int:
    with writing(connection):
        return draw(connection, TICKET)


def _number(connection: DeskConnection) -> int:
    with reading(connection):
        query = select(counters.c.value).where(counters.c.name == TICKET)
        return int(connection.execute(query).scalar_one())


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Callable[..., Runner]]:
    runners: list[Runner] = []

    def begin(address: Address, furnish: Furnish | None = None) -> Runner:
        runners.append(Runner(address, Files(tmp_path / "files"), furnish=furnish))
        return runners[-1]

    yield begin
    for runner in runners:
        runner.end().result(_WAIT_S)


@pytest.fixture
def runner(databases: Databases, begin: Callable[..., Runner]) -> Runner:
    return begin(databases.furnished())


class TestJobs:
    def test_what_one_wrote_the_next_one_reads(self, runner: Runner) -> None:
        """Each with a connection of its own."""
        assert runner.write(_next).result(_WAIT_S) == 1001
        assert runner.read(_number).result(_WAIT_S) == 1001

    def test_reading_does_not_wait_for_who_writes(self, runner: Runner) -> None:
        """It sees what was before."""
        begun, go = threading.Event(), threading.Event()

        def slow(connection: DeskConnection) -> None:
            with writing(connection):
                draw(connection, TICKET)
                begun.set()
                go.wait(_WAIT_S)

        writer = runner.write(slow)
        assert begun.wait(_WAIT_S)
        try:
            assert runner.read(_number).result(_WAIT_S) == 1000
        finally:
            go.set()
        writer.result(_WAIT_S)
        assert runner.read(_number).result(_WAIT_S) == 1001

    def test_many_writers_lose_nothing(self, runner: Runner) -> None:
        """A hundred numbers, each once."""
        drawn = [runner.write(_next) for _number in range(100)]
        assert sorted(each.result(_WAIT_S) for each in drawn) == list(range(1001, 1101))

    def test_who_reads_cannot_write(self, runner: Runner) -> None:
        """A job that was handed to the wrong threads fails, and has written nothing."""
        with pytest.raises(BackendError):
            runner.read(_sly).result(_WAIT_S)
        assert runner.read(_number).result(_WAIT_S) == 1000

    def test_jobs_speak_the_language_of_who_handed_them_in(self, runner: Runner) -> None:
        """Refusals are read by that person."""
        with i18n.speaking("de"):
            job = runner.read(lambda _connection: i18n.language())
        assert job.result(_WAIT_S) == "de"
        assert runner.read(lambda _connection: i18n.language()).result(_WAIT_S) == "en"

    def test_a_full_disk_is_an_error_of_the_backend(self, runner: Runner) -> None:
        """It is tried again later."""

        def full(_anything: object) -> None:
            raise OSError("No space left on device")

        for job in (runner.read(full), runner.write(full), runner.contents(full)):
            with pytest.raises(BackendError):
                job.result(_WAIT_S)


def _sly(connection: DeskConnection) -> None:
    with reading(connection):
        draw(connection, TICKET)


class TestOpening:
    def test_the_desk_is_furnished_before_the_first_job(
        self, databases: Databases, begin: Callable[..., Runner]
    ) -> None:
        """Once, whatever was handed in meanwhile."""
        runner = begin(databases.empty(), lambda connection, files: (_next(connection), files.keep(b"x"))[0])
        assert runner.read(_number).result(_WAIT_S) == 1001
        digest = runner.contents(lambda files: files.keep(b"x")).result(_WAIT_S)
        assert runner.contents(lambda files: files.read(digest, 0, 1)).result(_WAIT_S) == b"x"

    def test_what_cannot_be_furnished_fails_every_job(
        self, databases: Databases, begin: Callable[..., Runner]
    ) -> None:
        """And is let go, so that the next one may try."""

        def fail(*_arguments: object) -> None:
            raise BackendError("no")

        address = databases.empty()
        failing = begin(address, fail)
        for job in (failing.read(_number), failing.write(_next), failing.contents(lambda files: files)):
            with pytest.raises(BackendError, match="no"):
                job.result(_WAIT_S)
        assert begin(address).read(_number).result(_WAIT_S) == 1000

    def test_only_one_program_holds_a_sqlite_desk(self, tmp_path: Path, begin: Callable[..., Runner]) -> None:
        """A second one, in another process, says so; when the first has ended, it may."""
        code = (
            "import sys, pathlib; from supportdesk.desk.store.files import Files;"
            "from supportdesk.desk.store.runner import Runner;"
            "folder = pathlib.Path(sys.argv[1]); runner = Runner(folder, Files(folder / 'files'));"
            "error = runner.opened.exception(); runner.end().result(); sys.exit(str(error) if error else 0)"
        )
        first = begin(tmp_path / "desk")
        first.opened.result(_WAIT_S)
        command = [sys.executable, "-c", code, str(tmp_path / "desk")]
        refused = subprocess.run(command, check=False, capture_output=True, text=True)
        assert (refused.returncode, f"The process {os.getpid()} is using" in refused.stderr) == (1, True)
        first.end().result(_WAIT_S)
        assert subprocess.run(command, check=False, capture_output=True).returncode == 0

    def test_several_runners_share_a_postgresql_desk(
        self, cluster: Cluster, begin: Callable[..., Runner]
    ) -> None:
        """Numbers are drawn once by all of them together."""
        name = cluster.make_database()
        runners = [begin(PostgresSchema(cluster.url(name))) for _number in range(2)]
        drawn = [runner.write(_next) for _number in range(50) for runner in runners]
        assert sorted(each.result(_WAIT_S) for each in drawn) == list(range(1001, 1101))
        for runner in runners:
            runner.end().result(_WAIT_S)
        cluster.drop_database(name)


class TestEnding:
    def test_what_was_begun_is_done_first(self, runner: Runner) -> None:
        """Then the threads are gone, and nothing more is taken."""
        jobs = [runner.write(_next) for _number in range(20)]
        runner.end().result(_WAIT_S)
        assert sorted(job.result(0) for job in jobs) == list(range(1001, 1021))
        with pytest.raises(RuntimeError):
            runner.read(_number)


class Flaky:
    """A job that draws a number, and has an accident at the first attempts."""

    def __init__(self, accident: Callable[[DeskConnection], None], accidents: int = 1) -> None:
        self.attempts = 0
        self._accident = accident
        self._accidents = accidents

    def __call__(self, connection: DeskConnection) -> int:
        self.attempts += 1
        with writing(connection):
            number = draw(connection, TICKET)
            if self.attempts <= self._accidents:
                self._accident(connection)
            return number


def _lose_connection(connection: DeskConnection) -> None:
    connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")


def _meet_another(connection: DeskConnection) -> None:
    connection.exec_driver_sql("DO $$ BEGIN RAISE EXCEPTION 'met' USING ERRCODE = '40P01'; END $$")


def _wait_too_long(connection: DeskConnection) -> None:
    connection.exec_driver_sql("DO $$ BEGIN RAISE EXCEPTION 'waited' USING ERRCODE = '55P03'; END $$")


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
class TestAccidents:
    @pytest.mark.parametrize("accident", [_lose_connection, _meet_another])
    def test_a_job_that_was_cut_off_is_done_once(
        self, runner: Runner, accident: Callable[[DeskConnection], None]
    ) -> None:
        """Its first attempt has left nothing behind."""
        job = Flaky(accident)
        assert runner.write(job).result(_WAIT_S) == 1001
        assert job.attempts == 2
        assert runner.read(_number).result(_WAIT_S) == 1001

    def test_it_is_not_tried_for_ever(self, runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
        """Then whoever asked is told to come again."""
        monkeypatch.setattr(attempts, "_PAUSES_S", (0.0, 0.0))
        job = Flaky(_lose_connection, accidents=100)
        with pytest.raises(BackendError):
            runner.write(job).result(_WAIT_S)
        assert job.attempts == 3

    def test_what_would_happen_again_is_not_tried_again(self, runner: Runner) -> None:
        """Who waited in vain for a turn does not queue up anew."""
        job = Flaky(_wait_too_long)
        with pytest.raises(BackendError):
            runner.write(job).result(_WAIT_S)
        assert job.attempts == 1

    def test_after_a_commit_nothing_is_repeated(self, runner: Runner) -> None:
        """The caller asks again, with the key that makes repeats harmless."""
        begun: list[int] = []

        def job(connection: DeskConnection) -> None:
            begun.append(_next(connection))
            with reading(connection):
                _lose_connection(connection)

        with pytest.raises(BackendError):
            runner.write(job).result(_WAIT_S)
        assert begun == [1001]

    def test_a_server_that_was_restarted_is_found_again(self, runner: Runner, cluster: Cluster) -> None:
        """While it is away jobs fail with the error that makes clients come again."""
        assert runner.write(_next).result(_WAIT_S) == 1001
        cluster.stop()
        try:
            with pytest.raises(BackendError):
                runner.write(_next).result(_WAIT_S)
        finally:
            cluster.start()
        assert runner.write(_next).result(_WAIT_S) == 1002
        assert runner.read(_number).result(_WAIT_S) == 1002
