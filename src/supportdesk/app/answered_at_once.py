"""Words for what is asked while the person waits, and is kept in no outbox: what went wrong, and where."""

from collections.abc import Iterable

from supportdesk.domain.errors import BackendError, InvalidInput, SupportDeskError, WorkingOffline
from supportdesk.i18n import N_, _


def advice(error: SupportDeskError) -> str:
    """What to do next. Nothing goes on by itself here."""
    if isinstance(error, BackendError) and not isinstance(error, WorkingOffline):
        return _("Check the connection and try again.")
    return error.next_step


def at_field(error: SupportDeskError, fields: Iterable[str]) -> dict[str, str]:
    """{field: sentence} where it is about one of the `fields` of the form, else {}."""
    if isinstance(error, InvalidInput) and error.field in fields:
        return {error.field: str(error)}
    return {}


def email_trouble(email: str) -> str:
    """What is obviously wrong with an address, '' when nothing is. The backend looks more closely."""
    typed = email.strip()
    if not typed:
        return N_("Enter an e-mail address.")
    if "@" not in typed[1:-1]:
        return N_("Enter an e-mail address, with the part behind the @.")
    return ""
