"""Where data lies, how much of it there is, and what of it is cleared."""

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from supportdesk.app.settings_panes import Fact, Pane
from supportdesk.app.storage import StoragePresenter, StorageState
from supportdesk.app.workspace import Workspace
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.screens.settings.declared_pane import DeclaredPane
from supportdesk.ui.screens.settings.fact_list import FactList
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.flow_layout import FlowLayout


class StoragePane(DeclaredPane):
    def __init__(self, pane: Pane, workspace: Workspace, parent: QWidget | None = None) -> None:
        self._presenter: StoragePresenter | None = None
        super().__init__(pane, workspace.settings, parent=parent)
        space = theme().space
        card = Card(padding=20, gap=space.l)
        self._facts = FactList()
        self._open = button("", icon="folder-open")
        self._clear = button("", icon="trash")
        self._failure = Banner(tone="danger")
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=space.m)
        flow.addWidget(self._open)
        flow.addWidget(self._clear)
        for part in (self._facts, self._failure, buttons):
            card.add(part)
        self.cards.insertWidget(0, card)
        self._presenter = StoragePresenter(workspace)
        self._open.clicked.connect(self._open_folder)
        self._clear.clicked.connect(self._presenter.clear_downloads)
        self.retranslate()
        self._presenter.show_to(self._render)

    def retranslate(self) -> None:
        super().retranslate()
        if self._presenter is not None:
            self._open.setText(_("Open folder"))
            self._clear.setText(_("Clear downloaded attachments"))
            self._render(self._presenter.state)

    def opened(self) -> None:
        if self._presenter is not None:
            self._presenter.count()

    def end(self) -> None:
        super().end()
        if self._presenter is not None:
            self._presenter.close()

    def _render(self, state: StorageState) -> None:
        self._facts.set_facts(
            (
                Fact(_("Data folder"), str(state.folder)),
                Fact(_("Tickets, drafts and what waits"), _size(state.data_bytes)),
                Fact(_("Downloaded attachments"), _size(state.downloads_bytes)),
            )
        )
        self._clear.setEnabled(bool(state.downloads_bytes) and not state.clearing)
        self._failure.setVisible(state.error is not None)
        if state.error is not None:
            self._failure.set_texts(state.error.next_step, str(state.error))

    @Slot()
    def _open_folder(self) -> None:
        if self._presenter is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._presenter.state.folder)))


def _size(size_bytes: int | None) -> str:
    return _("Being counted") if size_bytes is None else formats.size(size_bytes)
