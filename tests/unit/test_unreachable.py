"""What a screen says while it cannot show what the vendor has now."""

from supportdesk import clock
from supportdesk.app.unreachable import absence, stale_words, way_out
from supportdesk.domain.errors import StoreError, WorkingOffline
from supportdesk.domain.projections import Link, SyncState

_BY_CHOICE = SyncState("a", Link.OFFLINE, error_code=WorkingOffline.code)


def test_who_works_offline_is_led_online_and_promised_nothing() -> None:
    """Nothing is tried by itself, there is nothing for a supporter, and one way out."""
    found = absence(_BY_CHOICE, None, "Medora")
    assert found.text.startswith("You work offline")
    assert (found.by_itself, found.details) == (False, "")
    assert way_out(_BY_CHOICE) == "Go online"
    assert stale_words(_BY_CHOICE, "Medora").startswith("You work offline.")


def test_what_is_tried_by_itself_says_so() -> None:
    """A missing line and a vendor out of order are tried again; a missing sign-in is not."""
    tried = {link: absence(SyncState("a", link), None, "Medora").by_itself for link in Link}
    assert tried[Link.OFFLINE]
    assert tried[Link.FAILING]
    assert not tried[Link.SIGN_IN_NEEDED]
    assert way_out(SyncState("a", Link.SIGN_IN_NEEDED)) == "Sign in"
    assert way_out(SyncState("a", Link.OFFLINE)) == way_out(None) == "Try again"


def test_trouble_on_this_computer_is_not_the_vendors() -> None:
    """An error of the own store says what is safe and promises no other try."""
    error = StoreError()
    found = absence(SyncState("a", Link.ONLINE, clock.now()), error, "Medora")
    assert found.text == f"{error} {error.safe}"
    assert not found.by_itself


def test_nothing_is_said_while_all_is_as_the_vendor_has_it() -> None:
    """Neither before the first word of the engine."""
    assert stale_words(None, "Medora") == ""
    assert stale_words(SyncState("a", Link.ONLINE, clock.now()), "Medora") == ""
