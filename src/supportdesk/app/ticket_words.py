"""Sentences about one ticket that the list, the ticket and its history share. All plain text, translated."""

from supportdesk import i18n
from supportdesk.app import status_words
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.entities import ConversationEvent, EventKind, TimeRecord
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import TicketRow
from supportdesk.domain.status import Stage
from supportdesk.i18n import _, ngettext


def who(row: TicketRow) -> str:
    """With whom or from whom a ticket is, '' where there is nothing to add to 'your own'."""
    if not row.mine and row.requester_name:
        return _("from {name}").format(name=row.requester_name)
    if row.assignee_name and row.stage not in {Stage.SOLVED, Stage.CLOSED}:
        return _("with {name}").format(name=row.assignee_name)
    return ""


def duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{n} min").format(n=rest)
    if not rest:
        return _("{n} h").format(n=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def time_text(record: TimeRecord) -> str:
    text = _("{duration} recorded").format(duration=duration(record.minutes))
    return f"{text}, {record.note}" if record.note else text


def event_text(event: ConversationEvent | TimeRecord, profile: Profile, own_words: dict[str, str]) -> str:
    """`own_words` are the app's names of the statuses, used where the vendor gives none."""
    if isinstance(event, TimeRecord):
        return _("{name}: {time}").format(name=event.staff_name, time=time_text(event))
    if event.event is EventKind.ASSIGNED:
        return _("{name} took over").format(name=event.value or event.actor_name)
    if event.event is EventKind.CLOSED:
        return _("Closed by {name}").format(name=event.actor_name) if event.actor_name else _("Closed")
    if event.event is EventKind.REOPENED:
        return _("Reopened by {name}").format(name=event.actor_name) if event.actor_name else _("Reopened")
    if event.event is EventKind.RATED:
        return _("Rated: it helped") if event.value == "5" else _("Rated: it did not help")
    return _status_name(event.value, profile, own_words)


def _status_name(value: str, profile: Profile, own_words: dict[str, str]) -> str:
    try:
        stage = Stage(value)
    except ValueError:  # a newer server knows statuses that this program does not
        return value
    return status_words.vendor_name(profile, stage) or own_words.get(value, value)


def folded_text(count: int) -> str:
    return ngettext("{n} event folded", "{n} events folded", count).format(n=count)


def service_name(
    catalogue: Catalogue | None, profile: Profile, service_id: str, *, full: bool = False
) -> str:
    """The name of a module; with `full` after its heading: 'Devices › Card reader'."""
    if catalogue is None or not service_id:
        return ""
    path = catalogue.service_path(service_id)
    names = [profile.text(service.name, i18n.language()) for service in path]
    return " › ".join(names if full else names[-1:]) or _("No longer offered")


def priority_name(catalogue: Catalogue | None, profile: Profile, priority_id: str) -> str:
    if catalogue is None or not priority_id:
        return ""
    priority = catalogue.priority(priority_id)
    return profile.text(priority.name, i18n.language()) if priority else _("No longer offered")


def type_name(catalogue: Catalogue | None, profile: Profile, type_id: str) -> str:
    if catalogue is None or not type_id:
        return ""
    kind = catalogue.type(type_id)
    return profile.text(kind.name, i18n.language()) if kind else _("No longer offered")


def service_label(catalogue: Catalogue | None, profile: Profile) -> str:
    """The vendor's word for a module."""
    own = profile.text(catalogue.service_label, i18n.language()) if catalogue is not None else ""
    return own or _("Module")


def link_to(row: TicketRow, profile_id: str) -> str:
    """A link that opens this ticket in SupportDesk on any computer of somebody who may see it."""
    return f"supportdesk://ticket/{row.number}?vendor={profile_id}"
