"""What is said about a file that will leave the computer, beside its name and size."""

from supportdesk.app.flows.report_draft import DraftFile
from supportdesk.i18n import _, ngettext


def blacked_out(areas: int) -> str:
    """'' for none."""
    return ngettext("{n} area blacked out", "{n} areas blacked out", areas).format(n=areas) if areas else ""


def notes(each: DraftFile) -> tuple[str, ...]:
    """The most important first."""
    return tuple(note for note in (blacked_out(each.blacked_out), said(each.warning)) if note)


def said(warning: str) -> str:
    """In the language of now what is kept with a file; '' for nothing."""
    return _(warning) if warning else ""
