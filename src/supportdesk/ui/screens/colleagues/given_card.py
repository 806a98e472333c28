"""The access data of a new colleague, shown once; or that an invitation is on its way."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from supportdesk.domain.account import AccessData
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.layouts import grid, row
from supportdesk.ui.widgets.text_label import TextLabel

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class GivenCard(Card):
    copy_requested = Signal()
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=theme().space.xl, gap=theme().space.l, parent=parent)
        self._given: AccessData | None = None
        self._banner = Banner(tone="success")
        self._data = QWidget()
        self._labels = (TextLabel(tone="muted"), TextLabel(tone="muted"))
        self._user, self._password = TextLabel(wrap=True), TextLabel(kind="mono")
        self.copy, self.close_button = button("", icon="copy", size="small"), button("", size="small")
        self._build()
        self.copy.clicked.connect(self.copy_requested)
        self.close_button.clicked.connect(self.done)
        self.hide()

    def show_given(self, given: AccessData | None) -> None:
        """Nothing of a password is left in the labels once it is done."""
        new, self._given = given is not None and given != self._given, given
        self.setVisible(given is not None)
        self._user.setText(given.user if given is not None else "")
        self._password.setText(given.password if given is not None else "")
        if given is None:
            return
        shown = bool(given.password)
        self._data.setVisible(shown)
        self.copy.setVisible(shown)
        self._tell(given)
        if new:
            (self.copy if shown else self.close_button).setFocus()

    def retranslate(self) -> None:
        self._labels[0].setText(_("User name"))
        self._labels[1].setText(_("Password"))
        self.copy.setText(_("Copy the access data"))
        self.close_button.setText(_("Done"))
        if self._given is not None:
            self._tell(self._given)

    def _tell(self, given: AccessData) -> None:
        title = _("{name} can sign in").format(name=given.person.name)
        text = _("These access data are shown only now. Hand them over safely.")
        if not given.password:
            title = _("{name} is invited").format(name=given.person.name)
            text = _("A mail with a code for the first password goes to {email}.").format(email=given.user)
        self._banner.set_texts(text, title)
        self.setAccessibleName(title)

    def _build(self) -> None:
        space = theme().space
        self.add(self._banner)
        lines = grid(self._data, gap=space.s)
        lines.setHorizontalSpacing(space.xl)
        lines.setColumnStretch(1, 1)
        for at, (label, value) in enumerate(zip(self._labels, (self._user, self._password), strict=True)):
            value.setTextInteractionFlags(_SELECTABLE)
            lines.addWidget(label, at, 0)
            lines.addWidget(value, at, 1)
        self.add(self._data)
        foot = row(gap=space.m)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        self.body.addLayout(foot)
