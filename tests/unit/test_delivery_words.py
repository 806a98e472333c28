"""The delivery log tells the truth in each state."""

from datetime import UTC, datetime

import pytest

from supportdesk.app.delivery import Mark, as_text, headline, lines
from supportdesk.domain.commands import FileRef
from supportdesk.domain.projections import Delivery, LogLine, LogStep, OutboxState, UploadProgress

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


@pytest.mark.parametrize(
    ("state", "online", "goal"),
    [
        (OutboxState.QUEUED, True, Mark.WAITING),
        (OutboxState.QUEUED, False, Mark.BLOCKED),
        (OutboxState.UPLOADING, True, Mark.WAITING),
        (OutboxState.SENDING, True, Mark.RUNNING),
        (OutboxState.SENT, True, Mark.DONE),
        (OutboxState.SENT, False, Mark.DONE),
        (OutboxState.UNCERTAIN, True, Mark.BLOCKED),
        (OutboxState.BLOCKED_AUTH, True, Mark.BLOCKED),
        (OutboxState.NEEDS_USER, True, Mark.BLOCKED),
        (OutboxState.CANCELLED, True, Mark.BLOCKED),
    ],
)
def test_only_a_confirmed_command_is_accepted(state: OutboxState, online: bool, goal: Mark) -> None:
    """The log begins with 'saved' and ends with the goal; it is done in the state `sent` and in no other."""
    told = lines(delivery(state), "Medora", online)
    assert told[0].mark is Mark.DONE
    assert told[-1].mark is goal
    assert (told[-1].mark is Mark.DONE) == (state is OutboxState.SENT)
    assert headline(delivery(state), "Medora", online)


def test_an_upload_shows_how_far_it_is() -> None:
    """A file half sent is running with its fraction, a whole one is done, an untouched one waits."""
    marks = [lines(delivery(OutboxState.UPLOADING, sent), "Medora", True)[1] for sent in (0, 50, 100)]
    assert [line.mark for line in marks] == [Mark.WAITING, Mark.RUNNING, Mark.DONE]
    assert marks[1].fraction == 0.5


def test_the_number_and_the_times_are_told() -> None:
    """After acceptance the goal carries the number and when; the file carries when it had arrived."""
    log = (LogLine(AT, LogStep.UPLOADED, FILE.name), LogLine(AT, LogStep.ACCEPTED, "1043"))
    told = lines(delivery(OutboxState.SENT, 100, *log, number="1043"), "Medora", True)
    assert "1043" in told[-1].caption
    assert [line.at for line in told] == [AT, AT, AT]


def test_a_refusal_says_the_reason() -> None:
    """What the vendor's desk said is the caption of the last line."""
    assert lines(delivery(OutboxState.NEEDS_USER), "Medora", True)[-1].caption == "The module is gone."


def test_the_copied_log_names_command_and_state() -> None:
    """The text for the clipboard holds subject, every line, and the stable ids for support."""
    text = as_text(delivery(OutboxState.SENT, 100, number="1043"), "Medora", True)
    assert text.splitlines()[0] == "Prints twice"
    assert text.splitlines()[-1].startswith("c sent")
