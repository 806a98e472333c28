"""What leaves the studio: pixels, and nothing of what was blacked out."""

import zlib

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QColorSpace, QImage, QImageWriter, QPainter

from supportdesk.app.annotation.document import Add, Command, Crop, Document, apply
from supportdesk.app.annotation.geometry import Point, Rect
from supportdesk.app.annotation.history import History
from supportdesk.app.annotation.png import chunks, hidden_data
from supportdesk.app.annotation.shapes import (
    Arrow,
    BlackOut,
    Box,
    Ellipse,
    Ink,
    Marker,
    Number,
    Pen,
    Style,
    Text,
)
from supportdesk.domain.errors import CaptureFailed
from supportdesk.ui.studio.export import flatten, png_bytes

pytestmark = pytest.mark.usefixtures("qapp")

SECRET = QColor(255, 0, 255)
"""A colour nothing of ours paints: found in a file, it is from the original."""
BLACK = 0xFF000000
STYLE = Style()


def secret_picture(width: int = 200, height: int = 100) -> QImage:
    picture = QImage(width, height, QImage.Format.Format_ARGB32)
    picture.fill(QColor(250, 250, 250))
    painter = QPainter(picture)
    painter.fillRect(50, 30, 40, 20, SECRET)
    painter.end()
    picture.setText("Author", "A. Person")
    picture.setDotsPerMeterX(5000)
    picture.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    return picture


def document(*commands: Command, picture: QImage | None = None) -> Document:
    size = (picture or secret_picture()).size()
    result = Document(size.width(), size.height())
    for command in commands:
        result = apply(result, command)
    return result


def decoded(png: bytes) -> QImage:
    image = QImage.fromData(png)
    assert not image.isNull()
    return image


def pixels(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def test_black_out_destroys_every_pixel_it_touches() -> None:
    """Also where its edges lie between pixels, each covered pixel is pure black and the secret is gone."""
    marked = document(Add(BlackOut(1, Rect(49.7, 29.6, 40.5, 20.6))))
    image = decoded(png_bytes(flatten(marked, secret_picture())))
    covered = {image.pixel(x, y) for x in range(49, 91) for y in range(29, 51)}
    assert covered == {BLACK}
    assert SECRET.rgb() not in pixels(image)
    assert not image.hasAlphaChannel()


def test_the_secret_is_there_without_black_out() -> None:
    """The same picture without black-out keeps the pixels, so that the test above can fail."""
    assert SECRET.rgb() in pixels(decoded(png_bytes(flatten(document(), secret_picture()))))


def test_nothing_is_painted_over_black_out() -> None:
    """A marker, a pen and a box drawn later over a black-out leave it pure black."""
    path = (Point(40, 40), Point(100, 40))
    marked = document(
        Add(BlackOut(1, Rect(50, 30, 40, 20))),
        Add(Marker(2, Style(Ink.YELLOW, 4), path)),
        Add(Pen(3, Style(Ink.RED, 4), path)),
        Add(Box(4, Style(Ink.BLUE, 4), Rect(45, 25, 50, 30))),
    )
    image = flatten(marked, secret_picture())
    assert {image.pixel(x, y) for x in range(50, 90) for y in range(30, 50)} == {BLACK}


def test_the_file_holds_pixels_and_nothing_else() -> None:
    """No text, resolution, colour profile or time, nothing behind the end, whatever the original carried."""
    png = png_bytes(flatten(document(Add(BlackOut(1, Rect(50, 30, 40, 20)))), secret_picture()))
    assert hidden_data(png) == ()
    assert {chunk.kind for chunk in chunks(png)} == {b"IHDR", b"IDAT", b"IEND"}
    assert b"Person" not in png


def test_what_qt_itself_writes_would_say_more() -> None:
    """Saved by Qt alone the original carries its author, so that the test above can fail."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, b"png").write(secret_picture())
    assert hidden_data(bytes(buffer.data().data())) != ()


def test_only_the_crop_leaves() -> None:
    """A cropped picture has the size of the crop and no pixel from outside it."""
    image = decoded(png_bytes(flatten(document(Crop(Rect(100, 20, 60, 50))), secret_picture())))
    assert (image.width(), image.height()) == (60, 50)
    assert SECRET.rgb() not in pixels(image)


def test_undone_steps_are_not_in_the_file() -> None:
    """A picture marked and undone is byte for byte the picture never marked."""
    picture = secret_picture()
    untouched = document()
    history = History(untouched)
    history.do(Add(Text(1, STYLE, Rect(10, 10, 80, 30), "never mind")))
    history.do(Add(BlackOut(2, Rect(0, 0, 200, 100))))
    history.undo()
    history.undo()
    assert png_bytes(flatten(history.document, picture)) == png_bytes(flatten(untouched, picture))


def test_the_original_is_not_changed() -> None:
    """Flattening paints on a new picture; the original keeps its pixels and its scale."""
    picture = secret_picture()
    picture.setDevicePixelRatio(2.0)
    flatten(document(Add(BlackOut(1, Rect(0, 0, 200, 100))), picture=picture), picture)
    assert picture.pixelColor(60, 40) == SECRET
    assert picture.devicePixelRatio() == 2.0


def test_a_picture_of_a_fine_screen_keeps_all_its_pixels() -> None:
    """At a scale of 2 the file has the picture's pixels, and shapes lie at the same pixels."""
    picture = secret_picture()
    picture.setDevicePixelRatio(2.0)
    image = flatten(document(Add(BlackOut(1, Rect(50, 30, 40, 20)))), picture)
    assert (image.width(), image.height(), image.devicePixelRatio()) == (200, 100, 1.0)
    assert SECRET.rgb() not in pixels(image)


def test_transparent_places_become_white() -> None:
    """A pasted picture with transparency comes out opaque on white."""
    picture = QImage(10, 10, QImage.Format.Format_ARGB32)
    picture.fill(0)
    assert pixels(flatten(document(picture=picture), picture)) == {0xFFFFFFFF}


def test_another_colour_space_is_converted() -> None:
    """A picture in another colour space looks the same in the file, which names none."""
    picture = secret_picture()
    picture.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3))
    back = flatten(document(), picture).pixelColor(60, 40)
    assert abs(back.red() - 255) + abs(back.green()) + abs(back.blue() - 255) <= 6


def test_a_marker_leaves_words_readable() -> None:
    """Even the black marker keeps white lighter than black below it."""
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFFFF)
    picture.setPixel(20, 20, BLACK)
    marked = document(Add(Marker(1, Style(Ink.BLACK, 2), (Point(0, 20), Point(40, 20)))), picture=picture)
    image = flatten(marked, picture)
    assert image.pixelColor(20, 20).lightness() < 10
    assert image.pixelColor(10, 20).lightness() > 120


@pytest.mark.parametrize(
    "shape",
    [
        Arrow(1, STYLE, Point(10, 90), Point(90, 10)),
        Box(1, STYLE, Rect(10, 10, 50, 50)),
        Ellipse(1, STYLE, Rect(10, 10, 50, 50)),
        Number(1, STYLE, Rect(10, 10, 32, 32)),
        Text(1, STYLE, Rect(10, 10, 80, 30), "Here"),
        Pen(1, STYLE, (Point(10, 10), Point(20, 40), Point(90, 10))),
    ],
)
def test_shapes_are_painted_in_their_colour(shape: Arrow | Box | Ellipse | Number | Text | Pen) -> None:
    """Each shape puts red on the picture and touches no pixel far away."""
    picture = QImage(100, 100, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFFFF)
    image = flatten(document(Add(shape), picture=picture), picture)
    assert any(QColor(rgb).hsvSaturation() > 150 for rgb in pixels(image))
    assert image.pixel(99, 99) == 0xFFFFFFFF


def test_an_empty_picture_is_refused() -> None:
    """Nothing cannot be saved, and the error says so."""
    with pytest.raises(CaptureFailed):
        png_bytes(QImage())


def test_the_rows_are_complete() -> None:
    """The pixel data is one zlib stream of exactly the picture's rows."""
    png = png_bytes(flatten(document(), secret_picture()))
    stream = zlib.decompress(b"".join(chunk.data for chunk in chunks(png) if chunk.kind == b"IDAT"))
    assert len(stream) == 100 * (1 + 200 * 3)
