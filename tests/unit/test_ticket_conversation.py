"""A ticket's parts in time order."""

from datetime import UTC, datetime, timedelta

from supportdesk.app.conversation import (
    FilesAdded,
    Happened,
    NewDay,
    Said,
    Side,
    Waiting,
    conversation,
    recorded_minutes,
)
from supportdesk.domain.entities import (
    Attachment,
    ConversationEvent,
    EventKind,
    Message,
    Role,
    TimeRecord,
)
from supportdesk.domain.projections import OutboxState, PendingMessage, TicketRow, TicketView
from supportdesk.domain.status import Stage

T0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROW = TicketRow(
    "a",
    "t",
    Stage.QUESTION,
    "7",
    "S",
    "Me",
    True,
    "Org",
    "Mia",
    "",
    "",
    T0,
    T0,
    unread=False,
    has_attachments=False,
)


def at(minutes: int) -> datetime:
    return T0 + timedelta(minutes=minutes)


def message(id: str, author: str, minutes: int, role: Role = Role.CUSTOMER) -> Message:
    return Message(id, "t", author, author.title(), role, f"text of {id}", at(minutes))


def event(id: str, kind: EventKind, minutes: int, value: str = "") -> ConversationEvent:
    return ConversationEvent(id, "t", kind, at(minutes), "Mia", value)


def file(id: str, minutes: int, message_id: str | None) -> Attachment:
    return Attachment(id, "t", f"{id}.png", 10, "0" * 64, "image/png", at(minutes), message_id)


def view(**parts: tuple[object, ...]) -> TicketView:
    empty: dict[str, tuple[object, ...]] = {
        "messages": (), "events": (), "attachments": (), "time_records": (), "pending": (),
    }  # fmt: skip
    return TicketView(row=ROW, ticket=None, delivery=None, **{**empty, **parts})  # type: ignore[arg-type]


def test_each_message_stands_on_its_side() -> None:
    """Own messages, those of colleagues and those of the vendor are told apart."""
    shown = conversation(
        view(messages=(message("1", "me", 0), message("2", "tom", 1), message("3", "mia", 2, Role.STAFF))),
        "me",
        UTC,
    )
    assert [entry.side for entry in shown if isinstance(entry, Said)] == [
        Side.OWN,
        Side.COLLEAGUE,
        Side.VENDOR,
    ]


def test_a_new_day_is_announced_in_the_readers_zone() -> None:
    """Between messages of different days stands the day, counted where the reader is."""
    from zoneinfo import ZoneInfo

    late = view(messages=(message("1", "me", 0), message("2", "me", 14 * 60)))  # 09:00 and 23:00 UTC
    assert sum(isinstance(entry, NewDay) for entry in conversation(late, "me", UTC)) == 1
    berlin = conversation(late, "me", ZoneInfo("Europe/Berlin"))  # the second is 00:00 of the next day there
    assert [entry.day.day for entry in berlin if isinstance(entry, NewDay)] == [2, 3]


def test_more_than_two_events_in_a_row_are_folded_behind_who_took_over() -> None:
    """Two events stay in the open; three are folded, and the assignment speaks for them."""
    two = (event("e1", EventKind.STATUS, 1, "backlog"), event("e2", EventKind.STATUS, 2, "in_progress"))
    three = (two[0], event("e3", EventKind.ASSIGNED, 2, "Mia"), two[1])
    (_day, short) = conversation(view(events=two), "me", UTC)
    (_day, long) = conversation(view(events=three), "me", UTC)
    assert isinstance(short, Happened)
    assert isinstance(long, Happened)
    assert not short.folded
    assert long.folded
    assert long.events[long.main].id == "e3"


def test_messages_part_events() -> None:
    """Events before and after a message are not thrown together."""
    shown = conversation(
        view(
            messages=(message("m", "me", 2),),
            events=(event("e1", EventKind.STATUS, 1, "new"), event("e2", EventKind.CLOSED, 3)),
        ),
        "me",
        UTC,
    )
    assert [type(entry) for entry in shown] == [NewDay, Happened, Said, Happened]


def test_files_stand_where_they_were_sent() -> None:
    """Files of a message are its own; files of the ticket stand together at their time."""
    shown = conversation(
        view(
            messages=(message("m", "me", 1),),
            attachments=(file("f1", 1, "m"), file("f2", 2, None), file("f3", 2, None), file("f4", 5, None)),
        ),
        "me",
        UTC,
    )
    said = next(entry for entry in shown if isinstance(entry, Said))
    loose = [entry for entry in shown if isinstance(entry, FilesAdded)]
    assert [each.id for each in said.files] == ["f1"]
    assert [[each.id for each in entry.files] for entry in loose] == [["f2", "f3"], ["f4"]]


def test_time_is_shown_with_the_answer_it_was_booked_for() -> None:
    """Time booked right after an answer belongs to it; other time stands alone; the sum counts both."""
    shown_view = view(
        messages=(message("m", "mia", 1, Role.STAFF),),
        time_records=(
            TimeRecord("r1", "t", "Mia", 15, "free", at(2)),
            TimeRecord("r2", "t", "Mia", 10, "", at(90)),
            TimeRecord("r3", "t", "Jonas", 5, "", at(1)),
        ),
    )
    shown = conversation(shown_view, "me", UTC)
    said = next(entry for entry in shown if isinstance(entry, Said))
    alone = [record.id for entry in shown if isinstance(entry, Happened) for record in entry.events]
    assert [record.id for record in said.times] == ["r1"]
    assert sorted(alone) == ["r2", "r3"]
    assert recorded_minutes(shown_view) == 30


def test_what_is_on_its_way_comes_last() -> None:
    """A reply that is not confirmed stands below everything, whatever the clock of this computer says."""
    waiting = PendingMessage("c", "reply", "late", (), at(-500), OutboxState.QUEUED)
    shown = conversation(view(messages=(message("m", "me", 1),), pending=(waiting,)), "me", UTC)
    assert isinstance(shown[-1], Waiting)
    assert shown[-1].message is waiting
