"""A begun report: prefilled, kept, and turned into what is sent."""

import msgspec
import pytest

from supportdesk.app.flows.report_draft import (
    DraftFile,
    ReportDraft,
    answered,
    begin,
    decode,
    encode,
    fit_to_desk,
    fit_to_form,
    from_prefill,
    renamed,
    salvage,
    to_intent,
    with_file,
    with_file_changed,
    without_file,
)
from supportdesk.app.prefill import Prefill
from supportdesk.domain.catalogue import Desk, Service, TicketType
from supportdesk.domain.commands import FileRef
from supportdesk.domain.errors import InvalidInput
from tests.support.catalogue import CATALOGUE, name

A, B = FileRef("a.png", "a" * 64, 1), FileRef("b.log", "b" * 64, 2)


def test_a_new_report_begins_with_what_the_vendor_has_chosen() -> None:
    """The only desk, the recommended type, the preset priority and consent are filled in."""
    draft = begin(CATALOGUE)
    assert (draft.desk_id, draft.type_id, draft.priority_id, draft.consent_id) == (
        "main", "incident", "high", "ask",
    )  # fmt: skip


@pytest.mark.parametrize("module", ["print", "PRINT", "Printing", "drucken"])
@pytest.mark.parametrize("priority", ["low", "Niedrig"])
def test_module_and_priority_are_found_by_id_or_any_name(module: str, priority: str) -> None:
    """Ids and names in every language are understood in any case."""
    draft = from_prefill(Prefill(module=module, priority=priority), CATALOGUE)
    assert (draft.service_id, draft.priority_id) == ("print", "low")
    assert draft.filled == ("service_id", "priority_id")


def test_vendor_fields_are_found_by_prefill_key_id_and_words() -> None:
    """A field is named by its prefill key or id, a choice by id or words; both are noted as filled in."""
    prefill = Prefill(fields={"workplace": "Zimmer 1", "model": "M1"}, source="Medora 24.3")
    draft = from_prefill(prefill, CATALOGUE)
    assert draft.fields == {"room": "r1", "model": "M1"}
    assert draft.filled == ("fields.room", "fields.model")
    assert draft.source == "Medora 24.3"


def test_a_choice_that_the_vendor_does_not_know_is_left_for_the_check() -> None:
    """An unknown choice is kept as it is, so that the form can say what is wrong with it."""
    assert from_prefill(Prefill(fields={"room": "Cellar"}), CATALOGUE).fields == {"room": "Cellar"}


@pytest.mark.parametrize(
    ("prefill", "field"),
    [
        (Prefill(module="paper"), "--module"),
        (Prefill(priority="none"), "--priority"),
        (Prefill(desk="none"), "--desk"),
        (Prefill(type="none"), "--type"),
        (Prefill(consent="none"), "--consent"),
        (Prefill(fields={"x": "1"}), "--field"),
    ],
)
def test_what_is_unknown_is_refused_by_name(prefill: Prefill, field: str) -> None:
    """An unknown module (also a mere heading), priority or field raises InvalidInput that names it."""
    with pytest.raises(InvalidInput) as refusal:
        from_prefill(prefill, CATALOGUE)
    assert refusal.value.field == field


def test_only_ticked_files_are_sent() -> None:
    """Files without a tick stay here; files made for sending come last; empty answers are dropped."""
    draft = ReportDraft(
        subject=" s ", description="d\n", files=(DraftFile(A), DraftFile(B, include=False)),
        fields={"room": "", "model": "M"},
    )  # fmt: skip
    extra = FileRef("info.txt", "c" * 64, 3)
    intent = to_intent(draft, (extra,))
    assert intent.files == (A, extra)
    assert (intent.subject, intent.description, intent.fields) == ("s", "d", {"model": "M"})


def test_answers_to_questions_that_are_no_longer_asked_are_dropped() -> None:
    """Choosing another module takes the answers of its own questions away, and keeps the others."""
    draft = ReportDraft(service_id="general", fields={"model": "M", "room": "r1"})
    assert fit_to_form(draft, CATALOGUE).fields == {"room": "r1"}


TWO_DESKS = msgspec.structs.replace(
    CATALOGUE,
    desks=(*CATALOGUE.desks, Desk(id="returns", name=name("Returns"))),
    services=(Service(id="shop", name=name("Shop"), desks=("main",)), *CATALOGUE.services),
    types=(
        TicketType(id="incident", name=name("Incident"), recommended=True, desks=("main",)),
        TicketType(id="order", name=name("Order")),
    ),
)


def test_what_a_desk_does_not_offer_is_open_again() -> None:
    """Service and type stay with the desks that offer them; the recommended type is not put upon another."""
    kept = ReportDraft(desk_id="returns", service_id="print", type_id="order")
    assert fit_to_desk(kept, TWO_DESKS) == kept
    lost = ReportDraft(desk_id="returns", service_id="shop", type_id="incident")
    assert fit_to_desk(lost, TWO_DESKS) == ReportDraft(desk_id="returns")
    assert from_prefill(Prefill(desk="returns"), TWO_DESKS).type_id == ""
    assert from_prefill(Prefill(desk="main"), TWO_DESKS).type_id == "incident"


def test_a_kept_draft_comes_back_whole() -> None:
    """What was encoded is decoded unchanged; content of a later version with more in it is read too."""
    draft = ReportDraft(subject="s", files=(DraftFile(A, warning="w"),), fields={"room": "r1"})
    assert decode(encode(draft)) == draft
    assert decode(b'{"subject":"s","colour":"red"}').subject == "s"
    with pytest.raises(InvalidInput):
        decode(b'{"subject":1}')


def test_what_the_vendor_does_not_know_is_left_out_and_named() -> None:
    """Each unknown part of a prefill is dropped alone and said; everything else is taken."""
    prefill = Prefill(module="x1", priority="Low", fields={"workplace": "Two", "x2": "1"}, subject="S")
    draft, unknown = salvage(prefill, CATALOGUE)
    assert (draft.service_id, draft.priority_id, draft.subject) == ("", "low", "S")
    assert draft.fields == {"room": "r2"}
    assert [("x1" in sentence, "x2" in sentence) for sentence in unknown] == [(True, False), (False, True)]
    assert salvage(Prefill(), CATALOGUE) == (begin(CATALOGUE), ())


def test_what_the_vendor_does_not_know_is_quoted_shortly() -> None:
    """A link can say words of any length; a sentence about them still fits a window."""
    endless = "x" * 500
    _draft, unknown = salvage(Prefill(module=endless, priority=endless, fields={endless: "1"}), CATALOGUE)
    assert [(len(sentence) < 80, "x…" in sentence) for sentence in unknown] == [(True, True)] * 3


def test_a_prefill_cannot_break_the_lines_of_the_form() -> None:
    """A subject of several lines becomes one, and a program's name is cut to what the desk takes."""
    draft = from_prefill(Prefill(subject=" two\n lines ", source="x" * 500), CATALOGUE)
    assert draft.subject == "two lines"
    assert len(draft.source) == 80


def test_what_the_customer_says_is_no_longer_filled_in() -> None:
    """An answer replaces what was handed over and takes its note away."""
    draft = from_prefill(Prefill(subject="S", fields={"model": "M"}), CATALOGUE)
    draft = answered(answered(draft, "subject", "T"), "fields.model", "N")
    assert (draft.subject, draft.fields, draft.filled) == ("T", {"model": "N"}, ())


def test_files_come_change_and_go() -> None:
    """The same file is taken once; changing and removing concern one file alone."""
    draft = with_file(with_file(with_file(ReportDraft(), DraftFile(A)), DraftFile(B)), DraftFile(A))
    assert [each.file for each in draft.files] == [A, B]
    draft = with_file_changed(draft, B, DraftFile(B, include=False))
    assert [each.include for each in draft.files] == [True, False]
    assert [each.file for each in without_file(draft, A).files] == [B]


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("printer", "printer.png"),
        ("printer.PNG", "printer.PNG"),
        ("picture.exe", "picture.exe.png"),
        ("../../etc/passwd", "_.._etc_passwd.png"),
        ("  ", "a.png"),
        ("\u202egnp.a", "gnp.a.png"),
    ],
)
def test_a_file_keeps_its_ending_under_any_name(wanted: str, name: str) -> None:
    """A new name cannot hide what a file is, leave its folder, or be empty."""
    assert renamed(A, wanted).name == name
    assert renamed(A, wanted).sha256 == A.sha256


def test_a_file_without_an_ending_can_be_given_any_name() -> None:
    """Where there is no ending, none is kept."""
    assert renamed(FileRef("README", "c" * 64, 1), "notes.txt").name == "notes.txt"
