"""A signature out of a photograph or scan of it. For the cpu lane: QImage work only."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from supportdesk.ui.picture_files import reader_of
from supportdesk.ui.signature.mark import INK

_LONGEST = 1600
_SOFT = 28
"""Levels of grey over which ink fades into paper."""


def load_grey(path: Path) -> QImage:
    """Upright and not larger than is of use, in levels of grey; a null image for what is no picture."""
    reader = reader_of(path)
    if reader is None:
        return QImage()
    size = reader.size()
    if max(size.width(), size.height()) > _LONGEST:
        reader.setScaledSize(size.scaled(QSize(_LONGEST, _LONGEST), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read().convertToFormat(QImage.Format.Format_Grayscale8)


def cut_out(grey: QImage, darkness: float) -> QImage:
    """Only the ink, in our own colour: what is darker than a level around which the picture divides.

    `darkness` 0…1 moves that level: the higher, the more counts as ink.
    """
    levels = bytes(grey.constBits())
    level = threshold(levels) + (darkness - 0.5) * 160
    table = bytes(max(0, min(255, round(255 * (level - shade) / _SOFT + 128))) for shade in range(256))
    alpha = QImage(
        levels.translate(table),
        grey.width(),
        grey.height(),
        grey.bytesPerLine(),
        QImage.Format.Format_Alpha8,
    )
    ink = QImage(grey.size(), QImage.Format.Format_ARGB32)
    ink.fill(INK)
    ink.setAlphaChannel(alpha)
    return ink


def threshold(levels: bytes) -> int:
    """Otsu's: the shade that divides dark from bright so that both differ least within themselves.

    In the middle, where many shades divide them equally well.
    """
    counts = [levels.count(shade) for shade in range(256)]
    total, weighted = len(levels), sum(shade * count for shade, count in enumerate(counts))
    best: list[int] = [127]
    best_spread, dark, dark_sum = 0.0, 0, 0
    for shade, count in enumerate(counts):
        dark += count
        dark_sum += shade * count
        if not dark or dark == total:
            continue
        means = dark_sum / dark - (weighted - dark_sum) / (total - dark)
        spread = dark * (total - dark) * means * means
        if spread > best_spread:
            best, best_spread = [shade], spread
        elif spread == best_spread:
            best.append(shade)
    return (best[0] + best[-1]) // 2
