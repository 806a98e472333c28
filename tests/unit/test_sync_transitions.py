"""The two tables: which state of a command, and of a connection, follows which."""

import pytest

from supportdesk.domain.delivery import DONE, Event, after_silence, next_state
from supportdesk.domain.errors import (
    AuthenticationFailed,
    BackendUnreachable,
    DiskFull,
    ProtocolViolation,
    SessionExpired,
    UnknownOutcome,
)
from supportdesk.domain.projections import Link, OutboxState
from supportdesk.sync.connection import Signal, code_and_words, next_link, signal_of

S, E = OutboxState, Event

TABLE = {
    (S.QUEUED, E.UPLOAD_BEGUN): S.UPLOADING,
    (S.QUEUED, E.SEND_BEGUN): S.SENDING,
    (S.QUEUED, E.POSTPONED): S.QUEUED,
    (S.QUEUED, E.SIGNED_OUT): S.BLOCKED_AUTH,
    (S.QUEUED, E.REFUSED): S.NEEDS_USER,
    (S.QUEUED, E.RETRIED): S.QUEUED,
    (S.QUEUED, E.WITHDRAWN): S.CANCELLED,
    (S.UPLOADING, E.SEND_BEGUN): S.SENDING,
    (S.UPLOADING, E.POSTPONED): S.QUEUED,
    (S.UPLOADING, E.SIGNED_OUT): S.BLOCKED_AUTH,
    (S.UPLOADING, E.REFUSED): S.NEEDS_USER,
    (S.UPLOADING, E.WITHDRAWN): S.CANCELLED,
    (S.SENDING, E.ACCEPTED): S.SENT,
    (S.SENDING, E.POSTPONED): S.QUEUED,
    (S.SENDING, E.OUTCOME_UNKNOWN): S.UNCERTAIN,
    (S.SENDING, E.SIGNED_OUT): S.BLOCKED_AUTH,
    (S.SENDING, E.REFUSED): S.NEEDS_USER,
    (S.UNCERTAIN, E.FOUND): S.SENT,
    (S.UNCERTAIN, E.NOT_FOUND): S.QUEUED,
    (S.UNCERTAIN, E.RETRIED): S.QUEUED,
    (S.UNCERTAIN, E.WITHDRAWN): S.CANCELLED,
    (S.BLOCKED_AUTH, E.SIGNED_IN): S.QUEUED,
    (S.BLOCKED_AUTH, E.WITHDRAWN): S.CANCELLED,
    (S.NEEDS_USER, E.RETRIED): S.QUEUED,
    (S.NEEDS_USER, E.WITHDRAWN): S.CANCELLED,
}


@pytest.mark.parametrize("state", OutboxState)
@pytest.mark.parametrize("event", Event)
def test_every_event_in_every_state(state: OutboxState, event: Event) -> None:
    """What is not in the table cannot happen."""
    assert next_state(state, event) is TABLE.get((state, event))


@pytest.mark.parametrize("event", Event)
def test_what_is_done_stays_done(event: Event) -> None:
    """Nothing leads out of sent and cancelled."""
    assert all(next_state(state, event) is None for state in DONE)


def test_sent_is_reached_only_with_proof() -> None:
    """A command counts as sent by a receipt or by being found, by nothing else."""
    assert {event for (_state, event), after in TABLE.items() if after is S.SENT} == {E.ACCEPTED, E.FOUND}


def test_a_command_on_its_way_cannot_be_taken_back() -> None:
    """Between the first byte and the answer nobody can promise that it did not arrive."""
    assert next_state(S.SENDING, E.WITHDRAWN) is None


def test_silence_means_repeat_only_where_repeats_are_recognised() -> None:
    """A backend without idempotency keys is never asked twice blindly."""
    assert after_silence(repeatable=True) is Event.POSTPONED
    assert after_silence(repeatable=False) is Event.OUTCOME_UNKNOWN


@pytest.mark.parametrize("link", Link)
@pytest.mark.parametrize("signal", Signal)
def test_every_signal_in_every_link(link: Link, signal: Signal) -> None:
    """The connection's state follows the last signal; a needed sign-in is not hidden by working offline."""
    expected = {
        Signal.CONNECTED: Link.SYNCING,
        Signal.CAUGHT_UP: Link.ONLINE,
        Signal.UNREACHABLE: Link.OFFLINE,
        Signal.FAILED: Link.FAILING,
        Signal.SESSION_ENDED: Link.SIGN_IN_NEEDED,
        Signal.CUT: Link.SIGN_IN_NEEDED if link is Link.SIGN_IN_NEEDED else Link.OFFLINE,
    }
    assert next_link(link, signal) is expected[signal]


@pytest.mark.parametrize(
    ("error", "signal"),
    [
        (BackendUnreachable(), Signal.UNREACHABLE),
        (UnknownOutcome(), Signal.UNREACHABLE),
        (SessionExpired(), Signal.SESSION_ENDED),
        (AuthenticationFailed(), Signal.SESSION_ENDED),
        (ProtocolViolation(), Signal.FAILED),
        (DiskFull(), Signal.FAILED),
        (ValueError("a bug"), Signal.FAILED),
    ],
)
def test_what_errors_say_about_the_connection(error: Exception, signal: Signal) -> None:
    """Only a missing connection is 'offline'; a broken answer is 'failing'."""
    assert signal_of(error) is signal


def test_a_bug_is_told_in_words_for_the_customer() -> None:
    """An error outside the tree keeps its details out of the window."""
    code, words = code_and_words(ValueError("secret detail"))
    assert code == "unexpected"
    assert "secret" not in words
