"""A route that does not say who may call it, or does not ask, serves nobody."""

import asyncio
from pathlib import Path

import httpx
import pytest
from litestar import get

from supportdesk.desk.visibility.actors import Actor
from supportdesk.domain.entities import Role
from supportdesk.domain.errors import NotAllowed
from supportdesk.server.app import build
from supportdesk.server.portal import Portal
from supportdesk.server.who import UndeclaredRoute, Who, admit
from tests.support.desk import small_profile


@get("/silent")
async def silent() -> str:
    return "secret"


@get("/forgetful", who=Who.SIGNED_IN)
async def forgetful() -> str:
    return "secret"


@get("/mistaken", who="public")
async def mistaken() -> str:
    return "secret"


@pytest.fixture
def portal(tmp_path: Path) -> Portal:
    return Portal(small_profile(), tmp_path, tmp_path / "files")


@pytest.mark.parametrize("handler", [silent, mistaken])
def test_an_undeclared_route_keeps_the_server_from_starting(portal: Portal, handler: object) -> None:
    """A word that only looks like a declaration is none."""
    with pytest.raises(UndeclaredRoute):
        build(portal, [handler])  # type: ignore[list-item]


def test_a_handler_that_never_asks_gives_no_answer(portal: Portal) -> None:
    """It is a fault of the server, and nothing of the answer leaves."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(build(portal, [forgetful]), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get("/forgetful", headers={"Authorization": "Bearer x"})

    answer = asyncio.run(ask())
    assert answer.status_code == 500
    assert "secret" not in answer.text


@pytest.mark.parametrize("who", Who)
@pytest.mark.parametrize("role", Role)
def test_roles_get_in_where_they_may(who: Who, role: Role) -> None:
    """Signed in are all, admins and staff are what they are called."""
    actor = Actor(person_id="p", organisation_id="o", role=role)
    allowed = who is Who.SIGNED_IN or (who, role) in {
        (Who.ADMIN, Role.ORGANISATION_ADMIN),
        (Who.STAFF, Role.STAFF),
    }
    if allowed:
        admit(who, actor)
    else:
        with pytest.raises(NotAllowed):
            admit(who, actor)
