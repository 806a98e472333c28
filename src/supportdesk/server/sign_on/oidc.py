"""What a server is told about the provider of one vendor's customers."""

import msgspec

from supportdesk.domain.address import server_address
from supportdesk.domain.errors import InvalidInput


class Oidc(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    issuer: str
    """As the provider itself calls itself, to the letter: https, or http on this machine."""
    client_id: str
    client_secret: str = ""
    """'' for a public client; PKCE protects both kinds."""
    button: str
    """What the button says in the sign-in window."""
    scopes: tuple[str, ...] = ("openid", "email", "profile")
    email_claim: str = "email"
    verified_claim: str = "email_verified"
    """Says whether the address is the person's own; without it nobody comes in."""
    organisation: str = ""
    """Name or id: people whom the desk does not know are added to it; '' keeps them out."""

    def __post_init__(self) -> None:
        """Raises ValueError, which the decoder reports."""
        try:
            server_address(self.issuer)
        except InvalidInput as error:
            raise ValueError(f"issuer: {error}") from error
        if not self.issuer.startswith(("https://", "http://")):
            raise ValueError("issuer: an address that begins with https://")
        if not (self.client_id and self.button.strip()):
            raise ValueError("client_id and button must not be empty")
        if "openid" not in self.scopes:
            raise ValueError("scopes: openid is missing")

    def __repr__(self) -> str:
        """Without what is secret."""
        return f"Oidc(issuer={self.issuer!r}, client_id={self.client_id!r})"
