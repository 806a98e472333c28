"""The desk's database, its files and its demo."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import ClauseElement, create_engine, event, inspect, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from supportdesk.clock import now
from supportdesk.desk import demo, durable, engines, feed, settings
from supportdesk.desk.database import TICKET, DeskConnection, draw, opened, reading, writing
from supportdesk.desk.demo_content import load_demo_content
from supportdesk.desk.files import Files
from supportdesk.desk.schema import counters, metadata
from supportdesk.domain import profile_files as profiles
from supportdesk.domain.commands import FileRef
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.errors import BackendError, NotFound, Refused
from tests.support.desk import PARTNER, furnished, view_of

NOW = now().astimezone()


class TestSchema:
    def test_a_current_desk_is_opened_without_alembic(self, tmp_path: Path) -> None:
        """Starting the app does not pay for migrations that are not needed."""
        opened(tmp_path).close()
        code = (
            "import sys, pathlib; from supportdesk.desk.database import opened;"
            "opened(pathlib.Path(sys.argv[1])).close(); sys.exit('alembic' in sys.modules)"
        )
        assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 0

    def test_a_step_that_fails_leaves_nothing_behind(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The next start begins where this one did."""
        from alembic import op

        real = op.create_table

        def create_table(name: str, *rest: object, **named: object) -> object:
            if name == "tickets":
                raise OSError("no space")
            return real(name, *rest, **named)  # type: ignore[arg-type]

        with monkeypatch.context() as patch:
            patch.setattr(op, "create_table", create_table)
            with pytest.raises(OSError, match="no space"):
                opened(tmp_path)
        with closing(create_engine(f"sqlite:///{tmp_path / 'desk.db'}").connect()) as left:
            assert inspect(left).get_table_names() == []
        opened(tmp_path).close()


class TestOpening:
    def test_a_file_that_is_no_database_is_said_to_be_damaged(self, tmp_path: Path) -> None:
        """And left as it is."""
        (tmp_path / "desk.db").write_bytes(b"no database" * 1000)
        with pytest.raises(BackendError, match="damaged"):
            opened(tmp_path)
        assert (tmp_path / "desk.db").read_bytes() == b"no database" * 1000

    def test_a_desk_of_a_newer_version_is_not_touched(self, tmp_path: Path) -> None:
        """It says so instead of guessing."""
        with closing(opened(tmp_path)) as connection, connection.begin():
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(BackendError, match="newer"):
            opened(tmp_path)

    def test_a_place_that_cannot_be_used_is_tried_again_later(self, tmp_path: Path) -> None:
        """A folder in the way of the file is an error of the backend, not a crash."""
        (tmp_path / "desk.db").mkdir()
        with pytest.raises(BackendError):
            opened(tmp_path)

    def test_every_commit_is_durable(self, tmp_path: Path) -> None:
        """WAL, synchronous FULL, foreign keys on."""
        with closing(opened(tmp_path)) as connection, connection.begin():
            wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
            assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted

    def test_what_fails_is_taken_back(self, tmp_path: Path) -> None:
        """A transaction that ends in an error leaves no trace, not even a number."""
        with closing(opened(tmp_path)) as connection:
            with pytest.raises(ZeroDivisionError):
                _draw_and_fail(connection)
            with writing(connection):
                assert draw(connection, TICKET) == 1001

    def test_two_writers_take_turns(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A second process waits for the first one, and says so when that takes too long."""
        monkeypatch.setattr(engines, "BUSY_TIMEOUT_MS", 20)
        with closing(opened(tmp_path)) as one, closing(opened(tmp_path)) as other:
            with writing(one):
                draw(one, TICKET)
                with pytest.raises(BackendError), writing(other):
                    pass
            with writing(other):
                assert draw(other, TICKET) == 1002


def _draw_and_fail(connection: DeskConnection) -> None:
    with writing(connection):
        draw(connection, TICKET)
        raise ZeroDivisionError


class TestFiles:
    @pytest.fixture
    def files(self, tmp_path: Path) -> Files:
        return Files(tmp_path / "files")

    def test_an_arriving_content_has_no_name_until_it_is_whole(self, files: Files, tmp_path: Path) -> None:
        """Then it lies under its hash, and nothing else does."""
        content = b"0123456789"
        file = _ref(content)
        assert files.append("p", file, 0, content[:4]) == 4
        with pytest.raises(NotFound):
            files.read(file.sha256, 0, 10)
        assert files.append("p", file, 4, content[4:]) == 10
        assert files.read(file.sha256, 3, 4) == b"3456"
        left = [path.name for path in (tmp_path / "files").rglob("*") if path.is_file()]
        assert left == [file.sha256]

    def test_a_cut_in_the_middle_of_a_chunk_is_repaired_by_its_repeat(self, files: Files) -> None:
        """An upload whose last chunk was half written goes on with the same chunk."""
        content = b"0123456789"
        file = _ref(content)
        files.append("p", file, 0, content[:4])
        files.append("p", file, 4, b"4X")  # what a crash left
        assert files.append("p", file, 4, content[4:8]) == 8
        assert files.append("p", file, 8, content[8:]) == 10
        assert files.read(file.sha256, 0, 10) == content

    def test_a_name_that_is_no_hash_never_becomes_a_path(self, files: Files, tmp_path: Path) -> None:
        """Neither for reading nor for writing."""
        evil = msgspec.structs.replace(_ref(b"x"), sha256="../../../evil")
        with pytest.raises(Refused):
            files.append("p", evil, 0, b"x")
        with pytest.raises(Refused):
            files.read(evil.sha256, 0, 1)
        assert not list(tmp_path.rglob("evil"))

    def test_new_folders_are_on_the_disk_before_what_lies_in_them(
        self, files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each folder that a first upload makes is synced into the one above it, from the top down."""
        synced: list[Path] = []
        monkeypatch.setattr(durable, "sync_folder", synced.append)
        content = b"0123456789"
        digest = _ref(content).sha256
        files.append("p", _ref(content), 0, content)
        base = tmp_path / "files"
        assert synced == [tmp_path, base, base / "partial", base, base / digest[:2]]

    def test_offsets_below_zero_are_refused(self, files: Files) -> None:
        """There is nothing before the beginning."""
        with pytest.raises(Refused):
            files.append("p", _ref(b"x"), -1, b"x")

    def test_the_vendors_own_files_are_kept_once(self, files: Files, tmp_path: Path) -> None:
        """The same content twice is one file."""
        assert files.keep(b"guide") == files.keep(b"guide") == hashlib.sha256(b"guide").hexdigest()
        assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def _ref(content: bytes) -> FileRef:
    return FileRef(name="a", sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content))


class TestSettings:
    def test_what_the_profile_says_is_what_the_desk_knows(self, tmp_path: Path) -> None:
        """Kept in the database, written only when it differs."""
        profile = profiles.load(profiles.bundled_path("practice"))
        with closing(opened(tmp_path)) as connection:
            with reading(connection):
                assert settings.load(connection) == settings.DeskSettings()
            settings.keep(connection, settings.settings_of(profile))
            with reading(connection):
                kept = settings.load(connection)
            version = (tmp_path / "desk.db-wal").stat().st_size
            settings.keep(connection, settings.settings_of(profile))
            assert (tmp_path / "desk.db-wal").stat().st_size == version
        assert kept.catalogue == profile.catalogue
        assert kept.limits.max_files == profile.limits.max_files


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[DeskConnection]:
    with closing(opened(tmp_path)) as connection:
        yield connection


@pytest.mark.parametrize("name", DEMO_NAMES)
def test_every_demo_fills_its_desk(name: str, empty: DeskConnection, tmp_path: Path) -> None:
    """All tickets, people and reading matter are there, references hold, a second filling changes nothing."""
    profile, content = profiles.load(profiles.bundled_path(name)), load_demo_content(name)
    files = Files(tmp_path / "files")
    demo.seed(empty, files, profile, content, NOW)
    once = _counts(empty)
    demo.seed(empty, files, profile, content, NOW + timedelta(days=1))
    assert _counts(empty) == once
    assert once["tickets"] == len(content.tickets)
    assert once["people"] == len(content.people)
    assert once["publications"] == len(content.notices) + len(content.issues) + len(content.articles)
    with reading(empty):
        assert empty.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        last = empty.execute(select(counters.c.value).where(counters.c.name == TICKET)).scalar_one()
    assert last >= max(int(ticket.number) for ticket in content.tickets)


def test_a_demo_that_cannot_be_written_leaves_an_empty_desk(
    empty: DeskConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no half-filled desk: the next start fills it."""
    profile, content = profiles.load(profiles.bundled_path("practice")), load_demo_content("practice")
    files = Files(tmp_path / "files")
    with monkeypatch.context() as patch:
        patch.setattr("supportdesk.desk.feed.record", _fail)
        with pytest.raises(ZeroDivisionError):
            demo.seed(empty, files, profile, content, NOW)
    assert demo.is_empty(empty)
    demo.seed(empty, files, profile, content, NOW)
    assert not demo.is_empty(empty)


def _fail(*_arguments: object) -> None:
    raise ZeroDivisionError


def _counts(connection: DeskConnection) -> dict[str, int]:
    with reading(connection):
        return {
            name: int(connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one())
            for name in metadata.tables
        }


class TestOtherDatabases:
    def test_tables_and_queries_can_be_said_in_postgresql(self, tmp_path: Path) -> None:
        """Nothing in them is a dialect of SQLite's; quotes, booleans and divisions included."""
        dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
        for table in metadata.sorted_tables:
            assert str(CreateTable(table).compile(dialect=dialect))
        said: list[str] = []

        def listen(_connection: object, statement: ClauseElement, *_rest: object) -> None:
            said.append(str(statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})))

        with furnished(tmp_path) as desk:
            view = view_of(desk, PARTNER)
            event.listen(desk.engine, "before_execute", listen)
            with reading(desk):
                feed.pull(desk, view, None, 100)
            event.remove(desk.engine, "before_execute", listen)
        assert len([each for each in said if each.startswith("SELECT")]) > 4
        assert "organisations.partner_id = " in " ".join(said)
