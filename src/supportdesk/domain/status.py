"""The life of a ticket: its statuses, which may follow which, and who has the ball."""

from enum import StrEnum


class Status(StrEnum):
    """What the vendor's desk says of a ticket."""

    NEW = "new"
    BACKLOG = "backlog"
    IN_PROGRESS = "in_progress"
    QUESTION = "question"
    SOLVED = "solved"
    CLOSED = "closed"


class Stage(StrEnum):
    """What a customer's list shows: the desk's statuses, and those that exist on this computer only."""

    DRAFT = "draft"
    OUTBOX = "outbox"
    NEEDS_USER = "needs_user"
    NEW = "new"
    BACKLOG = "backlog"
    IN_PROGRESS = "in_progress"
    QUESTION = "question"
    SOLVED = "solved"
    CLOSED = "closed"


class Ball(StrEnum):
    """Who has to do something next."""

    CUSTOMER = "customer"
    VENDOR = "vendor"
    NOBODY = "nobody"


OPEN_STATUSES = frozenset({Status.NEW, Status.BACKLOG, Status.IN_PROGRESS, Status.QUESTION, Status.SOLVED})
REOPENABLE = frozenset({Status.SOLVED, Status.CLOSED})

_FOLLOWS: dict[Status, frozenset[Status]] = {
    Status.NEW: frozenset(
        {Status.BACKLOG, Status.IN_PROGRESS, Status.QUESTION, Status.SOLVED, Status.CLOSED}
    ),
    Status.BACKLOG: frozenset({Status.IN_PROGRESS, Status.QUESTION, Status.SOLVED, Status.CLOSED}),
    Status.IN_PROGRESS: frozenset({Status.BACKLOG, Status.QUESTION, Status.SOLVED, Status.CLOSED}),
    Status.QUESTION: frozenset({Status.BACKLOG, Status.IN_PROGRESS, Status.SOLVED, Status.CLOSED}),
    Status.SOLVED: frozenset({Status.IN_PROGRESS, Status.CLOSED}),
    Status.CLOSED: frozenset({Status.IN_PROGRESS}),
}

_BALL: dict[Stage, Ball] = {
    Stage.DRAFT: Ball.CUSTOMER,
    Stage.OUTBOX: Ball.NOBODY,
    Stage.NEEDS_USER: Ball.CUSTOMER,
    Stage.NEW: Ball.VENDOR,
    Stage.BACKLOG: Ball.VENDOR,
    Stage.IN_PROGRESS: Ball.VENDOR,
    Stage.QUESTION: Ball.CUSTOMER,
    Stage.SOLVED: Ball.CUSTOMER,
    Stage.CLOSED: Ball.NOBODY,
}


def may_follow(before: Status, after: Status) -> bool:
    return after in _FOLLOWS[before]


def after_customer_reply(before: Status) -> Status:
    """An answer to a question, or to a proposed solution, hands the ball back; else nothing moves."""
    return Status.IN_PROGRESS if before in (Status.QUESTION, Status.SOLVED) else before


def ball(stage: Stage) -> Ball:
    return _BALL[stage]
