"""Moving through the report: every move from every step."""

from itertools import product

import pytest

from supportdesk.app.flows.report_flow import Move, Moved, Position, Step, jump, move, problems_of, step_of
from supportdesk.domain.reporting import Problem

EXPECTED = {
    (Step.ABOUT, Move.NEXT): Step.WHAT,
    (Step.WHAT, Move.NEXT): Step.SHOW,
    (Step.SHOW, Move.NEXT): Step.CHECK,
    (Step.WHAT, Move.BACK): Step.ABOUT,
    (Step.SHOW, Move.BACK): Step.WHAT,
    (Step.CHECK, Move.BACK): Step.SHOW,
    (Step.CHECK, Move.SEND): Step.SENT,
    (Step.SENT, Move.ANOTHER): Step.ABOUT,
}
SUBJECT = Problem("subject", "Say it.")
MODULE = Problem("service_id", "Choose it.")


@pytest.mark.parametrize(("step", "wish"), list(product(Step, Move)))
def test_every_move_from_every_step(step: Step, wish: Move) -> None:
    """With nothing wrong each step has exactly its own moves; all others change nothing."""
    moved = move(Position(step, step), wish, ())
    assert moved.first_problem is None
    assert moved.position.step is EXPECTED.get((step, wish), step)


def test_forward_needs_this_step_only() -> None:
    """A problem of another step does not hold Next; one of this step does, and is named."""
    here = Position(Step.WHAT, Step.WHAT)
    assert move(here, Move.NEXT, [MODULE]).position.step is Step.SHOW
    assert move(here, Move.NEXT, [MODULE, SUBJECT]) == Moved(here, SUBJECT)


def test_back_is_always_free() -> None:
    """Problems never hold somebody who goes back, and the steps reached stay reachable."""
    moved = move(Position(Step.SHOW, Step.CHECK), Move.BACK, [SUBJECT])
    assert moved == Moved(Position(Step.WHAT, Step.CHECK))


def test_sending_needs_every_step_and_leads_to_the_first_problem() -> None:
    """A report with something wrong in an earlier step is not sent; that step is shown."""
    moved = move(Position(Step.CHECK, Step.CHECK), Move.SEND, [SUBJECT])
    assert moved.position.step is Step.WHAT
    assert moved.first_problem is SUBJECT


@pytest.mark.parametrize(
    ("at", "wanted", "problems", "ends"),
    [
        (Step.CHECK, Step.ABOUT, [SUBJECT], Step.ABOUT),
        (Step.ABOUT, Step.CHECK, [], Step.CHECK),
        (Step.ABOUT, Step.CHECK, [SUBJECT], Step.WHAT),
        (Step.ABOUT, Step.SHOW, [Problem("consent_id", "!")], Step.SHOW),
    ],
)
def test_the_header_jumps_over_what_is_right(
    at: Step, wanted: Step, problems: list[Problem], ends: Step
) -> None:
    """A click goes back freely, forward up to the first step with a problem."""
    assert jump(Position(at, Step.CHECK), wanted, problems).position.step is ends


def test_what_was_not_reached_cannot_be_clicked() -> None:
    """A step never visited is not jumped to, and from the delivery log nothing is."""
    here = Position(Step.ABOUT, Step.WHAT)
    assert jump(here, Step.SHOW, ()) == Moved(here)
    sent = Position(Step.SENT, Step.SENT)
    assert jump(sent, Step.ABOUT, ()) == Moved(sent)


def test_vendor_fields_belong_to_the_second_step() -> None:
    """A problem with a question of the vendor's is shown where the questions are."""
    own = Problem("fields.model", "!")
    assert step_of(own) is Step.WHAT
    assert problems_of(Step.WHAT, [MODULE, own, SUBJECT]) == (own, SUBJECT)
