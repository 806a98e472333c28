"""The tickets of a demo desk: each entry of a log becomes what it would be had it happened here."""

from datetime import datetime, timedelta

from supportdesk.desk.demo import talks
from supportdesk.desk.demo.rows import Rows
from supportdesk.desk.demo.talks import Case
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import conversation_marks, conversations, tickets
from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.demo import DemoEntry, DemoTicket
from supportdesk.domain.entities import ConversationKind, EventKind
from supportdesk.domain.profile import Profile
from supportdesk.domain.status import REOPENABLE, Status


class _Case(Case, frozen=True):
    """A ticket while its log is told."""

    ticket: DemoTicket
    staff: frozenset[str]


def add(rows: Rows, files: Files, profile: Profile) -> None:
    staff = rows.content.staff()
    for ticket in sorted(rows.content.tickets, key=lambda each: rows.at(each.log[0].at)):
        case = _Case(
            rows=rows,
            files=files,
            kind=ConversationKind.TICKET,
            key=ticket.number,
            ticket=ticket,
            organisation_id=rows.organisation_of(ticket.requester),
            staff=staff,
        )
        _ticket(case, profile)
        _log(case)


def _ticket(case: _Case, profile: Profile) -> None:
    rows, ticket = case.rows, case.ticket
    statuses = ticket.statuses(case.staff)
    last, assignee = ticket.log[-1], ticket.assignee()
    rows.add(conversations, id=case.id, kind=ConversationKind.TICKET, organisation_id=case.organisation_id)
    rows.add(
        tickets,
        id=case.id,
        number=ticket.number,
        subject=ticket.subject,
        status=statuses[-1],
        requester_id=case.person(ticket.requester),
        organisation_id=case.organisation_id,
        assignee_id=case.person(assignee) if assignee else None,
        last_author_id=case.person(last.by),
        created_at=rows.at(ticket.log[0].at),
        updated_at=rows.at(last.at),
        reopen_until=_reopen_until(rows, ticket, statuses, profile.limits.reopen_days),
        priority_id=ticket.priority,
        type_id=ticket.type,
        service_id=ticket.service,
        desk_id=ticket.desk,
        consent_id=ticket.consent,
        fields={name: _field_value(rows, profile, name, value) for name, value in ticket.fields.items()},
        source="",
        rating=next((entry.rating for entry in reversed(ticket.log) if entry.rating), None),
    )
    rows.tell("ticket", case.id, case.organisation_id)
    if read_at := _read_at(rows, ticket):
        customer = rows.id("person", rows.content.demo_customer().key)
        rows.add(conversation_marks, person_id=customer, conversation_id=case.id, read_at=read_at)


def _reopen_until(
    rows: Rows, ticket: DemoTicket, statuses: tuple[Status, ...], reopen_days: int
) -> datetime | None:
    """Counted from the entry that brought the last status."""
    if statuses[-1] not in REOPENABLE:
        return None
    begin = max(
        index for index, status in enumerate(statuses) if index == 0 or status is not statuses[index - 1]
    )
    return rows.at(ticket.log[begin].at) + timedelta(days=reopen_days)


def _field_value(rows: Rows, profile: Profile, name: str, value: str) -> str:
    """Relative dates become days of the calendar, or a day and a time."""
    field = profile.catalogue.field(name)
    if field is None or field.kind is not FieldKind.DATE:
        return value
    try:
        at = rows.at(value).astimezone(rows.local_now.tzinfo)
    except ValueError:  # a date that does not move with the demo
        return value
    return at.strftime("%Y-%m-%dT%H:%M" if ":" in value else "%Y-%m-%d")


def _read_at(rows: Rows, ticket: DemoTicket) -> datetime | None:
    """By the demo customer: all of it, or all but what came last."""
    if not ticket.unread:
        return rows.at(ticket.log[-1].at)
    return rows.at(ticket.log[-2].at) if len(ticket.log) > 1 else None


def _log(case: _Case) -> None:
    before = Status.NEW
    for index, (entry, status) in enumerate(
        zip(case.ticket.log, case.ticket.statuses(case.staff), strict=True)
    ):
        talks.say(case, index, entry)
        if status is not before:
            talks.happen(case, index, entry, _event_of(case, entry, before, status), status.value)
        if entry.rating:
            talks.happen(case, index, entry, EventKind.RATED, str(entry.rating))
        before = status


def _event_of(case: _Case, entry: DemoEntry, before: Status, after: Status) -> EventKind:
    if after is Status.CLOSED:
        return EventKind.CLOSED
    return EventKind.REOPENED if before in REOPENABLE and entry.by not in case.staff else EventKind.STATUS
