"""One document on its own page."""

from PySide6.QtWidgets import QWidget

from supportdesk.i18n import _
from supportdesk.ui.document.pane import DocumentPane
from supportdesk.ui.screen import Offers, Screen, ScreenContext
from supportdesk.ui.widgets.layouts import column


class DocumentScreen(Screen):
    """Arguments: document_id, account_id (default: this account)."""

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._pane = DocumentPane(context)
        column(self).addWidget(self._pane)
        self._pane.titled.connect(self.tell_crumb)
        self._pane.offers_changed.connect(self.offers_changed)
        self.retranslate()

    def open(self, args: dict[str, str]) -> None:
        self._pane.open(args.get("account_id", self.context.account.id), args["document_id"])

    def refresh(self) -> None:
        self._pane.presenter.refresh()

    def focus_search(self) -> None:
        self._pane.focus_search()

    def offers(self) -> Offers:
        return self._pane.offers()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Document"))

    def end(self) -> None:
        self._pane.end()
