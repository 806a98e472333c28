"""Contents of attachments."""

import time
from collections.abc import AsyncIterator
from urllib.parse import quote

from litestar import get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath
from litestar.response import Response, Stream

from supportdesk.desk.conversations import uploads
from supportdesk.desk.store.database import DeskConnection
from supportdesk.desk.visibility.actors import Entrance
from supportdesk.domain.entities import Attachment
from supportdesk.domain.wire import API
from supportdesk.server import etags, ranges
from supportdesk.server.caller import Caller
from supportdesk.server.portal import Portal
from supportdesk.server.ranges import Range, Unsatisfiable
from supportdesk.server.requests import AnyRequest
from supportdesk.server.who import Who

_BLOCK_BYTES = 256 * 1024
_BINARY = "application/octet-stream"
LOOK_AGAIN_S = 0.5
"""While a download lasts: whoever was signed out or deactivated gets no more."""


@get(
    f"{API}/attachments/{{attachment_id:str}}/content",
    who=Who.SIGNED_IN,
    tags=["files"],
    responses={200: ResponseSpec(bytes, media_type=_BINARY), 206: ResponseSpec(bytes, media_type=_BINARY)},
)
async def content(
    request: AnyRequest,
    attachment_id: FromPath[str],
    caller: NamedDependency[Caller],
    portal: NamedDependency[Portal],
) -> Response[None] | Stream:
    """The file as it was sent, or the part that `Range` names."""

    def work(connection: DeskConnection, entrance: Entrance) -> Attachment:
        return uploads.attachment(connection, entrance.actor, attachment_id)

    attachment = await caller.read(work)
    headers = _headers(attachment)
    if etags.shown(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(None, status_code=304, headers=headers)
    try:
        part = ranges.asked(_range(request, headers["ETag"]), attachment.size_bytes)
    except Unsatisfiable:
        headers["Content-Range"] = f"bytes */{attachment.size_bytes}"
        return Response(None, status_code=416, headers=headers)
    if part is not None:
        headers["Content-Range"] = f"bytes {part.begin}-{part.end - 1}/{attachment.size_bytes}"
    whole = part or Range(0, attachment.size_bytes)
    headers["Content-Length"] = str(whole.size_bytes)
    first = await _block(portal, attachment.sha256, whole)  # what is wrong can still be told
    return Stream(
        _blocks(portal, caller, attachment.sha256, whole, first),
        status_code=206 if part else 200,
        media_type=_BINARY,
        headers=headers,
    )


def _range(request: AnyRequest, etag: str) -> str:
    """The range asked for; none where it was asked of another content."""
    on_condition = request.headers.get("if-range", etag)
    return request.headers.get("range", "") if on_condition == etag else ""


def _headers(attachment: Attachment) -> dict[str, str]:
    return {
        "ETag": f'"{attachment.sha256}"',
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(attachment.name, safe='')}",
    }


async def _blocks(
    portal: Portal, caller: Caller, sha256: str, part: Range, first: bytes
) -> AsyncIterator[bytes]:
    block, begin, looked_s = first, part.begin, time.monotonic()
    while begin < part.end:
        if time.monotonic() - looked_s > LOOK_AGAIN_S:
            await caller.look_again()  # where it fails, the connection is cut as well
            looked_s = time.monotonic()
        if not block:
            raise EOFError  # shorter than it was: the connection is cut, so that nobody takes it for whole
        yield block
        begin += len(block)
        block = await _block(portal, sha256, Range(begin, part.end))


async def _block(portal: Portal, sha256: str, part: Range) -> bytes:
    """The beginning of `part`; b'' of none."""
    if not part.size_bytes:
        return b""
    size_bytes = min(_BLOCK_BYTES, part.size_bytes)
    return await portal.desk.contents(lambda files: files.read(sha256, part.begin, size_bytes))
