"""What the customer shall see of a ticket: the backend's fact plus what still waits in the outbox."""

from collections.abc import Iterable
from typing import NamedTuple

from supportdesk.domain.entities import Ticket
from supportdesk.domain.projections import OutboxState, Whose
from supportdesk.domain.status import OPEN_STATUSES, REOPENABLE, Status, after_customer_reply
from supportdesk.replica.rows import optional_us, to_us

STATUSES = tuple(Status)
"""A status is kept as its place in this tuple."""
MINE, COLLEAGUES, CUSTOMERS = range(3)
WHOSE: dict[Whose, tuple[int, ...]] = {
    Whose.MINE: (MINE,),
    Whose.COLLEAGUES: (COLLEAGUES,),
    Whose.CUSTOMERS: (CUSTOMERS,),
    Whose.ALL: (),
}

_REFUSED = OutboxState.NEEDS_USER


class Me(NamedTuple):
    person_id: str
    organisation_id: str


class Pending(NamedTuple):
    """One command about a ticket that the backend's facts do not contain yet."""

    do: str
    state: str
    created_us: int
    basis_us: int | None
    """For mark_read: when the thing that was read had last changed."""


class Shown(NamedTuple):
    """Derived columns of a ticket."""

    stage: int
    open: int
    whose: int
    unread: int
    pending: int
    updated_us: int
    reopen_until_us: int | None


class ShownItem(NamedTuple):
    """Derived columns of a document, order or subscription."""

    state: str
    open: int
    unread: int
    pending: int
    updated_us: int


def show(ticket: Ticket, me: Me, pendings: Iterable[Pending]) -> Shown:
    status = ticket.status
    changed_us = to_us(ticket.updated_at)
    read_us = to_us(ticket.read_at) if ticket.read_at else None
    updated_us = changed_us
    waiting = False
    for pending in pendings:
        if pending.do == "mark_read":
            read_us = max(read_us or 0, pending.basis_us or 0)
            continue
        waiting = waiting or pending.state != OutboxState.SENT
        if pending.state != _REFUSED:
            status = _after(pending.do, status)
            updated_us = max(updated_us, pending.created_us)
    return Shown(
        stage=STATUSES.index(status),
        open=int(status in OPEN_STATUSES),
        whose=_whose(ticket, me),
        unread=int(ticket.last_author_id != me.person_id and (read_us is None or changed_us > read_us)),
        pending=int(waiting),
        updated_us=updated_us,
        reopen_until_us=optional_us(ticket.reopen_until) if status in REOPENABLE else None,
    )


def _after(do: str, status: Status) -> Status:
    if do == "close_ticket":
        return Status.CLOSED
    if do == "reopen_ticket":
        return Status.IN_PROGRESS
    if do == "reply":
        return after_customer_reply(status)
    return status


def _whose(ticket: Ticket, me: Me) -> int:
    if ticket.requester_id == me.person_id:
        return MINE
    return COLLEAGUES if ticket.organisation_id == me.organisation_id else CUSTOMERS
