"""The life of a command on its way: which state follows which event. A table, and nothing else."""

from enum import StrEnum

from supportdesk.domain.projections import OutboxState


class Event(StrEnum):
    UPLOAD_BEGUN = "upload_begun"
    SEND_BEGUN = "send_begun"
    """Committed before the first byte of the command leaves."""
    ACCEPTED = "accepted"
    """A receipt came that echoes the command's id and the hash of its payload."""
    POSTPONED = "postponed"
    """It certainly did not happen, or repeating it is harmless: it waits for the next try."""
    OUTCOME_UNKNOWN = "outcome_unknown"
    """It may have happened and the backend does not recognise repeats."""
    SIGNED_OUT = "signed_out"
    SIGNED_IN = "signed_in"
    REFUSED = "refused"
    RETRIED = "retried"
    """The customer asks for another try."""
    WITHDRAWN = "withdrawn"
    """The customer takes it back."""
    FOUND = "found"
    """A look-up showed that an uncertain command had arrived."""
    NOT_FOUND = "not_found"


_S = OutboxState
_NEXT: dict[OutboxState, dict[Event, OutboxState]] = {
    _S.QUEUED: {
        Event.UPLOAD_BEGUN: _S.UPLOADING,
        Event.SEND_BEGUN: _S.SENDING,
        Event.POSTPONED: _S.QUEUED,
        Event.SIGNED_OUT: _S.BLOCKED_AUTH,
        Event.REFUSED: _S.NEEDS_USER,
        Event.RETRIED: _S.QUEUED,
        Event.WITHDRAWN: _S.CANCELLED,
    },
    _S.UPLOADING: {
        Event.SEND_BEGUN: _S.SENDING,
        Event.POSTPONED: _S.QUEUED,
        Event.SIGNED_OUT: _S.BLOCKED_AUTH,
        Event.REFUSED: _S.NEEDS_USER,
        Event.WITHDRAWN: _S.CANCELLED,
    },
    _S.SENDING: {
        Event.ACCEPTED: _S.SENT,
        Event.POSTPONED: _S.QUEUED,
        Event.OUTCOME_UNKNOWN: _S.UNCERTAIN,
        Event.SIGNED_OUT: _S.BLOCKED_AUTH,
        Event.REFUSED: _S.NEEDS_USER,
    },
    _S.UNCERTAIN: {
        Event.FOUND: _S.SENT,
        Event.NOT_FOUND: _S.QUEUED,
        Event.RETRIED: _S.QUEUED,
        Event.WITHDRAWN: _S.CANCELLED,
    },
    _S.BLOCKED_AUTH: {Event.SIGNED_IN: _S.QUEUED, Event.WITHDRAWN: _S.CANCELLED},
    _S.NEEDS_USER: {Event.RETRIED: _S.QUEUED, Event.WITHDRAWN: _S.CANCELLED},
    _S.SENT: {},
    _S.CANCELLED: {},
}

DONE = frozenset({OutboxState.SENT, OutboxState.CANCELLED})

SILENT = frozenset({"mark_read"})
"""Intents nobody waits for: they are left out of lists and counts of what is on its way."""


def next_state(state: OutboxState, event: Event) -> OutboxState | None:
    """The state after `event`, or None where the event cannot happen (any more)."""
    return _NEXT[state].get(event)


def after_silence(*, repeatable: bool) -> Event:
    """What a missing answer means, be it a time-out or the end of this process while sending."""
    return Event.POSTPONED if repeatable else Event.OUTCOME_UNKNOWN
