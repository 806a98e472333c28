"""Files a ticket for a command line: everything is checked before, nothing is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import msgspec

from supportdesk import clock, i18n
from supportdesk.app import file_intake
from supportdesk.app.flows.report_draft import Offered, from_prefill, possible, to_intent
from supportdesk.app.prefill import Prefill
from supportdesk.app.serving import LOCAL_TIMEOUT_S, Serving
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.commands import Command, CreateTicket
from supportdesk.domain.errors import (
    BackendError,
    InvalidInput,
    NotFound,
    SessionExpired,
    SupportDeskError,
)
from supportdesk.domain.projections import Account
from supportdesk.domain.reporting import problems
from supportdesk.i18n import _

_ARGUMENTS = {
    "service_id": "--module",
    "priority_id": "--priority",
    "desk_id": "--desk",
    "type_id": "--type",
    "consent_id": "--consent",
    "subject": "--subject",
    "description": "--description",
    "files": "--attach",
}
"""What is asked on a command line for an attribute of a report."""


@contextmanager
def _nothing_filed_yet() -> Iterator[None]:
    """What is refused in here says so, and names what is wrong as the caller does."""
    try:
        yield
    except SupportDeskError as error:
        error.safe = _("Nothing was filed.")
        if isinstance(error, InvalidInput):
            error.field = _argument(error.field)
        if isinstance(error, BackendError):  # whose next step is about what waits to be sent
            error.next_step = _("Try again later.")
        raise


class Filed(NamedTuple):
    account: Account
    cleaned: tuple[str, ...]
    """Names of files that were attached without the hidden data they had."""


@_nothing_filed_yet()
def file_report(
    serving: Serving, prefill: Prefill, command_id: str, account: str, profile: str, demo: str
) -> Filed:
    """Durable in the outbox when this returns; once, however often the same `command_id` comes."""
    who = serving.account(account, profile, demo)
    if _is_filed(serving, command_id):
        return Filed(who, tuple(path.name for path in prefill.files() if file_intake.hides_data(path)))
    report, cleaned = _report(serving, who, prefill)
    command = Command(id=command_id, created_at=clock.now(), intent=report)
    serving.workspace.write(lambda w: w.send(None, who.id, command)).result(LOCAL_TIMEOUT_S)
    serving.workspace.sync.kick(who.id)
    return Filed(who, cleaned)


def _argument(field: str) -> str:
    """`fields.printer` is `--field printer`; the person for whom it is filed has none."""
    part, dot, name = field.partition(".")
    return f"--field {name}" if dot and part == "fields" else _ARGUMENTS.get(field, field)


def _is_filed(serving: Serving, command_id: str) -> bool:
    try:
        serving.read(lambda r: r.delivery(command_id))
    except NotFound:
        return False
    return True


def _report(serving: Serving, who: Account, prefill: Prefill) -> tuple[CreateTicket, tuple[str, ...]]:
    """With its files in the blob folder, and the names of those that were cleaned.

    Raises InvalidInput for what the vendor would not accept.
    """
    catalogue = serving.read(lambda r: r.catalogue(who.id))
    if catalogue is None:
        raise SessionExpired(_("This account has not been connected yet, so its form is not known."))
    limits = serving.read(lambda r: r.capabilities(who.id)).limits
    intent = to_intent(from_prefill(prefill, catalogue))
    taken = [file_intake.take_in(path, serving.workspace.blobs, limits) for path in prefill.files()]
    report = msgspec.structs.replace(intent, files=tuple(each.file for each in taken))
    if found := problems(report, catalogue, limits, i18n.language()):
        field = found[0].field
        raise InvalidInput(
            found[0].sentence, field=field, next_step=_possible(field, report.desk_id, catalogue)
        )
    return report, tuple(each.file.name for each in taken if each.cleaned)


def _possible(field: str, desk_id: str, catalogue: Catalogue) -> str:
    """What can be chosen there; '' where it is no choice."""
    question = next((each for each in catalogue.fields if f"fields.{each.id}" == field), None)
    services = tuple(service for _heading, service in catalogue.choosable_services(desk_id))
    offered: dict[str, tuple[Offered, ...]] = {
        "service_id": services,
        "type_id": catalogue.choosable_types(desk_id),
        "desk_id": catalogue.desks,
        "priority_id": catalogue.priorities,
        "consent_id": catalogue.consents,
    }
    among = offered.get(field, question.choices if question is not None else ())
    return possible(among) if among else ""
