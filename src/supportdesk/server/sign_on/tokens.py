"""Whether an id token is what it says. The only module that knows PyJWT."""

import hmac
from collections.abc import Iterable, Mapping
from typing import Any

import jwt

from supportdesk.domain.errors import SignOnFailed

Claims = Mapping[str, Any]

_LEEWAY_S = 60.0
"""Clocks differ."""
_ALGORITHMS = {
    "RSA": ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    "EC": ("ES256", "ES384", "ES512"),
    "OKP": ("EdDSA",),
}
"""By the kind of key: none that is signed with a shared secret, and `none` is none of them."""


class KeyUnknown(SignOnFailed):
    """Signed with a key that is not among those known: the provider may have a new one."""


def checked(token: str, keys: Iterable[Mapping[str, Any]], issuer: str, client_id: str, nonce: str) -> Claims:
    """The claims of a token that holds. `keys` is the provider's JWK set.

    Raises SignOnFailed, of which KeyUnknown is a kind.
    """
    try:
        key = _key_for(jwt.get_unverified_header(token), keys)
        claims: Claims = jwt.decode(
            token,
            key.key,
            algorithms=_ALGORITHMS[str(key.key_type)],
            audience=client_id,
            issuer=issuer,
            leeway=_LEEWAY_S,
            options={"require": ["iss", "aud", "sub", "exp", "iat", "nonce"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise SignOnFailed from error
    if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise SignOnFailed
    if not isinstance(claims["aud"], str) and len(claims["aud"]) > 1 and claims.get("azp") != client_id:
        raise SignOnFailed  # given to several, and not for us
    return claims


def _key_for(header: Mapping[str, Any], keys: Iterable[Mapping[str, Any]]) -> jwt.PyJWK:
    """The one that the token names; where it names none, the only one."""
    fitting = [
        each
        for each in keys
        if each.get("kty") in _ALGORITHMS
        and each.get("use", "sig") == "sig"
        and header.get("kid") in {None, each.get("kid")}
    ]
    if len(fitting) != 1:
        raise KeyUnknown
    return jwt.PyJWK(dict(fitting[0]))
