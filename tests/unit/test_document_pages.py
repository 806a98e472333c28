"""Which files get to the pages that are shown, and what waits for that."""

from threading import Event

import pytest

from supportdesk.app.document_pages import DocumentPages
from supportdesk.domain.errors import DocumentDamaged, NotFound
from supportdesk.pdf import apart
from tests.support.pdfs import form_pdf, raw_pdf

_LONG_S = 60


def test_a_content_is_read_apart_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens it again, to print it or to look once more, waits for no other process."""
    read: list[bytes] = []
    monkeypatch.setattr(apart, "read", read.append)
    content = raw_pdf(page=b"/MediaBox [0 0 123 321]")
    for _time in range(2):
        pages = DocumentPages()
        assert len(pages.open(lambda: content).result(_LONG_S)) == 1
        pages.close()
    assert read == [content]


def test_what_is_refused_there_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though it could be: and the document before it is shown no more."""

    def refuse(_data: bytes) -> None:
        raise DocumentDamaged

    pages = DocumentPages()
    pages.open(form_pdf).result(_LONG_S)
    monkeypatch.setattr(apart, "read", refuse)
    with pytest.raises(DocumentDamaged):
        pages.open(lambda: raw_pdf(page=b"/MediaBox [0 0 77 88]")).result(_LONG_S)
    with pytest.raises(NotFound):
        pages.render(0, 1.0).result(_LONG_S)
    pages.close()


def test_leaving_waits_for_no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that takes its time apart holds up neither the window nor its end."""
    begun, enough = Event(), Event()

    def wait(_data: bytes) -> None:
        begun.set()
        enough.wait(_LONG_S)

    monkeypatch.setattr(apart, "read", wait)
    pages = DocumentPages()
    opening = pages.open(lambda: raw_pdf(page=b"/MediaBox [0 0 55 66]"))
    assert begun.wait(_LONG_S)
    pages.close()
    assert not opening.done()
    enough.set()
    with pytest.raises(RuntimeError, match="closed"):
        opening.result(_LONG_S)
