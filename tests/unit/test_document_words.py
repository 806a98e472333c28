"""What is said about a signed document is no more than what is known."""

from datetime import UTC, datetime

import msgspec
import pytest

from supportdesk.app.document_state import DocumentPageState, PagesState, SealLook
from supportdesk.app.document_words import signed_words
from supportdesk.domain.documents import Seal, Standing

_DAY = "22 November 2026"


def told(look: SealLook, standing: Standing | None = None) -> tuple[str, str]:
    seal = Seal(standing=standing, signed_at=datetime(2026, 11, 22, tzinfo=UTC)) if standing else None
    pages = PagesState(seal_look=look, seal=seal)
    return signed_words(msgspec.structs.replace(DocumentPageState(), pages=pages), "Mirko Petri", _DAY)


def test_only_a_seal_that_holds_makes_a_document_unchanged() -> None:
    """Signed by whom and when, unchanged: with a trusted seal over every bit of it."""
    assert told(SealLook.CHECKED, Standing.INTACT) == (
        "success",
        "Signed by Mirko Petri on 22 November 2026, unchanged",
    )


@pytest.mark.parametrize(
    ("look", "standing", "tone"),
    [
        (SealLook.CHECKED, Standing.CHANGED, "danger"),
        (SealLook.CHECKED, Standing.UNKNOWN_SIGNER, "warning"),
        (SealLook.CHECKED, Standing.UNSEALED, "warning"),
        (SealLook.UNKNOWN, None, "warning"),
        (SealLook.CHECKING, None, "info"),
        (SealLook.NONE, None, "info"),
    ],
)
def test_anything_else_is_not_called_unchanged(look: SealLook, standing: Standing | None, tone: str) -> None:
    """Changed, sealed by a stranger, not sealed, not to be checked, not checked yet: each says so."""
    found, words = told(look, standing)
    assert found == tone
    assert ", unchanged" not in words


def test_a_changed_document_names_nobody() -> None:
    """Who signed it is not known any more."""
    assert "Mirko" not in told(SealLook.CHECKED, Standing.CHANGED)[1]
