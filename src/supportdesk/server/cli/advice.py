"""What to do about an error, said to the vendor's people: what most errors advise is for customers."""

from supportdesk.domain.errors import BackendError, NotFound, ProfileError, Refused, SupportDeskError
from supportdesk.i18n import N_, _

_FOR_THE_VENDOR: dict[type[SupportDeskError], str] = {
    NotFound: N_("The list shows what is there."),
    Refused: N_("Correct what is named and try again."),
    BackendError: N_("Put that right and try again."),
}


def in_words(error: SupportDeskError | OSError) -> str:
    """In lines: what is wrong, with file and reason where they are known, and what to do about it."""
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}\n" if error.filename else f"{error}\n"
    return "".join(f"{line}\n" for line in (error, *getattr(error, "__notes__", ()), advice(error)))


def advice(error: SupportDeskError) -> str:
    if isinstance(error, ProfileError):
        return _("Correct the profile and try again.")
    if error.next_step != error.default_next_step():  # whoever raised it knew more
        return error.next_step
    kind = next((kind for kind in _FOR_THE_VENDOR if isinstance(error, kind)), None)
    return _(_FOR_THE_VENDOR[kind]) if kind is not None else error.next_step
