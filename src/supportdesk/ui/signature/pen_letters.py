"""Letters as a pen draws them: strokes without width, for writing where no script is installed.

A file of `resources/hands` has a line for each letter: the letter, how far the next one stands, and its
strokes as points. The baseline is at 0, capitals are 21 high, down is positive.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from supportdesk import resources

CAPITAL = 21
_SPACE, _ABOVE = 10, 4
_Stroke = tuple[QPointF, ...]


def _stroke(*points: tuple[float, float]) -> _Stroke:
    return tuple(QPointF(x, y) for x, y in points)


def _dot(x: float) -> _Stroke:
    return _stroke((x, -0.4), (x, 0.4))


_MARKS = {
    "\u0300": (_stroke((-2, -2), (1, 2)),),
    "\u0301": (_stroke((2, -2), (-1, 2)),),
    "\u0302": (_stroke((-3, 1), (0, -2), (3, 1)),),
    "\u0303": (_stroke((-4, 1), (-2, -1), (2, 1), (4, -1)),),
    "\u0304": (_stroke((-3, 0), (3, 0)),),
    "\u0306": (_stroke((-3, -1), (0, 1), (3, -1)),),
    "\u0307": (_dot(0),),
    "\u0308": (_dot(-3), _dot(3)),
    "\u030a": (_stroke((0, -2), (2, 0), (0, 2), (-2, 0), (0, -2)),),
    "\u030b": (_stroke((0, -2), (-2, 2)), _stroke((4, -2), (2, 2))),
    "\u030c": (_stroke((-3, -1), (0, 2), (3, -1)),),
}
"""What stands above a letter, around its middle."""
_HOOKS = {
    "\u0327": _stroke((0, 0), (1, 3), (-2, 5)),
    "\u0328": _stroke((0, 0), (-2, 3), (1, 5)),
}
"""What hangs below it."""


@dataclass(frozen=True)
class _Letter:
    width: float
    strokes: tuple[_Stroke, ...]

    def middle(self) -> QPointF:
        """Of its upper edge."""
        xs = [point.x() for stroke in self.strokes for point in stroke]
        ys = [point.y() for stroke in self.strokes for point in stroke]
        return QPointF((min(xs) + max(xs)) / 2, min(ys))


def written(hand: str, text: str) -> QPainterPath | None:
    """The way of the pen from left to right; None where a letter is missing."""
    letters, path, x = _letters(hand), QPainterPath(), 0.0
    letter = None
    for sign in unicodedata.normalize("NFD", text):
        if sign.isspace():
            x += _SPACE
        elif letter is not None and sign in _MARKS:
            middle = letter.middle() + QPointF(x - letter.width, -_ABOVE)
            for stroke in _MARKS[sign]:
                _draw(path, stroke, middle)
        elif letter is not None and sign in _HOOKS:
            _draw(path, _HOOKS[sign], QPointF(x - letter.width + letter.middle().x(), 0))
        elif sign in letters:
            letter = letters[sign]
            for stroke in letter.strokes:
                _draw(path, stroke, QPointF(x, 0))
            x += letter.width
        else:
            return None
    return path


@cache
def _letters(hand: str) -> dict[str, _Letter]:
    found = {}
    for line in resources.text("hands", f"{hand}.txt").splitlines():
        sign, width, strokes = line.split(" ", 2)
        points = [[point.split(",") for point in stroke.split()] for stroke in strokes.split("|")]
        drawn = tuple(_stroke(*((float(x), float(y)) for x, y in stroke)) for stroke in points)
        found[sign] = _Letter(float(width), drawn)
    return found


def _draw(path: QPainterPath, stroke: _Stroke, origin: QPointF) -> None:
    """Round, as a hand moves: each point is passed in the direction of its neighbours."""
    points = [point + origin for point in stroke]
    around = [points[0], *points, points[-1]]
    aims = [(after - before) / 6 for before, after in zip(around, around[2:], strict=False)]
    path.moveTo(points[0])
    for (start, leaving), (end, arriving) in pairwise(zip(points, aims, strict=True)):
        path.cubicTo(start + leaving, end - arriving, end)
