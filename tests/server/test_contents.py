"""What every place for whole contents promises, and what is special about a bucket."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from msgspec.structs import replace

from supportdesk.clock import now
from supportdesk.desk.store.contents import Contents, Folder
from supportdesk.desk.store.files import ABANDONED_AFTER, Files
from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import Attachment
from supportdesk.domain.errors import BackendError, InvalidInput, NotFound, Refused
from supportdesk.domain.wire import API, UPLOAD_OFFSET
from supportdesk.server import cli
from supportdesk.server.bucket import Bucket
from supportdesk.server.configuration import Configuration, configured
from supportdesk.server.portal import Portal
from supportdesk.server.s3 import S3
from supportdesk.server.vendors import portals
from tests.server.talking import Talker, problem, sha256
from tests.server.test_backup import CONTENT as PICTURE
from tests.server.test_backup import Practice
from tests.server.test_process import small_profile_file
from tests.support.desk import CUSTOMER, furnished, small_profile
from tests.support.fault_proxy import Fault, always, fault_proxy, in_turn
from tests.support.s3 import SECRET, Store, s3_store
from tests.support.server import Served
from tests.support.server_process import server_process
from tests.support.small_vendor import PROFILE

CONTENT = os.urandom(5_000)
HASH = sha256(CONTENT)
FILE = FileRef("note.txt", HASH, len(CONTENT))
ONCE = (Fault.RESET_AT_ONCE, Fault.ERROR_503, Fault.RESET_ANSWERED, Fault.SLOW, Fault.TWICE)
AGAIN = (Fault.CUT_ANSWER, Fault.PORTAL_PAGE, Fault.PORTAL_REDIRECT, Fault.ERROR_500)
SOON, LONG_AGO = timedelta(hours=1), timedelta(days=8)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with s3_store() as running:
        yield running


class Place(NamedTuple):
    contents: Contents
    spoil: Callable[[bytes], object]
    """Puts other bytes into the place of CONTENT."""


def _in_folder(folder: Path, store: Store) -> Place:
    place = folder / HASH[:2] / HASH
    return Place(Folder(folder), place.write_bytes)


def _in_bucket(_folder: Path, store: Store) -> Place:
    bucket = Bucket(store.bucket(), "small")
    return Place(bucket, lambda content: bucket._client.put_object(**bucket._object(HASH), Body=content))


@pytest.fixture(params=[_in_folder, _in_bucket], ids=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path, store: Store) -> Place:
    found: Place = request.param(tmp_path / "whole", store)
    return found


@pytest.fixture
def contents(place: Place) -> Contents:
    return place.contents


@pytest.fixture
def files(tmp_path: Path, contents: Contents) -> Files:
    return Files(tmp_path / "arriving", contents)


class TestEveryPlace:
    def test_what_is_whole_is_read_from_anywhere(self, files: Files, contents: Contents) -> None:
        """Up to the end and not beyond; an empty content is one, too."""
        contents.check()
        assert files.keep(CONTENT) == HASH
        assert files.read(HASH, 1_000, 10) == CONTENT[1_000:1_010]
        assert files.read(HASH, 4_990, 100) == CONTENT[4_990:]
        assert files.read(HASH, 5_000, 1) == files.read(files.keep(b""), 0, 1) == b""
        assert contents.has(HASH)
        assert contents.whole_bytes(HASH) == 5_000

    def test_what_is_missing_is_told(self, contents: Contents) -> None:
        """And what is no hash never becomes a name."""
        assert (contents.has(HASH), contents.whole_bytes(HASH)) == (False, None)
        assert not contents.discard(HASH, now() + SOON)
        assert contents.untouched(now() + SOON) == []
        with pytest.raises(NotFound):
            contents.read(HASH, 0, 1)
        with pytest.raises(Refused):
            contents.read("../../../evil", 0, 1)

    def test_other_bytes_under_a_hash_are_noticed(self, files: Files, place: Place) -> None:
        """What is there is not whole; who brings it again makes it so."""
        contents, spoil = place
        files.keep(CONTENT)
        spoil(CONTENT[:-1] + bytes([CONTENT[-1] ^ 1]))
        assert contents.whole_bytes(HASH) is None
        spoil(CONTENT[:-1])
        assert contents.whole_bytes(HASH) is None
        files.keep(CONTENT)
        assert contents.whole_bytes(HASH) == 5_000

    def test_only_what_nobody_brought_for_long_is_removed(self, files: Files, contents: Contents) -> None:
        """By its time; once is enough."""
        both = {files.keep(CONTENT), files.keep(b"other")}
        assert contents.untouched(now() - SOON) == []
        assert set(contents.untouched(now() + SOON)) == both
        assert not contents.discard(HASH, now() - SOON)
        assert contents.has(HASH)
        assert contents.discard(HASH, now() + SOON)
        assert not contents.discard(HASH, now() + SOON)
        assert set(contents.untouched(now() + SOON)) == both - {HASH}

    def test_pieces_become_whole_whichever_process_takes_them(
        self, files: Files, contents: Contents, tmp_path: Path
    ) -> None:
        """They share the folder of what arrives; nothing stays in it."""
        another = Files(files.folder, contents)
        for offset in range(0, 5_000, 1_000):
            taker = another if offset % 2_000 else files
            assert taker.append("p", FILE, offset, CONTENT[offset : offset + 1_000]) == offset + 1_000
        for each in (files, another):
            each.settle("p", FILE)
        assert contents.whole_bytes(HASH) == 5_000
        assert not [path for path in (files.folder / "partial").rglob("*") if path.is_file()]

    def test_what_was_removed_in_the_last_moment_is_put_there_again(self, files: Files, place: Place) -> None:
        """Between the last byte and the record of it, in a bucket: a folder keeps what was brought again."""
        contents = place.contents
        files.append("p", FILE, 0, CONTENT)
        contents.discard(HASH, now() + SOON if isinstance(contents, Bucket) else now() - SOON)
        files.settle("p", FILE)
        assert contents.whole_bytes(HASH) == 5_000

    def test_pieces_that_are_not_what_they_should_be_are_thrown_away(
        self, files: Files, contents: Contents
    ) -> None:
        """Before they reach the place of whole contents."""
        with pytest.raises(Refused):
            files.append("p", FILE, 0, CONTENT[:-1] + bytes([CONTENT[-1] ^ 1]))
        assert not contents.has(HASH)
        assert files.arrived_bytes("p", FILE) == 0


def test_what_is_brought_again_counts_as_fresh(tmp_path: Path) -> None:
    """However it comes."""
    folder = Folder(tmp_path)
    files = Files(tmp_path, folder)
    limit = now() - ABANDONED_AFTER
    for bring in (partial(files.keep, CONTENT), partial(files.append, "q", FILE, 0, CONTENT)):
        bring()
        long_ago = (now() - LONG_AGO).timestamp()
        os.utime(tmp_path / HASH[:2] / HASH, (long_ago, long_ago))
        assert folder.untouched(limit) == [HASH]
        bring()
        assert not folder.discard(HASH, limit)
        assert files.read(HASH, 0, 5_000) == CONTENT


def test_what_keeps_from_the_store_is_said_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Not by the names of a library's exceptions."""
    for name, value in (("AWS_EC2_METADATA_DISABLED", "true"), ("HOME", str(tmp_path))):
        monkeypatch.setenv(name, value)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    nobody = "http://127.0.0.1:9"
    with pytest.raises(InvalidInput, match="no access key"):
        Bucket(S3(endpoint=nobody, bucket="b"), "small").check()
    with pytest.raises(BackendError, match="Nobody answers"):
        Bucket(S3(endpoint=nobody, bucket="b", access_key="a", secret_key="s"), "small").check()


@contextmanager
def served_from(folder: Path, told: S3, *, timeout_s: float = 20.0) -> Iterator[Served]:
    with furnished(folder):
        pass
    files = Files(folder / "files", Bucket(told, "small", timeout_s=timeout_s))
    server = Served(Portal(small_profile(), folder, files))
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def talking(server: Served) -> Iterator[Talker]:
    with httpx.Client(base_url=server.address + API, timeout=30) as client:
        talker = Talker(client)
        assert talker.sign_in(CUSTOMER).status_code == 201
        yield talker


def _attached(jana: Talker, content: bytes = CONTENT) -> str:
    """Where the content of a new ticket's file is fetched."""
    file = FileRef("note.txt", jana.upload(content), len(content))
    ticket = jana.report(files=(file,))
    seen = (each for each in jana.sees() if isinstance(each, Attachment) and each.conversation_id == ticket)
    return f"/attachments/{next(seen).id}/content"


class TestServer:
    def test_a_customer_notices_nothing(self, tmp_path: Path, store: Store) -> None:
        """Sent in pieces, fetched in ranges; no content lies on the server's disk."""
        with served_from(tmp_path, store.bucket()) as server, talking(server) as jana:
            place = _attached(jana)
            assert jana.client.get(place).content == CONTENT
            part = jana.client.get(place, headers={"Range": "bytes=1000-1999"})
            assert (part.status_code, part.content) == (206, CONTENT[1_000:2_000])
        left = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
        assert not [path for path in left if path.stat().st_size]

    def test_what_was_never_attached_is_removed_in_time(self, tmp_path: Path, store: Store) -> None:
        """And nothing else."""
        told = store.bucket()
        bucket = Bucket(told, "small")
        with served_from(tmp_path, told) as server, talking(server) as jana:
            _attached(jana)
            forgotten = jana.upload(b"forgotten")
            assert server.run(server.portal.upkeep.round()) == 0
            late = server.portal.clock() + ABANDONED_AFTER + SOON
            server.portal.clock = lambda: late
            assert server.run(server.portal.upkeep.round()) == 1
            assert (bucket.has(HASH), bucket.has(forgotten)) == (True, False)

    def test_while_it_is_out_of_reach_the_rest_goes_on(self, tmp_path: Path, store: Store) -> None:
        """Pieces are kept, and the last one need not be sent again; nothing secret is told."""
        told = store.bucket()
        with (
            fault_proxy(store.address) as proxy,
            served_from(tmp_path, replace(told, endpoint=proxy.address)) as server,
            talking(server) as jana,
        ):
            place = _attached(jana)
            other = CONTENT[::-1]
            jana.begin_upload(other)
            assert jana.append(sha256(other), 0, other[:4_000]).status_code == 204
            proxy.cut()
            for answer in (jana.append(sha256(other), 4_000, other[4_000:]), jana.client.get(place)):
                assert (answer.status_code, problem(answer)["code"]) == (503, "backend_failed")
                assert "Retry-After" in answer.headers
                assert proxy.address not in answer.text
            assert jana.report("Meanwhile")
            proxy.restore()
            assert jana.begin_upload(other).headers[UPLOAD_OFFSET] == "5000"
            assert jana.report(files=(FileRef("b", sha256(other), 5_000),))
            assert jana.client.get(place).content == CONTENT

    def test_a_store_that_says_nothing_keeps_nobody_waiting_for_ever(
        self, tmp_path: Path, store: Store
    ) -> None:
        """It is as good as one out of reach."""
        with served_from(tmp_path, store.bucket(), timeout_s=3.0) as server, talking(server) as jana:
            place = _attached(jana)
            store.stall()
            try:
                assert jana.client.get(place).status_code == 503
            finally:
                store.go_on()
            assert jana.client.get(place).content == CONTENT

    def test_the_network_on_the_way_to_it_may_be_bad(self, tmp_path: Path, store: Store) -> None:
        """What is cut or told to wait is asked once more; what is cut again is told."""
        told = store.bucket()
        with (
            fault_proxy(store.address) as proxy,
            served_from(tmp_path, replace(told, endpoint=proxy.address)) as server,
            talking(server) as jana,
        ):
            place = _attached(jana)
            for fault in ONCE:
                content = fault.value.encode() + CONTENT
                proxy.proxy.plan = in_turn([fault], sha256(content))
                another = _attached(jana, content)
                proxy.proxy.plan = in_turn([fault], sha256(content))
                assert jana.client.get(another).content == content, fault
            for fault in AGAIN:
                proxy.proxy.plan = always(fault, HASH)
                assert jana.client.get(place).status_code == 503, fault


def test_it_does_not_begin_with_a_bucket_that_it_cannot_use(tmp_path: Path, store: Store) -> None:
    """And says why, to whoever started it."""
    profile = small_profile_file(tmp_path)
    told = {"BUCKET": "nowhere", "ACCESS_KEY": "desk", "SECRET_KEY": SECRET}

    def begun(endpoint: str) -> tuple[int, str]:
        environment = {f"SUPPORTDESK_SERVER_S3_{name}": value for name, value in told.items()}
        environment["SUPPORTDESK_SERVER_S3_ENDPOINT"] = endpoint
        with server_process(tmp_path, profile, f"--data={tmp_path}", environment=environment) as process:
            return process.wait(), process.log

    with fault_proxy(store.address) as proxy:
        code, said = begun(proxy.address)
        assert (code, "There is no bucket called nowhere." in said) == (2, True)
        proxy.cut()
        code, said = begun(proxy.address)
        assert code == 1
        assert "Nobody answers at the store of files" in said or "cannot be reached" in said
    assert SECRET not in said


def test_who_may_not_use_it_is_told(store: Store) -> None:
    """As the store says it."""
    denied = {"Error": {"Code": "SignatureDoesNotMatch"}}
    bucket = Bucket(store.bucket(), "small")
    with pytest.raises(InvalidInput, match="SignatureDoesNotMatch"):
        raise bucket._trouble(_client_error(denied))
    with pytest.raises(BackendError, match="SlowDown"):
        raise bucket._trouble(_client_error({"Error": {"Code": "SlowDown"}}))


def _client_error(answer: dict[str, dict[str, str]]) -> Exception:
    from botocore.exceptions import ClientError

    error: Exception = ClientError(answer, "ListObjectsV2")
    return error


class TestConfiguration:
    def test_single_settings_may_come_from_the_environment(self, tmp_path: Path) -> None:
        """Such as the secret; it is never shown."""
        file = tmp_path / "server.toml"
        file.write_text(
            '[s3]\nendpoint = "https://s3.example.org"\nbucket = "desk"\naccess_key = "a"\n', encoding="utf-8"
        )
        found = configured({}, {"SUPPORTDESK_SERVER_S3_SECRET_KEY": SECRET}, file)
        assert found.s3 == S3(
            endpoint="https://s3.example.org", bucket="desk", access_key="a", secret_key=SECRET
        )
        assert SECRET not in repr(found) + repr(found.s3)

    @pytest.mark.parametrize(
        "written",
        [
            'endpoint = "http://s3.example.org"\nbucket = "desk"',
            'endpoint = "s3.example.org"\nbucket = "desk"',
            'endpoint = "https://s3.example.org"\nbucket = ""',
            'endpoint = "https://s3.example.org"',
            'endpoint = "https://s3.example.org"\nbucket = "desk"\naccess_key = "a"',
            'endpoint = "https://s3.example.org"\nbucket = "desk"\ncolour = "red"',
        ],
    )
    def test_what_cannot_be_is_refused(self, tmp_path: Path, written: str) -> None:
        """Contents do not travel in plain text, except on this machine."""
        file = tmp_path / "server.toml"
        file.write_text(f"[s3]\n{written}\n", encoding="utf-8")
        with pytest.raises(InvalidInput):
            configured({}, {}, file)

    def test_without_the_extra_it_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """And says what to install."""
        monkeypatch.setitem(sys.modules, "supportdesk.server.bucket", None)
        told = S3(endpoint="https://s3.example.org", bucket="desk")
        with pytest.raises(InvalidInput) as refused:
            portals(Configuration(data=tmp_path, s3=told))
        assert "'.[server,s3]'" in refused.value.next_step


def test_a_backup_looks_whether_all_is_in_the_bucket(
    tmp_path: Path, store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy that was made on a disk is restored into it: the way to move there."""
    place = tmp_path / "old" / "data" / "small"
    Practice(place, place / "files")
    profile = tmp_path / "small.toml"
    profile.write_text(PROFILE, encoding="utf-8")
    backup, which = str(tmp_path / "backup"), f"--profile={profile}"
    assert cli.main(["backup", backup, f"--data={tmp_path / 'old' / 'data'}", which]) == 0
    told = store.bucket()
    for name in S3.__struct_fields__:
        monkeypatch.setenv(f"SUPPORTDESK_SERVER_S3_{name.upper()}", getattr(told, name))
    (tmp_path / "new").mkdir()
    new = f"--data={tmp_path / 'new' / 'data'}"
    assert cli.main(["restore", backup, new, which]) == 0
    bucket = Bucket(told, "small")
    attached = sha256(PICTURE)
    assert bucket.has(attached)
    capsys.readouterr()
    assert cli.main(["backup", str(tmp_path / "again"), new, which]) == 0
    assert "1 file stays in the bucket" in capsys.readouterr().out
    assert not (tmp_path / "again" / "small" / "files").exists()
    bucket.discard(attached, now() + SOON)
    assert cli.main(["backup", str(tmp_path / "again"), new, which]) == 1
    assert attached in capsys.readouterr().err
