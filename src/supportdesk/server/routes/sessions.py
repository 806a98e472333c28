"""Signing in and out."""

import hashlib
from datetime import timedelta

from litestar import delete, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from supportdesk.desk.accounts import access
from supportdesk.desk.accounts.access import Attempt
from supportdesk.desk.store import guessing
from supportdesk.desk.store.database import DeskConnection
from supportdesk.desk.store.guessing import Allowance
from supportdesk.domain.errors import AuthenticationFailed
from supportdesk.domain.wire import API, Credentials, SessionGiven
from supportdesk.i18n import _
from supportdesk.server.caller import Caller
from supportdesk.server.clients import client_of
from supportdesk.server.portal import Portal
from supportdesk.server.requests import AnyRequest
from supportdesk.server.who import Who

SIGN_INS_PER_CLIENT = Allowance(100, timedelta(seconds=10))
"""A practice's people all come from one address, and all at eight o'clock."""
_MAX_USER_CHARS = 254
_MAX_PASSWORD_CHARS = 1024


@post(f"{API}/sessions", who=Who.PUBLIC, tags=["sessions"])
async def sign_in(
    request: AnyRequest, data: JSONBody[Credentials], portal: NamedDependency[Portal]
) -> SessionGiven:
    """The token is the only proof of the sign-in and is told once."""
    if len(data.user) > _MAX_USER_CHARS or len(data.password) > _MAX_PASSWORD_CHARS:
        raise AuthenticationFailed
    moment, client = portal.clock(), guessing.bucket_for("sign in", client_of(request))

    def begin(connection: DeskConnection) -> Attempt:
        sentence = _("Too many have signed in from this network.")
        guessing.spend(connection, client, moment, SIGN_INS_PER_CLIENT, sentence)
        return access.begin_attempt(connection, data.user, kept(data.device), moment)

    def finish(connection: DeskConnection) -> str:
        return access.finish_attempt(connection, attempt, checked, data.device_name, moment)

    attempt = await portal.desk.write(begin)
    checked = await portal.desk.aside(lambda: access.check(attempt, data.password))
    token = await portal.desk.write(finish)
    return SessionGiven(user=data.user, token=token, expires_at=moment + access.SESSION_LIFE)


def kept(device: str) -> str:
    """A device's secret name as the desk keeps it."""
    return hashlib.sha256(device.encode()).hexdigest() if device else ""


@delete(f"{API}/sessions/current", who=Who.SIGNED_IN, tags=["sessions"])
async def sign_out(caller: NamedDependency[Caller]) -> None:
    """Ends the session with which it is asked."""
    await caller.write(lambda connection, _entrance: access.sign_out(connection, caller.token, caller.now))
