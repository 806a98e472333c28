"""What a customer copies for support when something went wrong."""

from supportdesk import __version__
from supportdesk.app.failure import details_of, trace_id
from supportdesk.domain.errors import SupportDeskError


def fail(secret: str) -> None:
    raise RuntimeError(secret)


def failed(secret: str) -> SupportDeskError:
    told = SupportDeskError()
    try:
        fail(secret)
    except RuntimeError as error:
        told.__cause__ = error
    return told


def test_details_name_the_place_and_not_what_was_worked_on() -> None:
    """Version, code, kind and place are there; what the mistake was about is not, nor any folder."""
    details = details_of(failed("Mr Miller's password"))
    assert f"SupportDesk {__version__}" in details
    assert "unexpected: Something unexpected happened." in details
    assert "RuntimeError" in details
    assert "test_failure.py:" in details
    assert "Miller" not in details
    assert "/" not in details


def test_the_same_mistake_has_the_same_trace() -> None:
    """Support recognises it on every computer, whatever it was about."""
    first, second = failed("one").__cause__, failed("two").__cause__
    assert first is not None
    assert second is not None
    assert trace_id(first) == trace_id(second)
    assert trace_id(first) in details_of(failed("three"))
    assert trace_id(first) != trace_id(ValueError())


def test_an_error_that_was_never_raised_has_no_trace() -> None:
    """There is no place to name, so none is named."""
    assert "Trace" not in details_of(SupportDeskError())
