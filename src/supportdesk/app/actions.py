"""Everything that can be done from the menu bar: the screens, and the actions that are no screen.

Menu bar, command palette and the page of shortcuts are drawn from `commands`, so that nothing is in one of
them only. What is meant for one screen (`Command.here`) is done by that screen: it says what it offers.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from enum import StrEnum

from supportdesk.app.screens import SCREENS, Route, ScreenSpec, name_of
from supportdesk.app.settings_panes import ACCOUNT_PARTS
from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.domain.profile import Profile
from supportdesk.i18n import N_, _, pgettext


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

    `group` separates entries of a menu by lines. `screen` is the screen it leads to, if it is one, with the
    arguments `args`.
    """

    id: str
    title: str
    menu: Menu
    group: int
    icon: str = ""
    shortcut: str = ""
    screen: str = ""
    args: dict[str, str] = field(default_factory=dict)
    in_palette: bool = True
    checkable: bool = False
    at_focus: bool = False
    """The control that has the focus listens to the shortcut itself."""
    here: bool = False
    """Only while the shown screen offers it."""
    requires: AbstractSet[Capability] = frozenset()
    """Any of these; empty: every account has it."""
    link: str = ""
    """Field of the profile's links that it opens; without an address there the entry is absent."""


_SCREEN_PLACES: dict[str, tuple[Menu, int]] = {
    "home": (Menu.VIEW, 0),
    "report": (Menu.TICKET, 0),
    "new_order": (Menu.TICKET, 0),
    "tickets": (Menu.TICKET, 1),
    "reopen": (Menu.TICKET, 1),
    "outbox": (Menu.TICKET, 2),
    "settings": (Menu.FILE, 3),
    "articles": (Menu.HELP, 0),
}
_WITHOUT_ENTRY = frozenset({"ticket", "document", "order", "subscription"})
_PART_KEYS = {"data": "Ctrl+Shift+D", "password": "Ctrl+Shift+P", "sessions": "Ctrl+Shift+J"}


def _pane(pane: str, title: str, menu: Menu, group: int, icon: str, keys: str) -> Command:
    """A pane of the settings that is worth an entry of its own."""
    return Command(pane, title, menu, group, icon, keys, screen="settings", args={"pane": pane})


def _edit(id: str, title: str, group: int, keys: str) -> Command:
    return Command(id, title, Menu.EDIT, group, shortcut=keys, in_palette=False, at_focus=True)


def _here(requires: AbstractSet[Capability], command: Command) -> Command:
    return replace(command, here=True, requires=requires)


_TICKET = frozenset({Capability.TICKETS})
_DOCUMENT = frozenset({Capability.DOCUMENTS})
_ORDER = frozenset({Capability.ORDERS})
_CONVERSATION = _TICKET | _DOCUMENT | _ORDER | {Capability.SUBSCRIPTIONS}
_FILES, _CLOSE = frozenset({Capability.ADD_FILES}), frozenset({Capability.CLOSE})
_REOPEN, _RATE = frozenset({Capability.REOPEN}), frozenset({Capability.RATE})

ACTIONS: tuple[Command, ...] = (
    Command("capture", N_("Capture screen"), Menu.FILE, 0, "scan", "Ctrl+Shift+S"),
    _here(_DOCUMENT, Command("print", N_("Print"), Menu.FILE, 1, "printer", "Ctrl+P")),
    _here(_DOCUMENT, Command("save_copy", N_("Save a copy"), Menu.FILE, 1, "download", "Ctrl+S")),
    _here(_ORDER, Command("return_slip", N_("Return slip (PDF)"), Menu.FILE, 1, "download", "Ctrl+Shift+M")),
    _here(
        _TICKET, Command("save_files", N_("Save all attachments…"), Menu.FILE, 1, "download", "Ctrl+Shift+E")
    ),
    Command("switch_account", N_("Switch account…"), Menu.FILE, 2, "users", "Ctrl+Shift+K"),
    *(
        Command(
            f"account:{part}",
            title,
            Menu.FILE,
            2,
            icon,
            _PART_KEYS[part],
            screen="settings",
            args={"pane": "account", "part": part},
            requires=frozenset({needed} if needed is not None else ()),
        )
        for part, title, icon, needed in ACCOUNT_PARTS
    ),
    Command("add_account", N_("Add an account…"), Menu.FILE, 2, "user-plus", "Ctrl+Shift+I"),
    Command("sign_out", N_("Log out"), Menu.FILE, 2, "log-out", "Ctrl+Shift+X"),
    Command("close_window", N_("Close window"), Menu.FILE, 4, "x", "Ctrl+W", in_palette=False),
    Command("quit", N_("Quit"), Menu.FILE, 4, "power", "Ctrl+Q"),
    _edit("undo", N_("Undo"), 0, "Ctrl+Z"),
    _edit("redo", N_("Redo"), 0, "Ctrl+Shift+Z"),
    _edit("cut", N_("Cut"), 1, "Ctrl+X"),
    _edit("copy", N_("Copy"), 1, "Ctrl+C"),
    _edit("paste", N_("Paste"), 1, "Ctrl+V"),
    _edit("select_all", N_("Select all"), 2, "Ctrl+A"),
    Command("find", N_("Find on this page"), Menu.EDIT, 3, "search", "Ctrl+F", in_palette=False),
    Command("palette", N_("Search or go to…"), Menu.EDIT, 3, "search", "Ctrl+K", in_palette=False),
    _here(_DOCUMENT, Command("next_field", N_("Next required field"), Menu.EDIT, 4, "arrow-down", "Ctrl+J")),
    _here(_DOCUMENT, Command("sign", N_("Sign"), Menu.EDIT, 4, "signature", "Ctrl+T")),
    _here(_DOCUMENT, Command("decline", N_("Decline…"), Menu.EDIT, 4, "x", "Ctrl+Shift+T")),
    Command("back", N_("Back"), Menu.VIEW, 1, "arrow-left", "Alt+Left", in_palette=False),
    Command("forward", N_("Forward"), Menu.VIEW, 1, "arrow-right", "Alt+Right", in_palette=False),
    Command("refresh", N_("Refresh"), Menu.VIEW, 1, "refresh-cw", "F5"),
    _here(_TICKET, Command("own_page", N_("Open on its own page"), Menu.VIEW, 1, "external-link", "Ctrl+O")),
    _here(_DOCUMENT, Command("zoom_in", N_("Zoom in"), Menu.VIEW, 2, "zoom-in", "Ctrl++")),
    _here(_DOCUMENT, Command("zoom_out", N_("Zoom out"), Menu.VIEW, 2, "zoom-out", "Ctrl+-")),
    _here(_DOCUMENT, Command("fit_width", N_("Fit the width"), Menu.VIEW, 2, "maximize", "Ctrl+0")),
    Command("full_screen", N_("Full screen"), Menu.VIEW, 3, "maximize", "F11", checkable=True),
    Command("work_offline", N_("Work offline"), Menu.VIEW, 3, "cloud-off", "Shift+F5", checkable=True),
    _here(_CONVERSATION, Command("answer", N_("Write a reply"), Menu.TICKET, 3, "reply", "Ctrl+R")),
    _here(
        _CONVERSATION,
        Command("send_reply", N_("Send reply"), Menu.TICKET, 3, "send", "Ctrl+Enter", at_focus=True),
    ),
    _here(_FILES, Command("add_files", N_("Add files…"), Menu.TICKET, 3, "paperclip", "Ctrl+Shift+A")),
    _here(
        _CONVERSATION,
        Command("log_here", N_("Delivery log of this page"), Menu.TICKET, 3, "list", "Ctrl+L"),
    ),
    _here(_TICKET, Command("copy_number", N_("Copy ticket number"), Menu.TICKET, 4, "copy", "Ctrl+Shift+C")),
    _here(_TICKET, Command("copy_link", N_("Copy link"), Menu.TICKET, 4, "link", "Ctrl+Shift+L")),
    _here(
        _CLOSE, Command("close_ticket", N_("Close ticket"), Menu.TICKET, 5, "circle-check", "Ctrl+Shift+Y")
    ),
    _here(
        _REOPEN,
        Command("reopen_here", N_("Reopen this ticket"), Menu.TICKET, 5, "rotate-ccw", "Ctrl+Shift+R"),
    ),
    _here(_RATE, Command("rate", N_("Rate the solution"), Menu.TICKET, 5, "thumbs-up", "Ctrl+Shift+G")),
    _pane("shortcuts", N_("Shortcuts"), Menu.HELP, 0, "keyboard", "F1"),
    Command("video_help", N_("Video help"), Menu.HELP, 1, "circle-play", "Shift+F1", link="video_help"),
    Command("web_portal", N_("Web portal"), Menu.HELP, 1, "external-link", "Ctrl+Shift+W", link="web_portal"),
    _pane("diagnostics", N_("Diagnostics"), Menu.HELP, 2, "activity", "F12"),
    _pane("about", N_("About SupportDesk"), Menu.HELP, 2, "info", "Ctrl+I"),
)


def commands(capabilities: Capabilities, profile: Profile | None) -> tuple[Command, ...]:
    """What this account can do, in the order of the menus. Screens come before the actions of their group."""
    shown = [each for each in (*_SCREEN_COMMANDS, *ACTIONS) if _is_offered(each, capabilities, profile)]
    order = list(Menu)
    return tuple(sorted(shown, key=lambda each: (order.index(each.menu), each.group)))


def title_of(command: Command, profile: Profile | None) -> str:
    """In the language of the moment; a screen is called as on its tile."""
    return name_of(command.screen, profile) if command.id == f"go:{command.screen}" else _(command.title)


def route_of(command_id: str) -> Route | None:
    """Where it leads; None for what leads nowhere."""
    return _ROUTES.get(command_id)


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
        requires=frozenset({spec.requires} if spec.requires is not None else ()),
    )


def _is_offered(command: Command, capabilities: Capabilities, profile: Profile | None) -> bool:
    if command.requires and not command.requires & capabilities.offers:
        return False
    return not command.link or (profile is not None and bool(getattr(profile.links, command.link)))


_SCREEN_COMMANDS = tuple(_command(spec) for spec in SCREENS if spec.id not in _WITHOUT_ENTRY)
_ROUTES = {each.id: Route(each.screen, each.args) for each in (*_SCREEN_COMMANDS, *ACTIONS) if each.screen}
