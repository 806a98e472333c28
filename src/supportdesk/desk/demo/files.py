"""The attachments of the demo tickets: real, small, and the same bytes every time."""

from supportdesk.desk.demo.picture import png
from supportdesk.domain.demo import DemoFile

_MEDIA_TYPES = {
    "png": "image/png",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xml": "application/xml",
    "txt": "text/plain",
    "log": "text/plain",
}
_LINE_HEIGHT_PT = 16
_PAGE = "/MediaBox [0 0 595 842]"


def demo_file_bytes(file: DemoFile) -> bytes:
    if file.picture:
        return png(file.picture)
    if file.pages:
        return pdf(file.pages)
    return file.text.encode()


def demo_file_media_type(file: DemoFile) -> str:
    return _MEDIA_TYPES.get(file.name.rpartition(".")[2].lower(), "application/octet-stream")


def pdf(pages: tuple[str, ...]) -> bytes:
    """An A4 document; the first line of each page is its heading. Characters outside Latin-1 become '?'."""
    first_page = 4
    numbers = [first_page + 2 * index for index in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] {_PAGE} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in zip(numbers, pages, strict=True):
        resources = f"/Resources << /Font << /F1 3 0 R >> >> /Contents {number + 1} 0 R"
        content = _page_content(page)
        objects.append(f"<< /Type /Page /Parent 2 0 R {resources} >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _assembled(objects)


def _page_content(page: str) -> bytes:
    heading, *lines = page.strip().splitlines()
    commands = [f"BT /F1 18 Tf 56 770 Td {_pdf_string(heading)} Tj /F1 11 Tf 0 -32 Td"]
    commands += [f"{_pdf_string(line)} Tj 0 -{_LINE_HEIGHT_PT} Td" for line in lines]
    return "\n".join([*commands, "ET"]).encode("cp1252", errors="replace")


def _pdf_string(line: str) -> str:
    escaped = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"({escaped})"


def _assembled(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)
