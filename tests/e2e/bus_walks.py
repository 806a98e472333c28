"""Walks through what the main job does not meet, on the accessibility bus; called with the name of a walk.

Needs pyatspi, like the hands.
"""

import sys
from collections.abc import Callable

from tests.e2e.bus_hands import field, find, inspect, named, press, row, see_screen, write

SETTINGS = (
    "Account",
    "Appearance",
    "Language",
    "Notifications",
    "Capture",
    "Shortcuts",
    "Storage and privacy",
    "Diagnostics",
    "About",
)


def sign_in() -> None:
    """First start, nobody is known."""
    find("Enter an address…")
    inspect("Choose a vendor")
    press("Enter an address…")
    field("Address of the support portal")
    inspect("Enter an address")
    press("Back")
    press("Tallwerk Handelssoftware")
    field("Password")
    inspect("Sign in")
    press("Forgot your password?")
    find("Send the code")
    inspect("Forgot your password?")
    press("Back")
    press("Report a problem without signing in")
    field("What happened?")
    inspect("Report without signing in")


def frame() -> None:
    """Menus, palette, settings and studio."""
    see_screen("Home")
    press("Search or go to")
    write("Search or go to", "set")
    row("Results", "Settings")
    inspect("Palette")
    for menu in ("File", "Edit", "View", "Ticket", "Help"):
        press(menu)
        inspect(f"Menu {menu}")
        press(menu)
    go_by_menu("File", "My data")
    see_screen("Settings")
    for pane in SETTINGS:
        press(pane)
        inspect(f"Settings: {pane}")
    press("File")
    press("Capture screen")
    find("Use this monitor")
    inspect("Capture")
    press("Use this monitor")
    find("Use in ticket")
    inspect("Screenshot studio")


def go_by_menu(menu: str, entry: str) -> None:
    """What does this through the bus leaves the menu open."""
    press(menu)
    press(entry)
    press(menu)


def documents() -> None:
    """A vendor that lets sign and subscribe."""
    see_screen("Home")
    press("Documents")
    see_screen("Documents")
    inspect("Documents")
    press("Back")
    press(named("Sign by "))
    see_screen("Document")
    find("Print")
    inspect("Document")
    press("Signature")
    for way in ("Draw", "Type", "Picture"):
        press(way)
        inspect(f"Signature: {way}")
    press("Cancel")
    press("Decline")
    field("Reason")
    inspect("Decline")
    press("Cancel")
    press("Go to Home")
    press("Subscriptions")
    see_screen("Subscriptions")
    field("Your answer")
    inspect("Subscriptions")


def orders() -> None:
    """A vendor to which goods are sent, by somebody who looks after the colleagues."""
    see_screen("Home")
    press("Colleagues")
    see_screen("Colleagues")
    inspect("Colleagues")
    press("New colleague")
    find("Mail an invitation")
    inspect("New colleague")
    press("Cancel")
    press("Go to Home")
    press("Orders")
    see_screen("Orders")
    inspect("Orders")
    press("New order")
    see_screen("New order")
    find("Send order")
    inspect("New order")
    press("Go to Home")
    press("Answer about order #50341")
    see_screen("Order")
    find("Return slip (PDF)")
    inspect("Order")


WALKS: dict[str, Callable[[], None]] = {walk.__name__: walk for walk in (sign_in, frame, documents, orders)}

if __name__ == "__main__":
    WALKS[sys.argv[1]]()
