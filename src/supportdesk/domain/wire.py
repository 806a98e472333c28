"""What the `rest` backend and a server say to each other, beside the domain's own types.

The server's OpenAPI document is made of these; whoever implements it elsewhere needs nothing more.
"""

from datetime import datetime
from typing import NamedTuple

import msgspec

from supportdesk.domain import errors
from supportdesk.domain.account import (
    AccessData,
    AccountRequest,
    AddColleague,
    ChangePassword,
    ChangeProfile,
    CodeMeaning,
    Done,
    EndOtherSessions,
    EndSession,
    ExamineCode,
    FindSingleSignOn,
    GetProfile,
    ListSessions,
    MailCode,
    MyProfile,
    OwnSessions,
    RedeemCode,
    RedeemSingleSignOn,
    ReportAsGuest,
    Reported,
    RequestAccess,
    SetColleagueActive,
    SingleSignOn,
)
from supportdesk.domain.entities import Person
from supportdesk.domain.errors import SupportDeskError

API = "/api/v1"
DISCOVERY = "/.well-known/supportdesk"
IDEMPOTENCY_KEY = "Idempotency-Key"
UPLOAD_OFFSET = "Upload-Offset"
UPLOAD_CHECKSUM = "Upload-Checksum"
"""As tus has it: `sha256 <base64>` of the chunk."""
CHUNK_TYPE = "application/offset+octet-stream"
PROBLEM_TYPE = "application/problem+json"


class Credentials(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    user: str
    password: str
    device: str = ""
    """Secret name of the installation: its owner's guesses are counted apart from everybody else's."""
    device_name: str = ""
    """What the person recognises in the list of their sessions."""

    def __repr__(self) -> str:
        """Without what is secret."""
        return "Credentials()"


class SessionGiven(msgspec.Struct, frozen=True):
    user: str
    token: str
    expires_at: datetime

    def __repr__(self) -> str:
        """Without the token."""
        return f"SessionGiven(user={self.user!r})"


class CommandSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The id travels as idempotency key. `intent` stays the bytes that were hashed when it was written."""

    created_at: datetime
    intent: msgspec.Raw


class UploadBegun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sha256: str
    size_bytes: int
    name: str
    media_type: str = "application/octet-stream"


class Activity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    active: bool


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457, with the three things that every error says, and a stable `code`."""

    title: str
    status: int
    code: str
    detail: str = ""
    safe: str = ""
    next_step: str = ""
    field: str = ""
    retry_after_s: float | None = None
    type: str = "about:blank"


class AccountRoute(NamedTuple):
    """Where an account request goes. Its body is the request itself; an Activity for SetColleagueActive."""

    method: str
    path: str
    """Below API; `{names}` are those of the request's fields."""
    answer: type[msgspec.Struct]
    public: bool = False


ACCOUNT_ROUTES: dict[type[AccountRequest], AccountRoute] = {
    MailCode: AccountRoute("POST", "/account/mails", Done, public=True),
    RequestAccess: AccountRoute("POST", "/account/requests", Done, public=True),
    ExamineCode: AccountRoute("POST", "/account/codes/examined", CodeMeaning, public=True),
    RedeemCode: AccountRoute("POST", "/account/codes/redeemed", SessionGiven, public=True),
    FindSingleSignOn: AccountRoute("GET", "/account/single-sign-on", SingleSignOn, public=True),
    RedeemSingleSignOn: AccountRoute("POST", "/account/single-sign-on/redeemed", SessionGiven, public=True),
    GetProfile: AccountRoute("GET", "/account", MyProfile),
    ChangeProfile: AccountRoute("PUT", "/account", MyProfile),
    ChangePassword: AccountRoute("PUT", "/account/password", SessionGiven),
    ListSessions: AccountRoute("GET", "/sessions", OwnSessions),
    EndOtherSessions: AccountRoute("DELETE", "/sessions", Done),
    EndSession: AccountRoute("DELETE", "/sessions/{session_id}", Done),
    AddColleague: AccountRoute("POST", "/colleagues", AccessData),
    SetColleagueActive: AccountRoute("PUT", "/colleagues/{person_id}/active", Person),
    ReportAsGuest: AccountRoute("POST", "/guest/reports", Reported, public=True),
}
DOOR = "/door"

_STATUS: dict[type[SupportDeskError], int] = {
    errors.InvalidInput: 422,
    errors.LimitExceeded: 413,
    errors.UnsafeFile: 422,
    errors.DocumentUnusable: 422,
    errors.DocumentDamaged: 422,
    errors.DocumentEncrypted: 422,
    errors.DocumentDynamic: 422,
    errors.DocumentTooLarge: 413,
    errors.DocumentSealed: 422,
    errors.NotFound: 404,
    errors.NotAllowed: 403,
    errors.Refused: 422,
    errors.IdempotencyConflict: 409,
    errors.BackendError: 503,
    errors.BackendUnreachable: 503,
    errors.TimeStampFailed: 503,
    errors.AuthenticationFailed: 401,
    errors.TooManyAttempts: 429,
    errors.SessionExpired: 401,
    errors.SignOnFailed: 401,
    errors.AddressNotAccepted: 403,
}
_BY_CODE = {each.code: each for each in _STATUS}


def problem_of(error: SupportDeskError) -> Problem:
    """In the language of the moment. An error that no caller should see is a 500 without its words."""
    status = _STATUS.get(type(error))
    if status is None:
        error, status = SupportDeskError(), 500
    return Problem(
        title=str(error),
        status=status,
        code=error.code,
        detail=str(error),
        safe=error.safe,
        next_step=error.next_step,
        field=getattr(error, "field", ""),
        retry_after_s=getattr(error, "retry_after_s", None),
    )


def error_of(problem: Problem) -> SupportDeskError:
    """The error that the other side raised; of a kind that this version does not know: a BackendError."""
    kind = _BY_CODE.get(problem.code, errors.BackendError)
    if issubclass(kind, errors.TooManyAttempts):
        return kind(problem.detail, retry_after_s=problem.retry_after_s or 0.0)
    if issubclass(kind, errors.BackendUnreachable):
        return kind(problem.detail, retry_after_s=problem.retry_after_s)
    if issubclass(kind, errors.InvalidInput):
        return kind(problem.detail, field=problem.field, next_step=problem.next_step)
    return kind(problem.detail, safe=problem.safe, next_step=problem.next_step)
