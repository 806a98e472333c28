"""A contract of a hundred pages, with a form and without one."""

from pathlib import Path

from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import Box, DocumentField, DocumentForm
from supportdesk.pdf.composing import compose
from supportdesk.pdf.drawing import Drawing
from tests.bench.goods import supply
from tests.bench.world import ACCOUNT, word
from tests.support.documents import document, file_of, place
from tests.support.pdfs import A4

PAGES = 100
FIELDS_A_PAGE = 10
"""As many as a document may have."""
FORM, PLAIN = "form", "plain"
_LINES, _TOP, _LINE, _LEFT = 44, 70, 17, 60
_KINDS = (
    *(FieldKind.TEXT,) * 5,
    *(FieldKind.CHECKBOX,) * 2,
    FieldKind.DATE,
    FieldKind.CHOICE,
    FieldKind.MULTILINE,
)


def bring(folder: Path) -> dict[str, Path]:
    """Both into a furnished data folder, their files downloaded already; where they are, by document."""
    files = {}
    for id, fields in ((FORM, FIELDS_A_PAGE), (PLAIN, 0)):
        form, pdf = contract(fields)
        attachment = file_of(id, pdf)
        files[id] = place(folder, ACCOUNT.id, attachment, pdf)
        supply(folder, (document(id, form, organisation_id=ACCOUNT.organisation_id), attachment))
    return files


def contract(fields_a_page: int) -> tuple[DocumentForm, bytes]:
    fields = tuple(_field(page, at) for page in range(PAGES) for at in range(fields_a_page))
    form = DocumentForm(pages=(A4,) * PAGES, fields=fields)
    return form, compose(form, [_page(page) for page in range(PAGES)], title="Contract")


def _page(page: int) -> Drawing:
    drawing = Drawing(A4.height)
    for line in range(_LINES):
        said = " ".join(word(page * 31 + line * 7 + place * (line + 3)) for place in range(11))
        drawing.text(_LEFT, _TOP + line * _LINE, f"§ {page}.{line} {said}", 10)
    return drawing


def _field(page: int, at: int) -> DocumentField:
    kind = _KINDS[at]
    across, high = (12, 12) if kind is FieldKind.CHECKBOX else (220, 16 + 24 * (kind is FieldKind.MULTILINE))
    return DocumentField(
        name=f"p{page}-{at}",
        kind=kind,
        page=page,
        box=Box(320, _TOP + at * 4 * _LINE, across, high),
        label=f"Field {at} of page {page + 1}",
        required=at % 3 == 0,
        choices=(("m", "monthly"), ("y", "yearly")) if kind is FieldKind.CHOICE else (),
    )
