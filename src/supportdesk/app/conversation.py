"""Messages, events, files and time records as one conversation in time order."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import groupby

import msgspec

from supportdesk.domain.entities import (
    Attachment,
    ConversationEvent,
    Document,
    EventKind,
    Message,
    Order,
    Role,
    TimeRecord,
)
from supportdesk.domain.projections import Account, ItemView, PendingMessage, Talk

FOLD_ABOVE = 2
"""More events in a row than this are folded."""

_FILES_ADDED = "files_added"

_SAME_MOMENT = timedelta(minutes=5)
"""Staff book their time right after they answered."""


class Side(StrEnum):
    OWN = "own"
    COLLEAGUE = "colleague"
    VENDOR = "vendor"
    CUSTOMER = "customer"
    """Of another organisation than the reader, who is of the vendor's staff or a partner."""


class Sides(msgspec.Struct, frozen=True):
    """Where others than the reader stand."""

    customers: Side = Side.COLLEAGUE
    staff: Side = Side.VENDOR


AMONG_COLLEAGUES = Sides()


def sides(account: Account, organisation_id: str) -> Sides:
    """For the reader of something of that organisation, '' while the vendor does not know of it."""
    if account.is_staff:
        return Sides(Side.CUSTOMER, Side.COLLEAGUE)
    same = organisation_id in ("", account.organisation_id)
    return Sides(Side.COLLEAGUE if same else Side.CUSTOMER)


class Said(msgspec.Struct, frozen=True):
    """A message with its files and the time that was booked for it."""

    id: str
    side: Side
    name: str
    at: datetime
    body: str
    job: str = ""
    """What one of the vendor's people does, where the vendor says it."""
    files: tuple[Attachment, ...] = ()
    times: tuple[TimeRecord, ...] = ()


class Waiting(msgspec.Struct, frozen=True):
    """Something of the customer's own that the vendor has not confirmed yet; always last."""

    id: str
    message: PendingMessage


class NewDay(msgspec.Struct, frozen=True):
    id: str
    day: date


class Happened(msgspec.Struct, frozen=True):
    """Events and time without a message, one after the other."""

    id: str
    events: tuple[ConversationEvent | TimeRecord, ...]

    @property
    def folded(self) -> bool:
        return len(self.events) > FOLD_ABOVE

    @property
    def main(self) -> int:
        """Index of the event that stands for all when they are folded: who took over, else the last."""
        for index, event in enumerate(self.events):
            if isinstance(event, ConversationEvent) and event.event is EventKind.ASSIGNED:
                return index
        return len(self.events) - 1


class FilesAdded(msgspec.Struct, frozen=True):
    """Files that belong to no message."""

    id: str
    files: tuple[Attachment, ...]
    side: Side = Side.OWN


Entry = Said | Waiting | NewDay | Happened | FilesAdded
_Moment = tuple[datetime, Said | FilesAdded | ConversationEvent | TimeRecord]


def conversation(
    view: Talk, my_id: str, zone: tzinfo | None = None, others: Sides = AMONG_COLLEAGUES
) -> tuple[Entry, ...]:
    """Oldest first. Days are those of `zone` (None: this computer's); `my_id` is the reader's person id."""
    booked = _booked(view.messages, view.time_records)
    moments: list[_Moment] = [(said.at, said) for said in _said(view, my_id, others, booked)]
    loose = (each for each in view.attachments if each.message_id is None and not _is_part(each, view))
    moments += [(at, each) for at, each in _loose_files(loose, view.events, others)]
    moments += [(event.created_at, event) for event in view.events]
    taken = {record.id for records in booked.values() for record in records}
    moments += [(each.created_at, each) for each in view.time_records if each.id not in taken]
    moments.sort(key=lambda moment: moment[0])
    waiting = tuple(Waiting(pending.command_id, pending) for pending in view.pending)
    return (*_by_day(moments, zone), *waiting)


def recorded_minutes(view: Talk) -> int:
    return sum(record.minutes for record in view.time_records)


def _said(view: Talk, my_id: str, others: Sides, booked: dict[str, list[TimeRecord]]) -> Iterator[Said]:
    files = _by_message(view.attachments)
    jobs = {person.id: person.job for person in view.staff}
    for message in view.messages:
        yield Said(
            id=message.id,
            side=_side(message, my_id, others),
            name=message.author_name,
            at=message.created_at,
            body=message.body,
            job=jobs.get(message.author_id, ""),
            files=tuple(files.get(message.id, ())),
            times=tuple(booked.get(message.id, ())),
        )


def _side(message: Message, my_id: str, others: Sides) -> Side:
    if message.author_id == my_id:
        return Side.OWN
    return others.staff if message.author_role is Role.STAFF else others.customers


def _by_message(attachments: Iterable[Attachment]) -> dict[str, list[Attachment]]:
    files: dict[str, list[Attachment]] = {}
    for attachment in attachments:
        if attachment.message_id is not None:
            files.setdefault(attachment.message_id, []).append(attachment)
    return files


def _is_part(file: Attachment, view: Talk) -> bool:
    """Of what is talked about: the paper of a document, what an order came with."""
    fact = view.row.fact if isinstance(view, ItemView) else None
    if isinstance(fact, Document):
        return file.id in (fact.file_id, fact.signed_file_id)
    return isinstance(fact, Order) and file.created_at == fact.created_at


def _loose_files(
    attachments: Iterable[Attachment], events: Iterable[ConversationEvent], others: Sides
) -> Iterator[tuple[datetime, FilesAdded]]:
    """Files that came at the same moment are one entry; an event tells of the vendor's."""
    by_vendor = {event.created_at for event in events if event.value == _FILES_ADDED}
    loose = sorted(attachments, key=lambda each: (each.created_at, each.id))
    for at, files in groupby(loose, key=lambda each: each.created_at):
        together, side = tuple(files), others.staff if at in by_vendor else Side.OWN
        yield at, FilesAdded(f"files:{together[0].id}", together, side)


def _booked(messages: Iterable[Message], records: Iterable[TimeRecord]) -> dict[str, list[TimeRecord]]:
    """Time records by the message of the same person they were booked right before or after."""
    by_message: dict[str, list[TimeRecord]] = {}
    staff = [message for message in messages if message.author_role is Role.STAFF]
    for record in records:
        near = [
            (abs(message.created_at - record.created_at), message)
            for message in staff
            if message.author_name == record.staff_name
            and abs(message.created_at - record.created_at) <= _SAME_MOMENT
        ]
        if near:
            by_message.setdefault(min(near, key=lambda pair: pair[0])[1].id, []).append(record)
    return by_message


def _by_day(moments: Iterable[_Moment], zone: tzinfo | None) -> Iterator[Entry]:
    for day, of_day in groupby(moments, key=lambda moment: moment[0].astimezone(zone).date()):
        yield NewDay(f"day:{day.isoformat()}", day)
        yield from _folded(thing for _at, thing in of_day)


def _folded(things: Iterable[Said | FilesAdded | ConversationEvent | TimeRecord]) -> Iterator[Entry]:
    for quiet, run in groupby(things, key=lambda thing: isinstance(thing, ConversationEvent | TimeRecord)):
        if quiet:
            events = tuple(each for each in run if isinstance(each, ConversationEvent | TimeRecord))
            yield Happened(f"events:{events[0].id}", events)
        else:
            yield from (each for each in run if isinstance(each, Said | FilesAdded))
