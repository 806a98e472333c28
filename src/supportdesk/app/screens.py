"""The one list of screens: tiles, menu, palette, shortcuts and documentation are drawn from it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from supportdesk import i18n
from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import HomeCounts
from supportdesk.i18n import N_, _, ngettext


@dataclass(frozen=True)
class Route:
    """A place in the app. `args` are the screen's own, e.g. {"ticket_id": …}."""

    screen: str
    args: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BadgeText:
    """`to_do` badges count what the customer has to do and are drawn filled."""

    text: str
    to_do: bool = False


@dataclass(frozen=True)
class ScreenSpec:
    """`title` and `hint` are marked, untranslated texts. `order` sorts the tiles; None is no tile."""

    id: str
    title: str
    icon: str
    factory: str
    """`module:Class`, imported at first use."""
    hint: str = ""
    order: int | None = None
    shortcut: str = ""
    requires: Capability | None = None
    primary: bool = False
    badge: Callable[[HomeCounts], BadgeText | None] = lambda _counts: None
    line: Callable[[HomeCounts], str] = lambda _counts: ""
    """A line that says more than `hint` once the counts are known; '' keeps the hint."""


def _count(number: int) -> BadgeText | None:
    return BadgeText(str(number), to_do=True) if number else None


def _drafts(counts: HomeCounts) -> BadgeText | None:
    if not counts.drafts:
        return None
    return BadgeText(ngettext("{n} draft", "{n} drafts", counts.drafts).format(n=counts.drafts))


def _tickets_line(counts: HomeCounts) -> str:
    if not counts.open_tickets:
        return ""
    if counts.customers_tickets:
        return _("{n} open").format(n=counts.open_tickets)
    return ngettext(
        "{n} open, also from colleagues", "{n} open, also from colleagues", counts.open_tickets
    ).format(n=counts.open_tickets)


def _articles_line(counts: HomeCounts) -> str:
    if not counts.articles:
        return ""
    return ngettext("{n} answer, also offline", "{n} answers, also offline", counts.articles).format(
        n=counts.articles
    )


def _documents_line(counts: HomeCounts) -> str:
    n = counts.documents_to_sign
    return ngettext("{n} to sign", "{n} to sign", n).format(n=n) if n else ""


def _orders_line(counts: HomeCounts) -> str:
    return _("{n} open").format(n=counts.orders) if counts.orders else ""


def _order_badge(counts: HomeCounts) -> BadgeText | None:
    """News first, else what was begun."""
    drafts = counts.order_drafts
    begun = BadgeText(ngettext("{n} draft", "{n} drafts", drafts).format(n=drafts)) if drafts else None
    return _count(counts.unread_orders) or begun


def _subscriptions_line(counts: HomeCounts) -> str:
    n, soon = counts.subscriptions, counts.subscriptions_to_renew
    if soon:
        return ngettext("{n} runs out soon", "{n} run out soon", soon).format(n=soon)
    return ngettext("{n} active", "{n} active", n).format(n=n) if n else ""


def _license_keys_line(counts: HomeCounts) -> str:
    n = counts.license_keys_running_out
    return ngettext("{n} runs out soon", "{n} run out soon", n).format(n=n) if n else ""


def _new(counts: HomeCounts) -> BadgeText | None:
    return BadgeText(_("New")) if counts.unread_newsletters else None


SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec("home", N_("Home"), "house", "supportdesk.ui.screens.home:HomeScreen", shortcut="Alt+Home"),
    ScreenSpec(
        "report",
        N_("Report a problem"),
        "message-square-warning",
        "supportdesk.ui.screens.report:ReportScreen",
        hint=N_("Describe it, show it, send it"),
        order=10,
        shortcut="Ctrl+N",
        requires=Capability.TICKETS,
        primary=True,
        badge=_drafts,
    ),
    ScreenSpec(
        "orders",
        N_("Orders"),
        "package",
        "supportdesk.ui.screens.orders:OrdersScreen",
        hint=N_("What you sent in, and how far it is"),
        order=15,
        shortcut="Ctrl+9",
        requires=Capability.ORDERS,
        badge=_order_badge,
        line=_orders_line,
    ),
    ScreenSpec(
        "tickets",
        N_("Your tickets"),
        "inbox",
        "supportdesk.ui.screens.tickets:TicketsScreen",
        hint=N_("Yours and your colleagues’"),
        order=20,
        shortcut="Ctrl+2",
        requires=Capability.TICKETS,
        badge=lambda counts: _count(counts.unread_tickets),
        line=_tickets_line,
    ),
    ScreenSpec(
        "information",
        N_("Important information"),
        "megaphone",
        "supportdesk.ui.screens.information:InformationScreen",
        hint=N_("Notices from the vendor"),
        order=30,
        shortcut="Ctrl+3",
        requires=Capability.NOTICES,
        badge=lambda counts: _count(counts.unread_notices),
    ),
    ScreenSpec(
        "reopen",
        N_("Reopen a ticket"),
        "rotate-ccw",
        "supportdesk.ui.screens.reopen:ReopenScreen",
        hint=N_("The problem came back"),
        order=40,
        shortcut="Ctrl+4",
        requires=Capability.REOPEN,
    ),
    ScreenSpec(
        "license_keys",
        N_("License keys"),
        "key-round",
        "supportdesk.ui.screens.license_keys:LicenseKeysScreen",
        hint=N_("Keys and company switch"),
        order=50,
        shortcut="Ctrl+5",
        requires=Capability.LICENSE_KEYS,
        line=_license_keys_line,
    ),
    ScreenSpec(
        "documents",
        N_("Documents"),
        "signature",
        "supportdesk.ui.screens.documents:DocumentsScreen",
        hint=N_("Offers and contracts to sign"),
        order=60,
        shortcut="Ctrl+1",
        requires=Capability.DOCUMENTS,
        badge=lambda counts: _count(counts.documents_to_sign),
        line=_documents_line,
    ),
    ScreenSpec(
        "subscriptions",
        N_("Subscriptions"),
        "box",
        "supportdesk.ui.screens.subscriptions:SubscriptionsScreen",
        hint=N_("What you have ordered"),
        order=65,
        shortcut="Ctrl+Shift+B",
        requires=Capability.SUBSCRIPTIONS,
        badge=lambda counts: _count(counts.unread_subscriptions),
        line=_subscriptions_line,
    ),
    ScreenSpec(
        "articles",
        N_("Help articles"),
        "book-open",
        "supportdesk.ui.screens.articles:ArticlesScreen",
        hint=N_("Known answers"),
        order=67,
        shortcut="Ctrl+6",
        requires=Capability.ARTICLES,
        line=_articles_line,
    ),
    ScreenSpec(
        "newsletter",
        N_("Newsletter"),
        "newspaper",
        "supportdesk.ui.screens.newsletter:NewsletterScreen",
        hint=N_("Past and current issues"),
        order=70,
        shortcut="Ctrl+7",
        requires=Capability.NEWSLETTER,
        badge=_new,
        line=lambda counts: counts.latest_newsletter,
    ),
    ScreenSpec(
        "colleagues",
        N_("Colleagues"),
        "users",
        "supportdesk.ui.screens.colleagues:ColleaguesScreen",
        hint=N_("Who may sign in"),
        order=75,
        shortcut="Ctrl+8",
        requires=Capability.MANAGE_COLLEAGUES,
    ),
    ScreenSpec(
        "settings",
        N_("Settings"),
        "settings",
        "supportdesk.ui.screens.settings:SettingsScreen",
        hint=N_("Access data, language, capture"),
        order=80,
        shortcut="Ctrl+,",
    ),
    ScreenSpec("ticket", N_("Ticket"), "inbox", "supportdesk.ui.screens.ticket:TicketScreen"),
    ScreenSpec("order", N_("Order"), "package", "supportdesk.ui.screens.orders:OrderScreen"),
    ScreenSpec(
        "new_order",
        N_("New order"),
        "package",
        "supportdesk.ui.screens.orders:NewOrderScreen",
        shortcut="Ctrl+Shift+N",
        requires=Capability.ORDERS,
    ),
    ScreenSpec("document", N_("Document"), "signature", "supportdesk.ui.screens.document:DocumentScreen"),
    ScreenSpec(
        "subscription", N_("Subscription"), "box", "supportdesk.ui.screens.subscription:SubscriptionScreen"
    ),
    ScreenSpec(
        "outbox",
        N_("Delivery log"),
        "send",
        "supportdesk.ui.screens.outbox:OutboxScreen",
        shortcut="Ctrl+Shift+O",
    ),
)

BY_ID: dict[str, ScreenSpec] = {spec.id: spec for spec in SCREENS}


def name_of(screen: str, profile: Profile | None) -> str:
    """In the words of the vendor where its profile has some, in the language of the moment."""
    return own_name_of(screen, profile) or _(BY_ID[screen].title)


def own_name_of(screen: str, profile: Profile | None) -> str:
    """The vendor's; '' where its profile has none."""
    words = profile.wording.tiles.get(screen) if profile is not None else None
    return profile.text(words.title, i18n.language()) if profile is not None and words is not None else ""


def tiles(capabilities: Capabilities, modules: tuple[str, ...] = ()) -> tuple[ScreenSpec, ...]:
    """The tiles of an account in reading order. `modules` is the profile's choice and order; empty: all."""
    shown = [s for s in SCREENS if s.order is not None and (s.requires is None or s.requires in capabilities)]
    if not modules:
        return tuple(sorted(shown, key=lambda spec: spec.order or 0))
    return tuple(sorted((s for s in shown if s.id in modules), key=lambda spec: modules.index(spec.id)))
