"""The slider for the size of text."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

from supportdesk.app.settings import TEXT_PERCENT, Settings
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import announce
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.text_label import TextLabel

_LENGTH = 200
_STEPS = tuple(value for value, _label in TEXT_PERCENT.choices)


class _Slider(QSlider):
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the settings, and never changes one on the way."""
        event.ignore()


class TextSize(QWidget):
    """Applied when the handle is let go: it grows with the text and would run away from the pointer."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._slider = _Slider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, len(_STEPS) - 1)
        self._slider.setPageStep(1)
        self._slider.setTracking(False)
        self._slider.setFixedWidth(_LENGTH)
        self._percent = TextLabel(tabular=True, align=Qt.AlignmentFlag.AlignRight)
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("000 %"))
        line = row(self, gap=theme().space.m)
        line.addWidget(TextLabel("A", kind="caption", tone="muted"))
        line.addWidget(self._slider, 1)
        line.addWidget(TextLabel("A", kind="emphasis", tone="muted"))
        line.addWidget(self._percent)
        self.setFocusProxy(self._slider)
        self.show_value()
        self._slider.valueChanged.connect(self._chosen)

    def show_value(self) -> None:
        value = self._settings.get(TEXT_PERCENT)
        self._slider.setValue(_STEPS.index(value))
        self._percent.setText(f"{value} %")

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._slider.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self._slider.setAccessibleDescription(description)

    @Slot(int)
    def _chosen(self, step: int) -> None:
        self._settings.set(TEXT_PERCENT, _STEPS[step])
        self._percent.setText(f"{_STEPS[step]} %")
        announce(self._slider, self._percent.text())
