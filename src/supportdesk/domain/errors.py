"""The error tree.

Every error that can reach a customer says three things in their language: what happened (`str(error)`),
what is safe (`safe`) and what to do next (`next_step`). `code` is stable and untranslated: support staff
search for it, the command line prints it, tests assert it.
"""

from typing import ClassVar

from supportdesk.i18n import _


class SupportDeskError(Exception):
    code: ClassVar[str] = "unexpected"

    def __init__(self, what: str = "", *, safe: str = "", next_step: str = "") -> None:
        super().__init__(what or self.what())
        self.safe = safe or self.default_safe()
        self.next_step = next_step or self.default_next_step()

    def what(self) -> str:
        return _("Something unexpected happened.")

    def default_safe(self) -> str:
        return _("Everything you wrote is kept on this computer.")

    def default_next_step(self) -> str:
        return _("Try again. If it happens again, copy the details and send them to support.")


class InvalidInput(SupportDeskError):
    """Something the customer (or a command line, link or file) gave cannot be used.

    `field` names the input in the terms of the form or command (`subject`, `field:printer`, `--attach`).
    """

    code = "invalid_input"

    def __init__(self, what: str, *, field: str = "", next_step: str = "") -> None:
        super().__init__(what, next_step=next_step or _("Correct it and try again."))
        self.field = field


class LimitExceeded(InvalidInput):
    """A file or a number of files is over the vendor's limit; refused before anything is read or sent."""

    code = "limit_exceeded"


class UnsafeFile(InvalidInput):
    """A file that would harm this computer or the vendor's (a picture of absurd size, an archive bomb)."""

    code = "unsafe_file"


class DocumentUnusable(InvalidInput):
    """A PDF that is not shown, filled in or signed. Nothing in it was carried out."""

    code = "document_unusable"

    def __init__(self, what: str = "", *, field: str = "", next_step: str = "") -> None:
        super().__init__(
            what or self.what(), field=field, next_step=next_step or _("Ask the vendor for another copy.")
        )

    def what(self) -> str:
        return _("This document cannot be used.")

    def default_safe(self) -> str:
        return _("Nothing in it was opened or carried out.")


class DocumentDamaged(DocumentUnusable):
    """Not a PDF, or broken; also one that takes absurdly much time or memory to read."""

    code = "document_damaged"

    def what(self) -> str:
        return _("This document is damaged.")


class DocumentEncrypted(DocumentUnusable):
    code = "document_encrypted"

    def what(self) -> str:
        return _("This document is encrypted.")


class DocumentDynamic(DocumentUnusable):
    """A form in XFA, which only few programs can show; its pages say no more than that."""

    code = "document_dynamic"

    def what(self) -> str:
        return _("This document is a dynamic form (XFA), which cannot be shown here.")


class DocumentTooLarge(DocumentUnusable):
    """More bytes, pages or fields than are accepted, or pages of absurd size."""

    code = "document_too_large"

    def what(self) -> str:
        return _("This document is too large.")


class DocumentSealed(DocumentUnusable):
    """It carries a signature already, which filling it in would break."""

    code = "document_sealed"

    def what(self) -> str:
        return _("This document is signed already.")


class CertificateNotValid(InvalidInput):
    """Not yet, or not any more, when the document was signed: no other try seals it with this one."""

    code = "certificate_not_valid"

    def __init__(self) -> None:
        super().__init__(_("The certificate was not valid when this was signed."), field="certificate")


class ProfileError(SupportDeskError):
    """A vendor profile file is wrong. `where` is `file:line key` as far as it is known."""

    code = "profile_invalid"

    def __init__(self, what: str, *, where: str = "", next_step: str = "") -> None:
        super().__init__(
            f"{where}: {what}" if where else what,
            safe=_("Your accounts and tickets are untouched."),
            next_step=next_step or _("Ask the vendor for a corrected profile file."),
        )
        self.where = where


class NotFound(SupportDeskError):
    """Missing, or belonging to somebody else: the two are never told apart."""

    code = "not_found"

    def what(self) -> str:
        return _("This is not there, or you have no access to it.")

    def default_next_step(self) -> str:
        return _("Check the number, or ask a colleague who has access.")


class NotAllowed(SupportDeskError):
    code = "not_allowed"

    def what(self) -> str:
        return _("You are not allowed to do this.")

    def default_next_step(self) -> str:
        return _("Ask the administrator of your organisation.")


class Refused(SupportDeskError):
    """The backend understood the command and will never accept it as it is (`needs_user`)."""

    code = "refused"

    def default_next_step(self) -> str:
        return _("Open it, correct what is named and send it again.")


class IdempotencyConflict(Refused):
    """The same command id came with another payload. Nothing was changed."""

    code = "idempotency_conflict"

    def what(self) -> str:
        return _("This was already sent with other content.")


class BackendError(SupportDeskError):
    """The backend did not do it now; the command stays in the outbox and is tried again."""

    code = "backend_failed"


class BackendUnreachable(BackendError):
    """No connection, a time-out before anything was sent, or the server asked to wait."""

    code = "unreachable"

    def __init__(self, what: str = "", *, retry_after_s: float | None = None) -> None:
        super().__init__(what)
        self.retry_after_s = retry_after_s

    def what(self) -> str:
        return _("There is no connection to the support portal.")

    def default_next_step(self) -> str:
        return _("Go on working. It is sent as soon as there is a connection.")


class WorkingOffline(BackendUnreachable):
    """The customer chose it, so nothing is tried until they choose otherwise."""

    code = "working_offline"

    def what(self) -> str:
        return _("You work offline.")

    def default_next_step(self) -> str:
        return _("Go online to send and fetch.")


class TimeStampFailed(BackendError):
    """The time-stamp authority did not answer, or not with a time stamp. Nothing was signed."""

    code = "time_stamp_failed"

    def what(self) -> str:
        return _("The time-stamp authority gave no time stamp.")


class UnknownOutcome(BackendError):
    """The request left, no answer came. Only harmless to repeat where the backend keeps idempotency keys."""

    code = "unknown_outcome"

    def what(self) -> str:
        return _("The support portal did not answer in time.")


class ProtocolViolation(BackendError):
    """The backend answered something that is not an answer to what was asked."""

    code = "protocol_violation"

    def what(self) -> str:
        return _("The support portal gave an answer that cannot be understood.")


class AuthenticationFailed(SupportDeskError):
    """Wrong user name or password; never says which."""

    code = "authentication_failed"

    def what(self) -> str:
        return _("User name or password is not right.")

    def default_next_step(self) -> str:
        return _("Check both and try again.")


class TooManyAttempts(AuthenticationFailed):
    """Passwords were guessed, or something else tried, too often; alike for what exists and what does not."""

    code = "too_many_attempts"

    def __init__(self, what: str = "", *, retry_after_s: float) -> None:
        super().__init__(what)
        self.retry_after_s = retry_after_s

    def what(self) -> str:
        return _("A wrong password was given too often.")

    def default_next_step(self) -> str:
        return _("Wait a few minutes and try again.")


class SignOnFailed(SupportDeskError):
    """A sign-in in the browser that came to nothing: what came back is not an answer to what was asked."""

    code = "sign_on_failed"

    def what(self) -> str:
        return _("The sign-in in the browser did not succeed.")

    def default_next_step(self) -> str:
        return _("Try again.")


class SignOnCancelled(SignOnFailed):
    """By the person, or by the provider on their behalf."""

    code = "sign_on_cancelled"

    def what(self) -> str:
        return _("The sign-in in the browser was cancelled.")


class AddressNotAccepted(NotAllowed):
    """The provider knows who it is, but nobody has access with that address, or it is not verified."""

    code = "address_not_accepted"

    def default_next_step(self) -> str:
        return _("Sign in there with another account, or ask the vendor for access.")


class SessionExpired(SupportDeskError):
    """The sign-in is no longer valid; commands wait as `blocked_auth` until the person signs in again."""

    code = "session_expired"

    def what(self) -> str:
        return _("You have been signed out.")

    def default_next_step(self) -> str:
        return _("Sign in again; what is waiting is then sent.")


class StoreError(SupportDeskError):
    """Something about the files on this computer."""

    code = "store_failed"

    def what(self) -> str:
        return _("The data folder on this computer cannot be used.")


class StoreBusy(StoreError):
    """Another process owns the data folder and did not answer."""

    code = "store_busy"

    def what(self) -> str:
        return _("SupportDesk is already running for this data folder but does not answer.")

    def default_next_step(self) -> str:
        return _("Close the other window and try again.")


class StoreDamaged(StoreError):
    code = "store_damaged"

    def what(self) -> str:
        return _("A file in the data folder was damaged. It was set aside and rebuilt.")


class DiskFull(StoreError):
    code = "disk_full"

    def what(self) -> str:
        return _("There is no space left on this computer, so this could not be saved.")

    def default_safe(self) -> str:
        return _("What was saved before is untouched.")

    def default_next_step(self) -> str:
        return _("Free some space and try again.")


class ProgramIncomplete(SupportDeskError):
    """Files that travel with the program are missing. Told in English: the translations may be among them."""

    code = "program_incomplete"

    def default_next_step(self) -> str:
        return _("Try again.")


class SecretsUnavailable(SupportDeskError):
    """No keyring that may hold a password: the sign-in lives in memory until the app closes."""

    code = "secrets_unavailable"

    def what(self) -> str:
        return _("This computer has no safe place for passwords.")

    def default_next_step(self) -> str:
        return _("You stay signed in until you close SupportDesk.")


class CaptureFailed(SupportDeskError):
    """The screen could not be captured: no permission, refused by the person, or not possible here."""

    code = "capture_failed"

    def what(self) -> str:
        return _("The screen could not be captured.")

    def default_next_step(self) -> str:
        return _("Take a screenshot with your system and paste it here.")
