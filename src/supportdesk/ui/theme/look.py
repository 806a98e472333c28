"""The look in use: what was chosen, what the system says, and everything computed from both."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from supportdesk.app.colours import accent_roles
from supportdesk.ui.theme.fonts import Fonts, system_scale
from supportdesk.ui.theme.icons import IconPainter, ThemeIconEngine
from supportdesk.ui.theme.palette import palette
from supportdesk.ui.theme.sizes import grown_heights, grown_icons
from supportdesk.ui.theme.style import SupportDeskStyle
from supportdesk.ui.theme.stylesheet import style_sheet
from supportdesk.ui.theme.system import SystemLook
from supportdesk.ui.theme.tokens import Height, IconSize, Radius, Space, tokens

ThemeMode: TypeAlias = Literal["system", "light", "dark", "high-contrast"]
Variant: TypeAlias = Literal["light", "dark", "highContrast"]
Density: TypeAlias = Literal["comfortable", "compact"]

_VARIANTS: dict[str, Variant] = {"light": "light", "dark": "dark", "high-contrast": "highContrast"}
_LARGEST_SCALE = 2.5


@dataclass(frozen=True, slots=True)
class Look:
    """What the person and the vendor chose; `reduced_motion` None asks the system."""

    mode: ThemeMode = "system"
    accent: str = "#0C6B73"
    scale: float = 1.0
    reduced_motion: bool | None = None
    density: Density = "comfortable"


@dataclass(frozen=True, slots=True)
class AnnotationColors:
    """What pictures are drawn on with: the same in every theme, because the picture travels."""

    red: QColor
    yellow: QColor
    green: QColor
    blue: QColor
    black: QColor
    black_out: QColor
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentColors:
    """A document's form fields on paper, which stays white."""

    required_field: QColor
    required_border: QColor
    field: QColor
    field_border: QColor
    text: QColor


class Theme(QObject):
    """GUI thread only. `changed` comes after palette, font and style sheet are in place."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._tokens = tokens()
        self._look = Look()
        self._system = SystemLook(self)
        self._colors: dict[str, QColor] = {}
        self._revision = 0
        self._icons = IconPainter(self._tokens.icon)
        self._style = SupportDeskStyle(self)
        self._sheet = ""
        self._compute()
        application.setStyle(self._style)
        self._put_in_place()
        self._system.changed.connect(self._follow_system)

    # What was chosen

    def apply(
        self,
        *,
        mode: ThemeMode | None = None,
        accent: str | None = None,
        scale: float | None = None,
        reduced_motion: bool | None = None,
        density: Density | None = None,
    ) -> None:
        """Change what is given and keep the rest. `scale` multiplies the system's text size."""
        given = {
            "mode": mode,
            "accent": accent,
            "scale": scale,
            "reduced_motion": reduced_motion,
            "density": density,
        }
        look = replace(self._look, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
        if look != self._look:
            self._look = look
            self._refresh()

    @property
    def mode(self) -> ThemeMode:
        return self._look.mode

    @property
    def accent(self) -> str:
        """The vendor's brand colour, before the accent rule."""
        return self._look.accent

    @property
    def density(self) -> Density:
        return self._look.density

    # What follows from it

    @property
    def variant(self) -> Variant:
        if self._look.mode in _VARIANTS:
            return _VARIANTS[self._look.mode]
        if self._system.wants_high_contrast:
            return "highContrast"
        return "dark" if self._system.is_dark else "light"

    @property
    def revision(self) -> int:
        """Grows with every change: part of the key of whoever keeps painted things."""
        return self._revision

    @property
    def is_dark(self) -> bool:
        return self.variant != "light"

    @property
    def is_high_contrast(self) -> bool:
        return self.variant == "highContrast"

    @property
    def scale(self) -> float:
        """The system's text scale times the person's."""
        return min(_LARGEST_SCALE, system_scale() * self._look.scale)

    def color(self, role: str, alpha: float | None = None) -> QColor:
        """A role of the tokens; raises KeyError for any other name. `alpha` is 0..1."""
        color = QColor(self._colors[role])
        if alpha is not None:
            color.setAlphaF(alpha)
        return color

    def brand_colors(self, brand: str) -> tuple[QColor, QColor]:
        """Fill and ink of the mark of a vendor who need not be the one whose accent is in use."""
        known = roles(self.variant, brand)
        return _qcolor(known["accent"]), _qcolor(known["onAccent"])

    def font(self, kind: str = "body", *, strong: bool = False, tabular: bool = False) -> QFont:
        return self._fonts.font(kind, strong=strong, tabular=tabular)

    def line_height(self, kind: str = "body") -> int:
        return self._fonts.line_height(kind)

    def measure(self, kind: str = "body") -> int:
        """The width of a line of running text that is easy to read."""
        return QFontMetrics(self.font(kind)).averageCharWidth() * self._tokens.type.measure

    def scaled(self, pixels: float) -> int:
        """A size that holds text or an icon, grown with the text."""
        return round(pixels * self._scale)

    @property
    def space(self) -> Space:
        return self._tokens.space

    @property
    def radius(self) -> Radius:
        return self._tokens.radius

    @property
    def height(self) -> Height:
        return self._heights

    @property
    def icon_size(self) -> IconSize:
        return self._icon_sizes

    @property
    def focus_width(self) -> int:
        border = self._tokens.border
        return border.focus_high_contrast if self.is_high_contrast else border.focus

    @property
    def focus_offset(self) -> int:
        return self._tokens.border.focus_offset

    @property
    def annotation(self) -> AnnotationColors:
        return _annotation_colors()

    @property
    def document(self) -> DocumentColors:
        return _document_colors()

    def motion_ms(self, name: Literal["hover", "state", "panel"]) -> int:
        """How long a movement takes: 0 where the system or the person wants less of it."""
        wanted = self._look.reduced_motion
        less = self._system.wants_less_motion if wanted is None else wanted
        duration: int = getattr(self._tokens.motion, name)
        return 0 if less else duration

    @property
    def toast_ms(self) -> int:
        return self._tokens.motion.toast_visible

    @property
    def skeleton_delay_ms(self) -> int:
        return self._tokens.motion.skeleton_delay

    def icon(self, name: str, role: str = "text", size: int = 20) -> QIcon:
        """Changes with the theme by itself; `size` is at 100 % text size."""
        return QIcon(ThemeIconEngine(self, name, role, self.scaled(size)))

    def pixmap(self, name: str, role: str | QColor = "text", size: int = 20, dpr: float = 1.0) -> QPixmap:
        """`size` in logical pixels as given, for paint code that has already computed its geometry."""
        color = self.color(role) if isinstance(role, str) else role
        return self._icons.pixmap(name, color, size, dpr)

    def dress(self, window: QWidget) -> None:
        """Gives a window that is made the style sheet, for itself and all that is and comes into it.

        Not the application: then Qt would style each widget anew for every one that it is put into, which
        makes a screen take twice as long. A window with a parent has its sheet from there.
        """
        if window.parentWidget() is None:
            window.setStyleSheet(self._sheet)

    # How it comes about

    def _compute(self) -> None:
        self._scale = self.scale
        self._fonts = Fonts(self._tokens.type, self._scale)
        self._heights = grown_heights(self._tokens.height, self._fonts, self._tokens.type.body)
        self._icon_sizes = grown_icons(self._tokens.icon, self._scale)
        self._colors = {role: _qcolor(value) for role, value in roles(self.variant, self.accent).items()}

    def _put_in_place(self) -> None:
        """The sheet is taken away first: Qt would style nothing anew in a window that was not shown yet."""
        before, self._sheet = self._sheet, self._written_sheet()
        dressed: list[QWidget] = []
        if self._sheet != before:
            dressed = [window for window in self._application.topLevelWidgets() if window.styleSheet()]
        for window in dressed:
            window.setStyleSheet("")
        self._application.setPalette(palette(self._colors))
        self._set_font()
        for window in dressed:
            window.setStyleSheet(self._sheet)

    def _set_font(self) -> None:
        """Told to the windows at once: Qt would do it later, and then ends at the first that has a sheet."""
        if self.font() == self._application.font():
            return
        self._application.setFont(self.font())
        for window in self._application.topLevelWidgets():
            QCoreApplication.sendEvent(window, QEvent(QEvent.Type.ApplicationFontChange))

    def _written_sheet(self) -> str:
        caption = self.font("caption").pixelSize()
        return style_sheet(self._colors, self._heights, QFontMetrics(self.font()).height(), caption)

    def _refresh(self) -> None:
        self._revision += 1
        self._compute()
        self._put_in_place()
        self.changed.emit()

    @Slot()
    def _follow_system(self) -> None:
        if self._look.mode == "system":
            self._refresh()


@lru_cache(maxsize=16)
def roles(variant: Variant, brand: str) -> dict[str, str]:
    """Every role's colour; high contrast knows no vendor's accent."""
    base = tokens().color[variant]
    if variant == "highContrast":
        return base
    return base | accent_roles(brand, base, dark=variant == "dark")


@lru_cache(maxsize=1)
def _annotation_colors() -> AnnotationColors:
    drawn = tokens().annotation
    names = ("red", "yellow", "green", "blue", "black", "black_out")
    return AnnotationColors(**{name: QColor(getattr(drawn, name)) for name in names}, widths=drawn.widths)


@lru_cache(maxsize=1)
def _document_colors() -> DocumentColors:
    paper = tokens().document
    names = ("required_field", "required_border", "field", "field_border", "text")
    return DocumentColors(**{name: QColor(getattr(paper, name)) for name in names})


def _qcolor(value: str) -> QColor:
    """Tokens write RRGGBBAA, Qt reads AARRGGBB."""
    if len(value) == len("#RRGGBBAA"):
        return QColor(f"#{value[7:]}{value[1:7]}")
    return QColor(value)
