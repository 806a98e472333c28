"""A sign-in in the person's own browser: OpenID Connect's code flow with PKCE, seen from this computer."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from supportdesk.app.loopback import Loopback
from supportdesk.domain.account import RedeemSingleSignOn, SingleSignOn
from supportdesk.domain.address import server_address
from supportdesk.domain.errors import InvalidInput, ProtocolViolation

PATIENCE_S = 300.0
"""For the person in the browser."""


async def sign_on(place: SingleSignOn, open_browser: Callable[[str], None]) -> RedeemSingleSignOn:
    """`open_browser` is told the address to open, on the io lane; the answer is to be handed to the server.

    Raises SignOnFailed, and ProtocolViolation for a place to which nobody is to be sent.
    """
    state, nonce, verifier = (secrets.token_urlsafe(32) for _each in range(3))
    digest = hashlib.sha256(verifier.encode()).digest()
    async with Loopback(state) as loopback:
        asked = {
            "response_type": "code",
            "client_id": place.client_id,
            "redirect_uri": loopback.redirect_uri,
            "scope": place.scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        open_browser(_address(place.authorization_endpoint, asked))
        code = await loopback.code(PATIENCE_S)
    return RedeemSingleSignOn(code=code, verifier=verifier, redirect_uri=loopback.redirect_uri, nonce=nonce)


def _address(endpoint: str, asked: dict[str, str]) -> str:
    """The server is believed as little as others: https, or http on this computer."""
    try:
        parts = urlsplit(endpoint)
        origin = server_address(f"{parts.scheme}://{parts.netloc}")
    except (ValueError, InvalidInput) as error:
        raise ProtocolViolation from error
    if parts.fragment or parts.scheme != urlsplit(origin).scheme:
        raise ProtocolViolation
    return f"{endpoint}{'&' if parts.query else '?'}{urlencode(asked)}"
