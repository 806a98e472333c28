"""No password, or no account yet: how to get one from the vendor."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.sign_in_state import SignInState
from supportdesk.app.sign_in_words import HelpWords, help_words
from supportdesk.i18n import _
from supportdesk.ui.login.page import LoginPage
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.row_button import RowButton
from supportdesk.ui.widgets.text_label import SectionLabel, TextLabel, plain_tooltip

_SIDE, _TOP = 40, 28


class HelpPage(LoginPage):
    back_requested = Signal()
    link_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: HelpWords | None = None
        self._build()
        self._back.clicked.connect(self.back_requested)
        self._email.clicked.connect(self._write)
        self._portal.clicked.connect(self._open_portal)
        self.retranslate()

    def render_state(self, state: SignInState) -> None:
        words = self._words = help_words(state)
        if words is None:
            return
        self._title.setText(words.title)
        self._text.setText(words.text)
        self._phone_part.setVisible(bool(words.phone))
        self._phone.setText(words.phone)
        self._hours.setText(words.hours)
        self._email.setVisible(bool(words.email))
        self._email.set_texts(words.email, _("Write an e-mail"))
        self._portal.setVisible(bool(words.web_portal))
        self._portal.setToolTip(plain_tooltip(words.web_portal))

    def take_focus(self) -> None:
        self._back.setFocus()

    def retranslate(self) -> None:
        self._back.setText(_("Back"))
        self._portal.set_texts(_("Open web portal"), "")

    def _build(self) -> None:
        space = theme().space
        lines = column(self, gap=space.s, margins=(_SIDE, _TOP, _SIDE, space.xl))
        self._title, self._text = SectionLabel(), TextLabel(tone="muted", wrap=True)
        self._phone_part = QWidget()
        line = row(self._phone_part, gap=space.m, margins=(space.l, space.s, space.l, space.s))
        self._phone = TextLabel(strong=True)
        self._phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._hours = TextLabel(tone="muted", wrap=True)
        line.addWidget(IconLabel("phone", role="accentText"))
        words = column()
        words.addWidget(self._phone)
        words.addWidget(self._hours)
        line.addLayout(words, 1)
        self._email = RowButton(icon="mail")
        self._portal = RowButton(icon="external-link")
        self._back = button("", icon="arrow-left")
        for part in (self._title, self._text, self._phone_part, self._email, self._portal):
            lines.addWidget(part)
        lines.addStretch(1)
        foot = row()
        foot.addWidget(self._back)
        foot.addStretch(1)
        lines.addLayout(foot)

    @Slot()
    def _write(self) -> None:
        if self._words is not None:
            self.link_requested.emit(f"mailto:{self._words.email}")

    @Slot()
    def _open_portal(self) -> None:
        if self._words is not None:
            self.link_requested.emit(self._words.web_portal)
