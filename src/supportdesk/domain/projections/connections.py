"""The sign-ins of a person, and how their connections are."""

from datetime import datetime
from enum import Enum, StrEnum

import msgspec

from supportdesk.domain.entities import Role


class Account(msgspec.Struct, frozen=True):
    """One person's sign-in at one profile, as kept on this computer (without any secret)."""

    id: str
    profile_id: str
    user: str
    person_id: str = ""
    person_name: str = ""
    organisation_id: str = ""
    organisation_name: str = ""
    role: str = "customer"
    email: str = ""
    stay_signed_in: bool = True

    @property
    def is_staff(self) -> bool:
        """Of the vendor, who shows this person all customers."""
        return self.role == Role.STAFF


class Link(StrEnum):
    """State of the connection to one account's backend."""

    STARTING = "starting"
    SYNCING = "syncing"
    ONLINE = "online"
    OFFLINE = "offline"
    SIGN_IN_NEEDED = "sign_in_needed"
    FAILING = "failing"
    """Reached, but it answers with errors."""


class Attention(Enum):
    """How closely the person looks at what this computer knows."""

    AWAY = "away"
    """There is no window to look at."""
    IN_SIGHT = "in_sight"
    """A window is open beside those of other applications."""
    ACTIVE = "active"
    """They work with it."""


class SyncState(msgspec.Struct, frozen=True):
    account_id: str
    link: Link
    last_success_at: datetime | None = None
    error_code: str = ""
    error: str = ""
