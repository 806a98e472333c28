"""Colours and widths, side by side in the studio's bar."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from supportdesk.app.annotation.shapes import STROKE_WIDTHS, Ink, Style
from supportdesk.i18n import N_, _
from supportdesk.ui.studio.ink_swatch import InkSwatch
from supportdesk.ui.studio.weight_button import WeightButton
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.layouts import row

INK_NAMES = {
    Ink.RED: N_("Red"),
    Ink.YELLOW: N_("Yellow"),
    Ink.GREEN: N_("Green"),
    Ink.BLUE: N_("Blue"),
    Ink.BLACK: N_("Black"),
}
WEIGHT_NAMES = (
    N_("Very thin line"),
    N_("Thin line"),
    N_("Medium line"),
    N_("Thick line"),
    N_("Very thick line"),
)


class StyleBar(QWidget):
    ink_chosen = Signal(object)
    """An Ink."""
    weight_chosen = Signal(int)
    """0 (thinnest) to 4."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inks = QButtonGroup(self)
        self._weights = QButtonGroup(self)
        self._swatches = {ink: InkSwatch(ink, self) for ink in Ink}
        self._lines = [WeightButton(stroke, self) for stroke in STROKE_WIDTHS]
        self._build()
        self._inks.idClicked.connect(self._on_ink)
        self._weights.idClicked.connect(self.weight_chosen)
        self.retranslate()

    def render_state(self, style: Style) -> None:
        self._swatches[style.ink].setChecked(True)
        self._lines[style.weight].setChecked(True)

    def retranslate(self) -> None:
        for ink, swatch in self._swatches.items():
            swatch.set_name(_(INK_NAMES[ink]))
        for line, name in zip(self._lines, WEIGHT_NAMES, strict=True):
            line.set_name(_(name))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        space = theme().space
        line = row(self, gap=space.xs)
        for index, swatch in enumerate(self._swatches.values()):
            self._inks.addButton(swatch, index)
            line.addWidget(swatch)
        line.addSpacing(space.m)
        line.addWidget(Divider(Qt.Orientation.Vertical, inset=space.l))
        line.addSpacing(space.m)
        for index, button in enumerate(self._lines):
            self._weights.addButton(button, index)
            line.addWidget(button)

    @Slot(int)
    def _on_ink(self, index: int) -> None:
        self.ink_chosen.emit(tuple(Ink)[index])
