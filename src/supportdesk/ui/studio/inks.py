"""The studio's drawing colours, from the theme's tokens: the same on every screen and in every theme."""

from dataclasses import replace
from functools import cache

from PySide6.QtGui import QColor

from supportdesk.app.annotation.shapes import Ink
from supportdesk.app.colours import contrast, mix, oklch
from supportdesk.ui.theme.tokens import tokens

_WHITE = "#FFFFFF"
_LARGE_TEXT_CONTRAST = 3.0
_TEXT_CONTRAST = 4.5


@cache
def ink_colour(ink: Ink) -> QColor:
    return QColor(_hex(ink))


@cache
def words_colour(ink: Ink) -> QColor:
    """For words in `ink` on white: darkened until they can be read."""
    lightness = oklch(_hex(ink)).lightness
    while contrast(_WHITE, shade := _with_lightness(ink, lightness)) < _TEXT_CONTRAST:
        lightness -= 0.01
    return QColor(shade)


@cache
def digit_colour(ink: Ink) -> QColor:
    """For a large digit on a disc of `ink`: white where that can be read, else the black ink."""
    readable = contrast(_WHITE, _hex(ink)) >= _LARGE_TEXT_CONTRAST
    return QColor(_WHITE if readable else tokens().annotation.black)


@cache
def marker_colour(ink: Ink) -> QColor:
    """Light enough that what a marker multiplies stays readable."""
    return QColor(mix(_WHITE, _hex(ink), 0.45))


@cache
def black_out_colour() -> QColor:
    return QColor(tokens().annotation.black_out)


def selection_colour() -> QColor:
    return ink_colour(Ink.BLUE)


def _hex(ink: Ink) -> str:
    annotation = tokens().annotation
    return {
        Ink.RED: annotation.red,
        Ink.YELLOW: annotation.yellow,
        Ink.GREEN: annotation.green,
        Ink.BLUE: annotation.blue,
        Ink.BLACK: annotation.black,
    }[ink]


def _with_lightness(ink: Ink, lightness: float) -> str:
    return replace(oklch(_hex(ink)), lightness=lightness).hex()
