"""Documents to fill in and sign: what a PDF asks, what was answered, and what its seal proves.

Answers are text by field name: a date in ISO 8601, a check box as 'yes' or 'no', a choice by its value.
"""

import math
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from supportdesk.domain.catalogue import Choice, FieldKind, FormField
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.reporting import Problem, answer_problem
from supportdesk.i18n import _

# What the standard fonts of PDF can write, which is what answers are written with.
_WRITABLE = frozenset(bytes({*range(32, 256)} - {127}).decode("cp1252", "ignore") + "\n\t")
_ENDLESS_CHARS = 10_000

# An answer has to be legible on the page: it takes the room of this size at least, in points.
_SMALLEST_FONT = 6.0
_LINE = _SMALLEST_FONT * 1.25
_CHARACTER = _SMALLEST_FONT * 0.56  # a digit or usual small letter of Helvetica


class DocumentType(StrEnum):
    OFFER = "offer"
    ORDER = "order"
    CONTRACT = "contract"
    OTHER = "other"


class DocumentState(StrEnum):
    TO_SIGN = "to_sign"
    SIGNED = "signed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """By the vendor."""


class SealTrouble(StrEnum):
    """Why a signed document has no seal and waits for more than another try."""

    CERTIFICATE_NOT_VALID = "certificate_not_valid"
    """The vendor's was not, at the moment of the signature. The next start may bring another one."""


class Box(msgspec.Struct, frozen=True):
    """In points (1/72 inch) from the top left of the page as it is displayed: cropped and turned."""

    x: float
    y: float
    width: float
    height: float


class PageSize(msgspec.Struct, frozen=True):
    """In points, as the page is displayed."""

    width: float
    height: float


class DocumentField(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    """As the PDF names it, unique within a document."""
    kind: FieldKind
    """Any but NUMBER, which PDF does not know."""
    page: int
    """0 is the first."""
    box: Box
    label: str
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    """(value, label), in the order of the document; a value of '' among them means that nothing is chosen."""
    max_chars: int | None = None
    value: str = ""
    """What the vendor filled in already."""


class SignaturePlace(msgspec.Struct, frozen=True):
    """Where the visible mark goes."""

    page: int
    box: Box


class VisibleMark(msgspec.Struct, frozen=True):
    """What shows on the page that somebody signed."""

    png: bytes
    """8 bits a channel, not interlaced, at most a million pixels; transparent where nothing is drawn."""
    caption: str
    """“Signed by … on …”."""


class DocumentForm(msgspec.Struct, frozen=True):
    """What there is to show and to fill in, in reading order."""

    pages: tuple[PageSize, ...]
    fields: tuple[DocumentField, ...] = ()
    place: SignaturePlace | None = None
    sealed: bool = False
    """Carries a signature already: it can be looked at and checked, not filled in."""


class DocumentLimits(msgspec.Struct, frozen=True):
    max_bytes: int = 25 * 2**20
    max_pages: int = 300
    max_fields: int = 1_000
    max_points: float = 14_400.0
    """Width and height of a page: 5 m, the most that Acrobat shows."""


LIMITS = DocumentLimits()


class Standing(StrEnum):
    """What the seal of a document proves."""

    INTACT = "intact"
    """Not a bit changed since it was sealed with a trusted certificate."""
    UNKNOWN_SIGNER = "unknown_signer"
    """Not a bit changed, but nobody vouches for the certificate: whoever changes a document can seal it."""
    CHANGED = "changed"
    UNSEALED = "unsealed"


class Seal(msgspec.Struct, frozen=True, kw_only=True):
    standing: Standing
    signed_by: str = ""
    """The person, as the seal names them; like everything here only worth something when INTACT."""
    sealed_by: str = ""
    """Whom the certificate names: the vendor."""
    signed_at: datetime | None = None
    time_stamped: bool = False
    """`signed_at` comes from a trusted time-stamp authority; else it is the clock of who sealed."""
    appended: bool = False
    """Something was added after the seal; it is CHANGED then."""


def problems(fields: tuple[DocumentField, ...], values: Mapping[str, str]) -> tuple[Problem, ...]:
    """Everything that keeps these answers from being signed, in the order of the fields; else ().

    A field that `values` does not name counts as it stands in the document. `Problem.field` is its name.
    """
    found = [Problem(field.name, sentence) for field in fields if (sentence := field_problem(field, values))]
    return (*found, *_unknown(fields, values))


def field_problem(field: DocumentField, values: Mapping[str, str]) -> str:
    """What is wrong with the answer to one field; '' when nothing is."""
    answer = values.get(field.name, field.value)
    sentence = answer_problem(_question(field), answer)
    if not sentence and field.kind in (FieldKind.TEXT, FieldKind.MULTILINE):
        return unwritable_problem(answer) or _room_problem(field, answer)
    return sentence


def missing(fields: tuple[DocumentField, ...], values: Mapping[str, str]) -> tuple[DocumentField, ...]:
    """The fields that keep a document from being signed, in the order of the fields."""
    return tuple(field for field in fields if field_problem(field, values))


def unwritable_problem(text: str) -> str:
    """Why `text` cannot be written into a document as it is; '' when it can."""
    for character in unicodedata.normalize("NFC", text):
        if character not in _WRITABLE:
            return _("“{character}” cannot be written into the document.").format(character=character)
    return ""


def room_chars(box: Box, kind: FieldKind) -> int:
    """How many characters can be written into a field."""
    lines = _room_lines(box) if kind is FieldKind.MULTILINE else 1
    return lines * _line_chars(box)


def _room_problem(field: DocumentField, answer: str) -> str:
    """Line ends cost room as well: what is left of their line. What the vendor wrote is theirs to judge."""
    lines = sum(max(1, math.ceil(len(each) / _line_chars(field.box))) for each in answer.split("\n"))
    if field.kind is FieldKind.MULTILINE and lines > _room_lines(field.box) and answer != field.value:
        return _("This is more than the field has room for.")
    return ""


def _line_chars(box: Box) -> int:
    return max(1, int(box.width / _CHARACTER))


def _room_lines(box: Box) -> int:
    return max(1, int(box.height / _LINE))


def _unknown(fields: tuple[DocumentField, ...], values: Mapping[str, str]) -> Iterator[Problem]:
    for name in sorted(set(values) - {field.name for field in fields}):
        yield Problem(name, _("The form has no field “{name}”.").format(name=name))


def _question(field: DocumentField) -> FormField:
    """The rules of a vendor's own questions in the request form hold here as well."""
    return FormField(
        id=field.name,
        kind=field.kind,
        label=LocalText(),
        required=field.required,
        choices=tuple(Choice(id=value, name=LocalText()) for value, _label in field.choices),
        max_length=_ENDLESS_CHARS if field.max_chars is None else field.max_chars,
    )
