"""The life of an account: what a person can ask about their access, and what is answered.

Unlike intents these are asked while somebody waits for the answer, and are not kept in the outbox.
"""

from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec

from supportdesk.domain.entities import Person, Role
from supportdesk.domain.session import Session

SignUpWay = Literal["", "open", "approval"]
"""Nobody, everybody with an address that answers, or whom the vendor approves."""


class Door(msgspec.Struct, frozen=True):
    """What is possible without being signed in."""

    sign_up: SignUpWay = ""
    reset: bool = False
    """A forgotten password can be set anew by mail."""
    guest_reports: bool = False
    single_sign_on: str = ""
    """What the button says ('Sign in with …'), in the vendor's words; empty: there is none."""
    mailbox: bool = False
    """Mails are not sent but lie in a folder on this computer: an embedded desk."""


class CodePurpose(StrEnum):
    SIGN_UP = "sign_up"
    RESET = "reset"
    INVITATION = "invitation"
    VERIFY = "verify"
    """The address of somebody who has an account already."""


class AccountRequest(msgspec.Struct, frozen=True, tag_field="ask", forbid_unknown_fields=True):
    pass


class MailCode(AccountRequest, frozen=True, tag="mail_code"):
    """Sends a code to the address if there is reason to; the answer never tells whether it was."""

    purpose: Literal["sign_up", "reset"]
    email: str
    language: str


class RequestAccess(AccountRequest, frozen=True, tag="request_access"):
    """Asks the vendor for an account, where staff approve it."""

    email: str
    name: str
    organisation: str
    language: str
    message: str = ""


class ExamineCode(AccountRequest, frozen=True, tag="examine_code"):
    """What a mailed code is for. NotFound for one that is wrong, used or too old, all alike."""

    code: str

    def __repr__(self) -> str:
        """Without what is secret; so everywhere here."""
        return "ExamineCode()"


class CodeMeaning(msgspec.Struct, frozen=True):
    purpose: CodePurpose
    email: str
    name: str = ""
    """Of the person, as far as it is known."""


class RedeemCode(AccountRequest, frozen=True, tag="redeem_code"):
    """Uses the code up: sets the password, makes the account where it is new, and signs in.

    Earlier sessions end. For VERIFY the password may be left out; then it stays, and so do they.
    NotFound as for ExamineCode; InvalidInput for a password that will not do, and the code still holds.
    """

    code: str
    password: str
    name: str = ""
    """Only for a new account."""
    device: str = ""
    """As for signing in: the secret name of the installation, which the backend fills in."""
    device_name: str = ""

    def __repr__(self) -> str:
        return "RedeemCode()"


class FindSingleSignOn(AccountRequest, frozen=True, tag="find_single_sign_on"):
    """Where people sign in who use an account of another provider. Refused where there is none."""


class SingleSignOn(msgspec.Struct, frozen=True):
    """Of the provider, as OpenID Connect has it."""

    authorization_endpoint: str
    client_id: str
    scope: str


class RedeemSingleSignOn(AccountRequest, frozen=True, tag="redeem_single_sign_on"):
    """Signs in with what the provider gave to the browser. The backend asks the provider who it is.

    SignOnFailed where the provider does not stand for it, AddressNotAccepted where nobody has access with
    the address that it tells.
    """

    code: str
    verifier: str
    """Of the code challenge (RFC 7636)."""
    redirect_uri: str
    nonce: str
    device: str = ""
    """As for signing in: the secret name of the installation, which the backend fills in."""
    device_name: str = ""

    def __repr__(self) -> str:
        return "RedeemSingleSignOn()"


class ChangePassword(AccountRequest, frozen=True, tag="change_password"):
    """All other sessions end; the answer replaces the one with which it was asked."""

    old: str
    new: str

    def __repr__(self) -> str:
        return "ChangePassword()"


class ChangeProfile(AccountRequest, frozen=True, tag="change_profile"):
    name: str
    phone: str
    language: str


class MyProfile(msgspec.Struct, frozen=True):
    """What the vendor knows about the person."""

    name: str
    user: str
    email: str
    phone: str = ""
    language: str = ""


class GetProfile(AccountRequest, frozen=True, tag="get_profile"):
    pass


class ListSessions(AccountRequest, frozen=True, tag="list_sessions"):
    pass


class OwnSession(msgspec.Struct, frozen=True):
    id: str
    device: str
    """As the person recognises it: 'SupportDesk on Linux'."""
    created_at: datetime
    last_used_at: datetime
    current: bool = False


class OwnSessions(msgspec.Struct, frozen=True):
    """Newest use first."""

    sessions: tuple[OwnSession, ...]


class EndSession(AccountRequest, frozen=True, tag="end_session"):
    session_id: str


class EndOtherSessions(AccountRequest, frozen=True, tag="end_other_sessions"):
    pass


class AddColleague(AccountRequest, frozen=True, tag="add_colleague"):
    """Organisation admins only. InvalidInput for an address that is taken."""

    email: str
    name: str
    role: Role
    """CUSTOMER or ORGANISATION_ADMIN."""
    language: str
    hand_over: Literal["show", "mail"] = "mail"
    """Access data are shown once to who asks, or an invitation is mailed to the colleague."""


class AccessData(msgspec.Struct, frozen=True):
    """Shown once, kept nowhere; `password` is empty where an invitation was mailed."""

    person: Person
    user: str
    password: str = ""

    def __repr__(self) -> str:
        return f"AccessData(user={self.user!r})"


class SetColleagueActive(AccountRequest, frozen=True, tag="set_colleague_active"):
    """Organisation admins only, never themselves. Deactivated, a colleague is out at once."""

    person_id: str
    active: bool


class ReportAsGuest(AccountRequest, frozen=True, tag="report_as_guest"):
    """A report without an account. Repeats with the same id are harmless; no files.

    The answer says nothing about whether the address is known: every report has its number.
    """

    command_id: str
    email: str
    name: str
    subject: str
    description: str
    language: str
    service_id: str = ""
    priority_id: str = ""
    fields: dict[str, str] = {}
    consent_id: str = ""
    source: str = ""
    privacy_accepted: bool = False


class Reported(msgspec.Struct, frozen=True):
    number: str = ""
    """Of the ticket; '' where an earlier version answers."""


class Done(msgspec.Struct, frozen=True):
    """It was taken; there is no more to say."""


AnyAccountRequest = (
    MailCode
    | RequestAccess
    | ExamineCode
    | RedeemCode
    | FindSingleSignOn
    | RedeemSingleSignOn
    | ChangePassword
    | ChangeProfile
    | GetProfile
    | ListSessions
    | EndSession
    | EndOtherSessions
    | AddColleague
    | SetColleagueActive
    | ReportAsGuest
)
AccountAnswer = (
    CodeMeaning | SingleSignOn | Session | MyProfile | OwnSessions | AccessData | Person | Reported | Done
)
"""SetColleagueActive → Person, ChangeProfile → MyProfile, ReportAsGuest → Reported; RedeemCode,
RedeemSingleSignOn and ChangePassword → Session."""
