"""Waiting for the browser, in which the sign-in goes on."""

from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.browser_sign_in import BrowserState
from supportdesk.app.sign_in_state import SignInState
from supportdesk.i18n import _
from supportdesk.ui.login.form_page import FormPage
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.icon_label import VendorMark
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import TextLabel


class BrowserPage(FormPage):
    """Opens the browser by itself, once for each sign-in, and says at whose address."""

    link_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._url = ""
        self._mark = VendorMark(size=48)
        self._name = TextLabel(kind="emphasis", strong=True, wrap=True)
        self._place = TextLabel(tone="muted", wrap=True)
        self._build()
        self.next.set_kind("secondary")
        self.next.set_busy(True)
        self.next.clicked.connect(self._open)
        self.retranslate()

    def render_state(self, state: SignInState) -> None:
        if state.browser is not None:
            self._show(state.browser)
        url = state.browser.url if state.browser is not None else ""
        if url == self._url:
            return
        self._url = url
        self.next.set_busy(not url)
        if url:
            self._open()

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(_("Waiting for your browser …"))
        self.text.setText(_("Sign in there. As soon as you have done so, it goes on here by itself."))
        self.back.setText(_("Cancel"))
        self.back.set_icon(None)
        self.back.setAccessibleDescription(f"{self.title.text()} {self.text.text()}")
        self.next.setText(_("Open again"))

    def take_focus(self) -> None:
        self.back.setFocus()

    def _build(self) -> None:
        card, line, words = Card(padding=theme().space.l, tone="sunken"), row(gap=theme().space.l), column()
        words.addWidget(self._name)
        words.addWidget(self._place)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(words, 1)
        card.body.addLayout(line)
        self.add_part(card)

    def _show(self, browser: BrowserState) -> None:
        self._mark.set_icon(browser.profile.logo.icon)
        self._mark.set_logo(browser.profile.logo.svg)
        self._name.setText(browser.profile.name)
        self._place.setText(urlsplit(browser.url).netloc)
        self._place.setVisible(bool(browser.url))

    @Slot()
    def _open(self) -> None:
        if self._url:
            self.link_requested.emit(self._url)
