"""The desk's files, its settings and its demo."""

import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from supportdesk.clock import now
from supportdesk.desk.demo import seeding
from supportdesk.desk.demo.content import load_demo_content
from supportdesk.desk.store import durable, settings
from supportdesk.desk.store.database import TICKET, DeskConnection, opened, reading
from supportdesk.desk.store.files import ABANDONED_AFTER, Files
from supportdesk.desk.store.schema import counters, metadata, subscriptions
from supportdesk.domain import profile_files as profiles
from supportdesk.domain.commands import FileRef
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.errors import NotFound, Refused
from tests.support.databases import Databases
from tests.support.zones import zone

NOW = now()


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
        assert [name for name in left if len(name) > 2] == [file.sha256]

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
        assert synced == [tmp_path, base, base, base / "partial", base, base / digest[:2]]

    def test_what_was_given_up_is_swept(self, files: Files, tmp_path: Path) -> None:
        """Only what nobody has touched for long, and nothing that is whole; its owner begins anew."""
        old, young, whole = (_ref(content) for content in (b"old, old", b"young", b"whole"))
        for file, part in ((old, b"old"), (young, b"yo"), (whole, b"whole")):
            files.append("p", file, 0, part)
        long_ago = (NOW - timedelta(days=8)).timestamp()
        for path in (tmp_path / "files").rglob("*"):
            if path.name in {old.sha256, whole.sha256}:
                os.utime(path, (long_ago, long_ago))
        assert files.sweep(NOW - timedelta(days=7)) == 1
        assert [files.arrived_bytes("p", file) for file in (old, young)] == [0, 2]
        assert files.read(whole.sha256, 0, 5) == b"whole"
        assert files.append("p", old, 3, b", old") == 0
        assert files.append("p", old, 0, b"old, old") == 8

    def test_who_uploads_clears_away_what_others_gave_up(
        self, files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Now and then, without a timer; a folder that cannot be read keeps nobody from uploading."""
        old, new = _ref(b"old, old"), _ref(b"new")
        files.append("p", old, 0, b"old")
        [partial] = (path for path in (tmp_path / "files").rglob("*") if path.name == old.sha256)
        long_ago = (NOW - ABANDONED_AFTER).timestamp() - 1
        os.utime(partial, (long_ago, long_ago))
        files.append("q", new, 0, b"n")
        assert partial.exists(), "this one has looked already"
        another = Files(tmp_path / "files")
        with monkeypatch.context() as patch:
            patch.setattr(Files, "sweep", _no_permission)
            assert another.append("q", new, 1, b"e") == 2
        assert Files(tmp_path / "files").append("q", new, 2, b"w") == 3
        assert not partial.exists()

    def test_a_desk_without_uploads_is_swept(self, files: Files) -> None:
        """There is no folder yet, and nothing to do."""
        assert files.sweep(NOW) == 0

    def test_the_same_content_may_come_twice_at_once(self, files: Files) -> None:
        """Through two servers that share the folder, from one person; both are told that it is there."""
        content = bytes(range(256)) * 400
        file, told = _ref(content), []

        def send(taker: Files) -> None:
            offset = 0
            while offset < len(content):
                offset = taker.append("p", file, offset, content[offset : offset + 1000])
            told.append(offset)

        takers = files, Files(files.folder)
        threads = [threading.Thread(target=send, args=(taker,)) for taker in takers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert told == [len(content)] * 2
        assert files.read(file.sha256, 0, len(content)) == content

    def test_what_was_found_whole_is_changed_by_nobody(self, files: Files) -> None:
        """Other bytes for the same hash that come through another server, while it is being looked at."""
        content = bytes(range(256)) * 4000
        file = _ref(content)
        files.append("p", file, 0, content[:-1])

        def spoil() -> None:
            with suppress(Refused):
                Files(files.folder).append("p", file, 0, bytes(len(content) - 1))

        spoiler = threading.Thread(target=spoil)
        spoiler.start()
        with suppress(Refused):
            files.append("p", file, len(content) - 1, content[-1:])
        spoiler.join()
        with suppress(NotFound):
            assert files.read(file.sha256, 0, len(content)) == content

    def test_offsets_below_zero_are_refused(self, files: Files) -> None:
        """There is nothing before the beginning."""
        with pytest.raises(Refused):
            files.append("p", _ref(b"x"), -1, b"x")

    def test_the_vendors_own_files_are_kept_once(self, files: Files, tmp_path: Path) -> None:
        """The same content twice is one file."""
        assert files.keep(b"guide") == files.keep(b"guide") == hashlib.sha256(b"guide").hexdigest()
        assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def _no_permission(*_arguments: object) -> int:
    raise PermissionError


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
def empty(databases: Databases) -> Iterator[DeskConnection]:
    with closing(opened(databases.empty())) as connection:
        yield connection


@pytest.mark.parametrize("name", DEMO_NAMES)
def test_every_demo_fills_its_desk(name: str, empty: DeskConnection, tmp_path: Path) -> None:
    """All tickets, people and reading matter are there, references hold, a second filling changes nothing."""
    profile, content = profiles.load(profiles.bundled_path(name)), load_demo_content(name)
    files = Files(tmp_path / "files")
    seeding.seed(empty, files, profile, content, NOW)
    once = _counts(empty)
    seeding.seed(empty, files, profile, content, NOW + timedelta(days=1))
    assert _counts(empty) == once
    assert once["tickets"] == len(content.tickets)
    assert once["people"] == len(content.people)
    assert once["publications"] == len(content.notices) + len(content.issues) + len(content.articles)
    with reading(empty):
        if empty.dialect.name == "sqlite":
            assert empty.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        last = empty.execute(select(counters.c.value).where(counters.c.name == TICKET)).scalar_one()
    assert last >= max(int(ticket.number) for ticket in content.tickets)


def test_the_days_of_a_demo_do_not_move_with_the_hour_of_summer(
    empty: DeskConnection, tmp_path: Path
) -> None:
    """Made in winter: what ends with a day of the next summer ends with that day, not an hour after it."""
    profile, content = profiles.load(profiles.bundled_path("retail")), load_demo_content("retail")
    winter = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
    with zone("Europe/Berlin"):
        seeding.seed(empty, Files(tmp_path / "files"), profile, content, winter)
        with reading(empty):
            found = empty.execute(select(subscriptions.c.number, subscriptions.c.ends_at)).all()
        ends = {number: at.astimezone() for number, at in found if at is not None}
        awaited = {each.number: each.ends for each in content.subscriptions if each.ends.startswith("+")}
        for number, written in awaited.items():
            days = timedelta(days=int(written.removeprefix("+").removesuffix("d")))
            assert (ends[number].date(), ends[number].hour) == ((winter + days).date(), 23), number
        assert {ends[number].utcoffset() for number in awaited} == {timedelta(hours=1), timedelta(hours=2)}


def test_a_demo_that_cannot_be_written_leaves_an_empty_desk(
    empty: DeskConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no half-filled desk: the next start fills it."""
    profile, content = profiles.load(profiles.bundled_path("practice")), load_demo_content("practice")
    files = Files(tmp_path / "files")
    with monkeypatch.context() as patch:
        patch.setattr("supportdesk.desk.visibility.feed.record", _fail)
        with pytest.raises(ZeroDivisionError):
            seeding.seed(empty, files, profile, content, NOW)
    assert seeding.is_empty(empty)
    seeding.seed(empty, files, profile, content, NOW)
    assert not seeding.is_empty(empty)


def _fail(*_arguments: object) -> None:
    raise ZeroDivisionError


def _counts(connection: DeskConnection) -> dict[str, int]:
    with reading(connection):
        return {
            name: int(connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one())
            for name in metadata.tables
        }
