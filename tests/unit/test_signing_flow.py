"""Filling in a document: what is required, what is left, what comes next."""

import msgspec

from supportdesk.app.flows.signing import SIGNATURE, Filling
from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import Box, DocumentForm, SignaturePlace
from tests.support.pdfs import A4, FORM, asked

EMPTY = Filling(FORM)


def names(filling: Filling) -> list[str]:
    return [each.name for each in filling.required]


def open_names(filling: Filling) -> list[str]:
    return [each.name for each in filling.required if not each.done]


def filled() -> Filling:
    return EMPTY.answered("start", "2026-12-01").answered("terms", "yes")


def test_required_fields_and_the_signature_are_listed_as_they_are_read() -> None:
    """What is not required is not in the list; the signature stands where its place is on the pages."""
    assert names(EMPTY) == ["start", "number", "terms", SIGNATURE]


def test_a_signature_before_a_field_is_asked_for_before_it() -> None:
    """The order is that of the pages, not fields first."""
    form = msgspec.structs.replace(FORM, place=SignaturePlace(0, Box(60, 120, 200, 15)))
    assert names(Filling(form)) == ["start", SIGNATURE, "number", "terms"]


def test_what_the_vendor_filled_in_is_done() -> None:
    """A required field with a value of the document's own is not left; an empty box that is required is."""
    assert open_names(EMPTY) == ["start", "terms", SIGNATURE]
    assert EMPTY.left == 3


def test_emptying_a_field_asks_for_it_again() -> None:
    """An answer of nothing takes the vendor's own value away."""
    assert "number" in open_names(EMPTY.answered("number", " "))


def test_an_optional_answer_that_cannot_stay_is_listed_with_its_reason() -> None:
    """What cannot be written into the document hinders signing, wherever it stands."""
    wrong = filled().answered("notes", "日本")
    listed = next(each for each in wrong.required if each.name == "notes")
    assert not listed.done
    assert "日" in listed.problem
    assert not wrong.is_filled


def test_next_goes_round_and_ends_with_the_last() -> None:
    """From one to the next that is open, past what is done, and round to the first."""
    first = EMPTY.next_after("")
    assert first is not None
    assert first.name == "start"
    after = EMPTY.next_after("start")
    assert after is not None
    assert after.name == "terms"
    round_ = EMPTY.next_after(SIGNATURE)
    assert round_ is not None
    assert round_.name == "start"


def test_nothing_is_left_with_all_answers_and_a_mark() -> None:
    """Then there is no next one."""
    done = msgspec.structs.replace(filled(), has_mark=True)
    assert done.left == 0
    assert done.next_after("start") is None


def test_a_document_can_be_signed_when_only_the_mark_is_missing() -> None:
    """The window in which the mark is made opens then."""
    assert filled().is_filled
    assert not EMPTY.is_filled


def test_a_document_without_a_place_cannot_be_signed() -> None:
    """There is nowhere to put the mark, and no signature in the list."""
    form = DocumentForm(pages=(A4,), fields=(asked("name", FieldKind.TEXT, 50, required=True),))
    filling = Filling(form).answered("name", "Jana")
    assert names(filling) == ["name"]
    assert not filling.is_filled
