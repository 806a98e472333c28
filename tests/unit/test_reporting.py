"""When a report is accepted."""

import msgspec
import pytest

from supportdesk.domain.capabilities import Limits
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.commands import CreateTicket, FileRef
from supportdesk.domain.reporting import problems, text_problem
from tests.support.catalogue import CATALOGUE

LIMITS = Limits(max_file_bytes=2 * 2**20, max_files=2, max_subject_chars=20, max_text_chars=50)
GOOD = CreateTicket(
    subject="Prints twice",
    description="Since today",
    desk_id="main",
    service_id="print",
    type_id="incident",
    priority_id="low",
    consent_id="ask",
    fields={"model": "M210"},
)


def test_a_complete_report_has_no_problem() -> None:
    """A report that answers what is required is accepted."""
    assert problems(GOOD, CATALOGUE, LIMITS) == ()


def test_a_vendor_without_a_catalogue_asks_for_texts_only() -> None:
    """With an empty catalogue subject and description are enough."""
    assert problems(CreateTicket("x", "y"), Catalogue(), LIMITS) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"service_id": "paper", "fields": {}}, "service_id"),
        ({"service_id": "", "fields": {}}, "service_id"),
        ({"type_id": "unclassified"}, "type_id"),
        ({"priority_id": "urgent"}, "priority_id"),
        ({"subject": "  "}, "subject"),
        ({"subject": "x" * 21}, "subject"),
        ({"description": ""}, "description"),
        ({"description": "x" * 51}, "description"),
        ({"fields": {}}, "fields.model"),
        ({"fields": {"model": "M" * 11}}, "fields.model"),
        ({"fields": {"model": "M", "room": "r3"}}, "fields.room"),
        ({"fields": {"model": "M", "since": "yesterday"}}, "fields.since"),
        ({"fields": {"model": "M", "copies": "1,5"}}, "fields.copies"),
        ({"fields": {"model": "M", "notes": "x" * 21}}, "fields.notes"),
        ({"fields": {"model": "M", "agreed": "yes"}}, "fields.agreed"),
        ({"fields": {"model": "M", "unknown": "1"}}, "fields.unknown"),
        ({"type_id": "order"}, "fields.agreed"),
        ({"type_id": "order", "fields": {"model": "M", "agreed": "no"}}, "fields.agreed"),
        ({"type_id": "order", "fields": {"model": "M", "agreed": "maybe"}}, "fields.agreed"),
        ({"consent_id": ""}, "consent_id"),
        ({"files": (FileRef("a", "0" * 64, 3 * 2**20),)}, "files"),
        ({"files": (FileRef("a", "0" * 64, 1),) * 3}, "files"),
    ],
)
def test_each_shortcoming_is_named_by_its_field(change: dict[str, object], field: str) -> None:
    """One thing wrong gives exactly one problem, at its field, with a sentence."""
    found = problems(msgspec.structs.replace(GOOD, **change), CATALOGUE, LIMITS)
    assert [problem.field for problem in found] == [field]
    assert found[0].sentence


@pytest.mark.parametrize(("field", "answer"), [("since", "20260228"), ("copies", "1" * 201)])
def test_what_the_desk_would_refuse_is_not_sent(field: str, answer: str) -> None:
    """Days are written in one way, and numbers have an end, too."""
    fields = {"model": "M", "copies": "3", "since": "2026-02-28", "room": "r1", "notes": "x", field: answer}
    found = problems(msgspec.structs.replace(GOOD, fields=fields), CATALOGUE, LIMITS)
    assert [problem.field for problem in found] == [f"fields.{field}"]


@pytest.mark.parametrize("copies", ["3", "-1", "2.5"])
def test_numbers_may_be_negative_or_have_a_point(copies: str) -> None:
    """Whole numbers, negative ones and fractions with a point are answers to a number question."""
    fields = {"model": "M", "copies": copies, "since": "2026-02-28", "room": "r1", "notes": "x"}
    assert problems(msgspec.structs.replace(GOOD, fields=fields), CATALOGUE, LIMITS) == ()


def test_several_desks_must_be_chosen_between() -> None:
    """With more than one desk the report has to say which."""
    two = msgspec.structs.replace(
        CATALOGUE, desks=(*CATALOGUE.desks, msgspec.structs.replace(CATALOGUE.desks[0], id="other"))
    )
    assert [p.field for p in problems(msgspec.structs.replace(GOOD, desk_id=""), two, LIMITS)] == ["desk_id"]


def test_the_vendors_own_sentence_is_used() -> None:
    """A missing required answer is said in the vendor's words, and in ours where there are none."""
    told = problems(msgspec.structs.replace(GOOD, fields={}), CATALOGUE, LIMITS)
    assert told[0].sentence == "Enter the model."


def test_a_reason_is_required_and_limited() -> None:
    """Descriptions of replies and reopenings follow the same rule as a report's."""
    assert [p.field for p in text_problem("reason", " ", LIMITS)] == ["reason"]
    assert list(text_problem("reason", "it came back", LIMITS)) == []
