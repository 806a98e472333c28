"""A vendor by the address of its support portal: who answers there, and only then adding it."""

from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.sign_in_state import SignInState
from supportdesk.app.vendor_address import AddressState
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.ui.login.form_page import FormPage
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.icon_label import VendorMark
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.line_edit import LineEdit
from supportdesk.ui.widgets.text_label import TextLabel


class AddressPage(FormPage):
    look_requested = Signal(str)
    add_requested = Signal()
    other_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = AddressState()
        self.address = LineEdit()
        self.address.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self._field = self.add_field("address", self.address)
        self._found = Card(padding=theme().space.l, tone="sunken")
        self._mark = VendorMark(size=48)
        self._name = TextLabel(kind="emphasis", strong=True, wrap=True)
        self._place = TextLabel(tone="muted", wrap=True)
        self._other = button("", kind="link")
        self._build()
        self.next.clicked.connect(self._go_on)
        self._other.clicked.connect(self.other_requested)
        self.retranslate()

    def render_state(self, state: SignInState) -> None:
        if state.address is None:
            self.address.clear()
            return
        before, self._state = self._state, state.address
        found = self._state.found
        self._field.setVisible(found is None)
        self._found.setVisible(found is not None)
        self._other.setVisible(found is not None)
        if found is not None:
            self._show(found)
        self._tell()
        wrong = {"address": self._state.wrong} if self._state.wrong else {}
        self.show_trouble(wrong, self._state.error, self._state.rejections)
        self.show_busy(self._state.busy)
        if found is not None and before.found is None:
            self.next.setFocus()

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(_("Add a vendor"))
        self._field.set_label(_("Address of the support portal"))
        self._field.set_hint(_("For example support.example.org"))
        self._other.setText(_("Another address"))
        self._tell()

    def _build(self) -> None:
        line = row(gap=theme().space.l)
        words = column()
        words.addWidget(self._name)
        words.addWidget(self._place)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self._found.body.addLayout(line)
        self.add_part(self._found)
        self.add_part(self._other, theme().space.s)

    def _show(self, found: Profile) -> None:
        self._mark.set_icon(found.logo.icon)
        self._mark.set_logo(found.logo.svg)
        self._name.setText(found.name)
        self._place.setText(urlsplit(found.backend.address).netloc)

    def _tell(self) -> None:
        if self._state.found is None:
            self.text.setText(_("Your vendor told it to you, or it stands in their program."))
            self.next.setText(_("Look it up"))
        else:
            self.text.setText(_("This vendor answers at that address. Is it the one that you meant?"))
            self.next.setText(_("Add this vendor"))

    @Slot()
    def _go_on(self) -> None:
        if self._state.found is None:
            self.look_requested.emit(self.address.text())
        else:
            self.add_requested.emit()
