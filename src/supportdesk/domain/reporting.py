"""When a report can be accepted: the same rules in the form, on the command line and in the desk."""

from collections.abc import Iterator
from datetime import date

import msgspec

from supportdesk.domain.capabilities import Limits
from supportdesk.domain.catalogue import Catalogue, FieldKind, FormField
from supportdesk.domain.commands import CreateTicket, FileRef
from supportdesk.i18n import _, ngettext


class Problem(msgspec.Struct, frozen=True):
    """`field` is an attribute of CreateTicket, `fields.<id>` for a question of the vendor's, or `files`."""

    field: str
    sentence: str


def problems(
    report: CreateTicket, catalogue: Catalogue, limits: Limits, language: str = "en"
) -> tuple[Problem, ...]:
    """Everything that keeps `report` from being accepted, in the order of the form; () when nothing does."""
    return (
        *_about(report, catalogue),
        *_texts(report, limits),
        *_answers(report, catalogue, language),
        *file_problems(report.files, limits),
        *_consent(report, catalogue),
    )


def file_problems(files: tuple[FileRef, ...], limits: Limits) -> Iterator[Problem]:
    """Also for replies and files added later."""
    if len(files) > limits.max_files:
        text = ngettext(
            "Only {n} file can be sent at once.", "Only {n} files can be sent at once.", limits.max_files
        )
        yield Problem("files", text.format(n=limits.max_files))
    for file in files:
        if file.size_bytes > limits.max_file_bytes:
            text = _("“{name}” is larger than the {limit} MB this portal accepts.")
            yield Problem("files", text.format(name=file.name, limit=limits.max_file_bytes // 2**20))


def text_problem(field: str, text: str, limits: Limits) -> Iterator[Problem]:
    """A description, reply or reason that must be there and must not be endless."""
    if not text.strip():
        yield Problem(field, _("Describe what happened."))
    elif len(text) > limits.max_text_chars:
        yield Problem(field, _("Shorten the text to {n} characters.").format(n=limits.max_text_chars))


def _about(report: CreateTicket, catalogue: Catalogue) -> Iterator[Problem]:
    desks = {desk.id for desk in catalogue.desks}
    if len(desks) > 1 and report.desk_id not in desks:
        yield Problem("desk_id", _("Choose where it goes."))
    services = {service.id for _heading, service in catalogue.choosable_services(report.desk_id)}
    if services and report.service_id not in services:
        yield Problem("service_id", _("Choose what it is about."))
    types = {each.id for each in catalogue.choosable_types(report.desk_id)}
    if types and report.type_id not in types:
        yield Problem("type_id", _("Choose what kind of matter it is."))
    priorities = {priority.id for priority in catalogue.priorities}
    if priorities and report.priority_id not in priorities:
        yield Problem("priority_id", _("Choose how urgent it is."))


def _texts(report: CreateTicket, limits: Limits) -> Iterator[Problem]:
    if not report.subject.strip():
        yield Problem("subject", _("Say in a few words what it is about."))
    elif len(report.subject) > limits.max_subject_chars:
        text = _("Shorten the subject to {n} characters.")
        yield Problem("subject", text.format(n=limits.max_subject_chars))
    yield from text_problem("description", report.description, limits)


def _answers(report: CreateTicket, catalogue: Catalogue, language: str) -> Iterator[Problem]:
    form = catalogue.form(service_id=report.service_id, type_id=report.type_id, desk_id=report.desk_id)
    for field in form:
        sentence = answer_problem(field, report.fields.get(field.id, ""), language)
        if sentence:
            yield Problem(f"fields.{field.id}", sentence)
    for unknown in sorted(set(report.fields) - {field.id for field in form}):
        yield Problem(f"fields.{unknown}", _("The form has no field “{name}”.").format(name=unknown))


def answer_problem(field: FormField, answer: str, language: str = "en") -> str:
    """What is wrong with the answer to one question of the vendor's; '' when nothing is."""
    if is_missing(field, answer):
        return field.error.get(language) or _("This is needed.")
    if fits(field, answer):
        return ""
    if _is_too_long(field, answer):
        return _("Shorten this to {n} characters.").format(n=field.max_length)
    return _WRONG_KIND[field.kind]()


def is_missing(field: FormField, answer: str) -> bool:
    """Of a question that must be answered; a box that must be checked is not."""
    given = answer.strip() and not (field.kind is FieldKind.CHECKBOX and answer == "no")
    return field.required and not given


def fits(field: FormField, answer: str) -> bool:
    """Whether it is of the kind that was asked for. No answer at all fits everywhere."""
    if not answer.strip():
        return len(answer) <= field.max_length
    return not _is_too_long(field, answer) and _is_of_kind(field, answer)


def _is_of_kind(field: FormField, answer: str) -> bool:
    match field.kind:
        case FieldKind.CHOICE:
            return answer in {choice.id for choice in field.choices}
        case FieldKind.CHECKBOX:
            return answer in ("yes", "no")
        case FieldKind.DATE:
            return _is_date(answer)
        case FieldKind.NUMBER:
            return _is_number(answer)
        case _:
            return True


def _is_too_long(field: FormField, answer: str) -> bool:
    typed = (FieldKind.TEXT, FieldKind.MULTILINE, FieldKind.NUMBER)
    return field.kind in typed and len(answer) > field.max_length


def _is_date(answer: str) -> bool:
    """'2026-03-31', and none of the other ways in which ISO 8601 writes that day."""
    try:
        return date.fromisoformat(answer).isoformat() == answer
    except ValueError:
        return False


def _is_number(answer: str) -> bool:
    digits = answer.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit()


_WRONG_KIND = {
    FieldKind.CHOICE: lambda: _("Choose one of the answers."),
    FieldKind.CHECKBOX: lambda: _("Say yes or no."),
    FieldKind.DATE: lambda: _("Enter a date."),
    FieldKind.NUMBER: lambda: _("Enter a number."),
}


def _consent(report: CreateTicket, catalogue: Catalogue) -> Iterator[Problem]:
    consents = {consent.id for consent in catalogue.consents}
    if consents and report.consent_id not in consents:
        yield Problem("consent_id", _("Choose what should happen if the work is chargeable."))
