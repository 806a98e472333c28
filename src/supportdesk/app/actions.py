"""Everything that can be done from the menu bar: the screens, and the actions that are no screen.

Menu bar, command palette and the page of shortcuts are drawn from `commands`, so that nothing is in one of
them only.
"""

from dataclasses import dataclass
from enum import StrEnum

from supportdesk.app.screens import SCREENS, ScreenSpec
from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.domain.profile import Profile
from supportdesk.i18n import N_, pgettext


class Menu(StrEnum):
    FILE = "file"
    EDIT = "edit"
    VIEW = "view"
    TICKET = "ticket"
    HELP = "help"


def menu_title(menu: Menu) -> str:
    """In the language of the moment; '&' stands before the letter that opens it with Alt."""
    titles = {
        Menu.FILE: pgettext("menu", "&File"),
        Menu.EDIT: pgettext("menu", "&Edit"),
        Menu.VIEW: pgettext("menu", "&View"),
        Menu.TICKET: pgettext("menu", "&Ticket"),
        Menu.HELP: pgettext("menu", "&Help"),
    }
    return titles[menu]


@dataclass(frozen=True)
class Command:
    """One entry. `title` is marked, untranslated text; `shortcut` is in Qt's portable notation.

    `group` separates entries of a menu by lines. `screen` is the screen it leads to, if it is one.
    """

    id: str
    title: str
    menu: Menu
    group: int = 0
    icon: str = ""
    shortcut: str = ""
    screen: str = ""
    in_palette: bool = True
    checkable: bool = False
    requires: Capability | None = None
    link: str = ""
    """Field of the profile's links that it opens; without an address there the entry is absent."""


_SCREEN_PLACES: dict[str, tuple[Menu, int]] = {
    "home": (Menu.VIEW, 0),
    "report": (Menu.TICKET, 0),
    "new_order": (Menu.TICKET, 0),
    "tickets": (Menu.TICKET, 1),
    "reopen": (Menu.TICKET, 1),
    "outbox": (Menu.TICKET, 2),
    "settings": (Menu.FILE, 2),
}
_WITHOUT_ENTRY = frozenset({"ticket", "document", "order", "subscription"})

ACTIONS: tuple[Command, ...] = (
    Command("capture", N_("Capture screen"), Menu.FILE, 0, "scan", "Ctrl+Shift+S"),
    Command("add_account", N_("Add an account…"), Menu.FILE, 1, "user-plus"),
    Command("sign_out", N_("Log out"), Menu.FILE, 1, "log-out"),
    Command("close_window", N_("Close window"), Menu.FILE, 3, "x", "Ctrl+W", in_palette=False),
    Command("quit", N_("Quit"), Menu.FILE, 3, "power", "Ctrl+Q"),
    Command("undo", N_("Undo"), Menu.EDIT, 0, shortcut="Ctrl+Z", in_palette=False),
    Command("redo", N_("Redo"), Menu.EDIT, 0, shortcut="Ctrl+Shift+Z", in_palette=False),
    Command("cut", N_("Cut"), Menu.EDIT, 1, shortcut="Ctrl+X", in_palette=False),
    Command("copy", N_("Copy"), Menu.EDIT, 1, shortcut="Ctrl+C", in_palette=False),
    Command("paste", N_("Paste"), Menu.EDIT, 1, shortcut="Ctrl+V", in_palette=False),
    Command("select_all", N_("Select all"), Menu.EDIT, 2, shortcut="Ctrl+A", in_palette=False),
    Command("find", N_("Find on this page"), Menu.EDIT, 3, "search", "Ctrl+F", in_palette=False),
    Command("palette", N_("Search or go to…"), Menu.EDIT, 3, "search", "Ctrl+K", in_palette=False),
    Command("back", N_("Back"), Menu.VIEW, 1, "arrow-left", "Alt+Left", in_palette=False),
    Command("forward", N_("Forward"), Menu.VIEW, 1, "arrow-right", "Alt+Right", in_palette=False),
    Command("refresh", N_("Refresh"), Menu.VIEW, 1, "refresh-cw", "F5"),
    Command("full_screen", N_("Full screen"), Menu.VIEW, 2, "maximize", "F11", checkable=True),
    Command("work_offline", N_("Work offline"), Menu.VIEW, 2, "cloud-off", checkable=True),
    Command("shortcuts", N_("Shortcuts"), Menu.HELP, 0, "keyboard", "F1"),
    Command("video_help", N_("Video help"), Menu.HELP, 1, "circle-play", link="video_help"),
    Command("web_portal", N_("Web portal"), Menu.HELP, 1, "external-link", link="web_portal"),
    Command("diagnostics", N_("Diagnostics"), Menu.HELP, 2, "activity"),
    Command("about", N_("About SupportDesk"), Menu.HELP, 2, "info"),
)


def commands(capabilities: Capabilities, profile: Profile | None) -> tuple[Command, ...]:
    """What this account can do, in the order of the menus. Screens come before the actions of their group."""
    offered = [_command(spec) for spec in SCREENS if spec.id not in _WITHOUT_ENTRY]
    shown = [each for each in (*offered, *ACTIONS) if _is_offered(each, capabilities, profile)]
    order = list(Menu)
    return tuple(sorted(shown, key=lambda each: (order.index(each.menu), each.group)))


def _command(spec: ScreenSpec) -> Command:
    menu, group = _SCREEN_PLACES.get(spec.id, (Menu.VIEW, 0))
    return Command(
        f"go:{spec.id}",
        spec.title,
        menu,
        group,
        spec.icon,
        spec.shortcut,
        screen=spec.id,
        requires=spec.requires,
    )


def _is_offered(command: Command, capabilities: Capabilities, profile: Profile | None) -> bool:
    if command.requires is not None and command.requires not in capabilities:
        return False
    return not command.link or (profile is not None and bool(getattr(profile.links, command.link)))
