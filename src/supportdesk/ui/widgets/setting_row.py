"""A setting: what it does at the leading edge, its control at the other."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import set_accessible
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel


class SettingRow(QWidget):
    """The whole row is the target of a switch or check box. The title names the control."""

    def __init__(self, title: str, hint: str, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self._title = TextLabel(wrap=True)
        self._hint = TextLabel(kind="caption", tone="muted", wrap=True)
        self._build()
        self.set_texts(title, hint)

    def set_texts(self, title: str, hint: str) -> None:
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        set_accessible(self.control, title, hint)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        toggles = isinstance(self.control, QAbstractButton) and self.control.isCheckable()
        if (
            toggles
            and event.button() == Qt.MouseButton.LeftButton
            and self.rect().contains(event.position().toPoint())
        ):
            self.control.click()  # type: ignore[attr-defined]

    def _build(self) -> None:
        space = theme().space
        texts = column()
        texts.addStretch(1)
        texts.addWidget(self._title)
        texts.addWidget(self._hint)
        texts.addStretch(1)
        layout = row(self, gap=space.xl, margins=(0, space.m, 0, space.m))
        layout.addLayout(texts, 1)
        layout.addWidget(self.control, 0, Qt.AlignmentFlag.AlignVCenter)
