"""Answering what people ask about their access."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from supportdesk.desk.accounts import colleagues, door, guests, own_account, sign_on
from supportdesk.desk.accounts.asker import Asker
from supportdesk.desk.tickets import rules
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
    RedeemCode: door.redeem_code,
    FindSingleSignOn: sign_on.not_offered,
    RedeemSingleSignOn: sign_on.not_offered,
    ReportAsGuest: guests.report,
    GetProfile: own_account.get_profile,
    ChangeProfile: own_account.change_profile,
    ChangePassword: own_account.change_password,
    ListSessions: own_account.list_sessions,
    EndSession: own_account.end_session,
    EndOtherSessions: own_account.end_other_sessions,
    AddColleague: colleagues.add_colleague,
    SetColleagueActive: colleagues.set_colleague_active,
}


def answer(connection: Connection, request: AnyAccountRequest, asker: Asker, now: datetime) -> AccountAnswer:
    """Runs its own transactions.

    Raises SessionExpired where somebody must be signed in, NotAllowed, NotFound, Refused, InvalidInput,
    AuthenticationFailed, TooManyAttempts, IdempotencyConflict.
    """
    rules.check_payload(msgspec.json.encode(request))
    return _ANSWERS[type(request)](connection, request, asker, now)
