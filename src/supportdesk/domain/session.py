"""What a backend gives at sign-in, and what it says at each connect."""

import msgspec

from supportdesk.domain.capabilities import Capabilities
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.entities import Organisation, Person


class Session(msgspec.Struct, frozen=True):
    """Proof of a sign-in. `token` is secret and belongs into the keyring, never into a log or a database."""

    user: str
    token: str

    def __repr__(self) -> str:
        """Without the token: what is written into logs and crash reports is made of this."""
        return f"Session(user={self.user!r})"


class Welcome(msgspec.Struct, frozen=True):
    """What the backend says about itself and the person, negotiated at each connect."""

    me: Person
    organisation: Organisation
    capabilities: Capabilities
    catalogue: Catalogue
