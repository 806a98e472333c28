"""How a document stands that is not simply to be signed: who signed it, why it was declined, what hinders."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from supportdesk.app.document_state import DocumentPageState
from supportdesk.app.document_words import answered_by, signed_words
from supportdesk.domain.documents import DocumentState
from supportdesk.domain.entities import Document
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.page_layout import page_margin


class Notice(QWidget):
    retry_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = DocumentPageState()
        self._standing, self._trouble = Banner(), Banner(tone="danger")
        self._retry, self._back = self._trouble.add_button(""), self._trouble.add_button("")
        self._retry.clicked.connect(self.retry_requested)
        self._back.clicked.connect(self.back_requested)
        self._lines = column(self, gap=theme().space.s)
        self._lines.addWidget(self._standing)
        self._lines.addWidget(self._trouble)
        self.retranslate()

    def show_state(self, state: DocumentPageState) -> None:
        self._state = state
        tone, text = self._standing_words(state)
        self._standing.set_tone(tone)
        self._standing.set_texts(text)
        self._standing.setVisible(bool(text))
        trouble = state.problem
        if state.is_refused and state.answer is not None:
            trouble = _("This could not be sent: {reason}").format(reason=state.answer.reason)
        self._trouble.set_texts(trouble)
        self._trouble.setVisible(bool(trouble))
        for way in (self._retry, self._back):
            way.setVisible(state.is_refused)
        self.setVisible(bool(text or trouble))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side, above = page_margin(self.width()), theme().space.m
        self._lines.setContentsMargins(side, above, side, above)

    def retranslate(self) -> None:
        self._retry.setText(_("Try again"))
        self._back.setText(_("Take back"))
        self.show_state(self._state)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _standing_words(self, state: DocumentPageState) -> tuple[str, str]:
        document = state.document
        if document is None or state.standing is None or state.is_refused:
            return "info", ""
        match state.standing:
            case DocumentState.TO_SIGN:
                return "info", ""
            case DocumentState.WITHDRAWN:
                vendor = state.vendor.profile.short_name if state.vendor else ""
                return "neutral", _("{vendor} has withdrawn this document.").format(vendor=vendor)
            case DocumentState.DECLINED:
                return "neutral", _declined(document, state)
            case DocumentState.SIGNED if state.is_on_its_way:
                return "info", _("Signed, will be sent as soon as there is a connection.")
            case DocumentState.SIGNED:
                return signed_words(state, *_by_whom(document, state))


def _declined(document: Document, state: DocumentPageState) -> str:
    if state.is_on_its_way:
        return _("Declined, will be sent as soon as there is a connection.")
    day = formats.full_day(document.answered_at) if document.answered_at else ""
    told = _("Declined by {name} on {day}: {reason}")
    return told.format(name=document.answered_by_name, day=day, reason=document.reason)


def _by_whom(document: Document, state: DocumentPageState) -> tuple[str, str]:
    name, at = answered_by(document, state.pages.seal)
    return name, formats.full_day(at) if at else ""
