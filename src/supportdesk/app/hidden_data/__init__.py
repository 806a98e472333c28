"""What a picture says beside its pixels: place, device, people, dates, previews. Cut out of the file itself,
so that not one pixel changes, and without Qt, so that the command line does the same as the window.

How a picture is turned stays: it looks as before.
"""

import struct
from collections.abc import Callable

from supportdesk.app.hidden_data import heif, jpeg, png, tiff, webp

_CLEANERS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], bytes]], ...] = (
    (jpeg.is_jpeg, jpeg.cleaned),
    (png.is_png, png.cleaned),
    (webp.is_webp, webp.cleaned),
    (heif.is_heif, heif.cleaned),
)
_TIFF_NAMES = (".tif", ".tiff")
_BIG_TIFF = (b"II+\0", b"MM\0+")


def may_hide(header: bytes, name: str) -> bool:
    """Whether a file that begins with these 16 or more bytes is a picture that `cleaned` knows."""
    return _cleaner(header, name) is not None


def cleaned(picture: bytes, name: str) -> bytes:
    """The same picture without hidden data; the same bytes when there is none, or when it is no picture."""
    clean = _cleaner(picture, name)
    try:
        return clean(picture) if clean else picture
    except (
        ValueError,
        IndexError,
        struct.error,
    ):  # a damaged picture is an ordinary file
        return picture


def resists(picture: bytes, name: str) -> bool:
    """Whether this is a picture that may hide data which `cleaned` cannot take out: of a form that is only
    known by its first bytes, or a HEIC of a make that is not understood."""
    if picture.startswith(_BIG_TIFF) and name.lower().endswith(_TIFF_NAMES):
        return True
    try:
        return heif.is_heif(picture) and not heif.cleaned(picture)
    except (ValueError, IndexError, struct.error):
        return True


def _cleaner(header: bytes, name: str) -> Callable[[bytes], bytes] | None:
    if tiff.is_tiff(header) and name.lower().endswith(_TIFF_NAMES):  # raw photos begin like it too
        return tiff.cleaned
    return next((clean for knows, clean in _CLEANERS if knows(header)), None)
