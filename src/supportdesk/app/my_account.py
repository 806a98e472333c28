"""What people do about their own account: their data, their password, where they are signed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from supportdesk.app.accounts import NotKept
from supportdesk.app.answered_at_once import at_field
from supportdesk.app.jobs import uncancelled
from supportdesk.app.presenter import Presenter
from supportdesk.app.workspace import Workspace
from supportdesk.domain.account import (
    AccountAnswer,
    ChangePassword,
    ChangeProfile,
    EndOtherSessions,
    EndSession,
    GetProfile,
    ListSessions,
    MyProfile,
    OwnSession,
    OwnSessions,
)
from supportdesk.domain.errors import AuthenticationFailed, ProtocolViolation, SupportDeskError
from supportdesk.domain.session import Session
from supportdesk.i18n import N_

OTHERS = "others"
"""In `SessionsState.busy`: all but this one are being ended."""


@dataclass(frozen=True)
class MyDataState:
    profile: MyProfile | None = None
    """As the vendor knows it; None until it was told once."""
    busy: bool = False
    wrong: Mapping[str, str] = field(default_factory=dict)
    error: SupportDeskError | None = None
    saved: int = 0
    """How often it was saved."""
    rejections: int = 0


class MyDataPresenter(Presenter[MyDataState]):
    def __init__(self, workspace: Workspace, account_id: str) -> None:
        super().__init__(workspace, MyDataState())
        self._account_id = account_id

    def read(self) -> None:
        """Not while something is being saved: what comes back is newer."""
        if not self.jobs.busy(self, "save"):
            self.jobs.start(
                self,
                "read",
                lambda: self.workspace.ask(self._account_id, GetProfile()),
                self._show,
                self._fail,
            )

    def save(self, name: str, phone: str, language: str) -> None:
        if self.state.busy:
            return
        if not name.strip():
            self._reject({"name": N_("Enter your name.")})
            return
        request = ChangeProfile(name.strip(), phone.strip(), language)
        self.jobs.drop(self, "read")
        self.replace(replace(self.state, busy=True, wrong={}, error=None))
        self.jobs.start(
            self,
            "save",
            lambda: uncancelled(self.workspace.ask(self._account_id, request)),
            self._saved,
            self._fail,
        )

    def _saved(self, answer: AccountAnswer) -> None:
        self._show(answer)
        self.replace(replace(self.state, saved=self.state.saved + 1))
        self.workspace.sync.kick(self._account_id)

    def _show(self, answer: AccountAnswer) -> None:
        if not isinstance(answer, MyProfile):
            self._fail(ProtocolViolation())
            return
        self.replace(replace(self.state, profile=answer, busy=False, wrong={}, error=None))

    def _reject(self, wrong: dict[str, str]) -> None:
        state = replace(self.state, busy=False, wrong=wrong, error=None)
        self.replace(replace(state, rejections=self.state.rejections + 1))

    def _fail(self, error: SupportDeskError) -> None:
        wrong = at_field(error, ("name", "phone"))
        if wrong:
            self._reject(wrong)
        else:
            self.replace(replace(self.state, busy=False, error=error))


@dataclass(frozen=True)
class PasswordState:
    busy: bool = False
    wrong: Mapping[str, str] = field(default_factory=dict)
    """About `old` and `new`."""
    error: SupportDeskError | None = None
    changed: int = 0
    """How often it was changed."""
    note: str = ""
    """Why the sign-in here ends with the app from now on."""
    rejections: int = 0


class PasswordPresenter(Presenter[PasswordState]):
    """The sign-in here goes on; all others end."""

    def __init__(self, workspace: Workspace, account_id: str) -> None:
        super().__init__(workspace, PasswordState())
        self._account_id = account_id

    def change(self, old: str, new: str) -> None:
        if self.state.busy:
            return
        wrong = {
            "old": "" if old else N_("Enter your present password."),
            "new": "" if new else N_("Enter the new password."),
        }
        wrong = {name: sentence for name, sentence in wrong.items() if sentence}
        if wrong:
            self._reject(wrong)
            return
        self.replace(replace(self.state, busy=True, wrong={}, error=None))
        request = ChangePassword(old, new)
        self.jobs.start(
            self,
            "change",
            lambda: uncancelled(self.workspace.ask(self._account_id, request)),
            self._done,
            self._fail,
        )

    def _done(self, answer: AccountAnswer) -> None:
        if isinstance(answer, Session):
            state = PasswordState(changed=self.state.changed + 1, rejections=self.state.rejections)
            self.replace(replace(state, note=answer.note if isinstance(answer, NotKept) else ""))
        else:
            self._fail(ProtocolViolation())

    def _reject(self, wrong: dict[str, str]) -> None:
        state = replace(self.state, busy=False, wrong=wrong, error=None)
        self.replace(replace(state, rejections=self.state.rejections + 1))

    def _fail(self, error: SupportDeskError) -> None:
        wrong = at_field(error, ("old", "new"))
        if isinstance(error, AuthenticationFailed):
            wrong = {"old": str(error)}
        if wrong:
            self._reject(wrong)
        else:
            self.replace(replace(self.state, busy=False, error=error))


@dataclass(frozen=True)
class SessionsState:
    sessions: tuple[OwnSession, ...] = ()
    """This one first, then by last use."""
    loaded: bool = False
    busy: str = ""
    """Id of the session that is being ended, or OTHERS."""
    error: SupportDeskError | None = None

    @property
    def has_others(self) -> bool:
        return any(not session.current for session in self.sessions)


class SessionsPresenter(Presenter[SessionsState]):
    def __init__(self, workspace: Workspace, account_id: str) -> None:
        super().__init__(workspace, SessionsState())
        self._account_id = account_id

    def read(self) -> None:
        """Not while something is being ended: it is read again after that."""
        if not self.jobs.busy(self, "end"):
            ask = self.workspace.ask
            self.jobs.start(
                self, "read", lambda: ask(self._account_id, ListSessions()), self._show, self._fail
            )

    def end(self, session_id: str) -> None:
        self._end(EndSession(session_id), session_id)

    def end_others(self) -> None:
        self._end(EndOtherSessions(), OTHERS)

    def _end(self, request: EndSession | EndOtherSessions, which: str) -> None:
        if self.state.busy:
            return
        self.jobs.drop(self, "read")
        self.replace(replace(self.state, busy=which, error=None))
        self.jobs.start(
            self,
            "end",
            lambda: uncancelled(self.workspace.ask(self._account_id, request)),
            lambda _done: self.read(),
            self._fail,
        )

    def _show(self, answer: AccountAnswer) -> None:
        if not isinstance(answer, OwnSessions):
            self._fail(ProtocolViolation())
            return
        ordered = sorted(answer.sessions, key=lambda session: not session.current)
        self.replace(SessionsState(tuple(ordered), loaded=True))

    def _fail(self, error: SupportDeskError) -> None:
        self.replace(replace(self.state, busy="", error=error))
