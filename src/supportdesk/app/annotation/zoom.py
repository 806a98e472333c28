"""How large the picture is shown. A factor of 1 shows it as large as it was on the captured screen."""

from __future__ import annotations

LEVELS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 8.0)


def larger(factor: float) -> float:
    return next((level for level in LEVELS if level > factor + 1e-6), LEVELS[-1])


def smaller(factor: float) -> float:
    return next((level for level in reversed(LEVELS) if level < factor - 1e-6), LEVELS[0])


def fitting(width: float, height: float, room_width: float, room_height: float) -> float:
    """The largest factor up to 1 at which a picture of `width` × `height` logical px is seen whole."""
    if width <= 0 or height <= 0:
        return 1.0
    return max(LEVELS[0], min(1.0, room_width / width, room_height / height))


def scroll_keeping(anchor: float, scroll: float, before: float, after: float) -> float:
    """The scroll position at which the spot under the pointer stays there, along one axis.

    `anchor` is the pointer's distance from the edge of the view and `scroll` the position so far, in px.
    """
    return (scroll + anchor) * after / before - anchor
