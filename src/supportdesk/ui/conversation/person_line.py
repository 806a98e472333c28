"""One of the vendor's people in a line: avatar, name and role."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.avatar import Avatar
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.text_label import TextLabel

_AVATAR = 24


class PersonLine(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._avatar = Avatar(size=_AVATAR, neutral=True)
        self._name = TextLabel(kind="caption", strong=True, wrap=True)
        self._role = TextLabel(kind="caption", tone="muted", wrap=True)
        self._role.setMinimumWidth(1)  # in a narrow column it breaks anywhere
        line = row(self, gap=theme().space.s)
        middle = Qt.AlignmentFlag.AlignVCenter
        line.addWidget(self._avatar)
        line.addWidget(self._name, 0, middle)
        line.addWidget(self._role, 1, middle)

    def show_person(self, name: str, role: str, picture: bytes = b"", *, said: str = "") -> None:
        """`said` is what is read out instead of the name alone; `picture` a PNG."""
        self._avatar.set_name(name)
        self._avatar.set_picture(picture)
        self._name.setText(name)
        self._name.setAccessibleName(said)
        self._role.setText(role)
