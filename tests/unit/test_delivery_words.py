"""The delivery log tells the truth in each state."""

from datetime import UTC, datetime

import msgspec
import pytest

from supportdesk.app.delivery import Mark, as_text, headline, is_cut_off, lines
from supportdesk.domain.commands import FileRef
from supportdesk.domain.projections import Delivery, Link, LogLine, LogStep, OutboxState, UploadProgress

AT = datetime(2026, 1, 5, 10, 34, tzinfo=UTC)
FILE = FileRef("printer.png", "a" * 64, 100)


def delivery(state: OutboxState, sent_bytes: int = 0, *log: LogLine, number: str = "") -> Delivery:
    return Delivery(
        command_id="c",
        account_id="a",
        do="create_ticket",
        ticket_id="c",
        subject="Prints twice",
        state=state,
        created_at=AT,
        log=(LogLine(AT, LogStep.SAVED), *log),
        uploads=(UploadProgress(FILE, sent_bytes),),
        number=number,
        reason="The module is gone.",
    )


@pytest.mark.parametrize("link", [Link.ONLINE, Link.SYNCING, Link.STARTING, Link.OFFLINE, Link.FAILING])
@pytest.mark.parametrize(
    ("state", "goal"),
    [
        (OutboxState.QUEUED, Mark.WAITING),
        (OutboxState.UPLOADING, Mark.WAITING),
        (OutboxState.SENDING, Mark.RUNNING),
        (OutboxState.SENT, Mark.DONE),
        (OutboxState.UNCERTAIN, Mark.BLOCKED),
        (OutboxState.BLOCKED_AUTH, Mark.BLOCKED),
        (OutboxState.NEEDS_USER, Mark.REFUSED),
        (OutboxState.CANCELLED, Mark.REFUSED),
    ],
)
def test_only_a_confirmed_command_is_accepted(state: OutboxState, goal: Mark, link: Link) -> None:
    """The log begins with 'saved' and ends with the goal; it is done in the state `sent` and in no other."""
    told = lines(delivery(state), "Medora", link)
    assert told[0].mark is Mark.DONE
    assert (told[-1].id, told[-1].mark) == ("goal", goal)
    assert (told[-1].mark is Mark.DONE) == (state is OutboxState.SENT)
    assert headline(delivery(state), "Medora", link)
    assert len({line.id for line in told}) == len(told)


@pytest.mark.parametrize(
    ("link", "words"), [(Link.OFFLINE, "No connection"), (Link.FAILING, "at the moment")]
)
def test_what_stands_in_the_way_is_a_line_of_its_own(link: Link, words: str) -> None:
    """Without a connection the log says so, since when, and that the report is safe."""
    cut_off = delivery(OutboxState.QUEUED, 0, LogLine(AT, LogStep.WAITING, "no route"))
    told = lines(cut_off, "Medora", link)
    assert words in told[1].title
    assert (told[1].mark, told[1].at) == (Mark.BLOCKED, AT)
    assert "as soon as there is a connection" in headline(cut_off, "Medora", link)
    assert is_cut_off(cut_off, link)
    assert not is_cut_off(delivery(OutboxState.SENT), link)


def test_who_works_offline_is_not_promised_a_try_by_itself() -> None:
    """It is said that they chose it and what ends it."""
    waiting = delivery(OutboxState.QUEUED)
    told = lines(waiting, "Medora", Link.OFFLINE, by_choice=True)
    assert (told[1].title, told[1].caption) == ("You work offline", "It is sent when you go online")
    assert "when you go online" in headline(waiting, "Medora", Link.OFFLINE, by_choice=True)


def test_files_that_wait_for_a_connection_are_told_together() -> None:
    """Offline, several files that have not gone are one line; one that has arrived keeps its own."""
    files = tuple(FileRef(f"{name}.png", name * 64, 100) for name in "abc")
    uploads = tuple(UploadProgress(file, sent) for file, sent in zip(files, (100, 50, 0), strict=True))
    waiting = msgspec.structs.replace(delivery(OutboxState.QUEUED), uploads=uploads)
    told = lines(waiting, "Medora", Link.OFFLINE)
    assert [(line.mark, line.files) for line in told[2:-1]] == [
        (Mark.DONE, files[:1]),
        (Mark.WAITING, files[1:]),
    ]
    assert len(lines(waiting, "Medora", Link.ONLINE)) == 5


def test_an_upload_shows_how_far_it_is() -> None:
    """A file half sent is running with its fraction, a whole one is done, an untouched one waits."""
    marks = [lines(delivery(OutboxState.UPLOADING, sent), "Medora", Link.SYNCING)[1] for sent in (0, 50, 100)]
    assert [line.mark for line in marks] == [Mark.WAITING, Mark.RUNNING, Mark.DONE]
    assert marks[1].fraction == 0.5


def test_the_number_and_the_times_are_told() -> None:
    """After acceptance the goal carries the number and when; the file carries when it had arrived."""
    log = (LogLine(AT, LogStep.UPLOADED, FILE.name), LogLine(AT, LogStep.ACCEPTED, "1043"))
    told = lines(delivery(OutboxState.SENT, 100, *log, number="1043"), "Medora", Link.ONLINE)
    assert "1043" in told[-1].caption
    assert [line.at for line in told] == [AT, AT, AT]


def test_what_has_no_number_promises_none() -> None:
    """A reply is accepted without a number, and says nothing of one before."""
    reply = msgspec.structs.replace(delivery(OutboxState.QUEUED), do="reply")
    assert lines(reply, "Medora", Link.ONLINE)[-1].caption == ""


def test_an_order_is_told_of_as_an_order() -> None:
    """Its number is promised and given, and nobody speaks of a ticket."""
    order = msgspec.structs.replace(delivery(OutboxState.QUEUED), do="create_order", about="order")
    assert "order" in lines(order, "Velmark", Link.ONLINE)[-1].caption
    sent = msgspec.structs.replace(order, state=OutboxState.SENT, number="50342")
    assert lines(sent, "Velmark", Link.ONLINE)[-1].caption == "Order #50342"
    assert headline(sent, "Velmark", Link.ONLINE) == "Velmark has your order"


def test_a_refusal_says_the_reason() -> None:
    """What the vendor's desk said is the caption of the last line."""
    assert lines(delivery(OutboxState.NEEDS_USER), "Medora", Link.ONLINE)[-1].caption == "The module is gone."


def test_the_copied_log_names_command_and_state() -> None:
    """The text for the clipboard holds subject, every line, and the stable ids for support."""
    text = as_text(delivery(OutboxState.SENT, 100, number="1043"), "Medora", Link.ONLINE)
    assert text.splitlines()[0] == "Prints twice"
    assert text.splitlines()[-1].startswith("c sent")
