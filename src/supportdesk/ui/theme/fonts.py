"""The system's own font in the sizes of the tokens."""

import sys

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetrics, QGuiApplication

from supportdesk.ui.theme.tokens import Type, TypeSize

# What fontconfig calls "whatever there is": no desktop chose a font.
_UNSET_FAMILIES = {"", "sans", "sans serif", "sans-serif", "system-ui"}
_GOOD_FAMILIES = ("Inter", "Noto Sans", "Cantarell", "DejaVu Sans")
_STRONG_KINDS = {"section", "title"}
# Large type is set a little tighter.
_SPACING_PERCENT = {"section": 99.0, "title": 98.0}
# Pixel size of the untouched system font, where the system scales text by enlarging that font.
_USUAL_PIXELS = {"win32": 12.0, "darwin": 13.0}
# Linux desktops choose between 9 and 11 points as their usual size; beyond that somebody wanted larger text.
_USUAL_POINTS_AT_MOST = 11.0
_POINTS_PER_INCH, _LINUX_DPI = 72.0, 96.0


class Fonts:
    """Fonts and line boxes for one text size; `scale` 1.0 is the design's size."""

    def __init__(self, sizes: Type, scale: float) -> None:
        self._sizes = sizes
        self._scale = scale
        self._family = system_family()
        self._made: dict[tuple[str, bool, bool], QFont] = {}
        self._lines: dict[str, int] = {}

    def font(self, kind: str = "body", *, strong: bool = False, tabular: bool = False) -> QFont:
        key = (kind, strong, tabular)
        if key not in self._made:
            self._made[key] = self._make(kind, strong=strong, tabular=tabular)
        return QFont(self._made[key])

    def line_height(self, kind: str = "body") -> int:
        """The token's line box, or more where the system's font is taller than it."""
        if kind not in self._lines:
            wanted = round(self._size(kind).line * self._scale)
            self._lines[kind] = max(wanted, QFontMetrics(self.font(kind)).height())
        return self._lines[kind]

    def _make(self, kind: str, *, strong: bool, tabular: bool) -> QFont:
        mono = kind == "mono"
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont) if mono else QFont(self._family)
        font.setPixelSize(max(1, round(self._size(kind).size * self._scale) - mono))
        heavy = strong or kind in _STRONG_KINDS
        font.setWeight(QFont.Weight.DemiBold if heavy else QFont.Weight.Normal)
        if kind in _SPACING_PERCENT:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, _SPACING_PERCENT[kind])
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _size(self, kind: str) -> TypeSize:
        size: TypeSize = getattr(self._sizes, "body" if kind == "mono" else kind)
        return size


def system_family() -> str:
    """The desktop's setting; where there is none, the best installed of a few good ones."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if font.family().lower() not in _UNSET_FAMILIES:
        return font.family()
    installed = set(QFontDatabase.families())
    return next((family for family in _GOOD_FAMILIES if family in installed), QFontInfo(font).family())


def system_scale() -> float:
    """How much larger than usual the system sets its text, 1.0 to 2.0."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if sys.platform in _USUAL_PIXELS:
        factor = QFontInfo(font).pixelSize() / _USUAL_PIXELS[sys.platform]
    else:
        points = QFontInfo(font).pixelSize() * _POINTS_PER_INCH / _logical_dpi()
        factor = max(1.0, points / _USUAL_POINTS_AT_MOST) * _logical_dpi() / _LINUX_DPI
    return min(2.0, max(1.0, factor))


def _logical_dpi() -> float:
    screens = QGuiApplication.screens()
    return screens[0].logicalDotsPerInchY() if screens else _LINUX_DPI
