"""Copies of a desk, and desks made of them."""

import os
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from supportdesk.clock import now, uuid7
from supportdesk.desk.conversations import uploads
from supportdesk.desk.conversations.applying import Asked
from supportdesk.desk.conversations.intake import take
from supportdesk.desk.office import staff
from supportdesk.desk.store.address import Address, PostgresSchema, of_vendor
from supportdesk.desk.store.database import opened, reading
from supportdesk.desk.store.files import Files
from supportdesk.desk.visibility import facts, feed
from supportdesk.domain.commands import CreateTicket, FileRef, Receipt, encode_intent
from supportdesk.domain.entities import Attachment
from supportdesk.domain.status import Status
from supportdesk.server import cli
from supportdesk.server.portal import Portal
from tests.server.talking import sha256
from tests.support.desk import CUSTOMER, STAFF, add_people, person_of, small_profile, view_of
from tests.support.postgres import Cluster, programs
from tests.support.server import Served
from tests.support.small_vendor import PROFILE

NOW = now()
CONTENT = b"what the screen showed" * 1000


class Practice:
    """A desk with a ticket that has a file and an answer, and the customer who reported it."""

    def __init__(self, address: Address, files: Path) -> None:
        self.address, self.files = address, files
        self.intent = encode_intent(
            CreateTicket("Printer", "Look.", files=(FileRef("a.png", sha256(CONTENT), len(CONTENT)),))
        )
        self.command_id = uuid7()
        with closing(opened(address)) as connection:
            add_people(connection, NOW)
            jana = person_of(connection, CUSTOMER)
            file = FileRef("a.png", Files(files).keep(CONTENT), len(CONTENT))
            uploads.complete(connection, jana, file, NOW)
            self.receipt = self.report(connection)
            mia = person_of(connection, STAFF)
            staff.answer(connection, mia, self.receipt.entity_id, "I see.", NOW, status=Status.QUESTION)
            with reading(connection):
                page = feed.pull(connection, view_of(connection, CUSTOMER), None, 1_000)
        self.cursor = page.cursor
        self.sees = page.changes

    def report(self, connection: Connection) -> Receipt:
        """A repeat is the very same command."""
        actor = view_of(connection, CUSTOMER).actor
        return take(connection, actor, Asked(self.command_id, NOW, self.intent), NOW)

    def check_same(self, address: Address, files: Path) -> None:
        """All of it is there: what the customer sees, the file, and what was promised about repeats."""
        with closing(opened(address)) as connection:
            view = view_of(connection, CUSTOMER)
            with reading(connection):
                whole = feed.pull(connection, view, None, 1_000)
                anew = feed.pull(connection, view, self.cursor, 1_000)
                attached = facts.get(connection, view, Attachment, f"{self.command_id}-0")
            assert whole.changes == self.sees
            assert anew.changes == self.sees, "an app that knows the old desk begins anew"
            assert Files(files).read(attached.sha256, 0, len(CONTENT) + 1) == CONTENT
            assert self.report(connection) == self.receipt


def _command(name: str, folder: Path, backup: Path, *more: str) -> int:
    profile = folder / "small.toml"
    profile.write_text(PROFILE, encoding="utf-8")
    return cli.main([name, str(backup), f"--data={folder / 'data'}", f"--profile={profile}", *more])


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    place = tmp_path / "old" / "data" / "small"
    return Practice(place, place / "files")


def test_what_was_backed_up_can_be_restored(tmp_path: Path, practice: Practice) -> None:
    """On another machine, by two commands, and once again over the same copy."""
    for _repeat in range(2):
        assert _command("backup", tmp_path / "old", tmp_path / "backup") == 0
    (tmp_path / "new").mkdir()
    assert _command("restore", tmp_path / "new", tmp_path / "backup") == 0
    place = tmp_path / "new" / "data" / "small"
    practice.check_same(place, place / "files")


def test_what_was_not_attached_yet_is_brought_again(tmp_path: Path, practice: Practice) -> None:
    """It is not in the copy, and a desk made of it does not say that it has it."""
    place = tmp_path / "old" / "data" / "small"
    with closing(opened(place)) as connection:
        file = FileRef("b.png", Files(practice.files).keep(b"young"), 5)
        uploads.complete(connection, person_of(connection, CUSTOMER), file, NOW)
    assert _command("backup", tmp_path / "old", tmp_path / "backup") == 0
    (tmp_path / "new").mkdir()
    assert _command("restore", tmp_path / "new", tmp_path / "backup") == 0
    with closing(opened(tmp_path / "new" / "data" / "small")) as connection, reading(connection):
        assert not uploads.is_complete(connection, person_of(connection, CUSTOMER), file)


def test_a_backup_is_made_while_the_server_runs(tmp_path: Path, practice: Practice) -> None:
    """And a restore is not."""
    assert isinstance(practice.address, Path)
    served = Served(Portal(small_profile(), practice.address, practice.files))
    served.start()
    try:
        assert _command("backup", tmp_path / "old", tmp_path / "backup") == 0
        assert _command("restore", tmp_path / "old", tmp_path / "backup") == 1
    finally:
        served.stop()
    assert (tmp_path / "backup" / "small" / "desk.db").exists()


def test_nothing_that_is_there_is_overwritten(
    tmp_path: Path, practice: Practice, capsys: pytest.CaptureFixture[str]
) -> None:
    """By a restore; a folder that holds no backup is told apart."""
    assert _command("backup", tmp_path / "old", tmp_path / "backup") == 0
    assert _command("restore", tmp_path / "old", tmp_path / "backup") == 1
    assert "already" in capsys.readouterr().err
    (tmp_path / "new").mkdir()
    assert _command("restore", tmp_path / "new", tmp_path / "nothing") == 1
    assert _command("backup", tmp_path / "new", tmp_path / "backup") == 1
    with closing(opened(practice.address)) as connection:
        assert practice.report(connection) == practice.receipt


@pytest.mark.parametrize("how", ["damaged", "missing"])
def test_a_content_that_is_not_what_it_was_is_told(
    tmp_path: Path, practice: Practice, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    """The rest is copied all the same; what is damaged in the copy is copied again."""
    content = practice.files / sha256(CONTENT)[:2] / sha256(CONTENT)
    content.unlink()
    if how == "damaged":
        content.write_bytes(CONTENT[:-1])
    assert _command("backup", tmp_path / "old", tmp_path / "backup") == 1
    assert sha256(CONTENT) in capsys.readouterr().err
    content.write_bytes(CONTENT)
    assert _command("backup", tmp_path / "old", tmp_path / "backup") == 0
    copy = tmp_path / "backup" / "small" / "files" / sha256(CONTENT)[:2] / sha256(CONTENT)
    copy.write_bytes(b"rotten")
    assert _command("backup", tmp_path / "old", tmp_path / "backup") == 0
    assert copy.read_bytes() == CONTENT


def test_a_desk_on_postgresql_comes_back_with_its_own_tools(tmp_path: Path, cluster: Cluster) -> None:
    """pg_dump and backup, pg_restore and restore, as the manual says."""
    old, new = (cluster.url(cluster.make_database()) for _which in range(2))
    address = of_vendor(PostgresSchema(old), "small")
    practice = Practice(address, tmp_path / "old" / "data" / "small" / "files")
    dump = tmp_path / "desk.dump"
    _tool("pg_dump", "--format=custom", f"--file={dump}", old)
    assert _command("backup", tmp_path / "old", tmp_path / "backup", f"--database={old}") == 0
    _tool("pg_restore", "--exit-on-error", f"--dbname={new}", str(dump))
    (tmp_path / "new").mkdir()
    assert _command("restore", tmp_path / "new", tmp_path / "backup", f"--database={new}") == 0
    files = tmp_path / "new" / "data" / "small" / "files"
    practice.check_same(of_vendor(PostgresSchema(new), "small"), files)


def test_a_desk_on_sqlite_moves_to_postgresql(
    tmp_path: Path, practice: Practice, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its files and everything that was promised; into a database with a desk it does not go."""
    url = cluster.url(cluster.make_database())
    assert _command("backup", tmp_path / "old", tmp_path / "backup") == 0
    (tmp_path / "new").mkdir()
    assert _command("restore", tmp_path / "new", tmp_path / "backup", f"--database={url}") == 0
    files = tmp_path / "new" / "data" / "small" / "files"
    practice.check_same(of_vendor(PostgresSchema(url), "small"), files)
    assert _command("restore", tmp_path / "new", tmp_path / "backup", f"--database={url}") == 1
    assert "already" in capsys.readouterr().err


def test_files_are_not_restored_before_their_database(
    tmp_path: Path, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    """On PostgreSQL; nothing is made in it, so that pg_restore still can."""
    url = cluster.url(cluster.make_database())
    (tmp_path / "new").mkdir()
    for _again in range(2):
        assert _command("restore", tmp_path / "new", tmp_path / "backup", f"--database={url}") == 1
        assert "pg_restore" in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["data", "data/small", "data/small/copies"])
def test_a_backup_never_goes_where_the_desk_lies(
    tmp_path: Path, practice: Practice, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A running server would go on in a file that has no name any more."""
    before = (tmp_path / "old" / "data" / "small" / "desk.db").stat().st_ino
    assert _command("backup", tmp_path / "old", tmp_path / "old" / folder) == 2
    assert "elsewhere" in capsys.readouterr().err
    assert (tmp_path / "old" / "data" / "small" / "desk.db").stat().st_ino == before


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, practice: Practice, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a traceback."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert _command("backup", tmp_path / "old", tmp_path / "file") == 1
    assert str(tmp_path / "file") in capsys.readouterr().err


def _tool(name: str, *arguments: str) -> None:
    folder = programs()
    assert folder is not None
    subprocess.run([str(folder / name), *arguments], check=True, env=os.environ | {"LANG": "C"})


def test_what_was_copied_is_named(
    tmp_path: Path, practice: Practice, capsys: pytest.CaptureFixture[str]
) -> None:
    """A desk that nobody meant would look like success otherwise."""
    desk = tmp_path / "old"
    assert _command("backup", desk, tmp_path / "backup") == 0
    out = capsys.readouterr().out
    assert f"small: the desk in {desk / 'data' / 'small'}; configuration: none\n" in out
    assert "small: 1 file copied\n" in out
    (tmp_path / "new").mkdir()
    assert _command("restore", tmp_path / "new", tmp_path / "backup") == 0
    assert "small: the database is restored\nsmall: 1 file copied\n" in capsys.readouterr().out
    assert _command("backup", tmp_path, tmp_path / "backup") == 1
    assert str(tmp_path / "data" / "small") in capsys.readouterr().out
