"""Lucide drawings in the colours of the theme, drawn for the pixels of the screen they appear on."""

from collections import OrderedDict
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from supportdesk import resources
from supportdesk.ui.theme.tokens import IconSize

if TYPE_CHECKING:
    from supportdesk.ui.theme.look import Theme

_GRID = 24  # Lucide draws on 24 × 24 with a stroke of 2
_OWN_STROKE = 'stroke-width="2"'
_CACHED_PIXMAPS = 600


@cache
def drawings() -> dict[str, str]:
    """The SVG source of every icon, by name. Read once: nothing is read while something is painted."""
    files = resources.path("icons").glob("*.svg")
    return {file.stem: file.read_text(encoding="utf-8") for file in files}


class IconPainter:
    """Draws and remembers icons; a name that is not in `resources/icons/icons.toml` is a KeyError."""

    def __init__(self, sizes: IconSize) -> None:
        drawings()
        self._sizes = sizes
        self._pixmaps: OrderedDict[tuple[str, int, int, float], QPixmap] = OrderedDict()

    def pixmap(self, name: str, color: QColor, size: int, dpr: float) -> QPixmap:
        key = (name, color.rgba(), size, dpr)
        if key in self._pixmaps:
            self._pixmaps.move_to_end(key)
            return self._pixmaps[key]
        pixmap = self._pixmaps[key] = self._drawn(name, color, size, dpr)
        if len(self._pixmaps) > _CACHED_PIXMAPS:
            self._pixmaps.popitem(last=False)
        return pixmap

    def _drawn(self, name: str, color: QColor, size: int, dpr: float) -> QPixmap:
        pixels = max(1, round(size * dpr))
        stroke = f'stroke-width="{self._stroke(size) * _GRID / max(1, size):.3f}"'
        source = drawings()[name].replace(_OWN_STROKE, stroke).replace("currentColor", color.name())
        pixmap = QPixmap(pixels, pixels)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setOpacity(color.alphaF())
        QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        pixmap.setDevicePixelRatio(dpr)
        return pixmap

    def _stroke(self, size: int) -> float:
        """In pixels: strokes grow with the drawing, from the three sizes that were designed."""
        sizes = self._sizes
        if size <= sizes.small:
            return sizes.stroke_small * size / sizes.small
        if size < sizes.tile:
            return sizes.stroke_control * size / sizes.control
        return sizes.stroke_tile * size / sizes.tile


class ThemeIconEngine(QIconEngine):
    """One icon in a role colour: muted icons light up under the pointer, chosen ones take the accent."""

    def __init__(self, theme: "Theme", name: str, role: str, size: int) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._role = role
        self._size = size

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        dpr = painter.device().devicePixelRatioF()
        pixmap = self.scaledPixmap(rect.size(), mode, state, dpr)
        painter.drawPixmap(rect.topLeft(), pixmap)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        edge = min(size.width(), size.height())
        icon = self._theme.pixmap(self._name, self._role_in(mode, state), edge, scale)
        if size.width() == size.height():
            return icon
        return _centred(icon, size, scale)

    def actualSize(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QSize:
        return size.boundedTo(QSize(self._size, self._size)) if self._size else size

    def clone(self) -> QIconEngine:
        return ThemeIconEngine(self._theme, self._name, self._role, self._size)

    def key(self) -> str:
        return "supportdesk"

    def iconName(self) -> str:
        return self._name

    def isNull(self) -> bool:
        return False

    def _role_in(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode == QIcon.Mode.Disabled:
            return "disabledText"
        if state == QIcon.State.On and self._role == "muted":
            return "accentText"
        if mode == QIcon.Mode.Active and self._role == "muted":
            return "text"
        return self._role


def _centred(icon: QPixmap, size: QSize, scale: float) -> QPixmap:
    canvas = QPixmap(size * scale)
    canvas.setDevicePixelRatio(scale)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    target = QRect(QPoint(), icon.deviceIndependentSize().toSize())
    target.moveCenter(QRect(QPoint(), size).center())
    painter.drawPixmap(target.topLeft(), icon)
    painter.end()
    return canvas
