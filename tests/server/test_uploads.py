"""Pieces arrive once, in order, whole; nobody learns what others have brought."""

import base64
import hashlib
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from supportdesk.desk.conversations.uploads import UNATTACHED_FILES
from supportdesk.desk.store import settings
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.desk.store.files import ABANDONED_AFTER
from supportdesk.desk.store.schema import sessions
from supportdesk.domain.commands import CreateTicket, FileRef
from supportdesk.domain.entities import Attachment
from supportdesk.domain.wire import UPLOAD_CHECKSUM, UPLOAD_OFFSET
from tests.server.talking import Talker, problem, sha256
from tests.support.desk import COLLEAGUE, CUSTOMER, count_of
from tests.support.server import Served

Talk = Callable[..., Talker]

_CONTENT = os.urandom(5_000)
_HASH = sha256(_CONTENT)


def _attach(talker: Talker, content: bytes, name: str = "note.txt") -> str:
    """The id of the attachment of a new ticket."""
    digest = talker.upload(content, name)
    file = FileRef(name=name, sha256=digest, size_bytes=len(content))
    ticket = talker.report(files=(file,))
    return next(
        each.id for each in talker.sees() if isinstance(each, Attachment) and each.conversation_id == ticket
    )


def test_pieces_become_an_attachment(talk: Talk) -> None:
    """Each answer tells where to go on; the location is where the next piece goes."""
    jana = talk(CUSTOMER)
    begun = jana.begin_upload(_CONTENT)
    assert (begun.status_code, begun.headers[UPLOAD_OFFSET]) == (201, "0")
    place = begun.request.url.join(begun.headers["location"])
    assert place.path.endswith(f"/uploads/{_HASH}")
    for offset in (0, 2_000, 4_000):
        answer = jana.append(_HASH, offset, _CONTENT[offset : offset + 2_000])
        assert answer.status_code == 204, answer.text
        told = jana.client.head(place)
        assert (told.status_code, told.headers[UPLOAD_OFFSET]) == (200, answer.headers[UPLOAD_OFFSET])
    file = FileRef(name="note.txt", sha256=_HASH, size_bytes=5_000)
    assert jana.do(CreateTicket(subject="A", description="B", files=(file,))).number


def test_repeats_and_gaps(talk: Talk) -> None:
    """What came before is written again, a gap is answered by where to go on, the end may be told twice."""
    jana = talk(CUSTOMER)
    jana.begin_upload(_CONTENT)
    assert jana.append(_HASH, 0, _CONTENT[:3_000]).headers[UPLOAD_OFFSET] == "3000"
    assert jana.append(_HASH, 1_000, _CONTENT[1_000:3_000]).headers[UPLOAD_OFFSET] == "3000"
    gap = jana.append(_HASH, 4_000, _CONTENT[4_000:])
    assert (gap.status_code, gap.headers[UPLOAD_OFFSET]) == (409, "3000")
    for _time in range(2):
        last = jana.append(_HASH, 3_000, _CONTENT[3_000:])
        assert (last.status_code, last.headers[UPLOAD_OFFSET]) == (204, "5000")
    assert jana.begin_upload(_CONTENT).headers[UPLOAD_OFFSET] == "5000"


def test_empty_files_are_complete_as_soon_as_they_are_begun(talk: Talk) -> None:
    """There is no piece to wait for."""
    jana = talk(CUSTOMER)
    assert jana.begin_upload(b"").status_code == 201
    assert _attach(jana, b"")


def test_a_checksum_of_a_piece_is_believed(talk: Talk) -> None:
    """A spoilt piece is to be sent again and leaves nothing behind; a spoilt file is refused."""
    jana = talk(CUSTOMER)
    jana.begin_upload(_CONTENT)
    right = base64.b64encode(hashlib.sha256(_CONTENT).digest()).decode()
    spoilt = jana.append(
        _HASH, 0, _CONTENT[:-1] + bytes([_CONTENT[-1] ^ 1]), **{UPLOAD_CHECKSUM: f"sha256 {right}"}
    )
    assert (spoilt.status_code, problem(spoilt)["code"]) == (503, "backend_failed")
    assert "retry-after" in spoilt.headers
    assert jana.client.head(f"/uploads/{_HASH}").headers[UPLOAD_OFFSET] == "0"
    for nonsense in ("md5 x", "sha256 ?", "sha256"):
        answer = jana.append(_HASH, 0, _CONTENT, **{UPLOAD_CHECKSUM: nonsense})
        assert problem(answer)["code"] == "invalid_input"
    assert jana.append(_HASH, 0, _CONTENT, **{UPLOAD_CHECKSUM: f"sha256 {right}"}).status_code == 204
    other = b"other" + _CONTENT
    jana.begin_upload(other)
    assert problem(jana.append(sha256(other), 0, b"!" + other[1:]))["code"] == "refused"


def test_uploads_that_were_never_begun_are_missing(talk: Talk) -> None:
    """And so are those of others, and what is no hash at all."""
    jana, tom = talk(CUSTOMER), talk(COLLEAGUE)
    jana.begin_upload(_CONTENT)
    jana.append(_HASH, 0, _CONTENT)
    for digest in (_HASH, sha256(b"never"), "..%2F..%2Fdesk.db", "x"):
        assert tom.client.head(f"/uploads/{digest}").status_code == 404
        assert tom.append(digest, 0, b"x").status_code == 404
    assert tom.begin_upload(_CONTENT).headers[UPLOAD_OFFSET] == "0"


def test_what_is_wrongly_said_about_a_file_is_refused(talk: Talk) -> None:
    """Sizes and hashes that cannot be, more than was announced, another media type."""
    jana = talk(CUSTOMER)
    for body in (
        {"sha256": "../../x", "size_bytes": 1, "name": "a"},
        {"sha256": _HASH.upper(), "size_bytes": 1, "name": "a"},
    ):
        assert jana.client.post("/uploads", json=body).status_code == 422
    negative = jana.client.post("/uploads", json={"sha256": _HASH, "size_bytes": -1, "name": "a"})
    assert negative.status_code == 413
    jana.begin_upload(_CONTENT)
    assert problem(jana.append(_HASH, 0, _CONTENT + b"more"))["code"] == "refused"
    typed = jana.append(_HASH, 0, _CONTENT, **{"Content-Type": "application/json"})
    assert problem(typed)["field"] == "Content-Type"


def test_downloads_in_ranges(talk: Talk) -> None:
    """Whole, from the middle, the end, beyond it, and on condition."""
    jana = talk(CUSTOMER)
    place = f"/attachments/{_attach(jana, _CONTENT)}/content"
    whole = jana.client.get(place)
    assert (whole.status_code, whole.content) == (200, _CONTENT)
    assert whole.headers["accept-ranges"] == "bytes"
    for wanted, begin, end in (
        ("bytes=0-0", 0, 1),
        ("bytes=1000-1999", 1000, 2000),
        ("bytes=4000-", 4000, 5000),
        ("bytes=-10", 4990, 5000),
        ("bytes=-9999", 0, 5000),
        ("bytes=10-99999", 10, 5000),
    ):
        part = jana.client.get(place, headers={"Range": wanted})
        assert (part.status_code, part.content) == (206, _CONTENT[begin:end]), wanted
        assert part.headers["content-range"] == f"bytes {begin}-{end - 1}/5000"
    for beyond in ("bytes=5000-", "bytes=-0", "bytes=9000-9001"):
        answer = jana.client.get(place, headers={"Range": beyond})
        assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */5000")
    for unread in ("bytes=5-2", "lines=1-2", "bytes=1-2,4-5", "bytes=-", "x"):
        assert jana.client.get(place, headers={"Range": unread}).content == _CONTENT
    tag = whole.headers["etag"]
    assert jana.client.get(place, headers={"If-None-Match": tag}).status_code == 304
    on_condition = {"Range": "bytes=0-9", "If-Range": tag}
    assert jana.client.get(place, headers=on_condition).status_code == 206
    assert jana.client.get(place, headers=on_condition | {"If-Range": '"other"'}).content == _CONTENT


def test_a_download_is_a_file_and_nothing_that_runs(talk: Talk) -> None:
    """Whatever it is called, no browser opens it, and it is not compressed."""
    jana = talk(CUSTOMER)
    name = "böse, näme;x=y.html"
    place = f"/attachments/{_attach(jana, b'<script>' * 500, name)}/content"
    answer = jana.client.get(place, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].isascii()
    assert answer.headers["content-disposition"].startswith(
        "attachment; filename*=UTF-8''b%C3%B6se%2C%20n%C3%A4me%3Bx%3Dy"
    )
    assert "content-encoding" not in answer.headers


def test_nobody_brings_endlessly_much_that_is_never_attached(talk: Talk, server: Served) -> None:
    """What is complete counts, and what was begun; what is attached does not. Others have their own room."""
    jana, tom = talk(CUSTOMER), talk(COLLEAGUE)
    server.do(partial(_limit_files, limit=1_000))
    for number in range(UNATTACHED_FILES - 1):
        jana.upload(b"%4d" % number * 250)
    assert jana.begin_upload(b"begun" * 200).status_code == 201
    assert jana.begin_upload(b"begun" * 200).status_code == 201
    refused = jana.begin_upload(b"one more")
    assert (refused.status_code, problem(refused)["code"]) == (413, "limit_exceeded")
    assert "ticket" in problem(refused)["title"]
    assert tom.begin_upload(b"one more").status_code == 201
    _attach(jana, b"%4d" % 0 * 250)
    assert jana.begin_upload(b"one more").status_code == 201


def _limit_files(connection: DeskConnection, limit: int, now: datetime) -> None:
    with reading(connection):
        desk = settings.load(connection)
    settings.keep(connection, replace(desk, limits=replace(desk.limits, max_file_bytes=limit)))


def test_what_nobody_needs_is_swept_from_a_server(talk: Talk, server: Served) -> None:
    """Also from one that sends no mail."""
    talk(CUSTOMER).client.delete("/sessions/current")
    late = server.portal.clock() + timedelta(days=400)
    server.portal.clock = lambda: late
    server.run(server.portal.upkeep.round())
    assert server.do(lambda connection, now: count_of(connection, sessions)) == 0


def test_what_was_never_attached_is_removed_in_time(talk: Talk, server: Served, tmp_path: Path) -> None:
    """After a week; what anybody attached or brought again meanwhile stays."""
    jana, tom = talk(CUSTOMER), talk(COLLEAGUE)
    _attach(jana, b"attached")
    for talker, content in ((tom, b"attached"), (jana, b"forgotten"), (jana, b"again")):
        talker.upload(content)
    assert server.run(server.portal.upkeep.round()) == 0
    late = server.portal.clock() + ABANDONED_AFTER + timedelta(hours=1)
    server.portal.clock = lambda: late
    tom.upload(b"again")
    assert server.run(server.portal.upkeep.round()) == 1
    left = {path.name for path in (tmp_path / "desk" / "files").glob("??/*")}
    assert left == {sha256(b"attached"), sha256(b"again")}
    for talker, arrived in ((jana, "0"), (tom, "5")):
        assert talker.begin_upload(b"again").headers[UPLOAD_OFFSET] == arrived
