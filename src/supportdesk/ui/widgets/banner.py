"""A sentence that stays: what is going on, and what can be done about it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.widgets.button import Button
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel
from supportdesk.ui.widgets.tones import icon_of, ink_role, soft_role


class Banner(QWidget):
    """Tones: info, success, warning, danger, neutral. Always with the icon that says the tone."""

    def __init__(
        self,
        text: str = "",
        *,
        tone: str = "info",
        title: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._icon = IconLabel()
        self._title = TextLabel(strong=True, wrap=True)
        self._text = TextLabel(wrap=True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._build()
        self.set_tone(tone, icon)
        self.set_texts(text, title)

    def set_texts(self, text: str, title: str = "") -> None:
        self._title.setText(title)
        self._text.setText(text)
        self._title.setVisible(bool(title))
        self._text.setVisible(bool(text))
        self._text.set_tone("muted" if title else "text")
        self.setAccessibleName(title or text)
        self.setAccessibleDescription(text if title else "")

    def set_tone(self, tone: str, icon: str = "") -> None:
        self._tone = tone
        self._icon.set_icon(icon or icon_of(tone), ink_role(tone))
        self.update()

    def add_button(self, text: str) -> Button:
        button = Button(text, "quiet", size="small")
        self._stand_beside_buttons()
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return button

    def paintEvent(self, _event: QPaintEvent) -> None:
        border = theme().color(ink_role(self._tone)) if theme().is_high_contrast else None
        fill = theme().color(soft_role(self._tone))
        draw_box(QPainter(self), self.rect(), fill=fill, border=border, radius=theme().radius.card)

    def _build(self) -> None:
        space = theme().space
        self._texts = column()
        self._texts.addWidget(self._title)
        self._texts.addWidget(self._text)
        self._icons = column()
        self._icons.addWidget(self._icon)
        self._icons.addStretch(1)
        self._row = row(self, gap=space.m, margins=(space.l, space.m, space.l, space.m))
        self._row.addLayout(self._icons)
        self._row.addLayout(self._texts, 1)

    def _stand_beside_buttons(self) -> None:
        """One line of text stands in the middle of the buttons, and the icon beside its first line."""
        gap = max(0, (theme().height.button_small - theme().line_height()) // 2)
        self._texts.setContentsMargins(0, gap, 0, gap)
        self._icons.setContentsMargins(0, gap, 0, 0)
