"""A check box whose text may run over several lines."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.announce import set_accessible
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel


class CheckRow(QWidget):
    """The whole row toggles it."""

    def __init__(self, text: str = "", *, caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check = QCheckBox()
        self._text = TextLabel(wrap=True)
        self._caption = TextLabel(kind="caption", tone="muted", wrap=True)
        self._build()
        self.set_texts(text, caption)
        self.setFocusProxy(self.check)

    def set_texts(self, text: str, caption: str = "") -> None:
        self._text.setText(text)
        self._caption.setText(caption)
        self._caption.setVisible(bool(caption))
        set_accessible(self.check, text, caption)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.check.click()

    def _build(self) -> None:
        space = theme().space
        texts = column(margins=(0, (theme().height.icon_button - theme().line_height()) // 2, 0, space.xs))
        texts.addWidget(self._text)
        texts.addWidget(self._caption)
        layout = row(self, gap=space.s)
        layout.addWidget(self.check, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)
