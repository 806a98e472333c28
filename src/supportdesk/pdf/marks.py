"""The visible mark of a signature: the picture of it, and a line that says who and when."""

from supportdesk.domain.documents import Box, PageSize, VisibleMark
from supportdesk.pdf.book import Book, reference
from supportdesk.pdf.drawing import Colour, Drawing, font_resources
from supportdesk.pdf.picture import Picture, decoded
from supportdesk.pdf.typeface import LINE_HEIGHT, wrapped

_NAME = "Mark"
_GREY: Colour = (0.33, 0.36, 0.42)
_CAPTION_SIZES = (7.0, 6.0, 5.0, 4.0, 3.0)
_FLAT = 6.0
"""Width to height from which the caption stands beside the picture and not below."""
_PAGE_MARK = PageSize(240.0, 90.0)
_MARGIN = 72.0
_INSET = 3.0


def draw(book: Book, drawing: Drawing, box: Box, mark: VisibleMark) -> list[tuple[str, bytes]]:
    """Name and reference of what the page needs among its resources."""
    picture = decoded(mark.png) if mark.png else None
    inner = Box(box.x + _INSET, box.y + _INSET, box.width - 2 * _INSET, box.height - 2 * _INSET)
    for_picture, for_caption = _shared(inner, bool(picture), mark.caption)
    _write_caption(drawing, for_caption, mark.caption)
    if not picture:
        return []
    drawing.picture(_NAME, _fitted(picture, for_picture))
    return [(_NAME, reference(_add(book, picture)))]


def add_page(book: Book, size: PageSize, mark: VisibleMark) -> None:
    """A page that carries nothing but the mark."""
    drawing = Drawing(size.height)
    width, height = min(_PAGE_MARK.width, size.width - 2), min(_PAGE_MARK.height, size.height - 2)
    margin = min(_MARGIN, (size.width - width) / 2, (size.height - height) / 2)
    named = draw(book, drawing, Box(margin, margin, width, height), mark)
    objects = b" ".join(b"/%s %s" % (name.encode(), there) for name, there in named)
    resources = b"<< /XObject << %s >> /Font %s >>" % (objects, font_resources())
    contents = reference(book.add_stream(b"", drawing.content()))
    box = b"/MediaBox [0 0 %.2f %.2f]" % (size.width, size.height)
    book.add_page(b"%s /Resources %s /Contents %s" % (box, resources, contents))


def _shared(box: Box, with_picture: bool, caption: str) -> tuple[Box, Box]:
    """Where picture and caption go within the place."""
    if not caption or not with_picture:
        return box, box
    if box.width / box.height >= _FLAT:
        half = box.width / 2
        return Box(box.x, box.y, half - 4, box.height), Box(box.x + half, box.y, half, box.height)
    strip = min(box.height * 0.3, 2 * _CAPTION_SIZES[0] * LINE_HEIGHT)
    upper = Box(box.x, box.y, box.width, box.height - strip)
    return upper, Box(box.x, box.y + box.height - strip, box.width, strip)


def _write_caption(drawing: Drawing, box: Box, caption: str) -> None:
    """As large as fits, at the lower edge."""
    for size in _CAPTION_SIZES:
        lines = wrapped(caption, size, box.width) if caption else []
        height = len(lines) * size * LINE_HEIGHT
        if height <= box.height or size == _CAPTION_SIZES[-1]:
            drawing.lines(box.x, box.y + box.height - height, lines, size, colour=_GREY)
            return


def _fitted(picture: Picture, box: Box) -> Box:
    """As large as possible without distortion, at the left and the lower edge, as people sign."""
    scale = min(box.width / picture.width, box.height / picture.height)
    width, height = picture.width * scale, picture.height * scale
    return Box(box.x, box.y + box.height - height, width, height)


def _add(book: Book, picture: Picture) -> int:
    size = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8" % (
        picture.width,
        picture.height,
    )
    space = b"/DeviceGray" if picture.is_grey else b"/DeviceRGB"
    mask = b""
    if picture.alpha:
        mask = b" /SMask " + reference(book.add_stream(size + b" /ColorSpace /DeviceGray", picture.alpha))
    return book.add_stream(b"%s /ColorSpace %s%s" % (size, space, mask), picture.colours)
