"""State of the connection to one backend: which follows which. A table, and what errors mean in it."""

from enum import StrEnum

from supportdesk.domain.errors import (
    AuthenticationFailed,
    BackendUnreachable,
    SessionExpired,
    SupportDeskError,
    UnknownOutcome,
)
from supportdesk.domain.projections import Link


class Signal(StrEnum):
    CONNECTED = "connected"
    CAUGHT_UP = "caught_up"
    UNREACHABLE = "unreachable"
    FAILED = "failed"
    SESSION_ENDED = "session_ended"
    CUT = "cut"
    """The customer wants to work offline."""


_LOSSES = {
    Signal.UNREACHABLE: Link.OFFLINE,
    Signal.FAILED: Link.FAILING,
    Signal.SESSION_ENDED: Link.SIGN_IN_NEEDED,
    Signal.CUT: Link.OFFLINE,
}
_GAINS = {Signal.CONNECTED: Link.SYNCING, Signal.CAUGHT_UP: Link.ONLINE}
_NEXT: dict[Link, dict[Signal, Link]] = {
    Link.STARTING: _GAINS | _LOSSES,
    Link.SYNCING: _GAINS | _LOSSES,
    Link.ONLINE: _GAINS | _LOSSES,
    Link.OFFLINE: _GAINS | _LOSSES,
    Link.FAILING: _GAINS | _LOSSES,
    Link.SIGN_IN_NEEDED: _GAINS | _LOSSES | {Signal.CUT: Link.SIGN_IN_NEEDED},
}
"""Working offline does not hide that a new sign-in is needed."""


def next_link(link: Link, signal: Signal) -> Link:
    return _NEXT[link][signal]


def signal_of(error: BaseException) -> Signal:
    if isinstance(error, SessionExpired | AuthenticationFailed):
        return Signal.SESSION_ENDED
    if isinstance(error, BackendUnreachable | UnknownOutcome):
        return Signal.UNREACHABLE
    return Signal.FAILED


def code_and_words(error: BaseException) -> tuple[str, str]:
    """Stable code and sentence for the customer."""
    known = error if isinstance(error, SupportDeskError) else SupportDeskError()
    return known.code, str(known)
