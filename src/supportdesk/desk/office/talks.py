"""What was said, sent along and worked about a conversation, with what no customer sees.

All within the caller's transaction.
"""

from collections import defaultdict

from sqlalchemy import Connection, select

from supportdesk.desk.store.schema import attachments, messages, people
from supportdesk.desk.store.schema import time_records as records
from supportdesk.domain.office import FileRow, Said, TimeRow


def files(connection: Connection, conversation_id: str) -> dict[str | None, list[FileRow]]:
    """By the message with which they came."""
    columns = (attachments.c.message_id, attachments.c.id, attachments.c.name, attachments.c.size_bytes)
    query = select(*columns).where(attachments.c.conversation_id == conversation_id)
    found: dict[str | None, list[FileRow]] = defaultdict(list)
    for message_id, *rest in connection.execute(query.order_by(attachments.c.created_at, attachments.c.id)):
        found[message_id].append(FileRow(*rest))
    return found


def said(
    connection: Connection, conversation_id: str, files: dict[str | None, list[FileRow]]
) -> tuple[Said, ...]:
    query = (
        select(people.c.name, messages.c.created_at, messages.c.body, messages.c.internal, messages.c.id)
        .join(people, people.c.id == messages.c.author_id)
        .where(messages.c.conversation_id == conversation_id)
        .order_by(messages.c.created_at, messages.c.id)
    )
    return tuple(
        Said(author, at, body, internal, tuple(files.get(id, ())))
        for author, at, body, internal, id in connection.execute(query)
    )


def time_records(connection: Connection, conversation_id: str) -> tuple[TimeRow, ...]:
    query = (
        select(people.c.name, records.c.created_at, records.c.minutes, records.c.note)
        .join(people, people.c.id == records.c.staff_id)
        .where(records.c.conversation_id == conversation_id)
        .order_by(records.c.created_at, records.c.id)
    )
    return tuple(TimeRow(*row) for row in connection.execute(query))
