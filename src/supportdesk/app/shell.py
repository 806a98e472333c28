"""The accounts of the running app and which of them the window shows."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from supportdesk.app.accounts import Accounts
from supportdesk.app.presenter import Presenter
from supportdesk.app.settings import LAST_ACCOUNT, LAST_COLOUR, LAST_VENDOR
from supportdesk.app.vendors import Vendors
from supportdesk.app.workspace import Workspace
from supportdesk.domain.capabilities import Capabilities
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.errors import NotFound, SessionExpired, SupportDeskError
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import Account
from supportdesk.replica.reader import Reader


class Opened(Protocol):
    """An open data folder with everything that works on it, as the composition root makes it."""

    workspace: Workspace
    accounts: Accounts

    def close(self) -> None: ...


@dataclass(frozen=True)
class KnownAccount:
    account: Account
    vendor: str
    """The vendor's name, or the profile's id when the profile is no longer on this computer."""


class Phase(Enum):
    STARTING = "starting"
    SIGN_IN = "sign_in"
    """Nobody is signed in here."""
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class Place:
    """What screens are made for: one person at one vendor, and what the vendor offers them."""

    account: Account
    profile: Profile
    capabilities: Capabilities


@dataclass(frozen=True)
class Unsent:
    """What an account has written here that its vendor does not have."""

    reports: int = 0
    orders: int = 0
    messages: int = 0
    """Replies, files, ratings: everything sent that is no report and no order."""
    drafts: int = 0
    subjects: tuple[str, ...] = ()
    """Of all of them that have one."""

    def __bool__(self) -> bool:
        return bool(self.reports or self.orders or self.messages or self.drafts)


@dataclass(frozen=True)
class ShellState:
    phase: Phase = Phase.STARTING
    accounts: tuple[KnownAccount, ...] = ()
    place: Place | None = None
    error: SupportDeskError | None = None


class ShellPresenter(Presenter[ShellState]):
    def __init__(self, workspace: Workspace, accounts: Accounts) -> None:
        super().__init__(workspace, ShellState())
        self.accounts = accounts
        self.restored: Future[tuple[Account, ...]] = Future()
        """Done once the connections of all accounts are taken up."""

    def start(self, demo: str = "") -> None:
        """Shows the account used last (or the demo's) at once, and takes up connections behind the window."""
        self.jobs.start(
            self,
            "accounts",
            self._accounts,
            lambda accounts: self._known(accounts, demo),
            self._failed,
        )

    def start_demo(self, name: str) -> None:
        """Signs the demo's customer in; shown already, only the connection is taken up."""
        self.jobs.start(self, "demo", lambda: self.accounts.demo(name), self.signed_in, self._not_entered)

    def signed_in(self, account: Account) -> None:
        """The account exists now and its engine runs."""
        self._list()
        if self.state.place is None or self.state.place.account != account:
            self.switch(account.id)

    def switch(self, account_id: str, then: Callable[[], None] | None = None) -> None:
        """`then` runs once the account is shown."""

        def shown(place: Place) -> None:
            self._show(place)
            if then is not None:
                then()

        self.jobs.start(self, "place", lambda: self._place(account_id), shown, self._failed)

    def count_unsent(self, account_id: str, then: Callable[[Unsent], None]) -> None:
        self.jobs.start(
            self,
            "unsent",
            lambda: self.workspace.read(lambda reader: _unsent(reader, account_id)),
            then,
            self._failed,
        )

    def sign_out(self, account_id: str, *, force: bool, failed: Callable[[SupportDeskError], None]) -> None:
        """`failed` gets Refused while something of the account is unsent and `force` is not given."""
        self.jobs.start(
            self,
            "sign_out",
            lambda: self.accounts.sign_out(account_id, force),
            lambda _nothing: self._left(account_id),
            failed,
        )

    def on_change(self, change: ChangeSet) -> None:
        place = self.state.place
        if place and change.account_id == place.account.id and change.touches("catalogue", "account"):
            self.jobs.start(self, "again", lambda: self._place(place.account.id), self._renew, self._gone)

    def _known(self, accounts: tuple[KnownAccount, ...], demo: str) -> None:
        self.replace(replace(self.state, accounts=accounts))
        self.jobs.start(self, "restore", self._restore)
        last = self.workspace.settings.get(LAST_ACCOUNT)
        people = [known.account for known in accounts]
        wanted = [each for each in people if each.profile_id == demo or (not demo and each.id == last)]
        if wanted or (people and not demo):
            self.switch((*wanted, *people)[0].id)
        elif not demo:
            self.replace(replace(self.state, phase=Phase.SIGN_IN))
        if demo:
            self.start_demo(demo)

    def _restore(self) -> Future[tuple[Account, ...]]:
        self.restored = self.accounts.restore()
        return self.restored

    def _accounts(self) -> Future[tuple[KnownAccount, ...]]:
        vendors = self.workspace.vendors
        return self.workspace.read(lambda reader: tuple(_named(each, vendors) for each in reader.accounts()))

    def _list(self) -> None:
        self.jobs.start(
            self,
            "list",
            self._accounts,
            lambda accounts: self.replace(replace(self.state, accounts=accounts)),
        )

    def _place(self, account_id: str) -> Future[Place]:
        vendors = self.workspace.vendors

        def read(reader: Reader) -> Place:
            account = reader.account(account_id)
            return Place(account, vendors.get(account.profile_id), reader.capabilities(account_id))

        return self.workspace.read(read)

    def _show(self, place: Place) -> None:
        self.workspace.settings.set(LAST_ACCOUNT, place.account.id)
        self.workspace.settings.set(LAST_VENDOR, place.profile.id)
        self.workspace.settings.set(LAST_COLOUR, place.profile.brand_colour)
        self.replace(replace(self.state, phase=Phase.READY, place=place, error=None))

    def _renew(self, place: Place) -> None:
        """What is known of the shown account changed; another one may have been chosen meanwhile."""
        if self.state.place is not None and self.state.place.account.id == place.account.id:
            self._show(place)

    def _gone(self, error: SupportDeskError) -> None:
        """The account that changed has just been left: whoever did that shows what is left."""
        if not isinstance(error, NotFound):
            self._failed(error)

    def _left(self, account_id: str) -> None:
        rest = tuple(each for each in self.state.accounts if each.account.id != account_id)
        if rest:
            self.replace(replace(self.state, accounts=rest))
            self.switch(rest[0].account.id)
        else:
            self.workspace.settings.set(LAST_ACCOUNT, "")
            self.replace(ShellState(Phase.SIGN_IN))

    def _not_entered(self, error: SupportDeskError) -> None:
        """A demo, where a person with a password of their own has to sign in themselves."""
        if self.state.place is None and isinstance(error, NotFound | SessionExpired):
            self.replace(replace(self.state, phase=Phase.SIGN_IN))
        else:
            self._failed(error)

    def _failed(self, error: SupportDeskError) -> None:
        phase = Phase.FAILED if self.state.place is None else self.state.phase
        self.replace(replace(self.state, phase=phase, error=error))


def _named(account: Account, vendors: Vendors) -> KnownAccount:
    try:
        return KnownAccount(account, vendors.get(account.profile_id).name)
    except NotFound:
        return KnownAccount(account, account.profile_id)


def _unsent(reader: Reader, account_id: str) -> Unsent:
    waiting, drafts = reader.outbox(account_id), reader.drafts(account_id)
    made = Counter(each.do for each in waiting)
    reports, orders = made["create_ticket"], made["create_order"]
    subjects = (*(each.subject for each in waiting), *(each.subject for each in drafts))
    messages = len(waiting) - reports - orders
    return Unsent(reports, orders, messages, len(drafts), tuple(filter(None, subjects)))
