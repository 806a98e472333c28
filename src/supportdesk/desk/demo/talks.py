"""What was said, sent along and worked in a demo: each entry of a log as if it had happened here."""

import msgspec

from supportdesk.desk.demo.files import demo_file_bytes, demo_file_media_type
from supportdesk.desk.demo.rows import Rows
from supportdesk.desk.store.files import Files
from supportdesk.desk.store.schema import attachments, events, messages, time_records
from supportdesk.domain.demo import DemoFile, DemoHappening
from supportdesk.domain.entities import ConversationKind, EventKind


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """Something that people talked about."""

    rows: Rows
    files: Files
    kind: ConversationKind
    key: str
    organisation_id: str

    @property
    def id(self) -> str:
        return self.rows.id(self.kind.value, self.key)

    def part_id(self, index: int, what: str) -> str:
        return self.rows.id(self.kind.value, f"{self.key}/{index}/{what}")

    def person(self, key: str) -> str:
        return self.rows.id("person", key)


def say(case: Case, index: int, entry: DemoHappening) -> None:
    """Everything of an entry but its status."""
    if entry.text:
        _message(case, index, entry)
    message_id = case.part_id(index, "message") if entry.text else None
    for position, file in enumerate(entry.files):
        attach(case, case.part_id(index, f"file/{position}"), file, entry, message_id=message_id)
    if entry.assign:
        happen(case, index, entry, EventKind.ASSIGNED, case.rows.content.person(entry.assign).name)
    if entry.minutes:
        _time_record(case, index, entry)


def _message(case: Case, index: int, entry: DemoHappening) -> None:
    id = case.part_id(index, "message")
    case.rows.add(
        messages,
        id=id,
        conversation_id=case.id,
        author_id=case.person(entry.by),
        body=entry.text,
        created_at=case.rows.at(entry.at),
        internal=False,
    )
    case.rows.tell("message", id, case.organisation_id)


def attach(
    case: Case,
    id: str,
    file: DemoFile,
    entry: DemoHappening,
    *,
    message_id: str | None = None,
    article: int | None = None,
) -> None:
    content = demo_file_bytes(file)
    case.rows.add(
        attachments,
        id=id,
        conversation_id=case.id,
        message_id=message_id,
        author_id=case.person(entry.by),
        name=file.name,
        size_bytes=len(content),
        sha256=case.files.keep(content),
        media_type=demo_file_media_type(file),
        created_at=case.rows.at(entry.at),
        article=article,
    )
    case.rows.tell("attachment", id, case.organisation_id)


def happen(case: Case, index: int, entry: DemoHappening, kind: EventKind, value: str) -> None:
    id = case.part_id(index, kind.value)
    case.rows.add(
        events,
        id=id,
        conversation_id=case.id,
        actor_id=case.person(entry.by),
        event=kind,
        value=value,
        created_at=case.rows.at(entry.at),
    )
    case.rows.tell("event", id, case.organisation_id)


def _time_record(case: Case, index: int, entry: DemoHappening) -> None:
    id = case.part_id(index, "time")
    case.rows.add(
        time_records,
        id=id,
        conversation_id=case.id,
        staff_id=case.person(entry.by),
        minutes=entry.minutes,
        note=entry.minutes_note,
        created_at=case.rows.at(entry.at),
    )
    case.rows.tell("time_record", id, case.organisation_id)
