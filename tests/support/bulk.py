"""Many synthetic tickets in a desk, quickly: for measuring, not for looking at."""

from datetime import datetime, timedelta

from sqlalchemy import select

from supportdesk.desk.store.database import TICKET, DeskConnection, draw, writing
from supportdesk.desk.store.schema import conversations, messages, people, tickets
from supportdesk.desk.visibility import feed
from supportdesk.desk.visibility.feed import Touch
from supportdesk.domain.entities import ConversationKind
from supportdesk.domain.status import REOPENABLE, Status

_WORDS = (
    "printer", "invoice", "login", "backup", "export", "label", "scanner", "update", "calendar", "report",
    "network", "password", "archive", "form", "barcode", "mail", "server", "screen", "import", "licence",
)  # fmt: skip
_BATCH = 5_000
_KIND = ConversationKind.TICKET


def add_tickets(connection: DeskConnection, requester_id: str, count: int, now: datetime) -> None:
    """`count` tickets with one message each, reported by one person, a minute apart, the last one now.

    Subjects, statuses and services vary by fixed rules, so that two runs make the same.
    """
    with writing(connection):
        query = select(people.c.organisation_id).where(people.c.id == requester_id)
        organisation_id = str(connection.execute(query).scalar_one())
        last = draw(connection, TICKET, count)
        for begin in range(0, count, _BATCH):
            numbers = range(last - count + 1 + begin, last - count + 1 + min(begin + _BATCH, count))
            rows = [_ticket(number, last, requester_id, organisation_id, now) for number in numbers]
            about = [{"id": row["id"], "kind": _KIND, "organisation_id": organisation_id} for row in rows]
            connection.execute(conversations.insert(), about)
            connection.execute(tickets.insert(), rows)
            connection.execute(messages.insert(), [_message(row) for row in rows])
            feed.record(
                connection,
                [
                    Touch(kind, str(row["id"]), organisation_id, born=True)
                    for row in rows
                    for kind in ("ticket", "message")
                ],
            )


def _ticket(
    number: int, last: int, requester_id: str, organisation_id: str, now: datetime
) -> dict[str, object]:
    status = tuple(Status)[number % len(Status)]
    at = now - timedelta(minutes=last - number)
    return {
        "id": f"00000000-0000-7000-8000-{number:012x}",
        "number": str(number),
        "subject": f"{_word(number)} {_word(number // 7)} {_word(number // 131)} {number}",
        "status": status,
        "requester_id": requester_id,
        "organisation_id": organisation_id,
        "last_author_id": requester_id,
        "created_at": at,
        "updated_at": at,
        "reopen_until": at + timedelta(days=14) if status in REOPENABLE else None,
        "service_id": _word(number // 3),
        "priority_id": ("low", "normal", "high")[number % 3],
        "fields": {},
    }


def _word(number: int) -> str:
    return _WORDS[number % len(_WORDS)]


def _message(ticket: dict[str, object]) -> dict[str, object]:
    return {
        "id": ticket["id"],
        "conversation_id": ticket["id"],
        "author_id": ticket["requester_id"],
        "body": f"Since this morning the {ticket['subject']} does not work any more. Please help.",
        "created_at": ticket["created_at"],
        "internal": False,
    }
