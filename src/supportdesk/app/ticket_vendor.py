"""Whose a ticket is: tickets of several accounts stand in one list, each in the words of its own vendor."""

from collections.abc import Callable

import msgspec

from supportdesk.domain.capabilities import Capabilities
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import Account
from supportdesk.replica.reader import Reader


class Vendor(msgspec.Struct, frozen=True):
    """What an account's vendor calls things, and what this person can do there."""

    account: Account
    profile: Profile
    catalogue: Catalogue | None = None
    capabilities: Capabilities = Capabilities()


def vendor_of(reader: Reader, account: Account, profile_of: Callable[[str], Profile]) -> Vendor:
    return Vendor(
        account,
        profile_of(account.profile_id),
        reader.catalogue(account.id),
        reader.capabilities(account.id),
    )
