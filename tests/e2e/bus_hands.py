"""Uses the program through the accessibility bus as a screen reader does; needs pyatspi.

Called with a subject and the names of tiles. Walks these screens, then reports a problem by names alone;
tells a JSON a line. Imports nothing of the project.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyatspi
from gi.repository import Atspi, GLib

LONGEST_S = 60.0
MOST_CHILDREN = 80
"""Rows of a table are fetched one by one over the bus, and there may be 100,000."""

OF_MANY = {pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE, pyatspi.ROLE_TREE_TABLE, pyatspi.ROLE_LIST}
CONTROLS = OF_MANY | {
    pyatspi.ROLE_CHECK_BOX,
    pyatspi.ROLE_COMBO_BOX,
    pyatspi.ROLE_ENTRY,
    pyatspi.ROLE_LINK,
    pyatspi.ROLE_MENU_ITEM,
    pyatspi.ROLE_PAGE_TAB,
    pyatspi.ROLE_PASSWORD_TEXT,
    pyatspi.ROLE_PUSH_BUTTON,
    pyatspi.ROLE_RADIO_BUTTON,
    pyatspi.ROLE_SLIDER,
    pyatspi.ROLE_SPIN_BUTTON,
    pyatspi.ROLE_TOGGLE_BUTTON,
}
NO_ROLE = {pyatspi.ROLE_INVALID, pyatspi.ROLE_UNKNOWN, pyatspi.ROLE_REDUNDANT_OBJECT}


GONE = (LookupError, RuntimeError, GLib.Error)


def tell(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def wait(look: Callable[[], Any], what: str) -> Any:
    """What `look` finds; asks again until it finds something, because the tree is another program's."""
    deadline = time.monotonic() + LONGEST_S
    while True:
        try:
            found = look()
        except GONE:
            found = None  # it went away while it was looked at
        if found:
            return found
        if time.monotonic() > deadline:
            tell(trouble=f"did not happen: {what}")
            sys.exit(1)
        time.sleep(0.1)


def program() -> Any:
    return next((one for one in pyatspi.Registry.getDesktop(0) if one and one.name == "SupportDesk"), None)


def shown(node: Any, path: str = "") -> Iterator[tuple[Any, str]]:
    """Everything that can be seen, and where it stands; lists and tables are not entered."""
    try:
        path = f"{path} / {node.getRoleName()} “{node.name}”"
        inside = [] if node.getRole() in OF_MANY else children(node)
    except GONE:
        return
    yield node, path
    for child in inside:
        yield from shown(child, path)


def children(node: Any) -> list[Any]:
    """Those that can be seen; one that goes away meanwhile is left out."""
    found = []
    for at in range(min(node.childCount, MOST_CHILDREN)):
        try:
            child = node.getChildAtIndex(at)
            if child is not None and child.getState().contains(pyatspi.STATE_SHOWING):
                found.append(child)
        except GONE:
            continue
    return found


def windows() -> Iterator[tuple[Any, str]]:
    for window in children(application):
        yield from shown(window)


def find(name: str, *roles: int) -> Any:
    """The control of this name; waits until it is there and can be used."""

    def look() -> Any:
        named = (
            node for node, _path in windows() if node.name == name and node.getRole() in (roles or CONTROLS)
        )
        return next((node for node in named if node.getState().contains(pyatspi.STATE_ENABLED)), None)

    return wait(look, f"a control called “{name}”")


def named(beginning: str) -> str:
    """The whole name of a control, which ends in something that changes, such as a day."""

    def look() -> str | None:
        names = (node.name for node, _path in windows() if node.getRole() in CONTROLS)
        return next((name for name in names if name.startswith(beginning)), None)

    return str(wait(look, f"a control called “{beginning}…”"))


def row(within: str, words: str) -> Any:
    """One of the first rows of a list or tree."""

    def look() -> Any:
        rows = find(within, *OF_MANY)
        first = (rows.getChildAtIndex(at) for at in range(min(rows.childCount, MOST_CHILDREN)))
        return next((one for one in first if words in one.name), None)

    return wait(look, f"a row with “{words}” in “{within}”")


def press(name: str) -> None:
    find(name).queryAction().doAction(0)


def field(name: str) -> Any:
    """What can be written into."""
    return find(name, pyatspi.ROLE_TEXT, pyatspi.ROLE_ENTRY, pyatspi.ROLE_PASSWORD_TEXT)


def write(name: str, text: str) -> None:
    field(name).queryEditableText().setTextContents(text)


def name_of(node: Any) -> str:
    """Drop-down lists call themselves by their value on Linux, so they need a label beside that."""
    if node.getRole() != pyatspi.ROLE_COMBO_BOX:
        return str(node.name)
    labels = [one for one in node.getRelationSet() if one.getRelationType() == pyatspi.RELATION_LABELLED_BY]
    return str(labels[0].getTarget(0).name) if labels else ""


def inspect(screen: str) -> None:
    """Tells how many controls there are and which of them a screen reader could not name."""

    def look() -> tuple[int, list[str]]:
        controls = [(node, path) for node, path in windows() if is_control(node)]
        nameless = [path for node, path in controls if not name_of(node) or node.getRole() in NO_ROLE]
        return len(controls), nameless

    controls, unnamed = wait(look, f"nothing changes while {screen} is looked at")
    tell(screen=screen, controls=controls, unnamed=unnamed)


def is_control(node: Any) -> bool:
    return node.getRole() in CONTROLS or bool(node.getState().contains(pyatspi.STATE_FOCUSABLE))


def see_screen(name: str) -> None:
    """Screens are groups of this name; the window's title may go on to what is shown in them."""
    find(name, pyatspi.ROLE_FILLER)


def walk_screens(screens: list[str]) -> None:
    see_screen("Home")
    inspect("Home")
    for screen in screens:
        press(screen)
        see_screen(screen)
        find("Back")
        inspect(screen)
        press("Back")
        see_screen("Home")


def report(subject: str) -> None:
    press("Report a problem")
    see_screen("Report a problem")
    write("Where does it happen?", "printing and")
    row("Where does it happen?", "Printing and forms").queryAction().doAction(0)
    press("Next")
    write("Subject", subject)
    write("Description", "Since this morning. The second tray is ignored.")
    inspect("What happened?")
    press("Next")  # the vendor's own question is asked with the others
    write("Printer model", "Lexa M210")
    press("Next")
    find("Capture screen")
    inspect("Show us")
    press("Next")
    find("Send ticket")
    inspect("Check and send")
    press("Send ticket")
    find("Open ticket")
    inspect("Delivery log")


def follow(subject: str) -> None:
    press("Open ticket")
    find("Your answer", pyatspi.ROLE_TEXT)
    inspect("Ticket")
    press("Go to Your tickets")
    see_screen("Your tickets")
    tell(listed=row("Tickets", subject).name)


Atspi.set_timeout(int(LONGEST_S * 1000), int(LONGEST_S * 1000))
application = wait(program, "the program is on the bus")
application.set_cache_mask(Atspi.Cache.NONE)  # what is kept here grows old: no loop hears of changes
if __name__ == "__main__":
    walk_screens(sys.argv[2:])
    report(sys.argv[1])
    follow(sys.argv[1])
