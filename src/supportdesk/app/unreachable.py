"""What a screen says while it cannot show what the vendor has now."""

import msgspec

from supportdesk.app.connection import is_by_choice
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Link, SyncState
from supportdesk.i18n import _


class Absence(msgspec.Struct, frozen=True):
    """Why nothing is here. `details` are for a supporter, '' where there is nothing wrong."""

    text: str
    details: str = ""
    by_itself: bool = False
    """It is tried again without the customer."""


def stale_words(sync: SyncState | None, vendor: str) -> str:
    """Why what is shown may be old; '' while it is as the vendor has it."""
    if sync is None:
        return ""
    if is_by_choice(sync):
        return _("You work offline.")
    texts = {
        Link.OFFLINE: _("No connection."),
        Link.FAILING: _("{vendor} answers with errors at the moment."),
        Link.SIGN_IN_NEEDED: _("{vendor} asks you to sign in again."),
    }
    return texts.get(sync.link, "").format(vendor=vendor)


def absence(sync: SyncState | None, error: SupportDeskError | None, vendor: str) -> Absence:
    """In the place of what never came; `error` is that of reading on this computer."""
    if error is not None:
        return Absence(f"{error} {error.safe}", f"{error.code}: {error}")
    if is_by_choice(sync):
        return Absence(_("You work offline, and nothing of this was fetched before."))
    details = f"{sync.link}: {sync.error_code} {sync.error}" if sync else ""
    if sync is not None and sync.link is Link.SIGN_IN_NEEDED:
        return Absence(_("{vendor} asks you to sign in again.").format(vendor=vendor), details)
    if sync is not None and sync.link is Link.FAILING:
        text = _("{vendor} answers, but something is out of order there at the moment.")
    else:
        text = _("There is no connection to {vendor}.")
    return Absence(text.format(vendor=vendor), details, by_itself=True)


def way_out(sync: SyncState | None) -> str:
    """What the customer can do about it, as on a button."""
    if is_by_choice(sync):
        return _("Go online")
    needed = sync is not None and sync.link is Link.SIGN_IN_NEEDED
    return _("Sign in") if needed else _("Try again")
