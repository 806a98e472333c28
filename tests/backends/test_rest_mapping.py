"""What answers mean, as far as it can be said without a network."""

from datetime import UTC, datetime

import msgspec
import pytest

from supportdesk.backends.http import Answer
from supportdesk.backends.rest.mapping import failure, retry_after_s
from supportdesk.domain import errors
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.wire import PROBLEM_TYPE, Problem, problem_of

_NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def _problem(error: SupportDeskError, status: int = 0, **headers: str) -> Answer:
    problem = problem_of(error)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(
        status or problem.status, {"content-type": PROBLEM_TYPE} | named, msgspec.json.encode(problem)
    )


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 7 "}, 7.0),
        ({"retry-after": "99999999999"}, 3600.0),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Mon, 02 Mar 2026 09:00:30 GMT"}, 30.0),
        ({"retry-after": "Mon, 02 Mar 2026 08:00:00 GMT"}, 0.0),
        ({"retry-after": "Fri, 31 Dec 9999 23:59:59 GMT"}, 3600.0),
        (
            {"retry-after": "Sun, 01 Mar 2026 09:00:30 GMT", "date": "Sun, 01 Mar 2026 09:00:10 GMT"},
            20.0,
        ),
    ],
)
def test_a_server_may_ask_for_a_wait(headers: dict[str, str], wait_s: float | None) -> None:
    """Seconds or a date, by the server's own clock, never longer than an hour; nonsense is as if unsaid."""
    assert retry_after_s(Answer(503, headers), _NOW) == wait_s


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_trouble_without_words_is_for_now(status: int) -> None:
    """From a proxy or a server that is not well: tried again, after the wait that it asks for."""
    error = failure(Answer(status, {"retry-after": "4"}, b"Oops"), _NOW)
    assert isinstance(error, errors.BackendUnreachable)
    assert error.retry_after_s == 4.0


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 422])
def test_only_a_problem_of_ours_refuses_or_signs_out(status: int) -> None:
    """What something on the way says neither drops a command nor ends a session."""
    for body, kind in ((b"<html>", "text/html"), (b"{}", "application/json"), (b"{}", PROBLEM_TYPE)):
        error = failure(Answer(status, {"content-type": kind}, body), _NOW)
        assert type(error) is errors.ProtocolViolation


def test_a_problem_about_another_status_is_none() -> None:
    """Its two halves contradict each other."""
    assert type(failure(_problem(errors.Refused("No."), status=418), _NOW)) is errors.ProtocolViolation


def test_a_rate_limit_is_a_wait_and_wrong_passwords_are_not() -> None:
    """Too many requests wait; too many wrong passwords are told as such."""
    limit = msgspec.json.encode(Problem(title="Slower", status=429, code="too_many_requests"))
    slower = failure(Answer(429, {"content-type": PROBLEM_TYPE}, limit), _NOW)
    assert isinstance(slower, errors.BackendUnreachable)
    assert slower.retry_after_s
    guessed = failure(_problem(errors.TooManyAttempts(retry_after_s=60)), _NOW)
    assert isinstance(guessed, errors.TooManyAttempts)
    assert guessed.retry_after_s == 60


def test_a_refusal_keeps_its_words_but_not_all_of_a_flood() -> None:
    """The person reads why, not a book."""
    error = failure(_problem(errors.Refused("No. " * 10_000, next_step="Ask.")), _NOW)
    assert type(error) is errors.Refused
    assert str(error).startswith("No. No.")
    assert len(str(error)) <= 1000
    assert error.next_step == "Ask."


def test_a_failure_with_a_wait_ends_the_connection_for_so_long() -> None:
    """Nobody asks a server that cannot save again before it wants to be asked."""
    error = failure(_problem(errors.BackendError("Full."), retry_after="9"), _NOW)
    assert isinstance(error, errors.BackendUnreachable)
    assert (str(error), error.retry_after_s) == ("Full.", 9.0)
