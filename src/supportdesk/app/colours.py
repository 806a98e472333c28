"""Colour maths of the themes: contrast, OKLCH, and the rule that turns a brand colour into roles.

Colours are strings "#RRGGBB" in sRGB. `accentRule` in `resources/themes/tokens.json` says the rule in words.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_WHITE = "#FFFFFF"
_STEP = 0.01
_CHROMA_STEP = 0.002

# OKLab by its author's published matrices: linear sRGB -> cone response -> Lab, and back.
_TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_CONES = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)

Vector: TypeAlias = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Oklch:
    """Lightness 0..1, chroma 0..about 0.4, hue in radians."""

    lightness: float
    chroma: float
    hue: float

    def hex(self) -> str:
        """The nearest colour a screen can show: out of gamut, chroma is lowered, lightness and hue stay."""
        shown = self
        while shown.chroma > 0 and not _inside_gamut(shown.linear()):
            shown = replace(shown, chroma=max(0.0, shown.chroma - _CHROMA_STEP))
        return _hex(shown.linear())

    def linear(self) -> Vector:
        """Linear sRGB; outside 0..1 where no screen shows the colour."""
        a, b = self.chroma * math.cos(self.hue), self.chroma * math.sin(self.hue)
        long, medium, short = _times(_FROM_LAB, (self.lightness, a, b))
        return _times(_FROM_CONES, (long**3, medium**3, short**3))


def oklch(colour: str) -> Oklch:
    """Raises ValueError for anything but "#RRGGBB"."""
    long, medium, short = _times(_TO_CONES, _linear_light(colour))
    lightness, a, b = _times(_TO_LAB, (math.cbrt(long), math.cbrt(medium), math.cbrt(short)))
    return Oklch(lightness, math.hypot(a, b), math.atan2(b, a))


def contrast(first: str, second: str) -> float:
    """Contrast ratio of WCAG 2, from 1 (same) to 21 (black on white); the order does not matter."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(ground: str, ink: str, share: float) -> str:
    """`share` (0..1) of `ink` laid over `ground`, in sRGB as a translucent layer would be."""
    pairs = zip(_channels(ground), _channels(ink), strict=True)
    return "#" + "".join(f"{round(below + (above - below) * share):02X}" for below, above in pairs)


def accent_roles(brand: str, base: Mapping[str, str], *, dark: bool) -> dict[str, str]:
    """The nine roles a vendor's colour decides, for a theme whose other roles are `base`.

    Raises ValueError for a brand that is not "#RRGGBB".
    """
    return _dark_roles(brand, base) if dark else _light_roles(brand, base)


def _light_roles(brand: str, base: Mapping[str, str]) -> dict[str, str]:
    accent = _lowered(oklch(brand), 4.5, (_WHITE, base["canvas"]))
    accent_hex = brand.upper() if accent == oklch(brand) else accent.hex()
    return _fills(accent, accent_hex) | {
        "accentSoft": mix(base["surface"], accent_hex, 0.09),
        "accentText": accent_hex,
        "focus": accent_hex,
        "selection": mix(base["surface"], accent_hex, 0.13),
        "onSelection": base["text"],
    }


def _dark_roles(brand: str, base: Mapping[str, str]) -> dict[str, str]:
    own = oklch(brand)
    fill = _lightest_under_white(own, 4.7)
    line = _readable_line(own, base).hex()
    return _fills(fill, fill.hex()) | {
        "accentSoft": mix(base["surface"], line, 0.14),
        "accentText": line,
        "focus": line,
        "selection": mix(base["surface"], line, 0.20),
        "onSelection": base["text"],
    }


def _fills(accent: Oklch, accent_hex: str) -> dict[str, str]:
    return {
        "accent": accent_hex,
        "accentHover": _lighter(accent, -0.04).hex(),
        "accentPressed": _lighter(accent, -0.08).hex(),
        "onAccent": _WHITE,
    }


def _lowered(colour: Oklch, ratio: float, grounds: tuple[str, ...]) -> Oklch:
    while colour.lightness > 0 and any(contrast(colour.hex(), ground) < ratio for ground in grounds):
        colour = _lighter(colour, -_STEP)
    return colour


def _lightest_under_white(colour: Oklch, ratio: float) -> Oklch:
    def too_light(step: int) -> bool:
        return contrast(replace(colour, lightness=step / 1000).hex(), _WHITE) < ratio

    first_too_light = bisect_left(range(1001), True, key=too_light)
    return replace(colour, lightness=(first_too_light - 1) / 1000)


def _readable_line(own: Oklch, base: Mapping[str, str]) -> Oklch:
    line = Oklch(0.78, min(0.95 * own.chroma, 0.115), own.hue)
    while line.lightness < 1 and not _line_is_readable(line.hex(), base):
        line = _lighter(line, _STEP)
    return line


def _line_is_readable(line: str, base: Mapping[str, str]) -> bool:
    softs = (mix(base["surface"], line, 0.14), mix(base["surface"], line, 0.20))
    return contrast(line, base["raised"]) >= 7 and all(contrast(line, soft) >= 4.5 for soft in softs)


def _lighter(colour: Oklch, amount: float) -> Oklch:
    return replace(colour, lightness=min(1.0, max(0.0, colour.lightness + amount)))


def _luminance(colour: str) -> float:
    red, green, blue = _linear_light(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear_light(colour: str) -> Vector:
    red, green, blue = (_decoded(channel / 255) for channel in _channels(colour))
    return red, green, blue


def _decoded(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _channels(colour: str) -> tuple[int, int, int]:
    if not _HEX.fullmatch(colour):
        message = f"not a colour of the form #RRGGBB: {colour!r}"
        raise ValueError(message)
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _times(matrix: tuple[Vector, Vector, Vector], vector: Vector) -> Vector:
    first, second, third = (sum(a * b for a, b in zip(line, vector, strict=True)) for line in matrix)
    return first, second, third


def _inside_gamut(linear: Vector) -> bool:
    return all(-1e-6 <= value <= 1 + 1e-6 for value in linear)


def _hex(linear: Vector) -> str:
    return "#" + "".join(f"{round(255 * _encoded(min(1.0, max(0.0, value)))):02X}" for value in linear)
