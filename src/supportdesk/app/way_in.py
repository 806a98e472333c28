"""The ways in without a password: a mailed code, a new account, a request for access."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType

from supportdesk import i18n
from supportdesk.app.accounts import Accounts, SignedIn
from supportdesk.app.answered_at_once import at_field, email_trouble
from supportdesk.app.jobs import uncancelled
from supportdesk.app.local_mailbox import LocalMail, code_in, mailbox_of, newest
from supportdesk.app.presenter import Presenter
from supportdesk.app.sign_in_state import Page
from supportdesk.app.workspace import Workspace
from supportdesk.domain.account import (
    AccountAnswer,
    CodeMeaning,
    CodePurpose,
    Door,
    ExamineCode,
    MailCode,
    RedeemCode,
    RequestAccess,
)
from supportdesk.domain.errors import (
    BackendError,
    NotFound,
    ProtocolViolation,
    SupportDeskError,
    UnknownOutcome,
    WorkingOffline,
)
from supportdesk.domain.profile import Profile
from supportdesk.i18n import N_, _

NO_ERRORS: Mapping[str, str] = MappingProxyType({})
_FIELDS = ("email", "code", "name", "password", "organisation", "message")


class Wish(Enum):
    SIGN_UP = "sign_up"
    RESET = "reset"
    CODE = "code"
    """They have a code already."""


@dataclass(frozen=True)
class WayInState:
    profile: Profile
    wish: Wish
    page: Page
    door: Door | None = None
    """None until the vendor has answered."""
    user: str = ""
    """What was typed as the name before: with an address the field for it begins."""
    email: str = ""
    """To which a mail goes."""
    code: str = ""
    """As it is filled in."""
    meaning: CodeMeaning | None = None
    mails: tuple[LocalMail, ...] = ()
    busy: bool = False
    wrong: Mapping[str, str] = field(default_factory=lambda: NO_ERRORS)
    """Sentences by field."""
    error: SupportDeskError | None = None
    rejections: int = 0
    """Grows with each refusal, so that the same message twice is still news."""

    @property
    def needs_name(self) -> bool:
        return self.meaning is not None and self.meaning.purpose is CodePurpose.SIGN_UP

    @property
    def needs_password(self) -> bool:
        return self.meaning is None or self.meaning.purpose is not CodePurpose.VERIFY


class WayIn(Presenter[WayInState]):
    """`done` is called with the new account, `leave` when the person goes back to name and password,
    `refused` when the vendor offers nothing of this."""

    def __init__(
        self,
        workspace: Workspace,
        accounts: Accounts,
        first: WayInState,
        *,
        done: Callable[[SignedIn], None],
        leave: Callable[[], None],
        refused: Callable[[Wish], None],
    ) -> None:
        super().__init__(workspace, first)
        self._accounts = accounts
        self._done, self._leave, self._refused = done, leave, refused
        self._before_mailbox = self.state.page
        self._unanswered = ""
        """The code that was redeemed, perhaps, without our hearing of it."""
        door, profile_id = workspace.sync.door, first.profile.id
        self.jobs.start(self, "door", lambda: door(profile_id), self._opened, lambda _no: None)

    def have_code(self) -> None:
        self._turn(Page.CODE)

    def mail(self, email: str) -> None:
        """Has a code mailed to this address, if there is reason to: nobody learns whether there was."""
        if self._is_wrong({"email": email_trouble(email)}):
            return
        resets = self.state.wish is Wish.RESET
        wanted = MailCode("reset" if resets else "sign_up", email.strip(), i18n.language())
        self.replace(replace(self.state, email=email.strip()))
        self._ask(wanted, lambda _done: self._turn(Page.CODE))

    def examine(self, written: str) -> None:
        """What the person typed or pasted: the code, or the link that carries it."""
        typed = written.strip()
        if self._is_wrong({"code": "" if typed else N_("Enter the code from the mail.")}):
            return
        code = code_in(typed) or typed
        self.replace(replace(self.state, code=code))
        self._ask(ExamineCode(code), self._understood, self._code_failed)

    def redeem(self, name: str, password: str, stay: bool) -> None:
        state = self.state
        wrong = {
            "name": N_("Enter your name.") if state.needs_name and not name.strip() else "",
            "password": N_("Enter your password.") if state.needs_password and not password else "",
        }
        if self._is_wrong(wrong):
            return
        self._begin()
        wanted = RedeemCode(state.code, password, name.strip())
        self.jobs.start(
            self,
            "ask",
            lambda: uncancelled(self._accounts.redeem(state.profile.id, wanted, stay)),
            self._done,
            self._not_redeemed,
        )

    def ask_access(self, email: str, name: str, organisation: str, message: str) -> None:
        wrong = {
            "email": email_trouble(email),
            "name": "" if name.strip() else N_("Enter your name."),
            "organisation": "" if organisation.strip() else N_("Say for whom you work."),
        }
        if self._is_wrong(wrong):
            return
        self.replace(replace(self.state, email=email.strip()))
        wanted = RequestAccess(email.strip(), name.strip(), organisation.strip(), i18n.language(), message)
        self._ask(wanted, lambda _done: self._turn(Page.ASKED))

    def open_mailbox(self) -> None:
        folder = mailbox_of(self.workspace.folder, self.state.profile.id)
        if self.state.page is not Page.MAILBOX:
            self._before_mailbox = self.state.page
        self.jobs.start(
            self,
            "mails",
            lambda: self.workspace.cpu.submit(lambda: newest(folder)),
            lambda mails: self.replace(
                replace(self._without_errors(), page=Page.MAILBOX, mails=mails, busy=False)
            ),
            self._failed,
        )

    def use_code(self, code: str) -> None:
        """From a mail of the mailbox: fills the field in."""
        self.replace(replace(self.state, code=code))
        self._turn(Page.CODE)

    def back(self) -> None:
        page, wish = self.state.page, self.state.wish
        if page is Page.MAILBOX:
            self._turn(self._before_mailbox)
        elif page is Page.NEW_PASSWORD:
            self._turn(Page.CODE)
        elif page is Page.CODE and wish is not Wish.CODE:
            self._turn(Page.EMAIL)
        else:
            self._leave()

    def _opened(self, door: Door) -> None:
        self.replace(replace(self.state, door=door))
        wish, page = self.state.wish, self.state.page
        offered = {Wish.RESET: door.reset, Wish.SIGN_UP: door.sign_up != "", Wish.CODE: True}[wish]
        if not offered:
            self._refused(wish)
        elif wish is Wish.SIGN_UP and page in (Page.EMAIL, Page.ACCESS):
            self.replace(replace(self.state, page=_page_to_sign_up(door.sign_up)))

    def _ask(
        self,
        request: MailCode | ExamineCode | RequestAccess,
        done: Callable[[AccountAnswer], None],
        failed: Callable[[SupportDeskError], None] | None = None,
    ) -> None:
        self._begin()
        profile_id = self.state.profile.id
        sync = self.workspace.sync
        self.jobs.start(
            self, "ask", lambda: sync.ask_at_door(profile_id, request), done, failed or self._failed
        )

    def _understood(self, answer: AccountAnswer) -> None:
        if not isinstance(answer, CodeMeaning):
            self._failed(ProtocolViolation())
            return
        self.replace(replace(self.state, meaning=answer))
        self._turn(Page.NEW_PASSWORD)

    def _turn(self, page: Page) -> None:
        self.replace(replace(self._without_errors(), page=page, busy=False))

    def _begin(self) -> None:
        self.replace(replace(self._without_errors(), busy=True))

    def _is_wrong(self, wrong: dict[str, str]) -> bool:
        """Also while it is being asked: nothing is asked twice."""
        if self.state.busy:
            return True
        found = {name: sentence for name, sentence in wrong.items() if sentence}
        if found:
            self._reject(found)
        return bool(found)

    def _not_redeemed(self, error: SupportDeskError) -> None:
        """Also when the vendor has done it and only the answer is lost: then the password is set."""
        if isinstance(error, BackendError) and not isinstance(error, WorkingOffline):
            self._unanswered = self.state.code
        if isinstance(error, UnknownOutcome) and self.state.needs_password:
            self._failed(SupportDeskError(str(error), next_step=_("Try to sign in with the new password.")))
        else:
            self._code_failed(error)

    def _code_failed(self, error: SupportDeskError) -> None:
        if not isinstance(error, NotFound):
            self._failed(error)
            return
        trouble = N_("This code is wrong, was used already or is too old. Ask for a new one.")
        if self.state.needs_password and self.state.code == self._unanswered:
            trouble = N_("This code was used already. Try to sign in with the new password.")
        self._turn(Page.CODE)
        self._reject({"code": trouble})

    def _failed(self, error: SupportDeskError) -> None:
        wrong = at_field(error, _FIELDS)
        if wrong:
            self._reject(wrong)
        else:
            self.replace(replace(self.state, busy=False, error=error, rejections=self.state.rejections + 1))

    def _reject(self, wrong: dict[str, str]) -> None:
        state = replace(self._without_errors(), busy=False, wrong=wrong)
        self.replace(replace(state, rejections=self.state.rejections + 1))

    def _without_errors(self) -> WayInState:
        return replace(self.state, wrong=NO_ERRORS, error=None)


def first_way(profile: Profile, wish: Wish, code: str, user: str) -> WayInState:
    """`code` is what was typed or pasted, or the link that carries it; `user` is as in the state."""
    return WayInState(profile, wish, _first_page(profile, wish), user=user, code=code_in(code))


def _first_page(profile: Profile, wish: Wish) -> Page:
    if wish is Wish.CODE:
        return Page.CODE
    return _page_to_sign_up(profile.sign_in.sign_up) if wish is Wish.SIGN_UP else Page.EMAIL


def _page_to_sign_up(way: str) -> Page:
    return Page.ACCESS if way == "approval" else Page.EMAIL
