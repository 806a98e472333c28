"""The documents of the demo vendors can be filled in and signed."""

import subprocess
import sys

import pytest

from supportdesk.desk.demo.documents import Letterhead, document
from supportdesk.domain.catalogue import FieldKind
from supportdesk.domain.documents import problems
from supportdesk.pdf.filling import fill
from supportdesk.pdf.reading import read
from tests.support.pdfs import text_of

HEAD = Letterhead(vendor="Tallwerk", address="Am Speicher 4", number="2026-0318", day="14 November 2026")
TO = ("Haushaltswaren Petri", "Mirko Petri")
ANSWER = {FieldKind.DATE: "2026-12-01", FieldKind.CHECKBOX: "yes", FieldKind.CHOICE: ""}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", ["offer", "contract"])
def test_a_demo_document_asks_for_each_kind_of_answer(name: str, language: str) -> None:
    """In two pages, with a place for the signature; what is required can be answered."""
    pdf = document(name, language, HEAD, TO)
    form = read(pdf)
    assert len(form.pages) == 2
    assert form.place is not None
    assert {field.kind for field in form.fields} == set(FieldKind) - {FieldKind.NUMBER}
    assert all(field.label for field in form.fields)
    answers = {
        field.name: field.choices[0][0] if field.choices else ANSWER.get(field.kind, "Jürgen")
        for field in form.fields
    }
    assert problems(form.fields, answers) == ()
    text = text_of(fill(pdf, answers))
    assert "01.12.2026" in text if language == "de" else "1 December 2026" in text
    assert "Mirko Petri" in text


def test_other_languages_read_english() -> None:
    """And the same request makes the same bytes."""
    assert text_of(document("offer", "fi", HEAD, TO)) == text_of(document("offer", "en", HEAD, TO))
    assert document("offer", "de", HEAD, TO) == document("offer", "de", HEAD, TO)


def test_demo_desks_need_no_pdf_libraries() -> None:
    """They are made where the extra `sign` is not installed, too, and while the program starts."""
    script = (
        "import sys, supportdesk.desk.demo.documents as d; print({'pypdf', 'pyhanko'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
