"""What keeps the answers in a document from being signed."""

import pytest

from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import Box, DocumentField, missing, problems

BOX = Box(72, 72, 200, 20)
"""Room for two lines of 59 small characters."""


def field(
    name: str, kind: FieldKind, *, required: bool = False, max_chars: int | None = None
) -> DocumentField:
    choices = (("m", "monthly"), ("y", "yearly")) if kind is FieldKind.CHOICE else ()
    return DocumentField(
        name=name,
        kind=kind,
        page=0,
        box=BOX,
        label=name.title(),
        required=required,
        choices=choices,
        max_chars=max_chars,
    )


FIELDS = (
    field("start", FieldKind.DATE, required=True),
    field("number", FieldKind.TEXT, required=True, max_chars=8),
    field("terms", FieldKind.CHECKBOX, required=True),
    field("pay", FieldKind.CHOICE),
    field("notes", FieldKind.MULTILINE),
)
GOOD = {"start": "2026-12-01", "number": "A 17", "terms": "yes"}


def test_complete_answers_have_no_problem() -> None:
    """What is not required may stay empty."""
    assert problems(FIELDS, GOOD) == ()
    assert missing(FIELDS, {**GOOD, "pay": "", "notes": "Zwei\nZeilen – für 30 €"}) == ()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"start": ""}, "start"),
        ({"start": "1.12.2026"}, "start"),
        ({"number": " "}, "number"),
        ({"number": "123456789"}, "number"),
        ({"number": "Ω"}, "number"),
        ({"terms": "no"}, "terms"),
        ({"terms": "maybe"}, "terms"),
        ({"pay": "weekly"}, "pay"),
        ({"notes": "x" * 130}, "notes"),
        ({"notes": "\n" * 3}, "notes"),
        ({"notes": "\x07"}, "notes"),
        ({"other": "1"}, "other"),
    ],
)
def test_what_is_missing_or_does_not_fit_is_named(change: dict[str, str], name: str) -> None:
    """Each unsuitable answer is exactly one problem, under the name of its field."""
    (problem,) = problems(FIELDS, GOOD | change)
    assert problem.field == name
    assert problem.sentence


def test_missing_fields_come_in_the_order_of_the_document() -> None:
    """Whoever goes to the next required field goes from the top to the bottom."""
    assert [each.name for each in missing(FIELDS, {})] == ["start", "number", "terms"]


def test_what_the_vendor_filled_in_counts() -> None:
    """A field that was not touched stands as it came."""
    given = DocumentField(
        name="number", kind=FieldKind.TEXT, page=0, box=BOX, label="Number", required=True, value="A 17"
    )
    assert problems((given,), {}) == ()
    assert problems((given,), {"number": ""})


def test_letters_in_parts_are_the_letter() -> None:
    """“ü” as macOS types it, a letter and an accent, can be written."""
    assert problems(FIELDS, GOOD | {"number": "Mu\u0308ller"}) == ()
