"""Photos without hidden data look as before."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QImageReader

from supportdesk.app import hidden_data
from tests.support.photos import photo


def seen(path: Path) -> list[QImage]:
    """Every page, turned as its camera data say."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    pages = []
    for number in range(max(1, reader.imageCount())):
        reader.jumpToImage(number)
        pages.append(reader.read())
    return pages


@pytest.mark.parametrize(
    ("name", "pages"), [("photo.jpg", 1), ("photo.png", 1), ("photo.webp", 1), ("photo.tif", 2)]
)
def test_not_one_pixel_changes(tmp_path: Path, name: str, pages: int) -> None:
    """Each page has the same pixels and is turned the same way."""
    clean = tmp_path / name
    clean.write_bytes(hidden_data.cleaned(photo(name).read_bytes(), name))
    before, after = seen(photo(name)), seen(clean)
    assert len(before) == pages
    assert not any(page.isNull() for page in before)
    assert before == after
