"""What a customer has said so far about a problem. This is the content of a draft, and becomes the report."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from supportdesk import i18n
from supportdesk.app.prefill import Prefill
from supportdesk.domain.catalogue import (
    Catalogue,
    Choice,
    Consent,
    Desk,
    FieldKind,
    FormField,
    Priority,
    Service,
    TicketType,
)
from supportdesk.domain.commands import CreateTicket, FileRef
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.filenames import safe_name
from supportdesk.domain.localtext import LocalText
from supportdesk.i18n import _

_MAX_SOURCE_CHARS = 80
"""Enough for a program's name and version; it is put in front of the customer, and the desk limits it too."""
_MAX_QUOTED_CHARS = 30
"""Of what a link says: a longer word would push a window apart."""

Offered = Priority | Desk | TicketType | Consent | Service | Choice
"""What can be chosen in a vendor's form."""


class DraftFile(msgspec.Struct, frozen=True):
    """`warning` is a sentence for 'This leaves your computer', e.g. that hidden data were removed;
    kept in English, as it is looked up where it is shown.
    """

    file: FileRef
    include: bool = True
    warning: str = ""
    blacked_out: int = 0
    """How many areas of the picture were destroyed in the studio."""


class ReportDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """`filled` names what the host application put in (attribute names, `fields.<id>`)."""

    desk_id: str = ""
    service_id: str = ""
    type_id: str = ""
    priority_id: str = ""
    subject: str = ""
    description: str = ""
    fields: dict[str, str] = {}
    files: tuple[DraftFile, ...] = ()
    consent_id: str = ""
    requester_id: str = ""
    source: str = ""
    include_system_info: bool = False
    filled: tuple[str, ...] = ()
    reached: int = 0
    """The furthest step of the form that has been seen, as it was kept."""


def encode(draft: ReportDraft) -> bytes:
    return msgspec.json.encode(draft)


def decode(content: bytes) -> ReportDraft:
    """Of `encode`, also by an earlier version. Raises InvalidInput for anything else."""
    try:
        return msgspec.json.decode(content, type=ReportDraft)
    except msgspec.DecodeError as error:
        raise InvalidInput(
            _("This draft cannot be read."), next_step=_("Begin a new report; the draft is left as it is.")
        ) from error


def begin(catalogue: Catalogue) -> ReportDraft:
    """An empty report with what the vendor has chosen beforehand."""
    return ReportDraft(
        desk_id=catalogue.desks[0].id if len(catalogue.desks) == 1 else "",
        type_id=next((each.id for each in catalogue.types if each.recommended), ""),
        priority_id=next((each.id for each in catalogue.priorities if each.preset), ""),
        consent_id=next((each.id for each in catalogue.consents if each.preset), ""),
    )


def from_prefill(prefill: Prefill, catalogue: Catalogue) -> ReportDraft:
    """A report as a host application, link or command line begins it.

    What the vendor offers is found by id or by name in any language, vendor fields also by the prefill key.
    Raises InvalidInput that names what is unknown. Files are not looked at here.
    """
    chosen = {
        "service_id": _service(prefill.module, catalogue),
        "priority_id": _choice("--priority", prefill.priority, catalogue.priorities),
        "desk_id": _choice("--desk", prefill.desk, catalogue.desks),
        "type_id": _choice("--type", prefill.type, catalogue.types),
        "consent_id": _choice("--consent", prefill.consent, catalogue.consents),
    }
    said = {name: id for name, id in chosen.items() if id}
    fields = dict(_answer(key, value, catalogue) for key, value in prefill.fields.items())
    texts = {"subject": prefill.subject, "description": prefill.description}
    written = (name for name, text in texts.items() if text)
    preset = begin(catalogue)
    if "desk_id" in said:
        preset = fit_to_desk(msgspec.structs.replace(preset, desk_id=said["desk_id"]), catalogue)
    return msgspec.structs.replace(
        preset,
        **said,
        subject=" ".join(prefill.subject.split()),
        description=prefill.description,
        fields=fields,
        source=" ".join(prefill.source.split())[:_MAX_SOURCE_CHARS],
        filled=(*said, *written, *(f"fields.{name}" for name in fields)),
    )


def salvage(prefill: Prefill, catalogue: Catalogue) -> tuple[ReportDraft, tuple[str, ...]]:
    """As `from_prefill`, but what the vendor does not know is left out; the sentences name it."""
    unknown: list[str] = []

    def is_known(part: Prefill) -> bool:
        try:
            from_prefill(part, catalogue)
        except InvalidInput as error:
            unknown.append(str(error))
            return False
        return True

    known = msgspec.structs.replace(
        prefill,
        module=prefill.module if is_known(Prefill(module=prefill.module)) else "",
        priority=prefill.priority if is_known(Prefill(priority=prefill.priority)) else "",
        desk=prefill.desk if is_known(Prefill(desk=prefill.desk)) else "",
        type=prefill.type if is_known(Prefill(type=prefill.type)) else "",
        consent=prefill.consent if is_known(Prefill(consent=prefill.consent)) else "",
        fields={key: said for key, said in prefill.fields.items() if is_known(Prefill(fields={key: said}))},
    )
    return from_prefill(known, catalogue), tuple(unknown)


def answered(draft: ReportDraft, field: str, value: str) -> ReportDraft:
    """After the customer said something; `field` is a text attribute, or `fields.<id>` of the vendor's.

    What was filled in and is said again unchanged, as by the field that shows it, stays filled in.
    """
    filled = tuple(name for name in draft.filled if name != field)
    if not field.startswith("fields."):
        said = msgspec.structs.replace(draft, **{field: value})
    else:
        answers = {**draft.fields, field.removeprefix("fields."): value}
        said = msgspec.structs.replace(draft, fields=answers)
    return draft if said == draft else msgspec.structs.replace(said, filled=filled)


def fit_to_desk(draft: ReportDraft, catalogue: Catalogue) -> ReportDraft:
    """Without a service and a type that the chosen desk does not offer."""
    services = {service.id for _heading, service in catalogue.choosable_services(draft.desk_id)}
    types = {each.id for each in catalogue.choosable_types(draft.desk_id)}
    return msgspec.structs.replace(
        draft,
        service_id=draft.service_id if draft.service_id in services else "",
        type_id=draft.type_id if draft.type_id in types else "",
    )


def with_file(draft: ReportDraft, fresh: DraftFile) -> ReportDraft:
    """The same file twice is one file."""
    if any(each.file == fresh.file for each in draft.files):
        return draft
    return msgspec.structs.replace(draft, files=(*draft.files, fresh))


def without_file(draft: ReportDraft, file: FileRef) -> ReportDraft:
    return msgspec.structs.replace(draft, files=tuple(each for each in draft.files if each.file != file))


def with_file_changed(draft: ReportDraft, file: FileRef, changed: DraftFile) -> ReportDraft:
    files = tuple(changed if each.file == file else each for each in draft.files)
    return msgspec.structs.replace(draft, files=files)


def renamed(file: FileRef, name: str) -> FileRef:
    """Under another name. The ending stays, because it says what the file is; '' changes nothing."""
    _stem, dot, ending = file.name.rpartition(".")
    wanted = safe_name(name, fallback="")
    if not wanted:
        return file
    if dot and not wanted.lower().endswith(f".{ending.lower()}"):
        wanted = safe_name(f"{wanted}.{ending}")
    return msgspec.structs.replace(file, name=wanted)


def to_intent(draft: ReportDraft, extra_files: tuple[FileRef, ...] = ()) -> CreateTicket:
    """What will be sent: only ticked files, and `extra_files` that were made for sending."""
    return CreateTicket(
        subject=draft.subject.strip(),
        description=draft.description.strip(),
        service_id=draft.service_id,
        type_id=draft.type_id,
        priority_id=draft.priority_id,
        desk_id=draft.desk_id,
        consent_id=draft.consent_id,
        fields={name: answer for name, answer in draft.fields.items() if answer},
        files=(*(each.file for each in draft.files if each.include), *extra_files),
        requester_id=draft.requester_id,
        source=draft.source,
    )


def fit_to_form(draft: ReportDraft, catalogue: Catalogue) -> ReportDraft:
    """Without answers to questions that the present choice of service, type and desk does not ask.

    They stay in the draft, so that they are there again when the choice changes back.
    """
    form = catalogue.form(service_id=draft.service_id, type_id=draft.type_id, desk_id=draft.desk_id)
    asked = {field.id for field in form}
    kept = {name: answer for name, answer in draft.fields.items() if name in asked}
    return msgspec.structs.replace(draft, fields=kept)


def _service(wanted: str, catalogue: Catalogue) -> str:
    if not wanted:
        return ""
    services = [service for _heading, service in catalogue.choosable_services()]
    found = _find(wanted, services, lambda service: service.id, lambda service: service.name)
    if found is None:
        what = _("There is no module “{name}”.").format(name=_cut(wanted))
        raise InvalidInput(what, field="--module", next_step=possible(services))
    return found.id


def _choice(argument: str, wanted: str, among: Sequence[Offered]) -> str:
    if not wanted:
        return ""
    found = _find(wanted, among, lambda each: each.id, lambda each: each.name)
    if found is None:
        what = _("The vendor does not offer “{name}”.").format(name=_cut(wanted))
        raise InvalidInput(what, field=argument, next_step=possible(among))
    return found.id


def _cut(said: str) -> str:
    return said if len(said) <= _MAX_QUOTED_CHARS else f"{said[: _MAX_QUOTED_CHARS - 1]}…"


def possible(among: Iterable[Offered]) -> str:
    """A sentence with everything that can be given instead."""
    language = i18n.language()
    values = ", ".join(f"{each.id} ({each.name.get(language)})" for each in among)
    return _("Possible values: {values}.").format(values=values)


def _answer(key: str, value: str, catalogue: Catalogue) -> tuple[str, str]:
    field = next((each for each in catalogue.fields if each.prefill_key == key), None) or _find(
        key, catalogue.fields, lambda each: each.id, lambda each: each.label
    )
    if field is None:
        raise InvalidInput(_("The form has no field “{name}”.").format(name=_cut(key)), field="--field")
    return field.id, _value(field, value)


def _value(field: FormField, value: str) -> str:
    """A choice may be named by its words; everything else is checked with the rest of the form."""
    if field.kind is not FieldKind.CHOICE:
        return value
    found = _find(value, field.choices, lambda choice: choice.id, lambda choice: choice.name)
    return found.id if found else value


T = TypeVar("T")


def _find(
    wanted: str, among: Iterable[T], id_of: Callable[[T], str], name_of: Callable[[T], LocalText]
) -> T | None:
    key = wanted.strip().casefold()
    for each in among:
        if key == id_of(each).casefold() or key in (text.casefold() for text in name_of(each).texts()):
            return each
    return None
