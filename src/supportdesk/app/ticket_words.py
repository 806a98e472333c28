"""Sentences about a ticket and its conversation that several places share. All plain text, translated."""

from collections.abc import Callable

from supportdesk import i18n
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.entities import ConversationEvent, EventKind, TimeRecord
from supportdesk.domain.profile import Profile
from supportdesk.domain.projections import TicketRow
from supportdesk.domain.status import Stage
from supportdesk.i18n import N_, _, ngettext

# Second text: when nobody is named.
_DONE = {
    EventKind.CLOSED: (N_("Closed by {name}"), N_("Closed")),
    EventKind.REOPENED: (N_("Reopened by {name}"), N_("Reopened")),
    EventKind.SIGNED: (N_("Signed by {name}"), N_("Signed")),
    EventKind.DECLINED: (N_("Declined by {name}"), N_("Declined")),
    EventKind.WITHDRAWN: (N_("Withdrawn by {name}"), N_("Withdrawn")),
    EventKind.CHANGED: (N_("Changed by {name}"), N_("Changed")),
}

_CHANGED = {
    "article_removed": (N_("Article removed by {name}"), N_("Article removed")),
    "files_added": (N_("Files added by {name}"), N_("Files added")),
    "file_removed": (N_("File removed by {name}"), N_("File removed")),
}
"""What was changed, where that has a sentence of its own."""


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


def event_text(event: ConversationEvent | TimeRecord, state_name: Callable[[str], str]) -> str:
    """`state_name` says a state as it is called where this happened."""
    if isinstance(event, TimeRecord):
        return _("{name}: {time}").format(name=event.staff_name, time=time_text(event))
    if event.event is EventKind.ASSIGNED:
        return _("{name} took over").format(name=event.value or event.actor_name)
    if event.event is EventKind.RATED:
        return _("Rated: it helped") if event.value == "5" else _("Rated: it did not help")
    if event.event in _DONE:
        by_name, done = _DONE[event.event]
        if event.event is EventKind.CHANGED:
            by_name, done = _CHANGED.get(event.value, (by_name, done))
        return _(by_name).format(name=event.actor_name) if event.actor_name else _(done)
    return state_name(event.value)


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
