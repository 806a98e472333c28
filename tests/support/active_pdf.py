"""A PDF that would act if somebody let it: scripts, links, programs, files within and outside."""

from tests.support.pdfs import raw_pdf

_ELSEWHERE_IMAGE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    b" /F (\\\\server\\share) /Length 1 >>\nstream\n0\nendstream"
)
_ELSEWHERE_DRAWING = (
    b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Ref << /F (other.pdf) /Page 1 >> /OPI << >>"
    b" /Resources << /Next 5 0 R /More << /S /SubmitForm /F (http://example.org/y) >> >> /Length 1 >>"
    b"\nstream\n \nendstream"
)
_ACTIVE = [
    b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
    b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://example.org) >> >>",
    b"<< /Type /Annot /Subtype /Screen /Rect [0 0 9 9] /A << /S /Launch /F (calc.exe) >> >>",
    b"<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS 8 0 R >>",
    b"<< /Type /EmbeddedFile /Length 5 >>\nstream\nMZ\x90ab\nendstream",
    b"<< /Type /Filespec /F (bad.exe) /EF << /F 7 0 R >> >>",
    _ELSEWHERE_IMAGE,
    _ELSEWHERE_DRAWING,
]
_OUTSIDE = (b"calc.exe", b"\\\\server\\share", b"other.pdf")


def active_pdf(site: bytes = b"http://example.org", file: bytes = b"") -> bytes:
    """Links lead to `site`; whatever names a file outside means `file`, if that is given."""
    page = (
        b"/MediaBox [0 0 200 300] /Annots [4 0 R 5 0 R 6 0 R] /AA << /O 3 0 R >>"
        b" /Resources << /XObject << /A 9 0 R /F 10 0 R >> >>"
    )
    names = b"/Names << /JavaScript << /Names [(a) 3 0 R] >> /EmbeddedFiles << /Names [(b) 8 0 R] >> >>"
    catalogue = b"/OpenAction 3 0 R /AcroForm << /Fields [] >> /AF [8 0 R] " + names
    objects = [each.replace(b"http://example.org", site) for each in _ACTIVE]
    for name in _OUTSIDE if file else ():
        objects = [each.replace(name, file) for each in objects]
    return raw_pdf(objects, page=page, catalogue=catalogue, content=b"/A Do /F Do")
