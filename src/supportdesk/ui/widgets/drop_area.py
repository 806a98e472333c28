"""A large place to drop files and pictures on."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.widgets.button import Button
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.text_label import TextLabel


class DropArea(QWidget):
    files_dropped = Signal(object)  # list[str], local paths
    image_dropped = Signal(object)  # QImage

    def __init__(
        self, title: str = "", text: str = "", icon: str = "image-plus", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = TextLabel(kind="emphasis", strong=True, wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        self._text = TextLabel(tone="muted", wrap=True, align=Qt.AlignmentFlag.AlignHCenter)
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, gap=theme().space.m, centred=True)
        self._dragging = False
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        space = theme().space
        layout = column(self, margins=(space.xl, 28, space.xl, 28))
        layout.addWidget(IconLabel(icon, role="accentText", size=32), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(space.s)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addSpacing(20)
        layout.addWidget(self._buttons)
        self.set_texts(title, text)

    def set_texts(self, title: str, text: str) -> None:
        """The text tells the limits, before somebody meets them."""
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def add_button(self, text: str, icon: str) -> Button:
        button = Button(text, "secondary", icon)
        self.take_button(button)
        return button

    def take_button(self, button: Button) -> None:
        self._flow.addWidget(button)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event.mimeData()) or event.mimeData().hasImage():
            event.acceptProposedAction()
            self._set_dragging(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._set_dragging(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_dragging(False)
        files = _files(event.mimeData())
        image = QImage(event.mimeData().imageData()) if event.mimeData().hasImage() else QImage()
        if files:
            self.files_dropped.emit(files)
        elif not image.isNull():
            self.image_dropped.emit(image)
        event.acceptProposedAction()

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_box(
            QPainter(self),
            self.rect(),
            fill=theme().color("accentSoft" if self._dragging else "surface"),
            border=theme().color("accentText" if self._dragging else "controlBorder"),
            radius=theme().radius.card,
            width=2 if self._dragging else 1,
            dashed=not self._dragging,
        )

    def _set_dragging(self, dragging: bool) -> None:
        self._dragging = dragging
        self.update()


def _files(data: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
