"""Who asks about an account."""

import msgspec


class Asker(msgspec.Struct, frozen=True):
    token: str = ""
    """Of their session; '' for somebody at the door."""
    device: str = ""
    """Secret name of the installation, as for signing in."""
    device_name: str = ""
    """What a person recognises in the list of their sessions."""
    client: str = ""
    """Where it comes from, for counting: an address on the network."""

    def __repr__(self) -> str:
        """Without what is secret."""
        return "Asker()"
