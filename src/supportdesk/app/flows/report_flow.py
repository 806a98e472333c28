"""The four steps of a report and how one moves between them. Pure: what is wrong is handed in."""

from collections.abc import Iterable
from enum import IntEnum, StrEnum

import msgspec

from supportdesk.domain.reporting import Problem


class Step(IntEnum):
    ABOUT = 1
    WHAT = 2
    SHOW = 3
    CHECK = 4
    SENT = 5


class Move(StrEnum):
    NEXT = "next"
    BACK = "back"
    SEND = "send"
    ANOTHER = "another"


_MOVES: dict[tuple[Step, Move], Step] = {
    (Step.ABOUT, Move.NEXT): Step.WHAT,
    (Step.WHAT, Move.NEXT): Step.SHOW,
    (Step.WHAT, Move.BACK): Step.ABOUT,
    (Step.SHOW, Move.NEXT): Step.CHECK,
    (Step.SHOW, Move.BACK): Step.WHAT,
    (Step.CHECK, Move.BACK): Step.SHOW,
    (Step.CHECK, Move.SEND): Step.SENT,
    (Step.SENT, Move.ANOTHER): Step.ABOUT,
}
_STEP_OF_FIELD = {
    "desk_id": Step.ABOUT,
    "service_id": Step.ABOUT,
    "type_id": Step.ABOUT,
    "priority_id": Step.ABOUT,
    "requester_id": Step.ABOUT,
    "subject": Step.WHAT,
    "description": Step.WHAT,
    "files": Step.SHOW,
    "consent_id": Step.CHECK,
}


class Position(msgspec.Struct, frozen=True):
    """Where the customer is and how far they have been: steps up to `reached` can be clicked."""

    step: Step = Step.ABOUT
    reached: Step = Step.ABOUT


class Moved(msgspec.Struct, frozen=True):
    """`first_problem` is set when the move was not made: it is shown and gets the focus."""

    position: Position
    first_problem: Problem | None = None


def step_of(problem: Problem) -> Step:
    return _STEP_OF_FIELD.get(problem.field, Step.WHAT)


def problems_of(step: Step, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if step_of(problem) is step)


def move(position: Position, wish: Move, problems: Iterable[Problem]) -> Moved:
    """The position after `wish`.

    Back is always free. Forward needs the step, and sending every step, to be right; else the position is
    that of the first problem. A move that the step does not have changes nothing.
    """
    target = _MOVES.get((position.step, wish))
    if target is None:
        return Moved(position)
    if wish is Move.ANOTHER:
        return Moved(Position())
    concerned = () if wish is Move.BACK else _concerned(position.step, wish, problems)
    if concerned:
        return Moved(at(position, step_of(concerned[0])), concerned[0])
    return Moved(at(position, target))


def jump(position: Position, wanted: Step, problems: Iterable[Problem]) -> Moved:
    """A click into the step header: back is free, forward only over steps that were reached and are right."""
    if position.step is Step.SENT or wanted > position.reached:
        return Moved(position)
    between = [p for p in problems if position.step <= step_of(p) < wanted]
    if between:
        return Moved(at(position, step_of(between[0])), between[0])
    return Moved(at(position, wanted))


def at(position: Position, step: Step) -> Position:
    return Position(step, max(position.reached, step))


def _concerned(step: Step, wish: Move, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problems) if wish is Move.SEND else problems_of(step, problems)
