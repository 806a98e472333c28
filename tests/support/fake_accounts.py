"""The life of accounts at a `FakeDesk`: what every backend promises, with codes that are mailed nowhere."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

from msgspec.structs import replace

from supportdesk.clock import uuid7
from supportdesk.domain.account import (
    AccessData,
    AccountAnswer,
    AddColleague,
    AnyAccountRequest,
    ChangePassword,
    ChangeProfile,
    CodeMeaning,
    CodePurpose,
    Done,
    Door,
    EndOtherSessions,
    EndSession,
    ExamineCode,
    FindSingleSignOn,
    GetProfile,
    ListSessions,
    MailCode,
    MyProfile,
    OwnSession,
    OwnSessions,
    RedeemCode,
    RedeemSingleSignOn,
    ReportAsGuest,
    Reported,
    RequestAccess,
    SetColleagueActive,
)
from supportdesk.domain.commands import CreateTicket
from supportdesk.domain.entities import Organisation, Person, Role
from supportdesk.domain.errors import (
    AuthenticationFailed,
    IdempotencyConflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    Refused,
    SessionExpired,
)
from supportdesk.domain.session import Session

if TYPE_CHECKING:
    from tests.support.fake_desk import FakeDesk

_LEAST = 10
_LIFE = {CodePurpose.INVITATION: timedelta(days=7), CodePurpose.VERIFY: timedelta(days=7)}
_CODE = timedelta(hours=1)
OPEN_DOOR = Door(sign_up="open", reset=True, guest_reports=True)


@dataclass
class _Code:
    meaning: CodeMeaning
    person_id: str
    expires_at: datetime


@dataclass
class FakeAccounts:
    """`mails`: the codes that were mailed, by address, the newest last; '' for a mail without one."""

    desk: "FakeDesk"
    door: Door = OPEN_DOOR
    mails: dict[str, list[str]] = field(default_factory=dict)
    codes: dict[str, _Code] = field(default_factory=dict)
    wanted: list[RequestAccess] = field(default_factory=list)
    guests: dict[str, ReportAsGuest] = field(default_factory=dict)
    phones: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Phone and language of people by id."""
    sessions: dict[str, OwnSession] = field(default_factory=dict)
    """By token."""
    _numbers: "count[int]" = field(default_factory=count)

    def answer(self, token: str, request: AnyAccountRequest) -> AccountAnswer:
        return self._answers[type(request)](token, request)

    @cached_property
    def _answers(self) -> dict[type, Callable[..., AccountAnswer]]:
        return {
            MailCode: self._mail_code,
            RequestAccess: self._request_access,
            ExamineCode: self._examine,
            RedeemCode: self._redeem,
            FindSingleSignOn: self._not_offered,
            RedeemSingleSignOn: self._not_offered,
            ChangePassword: self._change_password,
            ChangeProfile: self._change_profile,
            GetProfile: self._profile,
            ListSessions: self._list_sessions,
            EndSession: self._end_session,
            EndOtherSessions: self._end_others,
            AddColleague: self._add_colleague,
            SetColleagueActive: self._set_active,
            ReportAsGuest: self._report,
        }

    def _not_offered(self, _token: str, _request: AnyAccountRequest) -> AccountAnswer:
        raise Refused

    def open(self, person_id: str) -> Session:
        """A new session of this person."""
        token, moment = uuid7(), self.desk.now()
        self.desk.tokens[token] = person_id
        self.sessions[token] = OwnSession(uuid7(), "SupportDesk on Linux", moment, moment)
        return Session(self._user(person_id), token)

    # at the door

    def _mail_code(self, _token: str, request: MailCode) -> Done:
        email = _address(request.email)
        if not (self.door.reset if request.purpose == "reset" else self.door.sign_up == "open"):
            raise Refused("This is not offered.")
        known = self._having(email)
        if request.purpose == "sign_up" and known is None:
            self._mail(CodePurpose.SIGN_UP, email)
        elif known is not None and known.active:
            self._mail(CodePurpose.RESET, email, known)
        return Done()

    def _request_access(self, _token: str, request: RequestAccess) -> Done:
        _address(request.email)
        if self.door.sign_up != "approval":
            raise Refused("This is not offered.")
        self.wanted.append(request)
        return Done()

    def _examine(self, _token: str, request: ExamineCode) -> CodeMeaning:
        return self._code(request.code).meaning

    def _redeem(self, _token: str, request: RedeemCode) -> Session:
        code = self._code(request.code)
        if request.password or code.meaning.purpose is not CodePurpose.VERIFY:
            _check_password(request.password, code.meaning.email, "password")
        if not code.person_id and not request.name.strip():
            raise InvalidInput("Enter your name.", field="name")
        del self.codes[_typed(request.code)]
        person_id = code.person_id or self._sign_up(code.meaning.email, request)
        if not self.desk.people[person_id].active:
            raise NotFound
        if request.password:
            self._set_password(person_id, request.password)
        self._claim(code.meaning.email, self.desk.people[person_id])
        return self.open(person_id)

    def _code(self, written: str) -> _Code:
        code = self.codes.get(_typed(written))
        if code is None or code.expires_at <= self.desk.now():
            raise NotFound
        return code

    def _mail(self, purpose: CodePurpose, email: str, person: Person | None = None) -> None:
        written = f"TEST-{next(self._numbers):04}-CODE-0000"
        expires_at = self.desk.now() + _LIFE.get(purpose, _CODE)
        meaning = CodeMeaning(purpose, email, person.name if person else "")
        self.codes[_typed(written)] = _Code(meaning, person.id if person else "", expires_at)
        self.mails.setdefault(email, []).append(written)

    def _sign_up(self, email: str, request: RedeemCode) -> str:
        organisation = Organisation(uuid7(), request.name)
        self.desk.organisations[organisation.id] = organisation
        person = self.desk.add_person(email, request.password, organisation.id)
        self.desk.people[person.id] = replace(person, name=request.name)
        return person.id

    def _report(self, _token: str, request: ReportAsGuest) -> Reported:
        email = _address(request.email)
        if not request.privacy_accepted:
            raise InvalidInput("Consent is missing.", field="privacy_accepted")
        if not self.door.guest_reports:
            raise Refused("This is not offered.")
        if (earlier := self.guests.get(request.command_id)) is not None:
            if earlier != request:
                raise IdempotencyConflict
            return Reported(self.desk.tickets[request.command_id].number)
        guest = Person(request.command_id, request.name, "guests", active=False)
        self.desk.people[guest.id] = guest
        self.desk.organisations.setdefault("guests", Organisation("guests", "Guests"))
        wanted = CreateTicket(request.subject, request.description, fields=request.fields)
        self.desk.report(guest, request.command_id, wanted)
        self.guests[request.command_id] = request
        known = self._having(email)
        if known is None and self.door.sign_up == "open":
            self._mail(CodePurpose.SIGN_UP, email)
        elif known is not None and known.active:
            self._mail(CodePurpose.VERIFY, email, known)
        return Reported(self.desk.tickets[request.command_id].number)

    def _claim(self, email: str, person: Person) -> None:
        for command_id, request in self.guests.items():
            if _address(request.email) == email:
                self.desk.hand_over(command_id, person)

    # signed in

    def _profile(self, token: str, _request: object) -> MyProfile:
        me = self._me(token)
        phone, language = self.phones.get(me.id, ("", ""))
        return MyProfile(me.name, self._user(me.id), me.email, phone, language)

    def _change_profile(self, token: str, request: ChangeProfile) -> MyProfile:
        me = self._me(token)
        if not request.name.strip():
            raise InvalidInput("Enter your name.", field="name")
        self.desk.people[me.id] = replace(me, name=request.name)
        self.phones[me.id] = (request.phone, request.language)
        return self._profile(token, request)

    def _change_password(self, token: str, request: ChangePassword) -> Session:
        me = self._me(token)
        user = self._user(me.id)
        if self.desk.passwords[user][0] != request.old:
            raise AuthenticationFailed
        _check_password(request.new, user, "new")
        self._set_password(me.id, request.new)
        return self.open(me.id)

    def _list_sessions(self, token: str, _request: ListSessions) -> OwnSessions:
        me = self._me(token)
        mine = [each for each, person_id in self.desk.tokens.items() if person_id == me.id]
        return OwnSessions(
            tuple(replace(self.sessions[each], current=each == token) for each in reversed(mine))
        )

    def _end_session(self, token: str, request: EndSession) -> Done:
        me = self._me(token)
        for each, session in self.sessions.items():
            if session.id == request.session_id and self.desk.tokens.get(each) == me.id:
                del self.desk.tokens[each]
                return Done()
        raise NotFound

    def _end_others(self, token: str, _request: EndOtherSessions) -> Done:
        self._end_all(self._me(token).id, but=token)
        return Done()

    # colleagues

    def _add_colleague(self, token: str, request: AddColleague) -> AccessData:
        admin, email = self._admin(token), _address(request.email)
        if self._having(email) is not None:
            raise InvalidInput("The address is taken.", field="email")
        password = f"shown-once-{next(self._numbers)}" if request.hand_over == "show" else ""
        person = self.desk.add_person(email, password or uuid7(), admin.organisation_id, request.role)
        person = self.desk.people[person.id] = replace(person, name=request.name)
        if not password:
            self._mail(CodePurpose.INVITATION, email, person)
        return AccessData(person, email, password)

    def _set_active(self, token: str, request: SetColleagueActive) -> Person:
        admin = self._admin(token)
        person = self.desk.people.get(request.person_id)
        if person is None or person.organisation_id != admin.organisation_id:
            raise NotFound
        if person.id == admin.id:
            raise Refused("Not your own account.")
        changed = self.desk.people[person.id] = replace(person, active=request.active)
        self._end_all(person.id)
        return changed

    def _admin(self, token: str) -> Person:
        me = self._me(token)
        if me.role is not Role.ORGANISATION_ADMIN:
            raise NotAllowed
        return me

    # people

    def _me(self, token: str) -> Person:
        person_id = self.desk.tokens.get(token)
        if person_id is None:
            raise SessionExpired
        return self.desk.people[person_id]

    def _user(self, person_id: str) -> str:
        return next(user for user, (_password, id) in self.desk.passwords.items() if id == person_id)

    def _having(self, email: str) -> Person | None:
        known = self.desk.passwords.get(email)
        return self.desk.people[known[1]] if known else None

    def _set_password(self, person_id: str, password: str) -> None:
        self.desk.passwords[self._user(person_id)] = (password, person_id)
        self._end_all(person_id)

    def _end_all(self, person_id: str, but: str = "") -> None:
        tokens = self.desk.tokens
        for token in [each for each, id in tokens.items() if id == person_id and each != but]:
            del tokens[token]


def _typed(code: str) -> str:
    return code.upper().replace("-", "").replace(" ", "")


def _address(written: str) -> str:
    email = written.strip().casefold()
    if "@" not in email:
        raise InvalidInput("This is not an address.", field="email")
    return email


def _check_password(password: str, user: str, field: str) -> None:
    if len(password) < _LEAST or password.casefold() == user:
        raise InvalidInput("This password will not do.", field=field)
