"""Errors cross the wire and come out as what they were."""

import pytest

from supportdesk.domain import errors
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.wire import Problem, error_of, problem_of


@pytest.mark.parametrize(
    "error",
    [
        errors.InvalidInput("Too short.", field="password", next_step="Choose a longer one."),
        errors.LimitExceeded("Too large."),
        errors.UnsafeFile("A bomb."),
        errors.NotFound(),
        errors.NotAllowed(),
        errors.Refused("The subject is missing."),
        errors.IdempotencyConflict(),
        errors.BackendError("Not now."),
        errors.BackendUnreachable("Wait.", retry_after_s=7.5),
        errors.AuthenticationFailed(),
        errors.TooManyAttempts(retry_after_s=30.0),
        errors.SessionExpired(),
    ],
    ids=lambda error: error.code,
)
def test_an_error_arrives_as_it_was_raised(error: SupportDeskError) -> None:
    """Class, words, field and waiting time survive the way over the wire."""
    arrived = error_of(problem_of(error))
    assert (type(arrived), str(arrived), vars(arrived)) == (type(error), str(error), vars(error))


def test_what_went_wrong_inside_stays_inside() -> None:
    """An error that was never meant for a caller says nothing of itself."""
    problem = problem_of(errors.StoreDamaged("/srv/desk/secret.db"))
    assert problem.status == 500
    assert "secret" not in repr(problem)


def test_an_unknown_code_is_a_failure_to_try_again() -> None:
    """A newer server's error keeps its words and loses nothing."""
    error = error_of(Problem(title="New", status=418, code="from_the_future", detail="Something new."))
    assert type(error) is errors.BackendError
    assert str(error) == "Something new."
