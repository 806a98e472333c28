"""One provider: where people sign in, and for whom it vouches."""

import asyncio
import base64
import logging
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from supportdesk.backends.http import Patience
from supportdesk.desk.accounts.sign_on import Vouched
from supportdesk.domain.account import RedeemSingleSignOn, SingleSignOn
from supportdesk.domain.errors import AddressNotAccepted, BackendUnreachable, SignOnFailed
from supportdesk.i18n import _
from supportdesk.server.sign_on import asking, tokens
from supportdesk.server.sign_on.oidc import Oidc

log = logging.getLogger(__name__)

_DOCUMENT = "/.well-known/openid-configuration"
_FRESH_S = 3600.0
_AGAIN_S = 5.0
"""Before a provider that did not answer, or that told its keys, is asked again: strangers can cause it."""


class _Document(msgspec.Struct, frozen=True):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class _KeySet(msgspec.Struct, frozen=True):
    keys: tuple[dict[str, Any], ...]


class _Tokens(msgspec.Struct, frozen=True):
    id_token: str


class _Known(msgspec.Struct, frozen=True):
    document: _Document
    keys: tuple[dict[str, Any], ...]
    at_s: float
    """On the monotonic clock."""


class Provider:
    """Belongs to one event loop; asks nothing before it has to."""

    def __init__(self, told: Oidc, patience: Patience = asking.PATIENCE) -> None:
        self.told = told
        self._patience = patience
        self._known: _Known | None = None
        self._silent_until_s = 0.0
        self._turn = asyncio.Lock()

    async def place(self) -> SingleSignOn:
        """Raises BackendUnreachable."""
        document = (await self._looked_up(_FRESH_S)).document
        return SingleSignOn(document.authorization_endpoint, self.told.client_id, " ".join(self.told.scopes))

    async def vouched(self, redeem: RedeemSingleSignOn) -> Vouched:
        """Raises BackendUnreachable, SignOnFailed, AddressNotAccepted."""
        known = await self._looked_up(_FRESH_S)
        token = await self._token(known.document.token_endpoint, redeem)
        try:
            claims = await self._claims(known, token, redeem.nonce)
        except SignOnFailed as error:
            log.warning("an id token of the sign-on provider was refused", exc_info=error)
            raise SignOnFailed from error
        return self._person(claims)

    async def _claims(self, known: _Known, token: str, nonce: str) -> tokens.Claims:
        try:
            return self._checked(known, token, nonce)
        except tokens.KeyUnknown:
            return self._checked(await self._looked_up(_AGAIN_S), token, nonce)

    def _checked(self, known: _Known, token: str, nonce: str) -> tokens.Claims:
        return tokens.checked(token, known.keys, self.told.issuer, self.told.client_id, nonce)

    def _person(self, claims: tokens.Claims) -> Vouched:
        email, name = claims.get(self.told.email_claim), claims.get("name")
        if not isinstance(email, str) or not email:
            raise AddressNotAccepted(_("The provider of the sign-in does not tell your e-mail address."))
        if claims.get(self.told.verified_claim) not in (True, "true", "1"):
            text = _("The provider of the sign-in has not verified the address {email}.")
            raise AddressNotAccepted(text.format(email=email[:254]))
        return Vouched(email=email, name=name if isinstance(name, str) else "")

    async def _token(self, endpoint: str, redeem: RedeemSingleSignOn) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": redeem.code,
            "redirect_uri": redeem.redirect_uri,
            "client_id": self.told.client_id,
            "code_verifier": redeem.verifier,
        }
        answer = await asking.hand_in(endpoint, form, self._signed(), self._patience)
        if answer.status in {400, 401}:  # the code is wrong, too old or was used, or so is our secret
            log.warning("the sign-on provider takes no code: %s", answer.status)
            raise SignOnFailed
        if answer.status != 200:
            raise asking.silent()
        return asking.decoded(answer, _Tokens).id_token

    def _signed(self) -> Mapping[str, str]:
        if not self.told.client_secret:
            return {}
        pair = f"{quote(self.told.client_id, safe='')}:{quote(self.told.client_secret, safe='')}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}

    async def _looked_up(self, fresh_s: float) -> _Known:
        """What the provider says about itself, not older than that."""
        async with self._turn:
            now_s = time.monotonic()
            if self._known is not None and now_s - self._known.at_s < fresh_s:
                return self._known
            if now_s < self._silent_until_s:
                raise asking.silent()
            try:
                self._known = await self._asked()
            except BackendUnreachable as error:
                self._silent_until_s = time.monotonic() + _AGAIN_S
                log.warning("the sign-on provider does not answer as it should", exc_info=error)
                raise
            return self._known

    async def _asked(self) -> _Known:
        document = await asking.fetch(self.told.issuer.rstrip("/") + _DOCUMENT, _Document, self._patience)
        if document.issuer != self.told.issuer:
            raise asking.silent()
        for endpoint in (document.authorization_endpoint, document.token_endpoint):
            asking.place(endpoint)
        found = await asking.fetch(document.jwks_uri, _KeySet, self._patience)
        return _Known(document, found.keys, time.monotonic())
