"""One known answer: what it is called, over as many lines as it needs, and what there is to know of it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.widgets.announce import set_accessible
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.painted_button import PaintedButton
from supportdesk.ui.widgets.text_label import TextLabel, plain_tooltip

_TITLE_CHARS = 240


class AnswerButton(PaintedButton):
    """Of an absurdly long title it shows the beginning, and the whole in its tool tip."""

    corner = 6

    def __init__(self, title: str, line: str, icon: str, *, role: str) -> None:
        super().__init__()
        space = theme().space
        picture = IconLabel(icon, role=role)
        texts = column()
        shown = " ".join(title.split())
        if len(shown) > _TITLE_CHARS:
            shown = f"{shown[:_TITLE_CHARS]}…"
            self.setToolTip(plain_tooltip(title))
        texts.addWidget(TextLabel(shown, wrap=True))
        texts.addWidget(TextLabel(line, kind="caption", tone="muted", wrap=True))
        self._content = row(self, gap=space.m, margins=(space.s, space.s, space.s, space.s))
        self._content.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        self._content.addLayout(texts, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_accessible(self, title, line)

    def focus_outline(self) -> tuple[QRect, float]:
        return self.rect(), self.corner

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._content.heightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._content.minimumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.is_hovered or self.isDown():
            draw_box(QPainter(self), self.rect(), fill=self.ground("surface"), radius=self.corner)
