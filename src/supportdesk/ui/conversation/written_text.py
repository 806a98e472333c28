"""Where an answer is written: kept while it grows, no higher than it needs."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from supportdesk import clock
from supportdesk.app.draft_keeper import KEEP_MS
from supportdesk.i18n import _
from supportdesk.ui.widgets.text_area import TextArea


class WrittenText(TextArea):
    """`image_added` carries a QImage and a name; what is pasted has none of its own."""

    written = Signal(str)
    keep_requested = Signal()
    image_added = Signal(object, str)

    def __init__(
        self, *, formatting: bool, min_lines: int, max_lines: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(formatting=formatting, min_lines=min_lines, max_lines=max_lines, parent=parent)
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEEP_MS)
        self._keep.timeout.connect(self.keep_requested)
        self.changed.connect(self._grow)
        self.image_pasted.connect(self.add_image)
        self._limit()

    def set_text(self, text: str) -> None:
        super().set_text(text)
        self._limit()

    def focus_text(self) -> None:
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """What is typed is kept now, not at the next pause."""
        if self._keep.isActive():
            self._keep.stop()
            self.keep_requested.emit()

    def drop_pause(self) -> None:
        """It is being sent: there is nothing left to keep."""
        self._keep.stop()

    def add_image(self, image: QImage) -> None:
        name = _("Picture {time}.png").format(time=clock.now().astimezone().strftime("%H.%M.%S"))
        self.image_added.emit(image, name)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._limit()

    def _grow(self) -> None:
        self._limit()
        self.written.emit(self.text())
        if not self._keep.isActive():
            self._keep.start()

    def _limit(self) -> None:
        """What stands beside it gets what the text does not need."""
        self.setMaximumHeight(self.minimumSizeHint().height())
