"""What is said about a signed document is no more than what is known."""

from datetime import UTC, datetime

import msgspec
import pytest

from supportdesk.app.document_state import DocumentPageState, PagesState, SealLook
from supportdesk.app.document_words import linked_words, signed_words
from supportdesk.domain.documents import DocumentState, Seal, Standing
from supportdesk.domain.projections import ItemRow
from tests.support.facts import MOMENT, document

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


def linked(state: DocumentState, seal: Seal | None = None, *, pending: bool = False) -> str:
    """Answered by Mirko Petri at MOMENT, unless it waits."""
    by = "" if state is DocumentState.TO_SIGN else "Mirko Petri"
    fact = msgspec.structs.replace(
        document("d1", sign_by=MOMENT),
        state=state,
        answered_by_name="" if pending else by,
        answered_at=MOMENT if by and not pending else None,
    )
    row = ItemRow(
        account_id="a",
        id="d1",
        kind="document",
        number="d1",
        title="Offer",
        state=state.value,
        open=not by,
        unread=False,
        created_at=MOMENT,
        updated_at=MOMENT,
        due_at=None,
        fact=fact,
        pending=pending,
    )
    return linked_words(row, seal, lambda moment: f"{moment:%d.%m.%Y}")


def test_what_it_is_linked_with_says_how_a_document_stands() -> None:
    """To sign by when, signed or declined by whom and when; on its way where it was answered here."""
    assert linked(DocumentState.TO_SIGN) == "To sign by 02.03.2026"
    assert linked(DocumentState.SIGNED) == "Signed by Mirko Petri on 02.03.2026"
    assert linked(DocumentState.DECLINED) == "Declined by Mirko Petri on 02.03.2026"
    assert linked(DocumentState.SIGNED, pending=True) == "Signed, will be sent"


def test_there_too_only_a_seal_that_holds_makes_it_unchanged() -> None:
    """And names who signed; one that is broken names nobody."""
    seal = Seal(
        standing=Standing.INTACT, signed_by="Gesa Petri", signed_at=datetime(2026, 11, 22, tzinfo=UTC)
    )
    assert linked(DocumentState.SIGNED, seal) == "Signed by Gesa Petri on 22.11.2026, unchanged"
    changed = linked(DocumentState.SIGNED, msgspec.structs.replace(seal, standing=Standing.CHANGED))
    assert changed == "This document was changed after it had been signed."
