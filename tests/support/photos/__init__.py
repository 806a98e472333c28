"""Small photos of a fictional camera with all they can hide: place, device, person, comments, XMP.

Their orientation is 6, the JPEG has a film behind its end, and the TIFF two pages.
"""

from pathlib import Path

PHOTOS = ("photo.jpg", "photo.png", "photo.webp", "photo.tif", "photo.heic", "photo.avif")


def photo(name: str) -> Path:
    return Path(__file__).with_name(name)
