"""Answering what people ask about their access."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import msgspec
from sqlalchemy import Connection

from supportdesk.desk.accounts import colleagues, door, guests, own_account, sign_on
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.conversations import rules
from supportdesk.domain.account import (
    AccountAnswer,
    AccountRequest,
    AddColleague,
    AnyAccountRequest,
    ChangePassword,
    ChangeProfile,
    EndOtherSessions,
    EndSession,
    ExamineCode,
    FindSingleSignOn,
    GetProfile,
    ListSessions,
    MailCode,
    RedeemCode,
    RedeemSingleSignOn,
    ReportAsGuest,
    RequestAccess,
    SetColleagueActive,
)

_ANSWERS: dict[type[AccountRequest], Callable[..., AccountAnswer]] = {
    MailCode: door.mail_code,
    RequestAccess: door.request_access,
    ExamineCode: door.examine_code,
    FindSingleSignOn: sign_on.not_offered,
    RedeemSingleSignOn: sign_on.not_offered,
    ReportAsGuest: guests.report,
    GetProfile: own_account.get_profile,
    ChangeProfile: own_account.change_profile,
    ListSessions: own_account.list_sessions,
    EndSession: own_account.end_session,
    EndOtherSessions: own_account.end_other_sessions,
    AddColleague: colleagues.add_colleague,
    SetColleagueActive: colleagues.set_colleague_active,
}


class InSteps(Protocol):
    """What has begun and needs the hash of a password before it can be finished."""

    def hash(self) -> str:
        """Takes its time and needs no database, so that nobody has to wait for it there."""

    def finish(self, connection: Connection, password_hash: str) -> AccountAnswer: ...


_BEGINNINGS: dict[type[AccountRequest], Callable[..., InSteps]] = {
    RedeemCode: door.begin_redeeming,
    ChangePassword: own_account.begin_password_change,
}


def goes_in_steps(request: AnyAccountRequest) -> bool:
    return type(request) in _BEGINNINGS


def begin(connection: Connection, request: AnyAccountRequest, asker: Asker, now: datetime) -> InSteps:
    """The first part of `answer`, for a request that goes in steps."""
    rules.check_payload(msgspec.json.encode(request))
    return _BEGINNINGS[type(request)](connection, request, asker, now)


def answer(connection: Connection, request: AnyAccountRequest, asker: Asker, now: datetime) -> AccountAnswer:
    """Runs its own transactions.

    Raises SessionExpired where somebody must be signed in, NotAllowed, NotFound, Refused, InvalidInput,
    AuthenticationFailed, TooManyAttempts, IdempotencyConflict.
    """
    if goes_in_steps(request):
        steps = begin(connection, request, asker, now)
        return steps.finish(connection, steps.hash())
    rules.check_payload(msgspec.json.encode(request))
    return _ANSWERS[type(request)](connection, request, asker, now)
