"""What stands beside the list when a draft is chosen in it."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from supportdesk.domain.projections import TicketRow
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.widgets.empty_state import EmptyState


class DraftCard(EmptyState):
    continue_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pencil", parent=parent)
        self._row: TicketRow | None = None
        self._continue = self.add_button("", "primary", "pencil")
        self._delete = self.add_button("", "secondary", "trash")
        self._continue.clicked.connect(self._go_on)
        self._delete.clicked.connect(self._remove)
        self.retranslate()

    def show_draft(self, row: TicketRow) -> None:
        self._row = row
        self.retranslate()

    def retranslate(self) -> None:
        self._continue.setText(_("Continue"))
        self._delete.setText(_("Delete draft"))
        if self._row is not None:
            saved = _("Begun on this computer, not sent. Draft saved {time}.").format(
                time=formats.ago_within(self._row.updated_at)
            )
            self.set_texts(self._row.subject or _("Without a subject"), saved)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _go_on(self) -> None:
        self.continue_requested.emit(self._row)

    def _remove(self) -> None:
        self.delete_requested.emit(self._row)
