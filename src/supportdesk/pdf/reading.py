"""What a PDF shows and asks."""

import re
from collections.abc import Iterable

from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import (
    LIMITS,
    Box,
    DocumentField,
    DocumentForm,
    DocumentLimits,
    SignaturePlace,
    room_chars,
)
from supportdesk.pdf import dates
from supportdesk.pdf.flags import Flag
from supportdesk.pdf.form import Entry, entries, is_sealed
from supportdesk.pdf.guard import reading
from supportdesk.pdf.source import Source, array, dictionary, inherited, number, plain, text


def read(data: bytes, limits: DocumentLimits = LIMITS) -> DocumentForm:
    """Raises DocumentUnusable or one of its kinds, and nothing else."""
    with reading():
        source = Source(data, limits)
        return form_of(source, entries(source, limits.max_fields))


def form_of(source: Source, found: Iterable[Entry]) -> DocumentForm:
    sealed = is_sealed(source)
    asked = () if sealed else tuple(_field(entry) for entry in found if entry.is_asked)
    return DocumentForm(
        pages=tuple(frame.size for frame in source.frames),
        fields=_in_reading_order(asked),
        place=None if sealed else _place(found),
        sealed=sealed,
    )


def _place(found: Iterable[Entry]) -> SignaturePlace | None:
    places = [entry for entry in found if entry.is_signature_place]
    real = [entry for entry in places if entry.type == "/Sig"]
    for entry in real or places:
        widget = entry.widgets[0]
        if widget.box.width >= 1 and widget.box.height >= 1:
            return SignaturePlace(widget.page, widget.box)
    return None


def _field(entry: Entry) -> DocumentField:
    widget = entry.widgets[0]
    kind = kind_of(entry)
    return DocumentField(
        name=entry.name,
        kind=kind,
        page=widget.page,
        box=_around(entry) if entry.is_group else widget.box,
        label=_label(entry),
        required=Flag.REQUIRED in entry.flags,
        choices=_choices(entry) if kind is FieldKind.CHOICE else (),
        max_chars=_max_chars(entry, kind, widget.box),
        value=value_of(entry, kind),
    )


def kind_of(entry: Entry) -> FieldKind:
    if entry.type == "/Ch" or entry.is_group:
        return FieldKind.CHOICE
    if entry.type == "/Btn":
        return FieldKind.CHECKBOX
    if Flag.MULTILINE in entry.flags:
        return FieldKind.MULTILINE
    return FieldKind.DATE if date_format(entry) or _seems_a_date(entry) else FieldKind.TEXT


def _seems_a_date(entry: Entry) -> bool:
    given = text(entry.inherited("/V")).strip()
    return dates.is_named_as_date(entry.name) and (not given or bool(dates.read(given, "")))


def date_format(entry: Entry) -> str:
    """As the field's own script says; '' when it says nothing about dates."""
    actions = dictionary(entry.inherited("/AA"))
    for event in ("/F", "/K"):
        script = plain(dictionary(actions.get(event)).get("/JS"))
        source = script.get_data().decode("latin-1") if hasattr(script, "get_data") else text(script)
        if found := dates.format_in(source):
            return found
    return ""


def _label(entry: Entry) -> str:
    spoken = text(inherited(entry.node, "/TU")).strip()
    return spoken or re.sub(r"[_.\-\s]+", " ", entry.name.rpartition(".")[2]).strip().capitalize()


def _choices(entry: Entry) -> tuple[tuple[str, str], ...]:
    if entry.is_group:
        labels = {widget.on_state: text(widget.entries.get("/TU")).strip() for widget in entry.widgets}
        shared = text(dictionary(entry.node.get("/Parent")).get("/TU")).strip()
        return tuple((s, labels[s] if labels[s] not in ("", shared) else s) for s in entry.states)
    return tuple(_option(plain(option)) for option in array(entry.inherited("/Opt")))


def _option(option: object) -> tuple[str, str]:
    """Either one text, or what is meant and what is shown."""
    pair = [text(part) for part in array(option)]
    return (pair[0], pair[1]) if len(pair) == 2 else (text(option), text(option))


def _max_chars(entry: Entry, kind: FieldKind, box: Box) -> int | None:
    if kind not in (FieldKind.TEXT, FieldKind.MULTILINE):
        return None
    set_by_form = int(number(entry.inherited("/MaxLen")))
    room = room_chars(box, kind)
    most = min(set_by_form, room) if set_by_form > 0 else room
    return max(most, len(value_of(entry, kind)))  # what the vendor wrote is theirs to judge


def value_of(entry: Entry, kind: FieldKind) -> str:
    """What the vendor filled in, as `documents` writes answers."""
    given = text(entry.inherited("/V"))
    match kind:
        case FieldKind.CHECKBOX:
            return "yes" if given.removeprefix("/") in entry.states else "no"
        case FieldKind.CHOICE if entry.is_group:
            return given.removeprefix("/") if given.removeprefix("/") in entry.states else ""
        case FieldKind.CHOICE:
            return given if given in dict(_choices(entry)) else ""
        case FieldKind.DATE:
            return dates.read(given, date_format(entry))
        case _:
            return given.replace("\r\n", "\n").replace("\r", "\n")


def _around(entry: Entry) -> Box:
    """All buttons of a group that are on its first page."""
    boxes = [widget.box for widget in entry.widgets if widget.page == entry.widgets[0].page]
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.width for box in boxes), max(box.y + box.height for box in boxes)
    return Box(x, y, right - x, bottom - y)


def _in_reading_order(fields: tuple[DocumentField, ...]) -> tuple[DocumentField, ...]:
    """Page by page, line by line; what begins above the middle of the line's first field is in its line."""
    lines: list[list[DocumentField]] = []
    for each in sorted(fields, key=lambda field: (field.page, field.box.y)):
        first = lines[-1][0] if lines else None
        if first and first.page == each.page and each.box.y < first.box.y + first.box.height / 2:
            lines[-1].append(each)
        else:
            lines.append([each])
    return tuple(each for line in lines for each in sorted(line, key=lambda field: field.box.x))
