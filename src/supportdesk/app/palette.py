"""The command palette: everything that can be opened or done, found by a few letters."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum

import msgspec

from supportdesk.app.actions import Command, commands, title_of
from supportdesk.app.item_words import number_text, state_name
from supportdesk.app.places import place_of
from supportdesk.app.presenter import Presenter
from supportdesk.app.screens import Route, name_of
from supportdesk.app.shell import Place
from supportdesk.app.status_words import vendor_name
from supportdesk.app.vendors import Vendors
from supportdesk.app.workspace import Workspace
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.orders import same_reference
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import Hit
from supportdesk.domain.status import Stage
from supportdesk.domain.text import match_spans, words
from supportdesk.i18n import N_, _, ngettext
from supportdesk.replica.reader import Reader

HITS = 30
MINIMUM_LETTERS = 2


class Section(StrEnum):
    ACTIONS = "actions"
    PAGES = "pages"
    TICKETS = "tickets"
    DOCUMENTS = "documents"
    ORDERS = "orders"
    SUBSCRIPTIONS = "subscriptions"
    ARTICLES = "articles"
    READING = "reading"


SECTION_TITLES: dict[Section, str] = {
    Section.ACTIONS: N_("Actions"),
    Section.PAGES: N_("Pages"),
    Section.TICKETS: N_("Tickets"),
    Section.DOCUMENTS: N_("Documents"),
    Section.ORDERS: N_("Orders"),
    Section.SUBSCRIPTIONS: N_("Subscriptions"),
    Section.ARTICLES: N_("Help articles"),
    Section.READING: N_("Information and newsletter"),
}
_KINDS: dict[str, tuple[Section, str]] = {
    # kind of a hit: section, icon
    "ticket": (Section.TICKETS, "inbox"),
    "document": (Section.DOCUMENTS, "signature"),
    "order": (Section.ORDERS, "package"),
    "subscription": (Section.SUBSCRIPTIONS, "box"),
    "article": (Section.ARTICLES, "book-open"),
    "notice": (Section.READING, "megaphone"),
    "newsletter": (Section.READING, "newspaper"),
}
_MOST = {
    Section.TICKETS: 6,
    Section.DOCUMENTS: 4,
    Section.ORDERS: 4,
    Section.SUBSCRIPTIONS: 4,
    Section.ARTICLES: 4,
    Section.READING: 4,
}


@dataclass(frozen=True)
class PaletteItem:
    """`spans` are the matched parts of `title`, (start, end). Either `command` or `route` leads on."""

    section: Section
    title: str
    detail: str
    icon: str
    spans: tuple[tuple[int, int], ...] = ()
    shortcut: str = ""
    command: str = ""
    route: Route | None = None
    account_id: str = ""
    number: str = ""
    """Of what has one; `detail` may say something else."""
    stage: Stage | None = None
    state_name: str = ""
    """Of a ticket the vendor's own word for the stage, if it has one."""
    vendor: str = ""
    """Name of the vendor, where it is not the one that is shown."""
    vendor_icon: str = ""
    vendor_colour: str = ""


@dataclass(frozen=True)
class PaletteState:
    text: str = ""
    items: tuple[PaletteItem, ...] = ()
    only_here: bool = False
    several_portals: bool = False
    portals: int = 1
    searching: bool = False
    error: SupportDeskError | None = None

    def summary(self) -> str:
        """'7 results in 2 portals'; '' while nothing was asked."""
        if len(self.text) < MINIMUM_LETTERS or self.searching:
            return ""
        found = ngettext("{n} result", "{n} results", len(self.items)).format(n=len(self.items))
        if self.portals < 2:
            return found
        return _("{results} in {n} portals").format(results=found, n=self.portals)


class PalettePresenter(Presenter[PaletteState]):
    """Opened for one place; searches all accounts unless told to stay in this one. `here` are the ids of the
    commands that the shown screen offers."""

    def __init__(self, workspace: Workspace, place: Place, here: AbstractSet[str] = frozenset()) -> None:
        super().__init__(workspace, PaletteState())
        self._place = place
        self._here = here
        self._hits: tuple[Hit, ...] = ()
        self._vendors: dict[str, Profile] = {}
        self._show()
        self.jobs.start(
            self,
            "accounts",
            lambda: workspace.read(lambda reader: len(reader.accounts())),
            self._know_accounts,
        )

    def search(self, text: str) -> None:
        text = text.strip()
        wanted = len(text) >= MINIMUM_LETTERS
        if not wanted:
            self._hits = ()
        self.replace(replace(self.state, text=text, searching=wanted, error=None))
        self._show()
        if wanted:
            account_id = self._place.account.id if self.state.only_here else None
            vendors = self.workspace.vendors
            self.jobs.start(
                self,
                "search",
                lambda: self.workspace.read(lambda reader: _search(reader, vendors, account_id, text)),
                self._found,
                self._failed,
            )

    def toggle_only_here(self) -> None:
        self.replace(replace(self.state, only_here=not self.state.only_here))
        self.search(self.state.text)

    def _know_accounts(self, count: int) -> None:
        self.replace(replace(self.state, several_portals=count > 1))

    def _found(self, found: tuple[tuple[Hit, ...], dict[str, Profile]]) -> None:
        self._hits, self._vendors = found
        self._show()
        self.replace(replace(self.state, searching=False))

    def _failed(self, error: SupportDeskError) -> None:
        self._hits = ()
        self._show()
        self.replace(replace(self.state, searching=False, error=error))

    def _show(self) -> None:
        results = self._results()
        named = tuple(item for item in results if _is_named(item, self.state.text))
        others = tuple(item for item in results if item not in named)
        items = (*named, *self._commands(), *others)
        portals = len(
            {item.account_id or self._place.account.id for item in items} | {self._place.account.id}
        )
        self.replace(replace(self.state, items=items, portals=portals))

    def _commands(self) -> tuple[PaletteItem, ...]:
        """What the shown screen offers before what is the same everywhere, as long as nothing is typed."""
        text = self.state.text
        offered = [
            self._at_the_moment(each)
            for each in commands(self._place.capabilities, self._place.profile)
            if each.in_palette and (not each.here or each.id in self._here)
        ]
        offered.sort(key=lambda each: not each.here)
        profile = self._place.profile
        found = [item for each in offered if (item := _item(each, text, profile)) is not None]
        found.sort(key=_rank)
        pages = tuple(item for item in found if item.section is Section.PAGES)
        actions = (*(item for item in found if item.section is Section.ACTIONS), *self._report_about())
        only_pages_fit = len(pages) == len(found)
        return (*pages, *actions) if only_pages_fit else (*actions, *pages)

    def _at_the_moment(self, command: Command) -> Command:
        """What a menu shows by a tick is here said by the title."""
        if command.id == "work_offline" and self.workspace.sync.works_offline:
            return replace(command, title=N_("Go online"), icon="cloud")
        return command

    def _report_about(self) -> tuple[PaletteItem, ...]:
        """Whatever was typed can become the subject of a report: after what is called like that."""
        text = self.state.text
        if len(text) < MINIMUM_LETTERS or Capability.TICKETS not in self._place.capabilities:
            return ()
        prefill = msgspec.json.encode({"subject": text}).decode()
        return (
            PaletteItem(
                Section.ACTIONS,
                name_of("report", self._place.profile),
                _("with “{text}” as subject").format(text=text),
                "message-square-warning",
                route=Route("report", {"new": "1", "prefill": prefill}),
            ),
        )

    def _results(self) -> tuple[PaletteItem, ...]:
        shown: dict[Section, list[PaletteItem]] = {}
        for hit in self._hits:
            item = self._result(hit)
            shown.setdefault(item.section, []).append(item)
        return tuple(item for section in _MOST for item in shown.get(section, [])[: _MOST[section]])

    def _result(self, hit: Hit) -> PaletteItem:
        section, icon = _KINDS[hit.kind]
        profile = self._vendors[hit.account_id]
        item = PaletteItem(
            section,
            hit.title,
            number_text(hit.kind, hit.detail),
            icon,
            match_spans(hit.title, self.state.text),
            route=place_of(hit.kind, hit.id),
            account_id=hit.account_id,
            number=hit.detail,
            stage=hit.stage,
            state_name=_state_name(hit, profile),
        )
        if hit.account_id == self._place.account.id:
            return item
        return replace(
            item,
            detail=profile.short_name,
            vendor=profile.short_name,
            vendor_icon=profile.logo.icon or "life-buoy",
            vendor_colour=profile.brand_colour,
        )


def _search(
    reader: Reader, vendors: Vendors, account_id: str | None, text: str
) -> tuple[tuple[Hit, ...], dict[str, Profile]]:
    """The hits and, by account, the vendors they are from."""
    hits = reader.search(account_id, text, HITS)
    asked = {hit.account_id for hit in hits}
    return hits, {each: vendors.get(reader.account(each).profile_id) for each in asked}


def _item(command: Command, text: str, profile: Profile) -> PaletteItem | None:
    """None unless every word of `text` begins a word of the title."""
    title = title_of(command, profile).removesuffix("…")
    if not all(match_spans(title, word) for word in words(text)):
        return None
    section = Section.PAGES if command.screen else Section.ACTIONS
    return PaletteItem(
        section, title, "", command.icon, match_spans(title, text), command.shortcut, command.id
    )


def _state_name(hit: Hit, profile: Profile) -> str:
    if hit.stage:
        return vendor_name(profile, hit.stage)
    return state_name(hit.kind, hit.state) if hit.state else ""


def _is_named(item: PaletteItem, text: str) -> bool:
    """Whether the whole text is the number of this one, or of an order the customer's own: it comes first, so
    that Enter is enough."""
    is_reference = item.section is Section.ORDERS and same_reference(item.title, text)
    return is_reference or (item.number != "" and text.removeprefix("#") == item.number)


def _rank(item: PaletteItem) -> tuple[bool, int]:
    """Actions before pages; what begins with the letters before what contains them."""
    return (item.section is not Section.ACTIONS, item.spans[0][0] if item.spans else 0)
