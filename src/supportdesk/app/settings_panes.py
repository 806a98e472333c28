"""The panes of the settings, and what is known of the access data."""

from dataclasses import dataclass

from supportdesk import i18n
from supportdesk.app.language import LANGUAGE_NAMES
from supportdesk.app.settings import SETTINGS, Setting, T
from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.entities import Role
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import Account
from supportdesk.i18n import N_, _


@dataclass(frozen=True)
class Pane:
    """`title` and `hint` are marked, untranslated texts."""

    id: str
    title: str
    hint: str
    icon: str


_AT_ONCE = N_("Changes apply at once.")
PANES: tuple[Pane, ...] = (
    Pane("account", N_("Account"), N_("The access data in use."), "circle-user-round"),
    Pane("appearance", N_("Appearance"), _AT_ONCE, "palette"),
    Pane("language", N_("Language"), _AT_ONCE, "languages"),
    Pane("notifications", N_("Notifications"), _AT_ONCE, "bell"),
    Pane("capture", N_("Capture"), _AT_ONCE, "scan"),
    Pane("shortcuts", N_("Shortcuts"), N_("Everything can be done with the keyboard."), "keyboard"),
    Pane("storage", N_("Storage and privacy"), N_("What is kept on this computer."), "hard-drive"),
    Pane("diagnostics", N_("Diagnostics"), N_("For support: nothing leaves before you send it."), "activity"),
    Pane("about", N_("About"), N_("The desktop client for support portals."), "info"),
)

_ROLES: dict[str, str] = {
    Role.CUSTOMER: N_("Customer"),
    Role.ORGANISATION_ADMIN: N_("Administrator of the organisation"),
    Role.PARTNER: N_("Sales partner"),
    Role.STAFF: N_("Staff of the vendor"),
}


ACCOUNT_PARTS = (
    ("data", N_("My data"), "circle-user-round", None),
    ("password", N_("Change password"), "lock", Capability.CHANGE_PASSWORD),
    ("sessions", N_("Where you are signed in"), "laptop", Capability.SESSIONS),
)
"""Part, title, icon, and what the account needs for it."""


def account_parts(capabilities: Capabilities) -> tuple[tuple[str, str, str], ...]:
    """What can be seen and done about the account: part, marked title, icon."""
    return tuple(
        (part, title, icon)
        for part, title, icon, needed in ACCOUNT_PARTS
        if needed is None or needed in capabilities
    )


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


def pane(pane_id: str) -> Pane:
    """The first one for an id that is none (an old link)."""
    return next((each for each in PANES if each.id == pane_id), PANES[0])


def access_data(account: Account, profile: Profile) -> tuple[Fact, ...]:
    """In the language of the moment, without what the vendor did not tell."""
    portal = profile.text(profile.links.web_portal, i18n.language())
    facts = (
        Fact(_("User name"), account.user),
        Fact(_("Name"), account.person_name),
        Fact(_("Organisation"), account.organisation_name),
        Fact(_("Role"), _(_ROLES.get(account.role, ""))),
        Fact(_("E-mail"), account.email),
        Fact(_("Vendor"), profile.name),
        Fact(_("Web portal"), portal),
        Fact(_("Tickets are kept at"), profile.backend.address or _("This computer (demo)")),
        Fact(_("Sign-in"), _how_long(account, profile)),
    )
    return tuple(fact for fact in facts if fact.value)


def _how_long(account: Account, profile: Profile) -> str:
    if account.stay_signed_in:
        return _("Kept on this computer")
    demo = profile.id in DEMO_NAMES
    if demo:
        return _("Demo: by itself, as long as its password has not been changed")
    return _("Until SupportDesk is closed")


def of_pane(pane_id: str) -> tuple[Setting[str] | Setting[int] | Setting[bool], ...]:
    """The settings a pane shows, in the order of their declaration."""
    return tuple(setting for setting in SETTINGS if setting.pane == pane_id and not setting.hidden)


def choices(setting: Setting[T]) -> tuple[tuple[T, str], ...]:
    """What can be chosen, with labels in the language of the moment."""
    return tuple((value, _(label)) for value, label in setting.choices)


def languages() -> tuple[tuple[str, str], ...]:
    """Those that can be chosen, each by its own name; first the system's."""
    system = i18n.system_language()
    own = _("Like the system ({language})").format(language=LANGUAGE_NAMES[system])
    return (("system", own), *((tag, LANGUAGE_NAMES[tag]) for tag in i18n.available_languages()))
