"""What a client learns before anybody signs in: a vendor's address is enough."""

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency

from supportdesk.domain.profile import BackendAddress, Profile
from supportdesk.domain.wire import API, DISCOVERY
from supportdesk.server import etags
from supportdesk.server.openapi import document
from supportdesk.server.portal import Portal
from supportdesk.server.requests import AnyRequest
from supportdesk.server.who import Who

_CACHED = "public, max-age=300"


@get(DISCOVERY, who=Who.PUBLIC, tags=["discovery"])
async def profile(request: AnyRequest, portal: NamedDependency[Portal]) -> Response[Profile | None]:
    """The vendor's profile with its brand. An empty address of the backend is the one that was asked."""
    served = msgspec.structs.replace(
        portal.profile, backend=BackendAddress(kind="rest", address=portal.public_url)
    )
    tag = etags.of(msgspec.json.encode(served).decode())
    headers = {"ETag": tag, "Cache-Control": _CACHED}
    if etags.shown(request.headers.get("if-none-match", ""), tag):
        return Response(None, status_code=304, headers=headers)
    return Response(served, headers=headers)


@get(f"{API}/openapi.json", who=Who.PUBLIC, tags=["discovery"], include_in_schema=False)
async def openapi() -> Response[bytes]:
    """This API in its own words."""
    return Response(document(), media_type="application/json", headers={"Cache-Control": _CACHED})
