"""One of the vendor's people: avatar, name and role."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.avatar import Avatar
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel

_AVATAR = 24


class PersonLine(QWidget):
    """In one line, or `stacked`, with the role below the name, where a column is narrow."""

    def __init__(self, parent: QWidget | None = None, *, stacked: bool = False) -> None:
        super().__init__(parent)
        self._avatar = Avatar(size=_AVATAR, neutral=True)
        self._name = TextLabel(kind="caption", strong=True, wrap=True)
        self._role = TextLabel(kind="caption", tone="muted", wrap=True)
        self._role.setMinimumWidth(1)  # in a narrow column it breaks anywhere
        line = row(self, gap=theme().space.s)
        middle = Qt.AlignmentFlag.AlignVCenter
        if stacked:
            line.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
            texts = column()
            texts.addWidget(self._name)
            texts.addWidget(self._role)
            line.addLayout(texts, 1)
        else:
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
        self._role.setVisible(bool(role))
