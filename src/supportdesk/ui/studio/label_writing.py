"""Writing and changing labels on the canvas."""

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.annotation.geometry import Point
from supportdesk.app.annotation.session import Session
from supportdesk.app.annotation.shapes import Text
from supportdesk.ui.studio.label_editor import LabelEditor


class LabelWriting(QObject):
    """At most one field is open at a time."""

    finished = Signal()
    """The field has closed; the document may have changed."""

    def __init__(self, canvas: QWidget, session: Session) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._session = session
        self._editor: LabelEditor | None = None
        self._label: Text | None = None
        self._centre = Point(0, 0)

    @property
    def is_open(self) -> bool:
        return self._editor is not None

    @property
    def hidden_id(self) -> int | None:
        """The label whose words are in the field instead of on the picture."""
        return self._label.id if self._label else None

    def write(self, centre: Point, place: QPoint) -> None:
        """A new label around `centre`, which is at `place` in the canvas."""
        self._open("", centre, place)

    def rewrite(self, label: Text, place: QPoint) -> None:
        self._label = label
        self._open(label.text, label.rect.centre, place)

    def finish(self) -> None:
        """Keep what was written so far."""
        if self._editor is not None:
            self._on_finished(self._editor.text())

    def _open(self, text: str, centre: Point, place: QPoint) -> None:
        self._centre = centre
        self._editor = LabelEditor(self._canvas, text, place)
        self._editor.finished.connect(self._on_finished)
        self._editor.begin()

    @Slot(str)
    def _on_finished(self, text: str) -> None:
        editor, self._editor = self._editor, None
        label, self._label = self._label, None
        if editor is None:
            return
        had_focus = editor.hasFocus()
        editor.hide()
        editor.deleteLater()
        if label is not None:
            self._session.rewrite(label, text)
        else:
            self._session.write(text, self._centre)
        if had_focus:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.finished.emit()
