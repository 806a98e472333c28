"""Contents of files, piece by piece as tus has it, and safe against every cut."""

import base64
import binascii
import hashlib
from typing import Annotated

import msgspec
from litestar import Response, head, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody

from supportdesk.desk.conversations import uploads
from supportdesk.desk.store.database import DeskConnection
from supportdesk.desk.store.files import Files
from supportdesk.desk.visibility.actors import Entrance
from supportdesk.domain.commands import FileRef
from supportdesk.domain.errors import BackendError
from supportdesk.domain.wire import API, CHUNK_TYPE, UPLOAD_CHECKSUM, UPLOAD_OFFSET, UploadBegun
from supportdesk.i18n import _
from supportdesk.server.caller import Caller
from supportdesk.server.pace import name_of
from supportdesk.server.portal import Portal
from supportdesk.server.problems import not_understood
from supportdesk.server.requests import AnyRequest
from supportdesk.server.who import Who

MAX_CHUNK_BYTES = 8 * 1024 * 1024
"""Of one PATCH; clients send what the portal's limits say, usually 1 MiB."""

Offset = Annotated[int, HeaderParameter(name=UPLOAD_OFFSET, ge=0)]
Checksum = Annotated[str | None, HeaderParameter(name=UPLOAD_CHECKSUM)]


@post(f"{API}/uploads", who=Who.SIGNED_IN, tags=["files"])
async def begin_upload(
    data: JSONBody[UploadBegun], caller: NamedDependency[Caller], portal: NamedDependency[Portal]
) -> Response[None]:
    """Says what will come and is told how much of it is there already. A repeat is harmless."""
    file = msgspec.convert(data, FileRef, from_attributes=True)
    upload = _Upload(caller, portal)
    await upload.look(file.sha256, file)
    arrived = await upload.begin(file)
    return _offset(arrived, status=201, location=f"uploads/{file.sha256}")


@head(f"{API}/uploads/{{sha256:str}}", who=Who.SIGNED_IN, tags=["files"])
async def upload_offset(
    sha256: FromPath[str], caller: NamedDependency[Caller], portal: NamedDependency[Portal]
) -> Response[None]:
    """How much of it is there."""
    upload = _Upload(caller, portal)
    await upload.look(sha256)
    return _offset(await upload.arrived(sha256), status=200)


@patch(
    f"{API}/uploads/{{sha256:str}}",
    who=Who.SIGNED_IN,
    status_code=204,
    request_max_body_size=MAX_CHUNK_BYTES,
    tags=["files"],
)
async def append_chunk(
    request: AnyRequest,
    sha256: FromPath[str],
    caller: NamedDependency[Caller],
    portal: NamedDependency[Portal],
    offset: Offset,
    checksum: Checksum = None,
) -> Response[None]:
    """The next piece. What was sent before is written again; a gap is answered by 409 and where to go on."""
    if request.content_type[0] != CHUNK_TYPE:
        raise not_understood("Content-Type")
    upload = _Upload(caller, portal)
    await upload.look(sha256)  # before the first byte is taken
    with portal.pieces.one(name_of(caller.token)):
        chunk = await request.body()
        await caller.look_again()  # it may have taken minutes
        _check(chunk, checksum)
        arrived = await upload.append(sha256, offset, chunk)
    return _offset(arrived, status=409 if offset > arrived else 204)


class _Upload:
    """One request about a content of one person's."""

    def __init__(self, caller: Caller, portal: Portal) -> None:
        self._caller = caller
        self._desk = portal.desk
        self._begun = portal.begun
        self._person_id = ""
        self._complete_bytes: int | None = None

    async def look(self, sha256: str, file: FileRef | None = None) -> None:
        """Whose it is, and whether it is complete. Raises LimitExceeded for a `file` that is too much."""
        begun, now = self._begun, self._caller.now

        def work(connection: DeskConnection, entrance: Entrance) -> tuple[str, int | None]:
            person_id = entrance.actor.person_id
            complete_bytes = uploads.complete_bytes(connection, person_id, sha256)
            if file is not None:
                uploads.check_size(connection, file)
            if file is not None and complete_bytes is None:
                arriving = begun.announced_bytes(person_id, but=sha256)
                uploads.check_room(connection, person_id, file, now, arriving_bytes=arriving)
            return person_id, complete_bytes

        self._person_id, self._complete_bytes = await self._caller.read(work)

    async def begin(self, file: FileRef) -> int:
        if self._complete_bytes is not None:
            return self._complete_bytes
        person_id, begun = self._person_id, self._begun

        def work(files: Files) -> int:
            begun.note(person_id, file)
            return files.arrived_bytes(person_id, file)

        arrived = await self._desk.contents(work)
        if arrived == file.size_bytes:  # empty, or a crash came between the last byte and the record of it
            return await self.append(file.sha256, arrived, b"")
        return arrived

    async def arrived(self, sha256: str) -> int:
        if self._complete_bytes is not None:
            return self._complete_bytes
        person_id, begun = self._person_id, self._begun
        return await self._desk.contents(
            lambda files: files.arrived_bytes(person_id, begun.get(person_id, sha256))
        )

    async def append(self, sha256: str, offset: int, chunk: bytes) -> int:
        if self._complete_bytes is not None:
            return self._complete_bytes
        person_id, begun = self._person_id, self._begun

        def work(files: Files) -> tuple[FileRef, int]:
            file = begun.get(person_id, sha256)
            return file, files.append(person_id, file, offset, chunk)

        file, arrived = await self._desk.contents(work)
        if arrived == file.size_bytes:
            await self._caller.write(
                lambda connection, _entrance: uploads.complete(connection, person_id, file, self._caller.now)
            )
            await self._desk.contents(lambda files: self._settle(files, file))
        return arrived

    def _settle(self, files: Files, file: FileRef) -> None:
        files.settle(self._person_id, file)
        self._begun.forget(self._person_id, file.sha256)


def _check(chunk: bytes, checksum: str | None) -> None:
    """Raises BackendError for a piece that was changed on its way: it is to be sent again."""
    if checksum is None:
        return
    kind, _space, written = checksum.partition(" ")
    try:
        told = base64.b64decode(written, validate=True)
    except binascii.Error as error:
        raise not_understood(UPLOAD_CHECKSUM) from error
    if kind != "sha256" or not told:
        raise not_understood(UPLOAD_CHECKSUM)
    if told != hashlib.sha256(chunk).digest():
        raise BackendError(_("A piece of the file was changed on its way."))


def _offset(arrived: int, *, status: int, location: str = "") -> Response[None]:
    headers = {UPLOAD_OFFSET: str(arrived)} | ({"Location": location} if location else {})
    return Response(None, status_code=status, headers=headers)
