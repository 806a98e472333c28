"""Filling in a document before it is signed: what is required, what is done, and what comes next. No I/O."""

from collections.abc import Mapping

import msgspec

from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import (
    Box,
    DocumentField,
    DocumentForm,
    SignaturePlace,
    field_problem,
    problems,
)
from supportdesk.i18n import _

SIGNATURE = "\0signature"
"""Stands for the place of the mark among the names of fields; no PDF can name a field so."""


class Required(msgspec.Struct, frozen=True):
    """Something without which the document cannot be signed."""

    name: str
    label: str
    page: int
    box: Box
    done: bool
    problem: str = ""
    """Why it is not done although something is there; '' when it is empty or done."""


class Filling(msgspec.Struct, frozen=True):
    """What a person answered so far. Answers that equal what stands in the document need not be named."""

    form: DocumentForm = DocumentForm(pages=())
    values: Mapping[str, str] = {}
    has_mark: bool = False

    def value(self, field: DocumentField) -> str:
        return self.values.get(field.name, field.value)

    def problem(self, field: DocumentField) -> str:
        """What is wrong with an answer; '' for one that is fine, and for an empty one."""
        return "" if self._is_empty(field) else field_problem(field, self.values)

    def is_missing(self, field: DocumentField) -> bool:
        """Whether it is empty and must not be."""
        return field.required and self._is_empty(field)

    def answered(self, name: str, value: str) -> "Filling":
        return msgspec.structs.replace(self, values={**self.values, name: value})

    @property
    def required(self) -> tuple[Required, ...]:
        """In reading order: required fields, others whose answer cannot stay, and the signature."""
        asked = [self._asked(field) for field in self.form.fields if field.required or self.problem(field)]
        place = self.form.place
        if place is None:
            return tuple(asked)
        before = [each for each in asked if _is_before(each, place)]
        mark = Required(SIGNATURE, _("Signature"), place.page, place.box, self.has_mark)
        return (*before, mark, *asked[len(before) :])

    @property
    def left(self) -> int:
        return sum(not each.done for each in self.required)

    @property
    def is_filled(self) -> bool:
        """Nothing is missing but the signature itself."""
        return self.form.place is not None and not problems(self.form.fields, self.values)

    def next_after(self, name: str) -> Required | None:
        """The first that is not done behind `name`, going round; None when all are."""
        required = self.required
        names = [each.name for each in required]
        start = names.index(name) + 1 if name in names else 0
        return next((each for each in (*required[start:], *required[:start]) if not each.done), None)

    def _asked(self, field: DocumentField) -> Required:
        problem = self.problem(field)
        done = not problem and not self.is_missing(field)
        return Required(field.name, field.label, field.page, field.box, done, problem)

    def _is_empty(self, field: DocumentField) -> bool:
        answer = self.value(field).strip()
        return not answer or (field.kind is FieldKind.CHECKBOX and answer == "no")


def _is_before(each: Required, place: SignaturePlace) -> bool:
    return (each.page, each.box.y) <= (place.page, place.box.y)
