"""What the home screen shows: a greeting, what waits for the customer, the tiles, how to reach the vendor."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from supportdesk import clock, i18n
from supportdesk.app.places import place_of
from supportdesk.app.presenter import Presenter
from supportdesk.app.screens import BadgeText, Route, ScreenSpec, name_of, tiles
from supportdesk.app.workspace import Workspace
from supportdesk.domain.capabilities import Capabilities
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.profile import Profile, TileWords
from supportdesk.domain.projections import Account, HomeCounts, Waiting
from supportdesk.i18n import _, pgettext

_TOPICS = (
    "ticket",
    "document",
    "order",
    "subscription",
    "publication",
    "license_key",
    "draft",
    "outbox",
    "account",
    "catalogue",
    "sync",
    "message",
)
_STAFF_TOO = frozenset({"sign_in", "needs_user"})
STRIP_LENGTH = 3
"""As many things waiting are shown side by side; more unfold on request."""


@dataclass(frozen=True)
class TileState:
    route: Route
    title: str
    line: str
    icon: str
    primary: bool = False
    badge: BadgeText | None = None


@dataclass(frozen=True)
class HomeState:
    """`counts` is None until they have been read once."""

    counts: HomeCounts | None = None
    error: SupportDeskError | None = None
    now: datetime | None = None
    unfolded: bool = False

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        found = self.counts.waiting if self.counts else ()
        return found if self.unfolded else found[:STRIP_LENGTH]

    @property
    def waiting_count(self) -> int:
        return len(self.counts.waiting) if self.counts else 0


@dataclass(frozen=True)
class Contact:
    phone: str
    hours: str
    video_help: str
    web_portal: str


class HomePresenter(Presenter[HomeState]):
    def __init__(
        self, workspace: Workspace, account: Account, profile: Profile, capabilities: Capabilities
    ) -> None:
        super().__init__(workspace, HomeState())
        self.account = account
        self.profile = profile
        self._capabilities = capabilities
        self.read()

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id in ("", self.account.id) and change.touches(*_TOPICS):
            self.read()

    def read(self) -> None:
        """Counts again; also the greeting, which depends on the time of day."""
        now, account_id = clock.now(), self.account.id
        warn_days = self.profile.shown.warn_days
        self.jobs.start(
            self,
            "read",
            lambda: self.workspace.read(lambda reader: reader.home(account_id, now, warn_days)),
            lambda counts: self.replace(replace(self.state, counts=self._mine(counts), now=now, error=None)),
            lambda error: self.replace(replace(self.state, error=error, now=now)),
        )

    def _mine(self, counts: HomeCounts) -> HomeCounts:
        """What waits for customers to sign, answer or confirm is nothing that staff have to do."""
        if not self.account.is_staff:
            return counts
        waiting = tuple(each for each in counts.waiting if each.kind in _STAFF_TOO)
        return msgspec.structs.replace(counts, waiting=waiting, documents_to_sign=0, unread_notices=0)

    def unfold(self) -> None:
        self.replace(replace(self.state, unfolded=True))

    def greeting(self) -> str:
        return greeting(self.account.person_name or self.account.user, self.state.now or clock.now())

    def tiles(self) -> tuple[TileState, ...]:
        """In the language of the moment."""
        counts = self.state.counts or HomeCounts()
        shown = tiles(self._capabilities, self.profile.modules)
        return tuple(self._tile(spec, counts) for spec in shown)

    def contact(self) -> Contact:
        profile, language = self.profile, i18n.language()
        return Contact(
            profile.support.phone,
            profile.text(profile.support.hours, language),
            profile.text(profile.links.video_help, language),
            profile.text(profile.links.web_portal, language),
        )

    def _tile(self, spec: ScreenSpec, counts: HomeCounts) -> TileState:
        words, language = self.profile.wording.tiles.get(spec.id, TileWords()), i18n.language()
        return TileState(
            Route(spec.id),
            name_of(spec.id, self.profile),
            spec.line(counts) or self.profile.text(words.hint, language) or _(spec.hint),
            spec.icon,
            spec.primary,
            spec.badge(counts),
        )


def greeting(name: str, now: datetime) -> str:
    """By the clock on the wall, with the name by which a language greets people."""
    by_first_name = pgettext("greet people by their first or their whole name", "first") == "first"
    text = _part_of_day(now.astimezone().hour)
    return text.format(name=name.split(" ", maxsplit=1)[0] if by_first_name else name)


def _part_of_day(hour: int) -> str:
    if 5 <= hour < 12:
        return _("Good morning, {name}")
    if 12 <= hour < 18:
        return _("Good afternoon, {name}")
    if 18 <= hour < 23:
        return _("Good evening, {name}")
    return _("Hello, {name}")


@dataclass(frozen=True)
class WaitingCell:
    title: str
    line: str
    icon: str
    tone: str
    route: Route | None
    """None: sign in again."""


def waiting_cell(waiting: Waiting, day: Callable[[datetime], str]) -> WaitingCell:
    """`day` writes a date as the customer's locale does."""
    return _CELLS[waiting.kind](waiting, day)


def _answer(waiting: Waiting, _day: Callable[[datetime], str]) -> WaitingCell:
    title = _("Answer ticket #{number}").format(number=waiting.number)
    return WaitingCell(title, waiting.title, "reply", "warning", place_of("ticket", waiting.id))


def _solution(waiting: Waiting, day: Callable[[datetime], str]) -> WaitingCell:
    title = _("Confirm solution #{number}").format(number=waiting.number)
    line = _("Reopen possible until {day}").format(day=day(waiting.until)) if waiting.until else waiting.title
    return WaitingCell(title, line, "circle-check", "success", place_of("ticket", waiting.id))


def _renew(waiting: Waiting, day: Callable[[datetime], str]) -> WaitingCell:
    title = _("Runs out on {day}").format(day=day(waiting.until)) if waiting.until else waiting.number
    return WaitingCell(title, waiting.title, "clock", "warning", place_of("subscription", waiting.id))


def _sign(waiting: Waiting, day: Callable[[datetime], str]) -> WaitingCell:
    title = _("Sign by {day}").format(day=day(waiting.until)) if waiting.until else _("Please sign")
    return WaitingCell(title, waiting.title, "signature", "warning", place_of("document", waiting.id))


def _order(waiting: Waiting, _day: Callable[[datetime], str]) -> WaitingCell:
    title = _("Answer about order #{number}").format(number=waiting.number)
    return WaitingCell(title, waiting.title, "reply", "warning", place_of("order", waiting.id))


def _confirm(waiting: Waiting, day: Callable[[datetime], str]) -> WaitingCell:
    title = _("Confirm by {day}").format(day=day(waiting.until)) if waiting.until else _("Please confirm")
    return WaitingCell(title, waiting.title, "megaphone", "info", place_of("notice", waiting.id))


def _read(waiting: Waiting, day: Callable[[datetime], str]) -> WaitingCell:
    title = _("Read by {day}").format(day=day(waiting.until)) if waiting.until else _("Please read")
    return WaitingCell(title, waiting.title, "megaphone", "info", place_of("notice", waiting.id))


def _needs_user(waiting: Waiting, _day: Callable[[datetime], str]) -> WaitingCell:
    route = Route("outbox", {"command_id": waiting.id})
    return WaitingCell(_("Could not be sent"), waiting.title, "circle-alert", "danger", route)


def _sign_in(_waiting: Waiting, _day: Callable[[datetime], str]) -> WaitingCell:
    return WaitingCell(_("Sign in again"), _("Nothing is sent until then"), "log-in", "warning", None)


_CELLS: dict[str, Callable[[Waiting, Callable[[datetime], str]], WaitingCell]] = {
    "answer": _answer,
    "solution": _solution,
    "sign": _sign,
    "order": _order,
    "renew": _renew,
    "confirm": _confirm,
    "read": _read,
    "needs_user": _needs_user,
    "sign_in": _sign_in,
}
