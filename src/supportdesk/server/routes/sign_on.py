"""Signing in with an account of another provider."""

import logging
from typing import TYPE_CHECKING

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from supportdesk.desk.accounts import sign_on
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.office import naming
from supportdesk.desk.store import guessing
from supportdesk.desk.store.database import DeskConnection, reading
from supportdesk.domain.account import RedeemSingleSignOn, SingleSignOn
from supportdesk.domain.errors import InvalidInput, Refused
from supportdesk.domain.session import Session
from supportdesk.domain.wire import API, SessionGiven
from supportdesk.i18n import _
from supportdesk.server.asking import given
from supportdesk.server.clients import client_of
from supportdesk.server.portal import Portal
from supportdesk.server.requests import AnyRequest
from supportdesk.server.routes.sessions import SIGN_INS_PER_CLIENT, kept
from supportdesk.server.who import Who

if TYPE_CHECKING:  # what it needs is an extra
    from supportdesk.server.sign_on.provider import Provider

log = logging.getLogger(__name__)


@get(f"{API}/account/single-sign-on", who=Who.PUBLIC, tags=["account"])
async def find_single_sign_on(request: AnyRequest, portal: NamedDependency[Portal]) -> SingleSignOn:
    """Where a client sends its browser: to the authorization endpoint, by code flow with PKCE (S256)."""
    provider = await _admitted(request, portal)
    return await provider.place()


@post(f"{API}/account/single-sign-on/redeemed", who=Who.PUBLIC, tags=["account"])
async def redeem_single_sign_on(
    request: AnyRequest, data: JSONBody[RedeemSingleSignOn], portal: NamedDependency[Portal]
) -> SessionGiven:
    """Hands the code in at the provider, and begins a session of the person for whom it vouches."""
    provider = await _admitted(request, portal)
    vouched = await provider.vouched(data)
    asker, moment = Asker(device=kept(data.device), device_name=data.device_name), portal.clock()

    def work(connection: DeskConnection) -> Session:
        newcomers_to = _organisation(connection, provider.told.organisation)
        return sign_on.enter(connection, vouched, newcomers_to, asker, moment)

    return given(await portal.desk.write(work), moment)


async def _admitted(request: AnyRequest, portal: Portal) -> "Provider":
    """Raises Refused where there is no provider, TooManyAttempts."""
    if portal.single_sign_on is None:
        raise Refused(_("The support portal does not offer this."))
    moment, client = portal.clock(), guessing.bucket_for("single sign-on", client_of(request))

    def pay(connection: DeskConnection) -> None:
        sentence = _("Too many have signed in from this network.")
        guessing.spend(connection, client, moment, SIGN_INS_PER_CLIENT, sentence)

    await portal.desk.write(pay)
    return portal.single_sign_on


def _organisation(connection: DeskConnection, named: str) -> str:
    """Its id. It was there when the server began; where it is called otherwise now, nobody new comes in."""
    if not named:
        return ""
    try:
        with reading(connection):
            return naming.organisation(connection, named)
    except InvalidInput:
        log.error("the organisation for people who sign on for the first time is not there any more")  # noqa: TRY400 - its words are the operator's
        return ""
