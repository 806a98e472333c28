"""A one-line field."""

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from supportdesk.ui.widgets.field_extras import FieldExtras


class LineEdit(QLineEdit):
    """May carry an icon at its leading edge, and `extras` at its trailing end."""

    def __init__(self, text: str = "", *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.extras = FieldExtras(self)
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str) -> None:
        """At the leading edge; '' takes it away."""
        self.extras.set_icon(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.extras.paint()
