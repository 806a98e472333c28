"""The people of an organisation, as its administrator sees them: adding, deactivating, activating."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from supportdesk import i18n
from supportdesk.app.answered_at_once import at_field, email_trouble
from supportdesk.app.jobs import uncancelled
from supportdesk.app.presenter import Presenter
from supportdesk.app.workspace import Workspace
from supportdesk.domain.account import AccessData, AccountAnswer, AddColleague, SetColleagueActive
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.entities import Person, Role
from supportdesk.domain.errors import BackendError, SupportDeskError, WorkingOffline
from supportdesk.domain.projections import Account, Link, SyncState
from supportdesk.domain.text import match_spans, sort_key, words
from supportdesk.i18n import N_
from supportdesk.replica.reader import Reader

ROLES: dict[Role, str] = {
    Role.CUSTOMER: N_("User"),
    Role.ORGANISATION_ADMIN: N_("Administrator"),
    Role.PARTNER: N_("Sales partner"),
}
"""Marked, untranslated texts."""


@dataclass(frozen=True)
class NewColleague:
    """What the form holds."""

    name: str = ""
    email: str = ""
    role: Role = Role.CUSTOMER
    by_mail: bool = True


@dataclass(frozen=True)
class ColleaguesState:
    people: tuple[Person, ...] = ()
    """Those that fit the search, by name."""
    total: int = 0
    active: int = 0
    loaded: bool = False
    search: str = ""
    sync: SyncState | None = None
    error: SupportDeskError | None = None
    """Of reading on this computer."""
    adding: bool = False
    """The form is open."""
    wrong: Mapping[str, str] = field(default_factory=dict)
    """Sentences by field of the form."""
    asked: str = ""
    """Who is to be deactivated, once the person confirms it."""
    busy: str = ""
    """Id of who is being changed, or ADDING."""
    trouble: SupportDeskError | None = None
    """Why the last thing that was asked of the vendor was not done."""
    given: AccessData | None = None
    """Of the new colleague: shown once."""
    rejections: int = 0

    @property
    def is_waiting(self) -> bool:
        """Nothing to show yet, and it may still come."""
        if not self.loaded:
            return self.error is None
        starting = self.sync is not None and self.sync.link in {Link.STARTING, Link.SYNCING}
        return not self.total and starting


ADDING = "adding"


class ColleaguesPresenter(Presenter[ColleaguesState]):
    def __init__(self, workspace: Workspace, account: Account) -> None:
        super().__init__(workspace, ColleaguesState())
        self._account = account
        self._everybody: tuple[Person, ...] = ()
        self._unanswered = False
        """Somebody may have been added without our knowing."""
        self.read()
        self._take_up()

    def search(self, text: str) -> None:
        self.replace(replace(self.state, search=text.strip(), people=_found(self._everybody, text)))

    def begin(self) -> None:
        """Opens an empty form."""
        self.replace(replace(self._quiet(), adding=True, given=None))

    def cancel(self) -> None:
        """Closes the form."""
        self.replace(replace(self._quiet(), adding=False))

    def add(self, wanted: NewColleague) -> None:
        wrong = {"name": "" if wanted.name.strip() else N_("Enter a name.")}
        wrong["email"] = email_trouble(wanted.email)
        wrong = {name: sentence for name, sentence in wrong.items() if sentence}
        if self.state.busy:
            return
        if wrong:
            self._reject(wrong)
            return
        request = AddColleague(
            email=wanted.email.strip(),
            name=wanted.name.strip(),
            role=wanted.role,
            language=i18n.language(),
            hand_over="mail" if wanted.by_mail else "show",
        )
        self._add(lambda: uncancelled(self.workspace.sync.ask(self._account.id, request)))

    def forget_given(self) -> None:
        """The access data were handed over, or the screen is left: nobody sees them again."""
        self.replace(replace(self.state, given=None))

    def ask_to_deactivate(self, person_id: str) -> None:
        self.replace(replace(self._quiet(), asked=person_id))

    def keep(self) -> None:
        self.replace(replace(self._quiet(), asked=""))

    def set_active(self, person_id: str, *, active: bool) -> None:
        if not self.state.busy:
            account_id, sync = self._account.id, self.workspace.sync
            request = SetColleagueActive(person_id, active)
            self.replace(replace(self._quiet(), busy=person_id, asked=self.state.asked))
            self.jobs.start(
                self,
                "ask",
                lambda: uncancelled(sync.ask(account_id, request)),
                self._changed,
                self._failed,
            )

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id == self._account.id and change.touches("person", "sync"):
            self.read()

    def read(self) -> None:
        account = self._account

        def look(reader: Reader) -> tuple[tuple[Person, ...], SyncState]:
            people = reader.people(account.id)
            ours = tuple(each for each in people if each.organisation_id == account.organisation_id)
            return ours, reader.sync_state(account.id)

        self.jobs.start(
            self,
            "read",
            lambda: self.workspace.read(look),
            lambda read: self._show(*read),
            lambda error: self.replace(replace(self.state, error=error)),
        )

    def _show(self, people: tuple[Person, ...], sync: SyncState) -> None:
        self._everybody = tuple(sorted(people, key=lambda each: sort_key(each.name)))
        found = _found(self._everybody, self.state.search)
        active = sum(each.active for each in people)
        state = replace(self.state, people=found, total=len(people), active=active)
        self.replace(replace(state, sync=sync, loaded=True, error=None))

    def _take_up(self) -> None:
        """What the screen before this one did not live to see."""
        adding = self.workspace.adding.get(self._account.id)
        if adding is not None:
            self.replace(replace(self.state, adding=True))
            self._add(lambda: adding)

    def _add(self, ask: Callable[[], Future[AccountAnswer]]) -> None:
        def kept() -> Future[AccountAnswer]:
            asked = self.workspace.adding[self._account.id] = ask()
            return asked

        self.replace(replace(self._quiet(), busy=ADDING))
        self.jobs.start(self, "add", kept, self._added, self._not_added)

    def _added(self, answer: AccountAnswer) -> None:
        self.workspace.adding.pop(self._account.id, None)
        self._unanswered = False
        if isinstance(answer, AccessData):
            self.replace(replace(self._quiet(), adding=False, given=answer))
        self.workspace.sync.kick(self._account.id)

    def _changed(self, answer: AccountAnswer) -> None:
        """The fact comes with the next exchange; who waits for it sees it now."""
        self.replace(replace(self._quiet(), asked=""))
        if isinstance(answer, Person) and self.state.sync is not None:
            others = tuple(each for each in self._everybody if each.id != answer.id)
            self._show((*others, answer), self.state.sync)
        self.workspace.sync.kick(self._account.id)

    def _not_added(self, error: SupportDeskError) -> None:
        self.workspace.adding.pop(self._account.id, None)
        self._unanswered |= isinstance(error, BackendError) and not isinstance(error, WorkingOffline)
        wrong = at_field(error, ("name", "email", "role", "user"))
        if wrong.pop("user", ""):  # the address is also the user name
            wrong = {"email": _taken(unanswered=self._unanswered)}
        if wrong:
            self._reject(wrong)
        else:
            self._failed(error)

    def _failed(self, error: SupportDeskError) -> None:
        self.replace(replace(self._quiet(), asked="", trouble=error))

    def _reject(self, wrong: dict[str, str]) -> None:
        self.replace(replace(self._quiet(), wrong=wrong, rejections=self.state.rejections + 1))

    def _quiet(self) -> ColleaguesState:
        return replace(self.state, wrong={}, trouble=None, busy="")


def _taken(*, unanswered: bool) -> str:
    if not unanswered:
        return N_("Somebody has an account with this address already.")
    return N_(
        "Somebody has an account with this address already, perhaps from your first attempt, whose answer "
        "was lost. If no invitation came by mail, “Forgot your password?” at the sign-in sets a password, "
        "or your vendor does."
    )


def _found(people: tuple[Person, ...], text: str) -> tuple[Person, ...]:
    wanted = words(text)
    return tuple(
        each for each in people if all(match_spans(f"{each.name} {each.email}", word) for word in wanted)
    )
