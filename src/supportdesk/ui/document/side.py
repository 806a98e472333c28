"""Beside the pages: what is still required, and the conversation."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from supportdesk.app.document_state import DocumentPageState
from supportdesk.i18n import _
from supportdesk.ui.conversation.pane import ConversationPane
from supportdesk.ui.document.required_list import RequiredList
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.layouts import column


class Side(QFrame):
    def __init__(self, talk: ConversationPane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_asked = self._is_alone = False
        self.required = RequiredList()
        self._above = QFrame()
        self._above.setProperty("kind", "surface")
        self._line = Divider()
        space = theme().space
        self.setProperty("kind", "surface")
        above = column(self._above, gap=space.l, margins=(space.xl, space.xl, space.xl, 0))
        above.addWidget(self.required)
        above.addWidget(self._line)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its rows have the focus and scroll it
        self._scroll.setWidget(self._above)
        whole = column(self)
        whole.addWidget(self._scroll)
        whole.addWidget(talk, 1)
        self.retranslate()

    def show_state(self, state: DocumentPageState) -> None:
        self._is_asked = state.is_open and bool(state.pages.sizes)
        self.required.show_state(state)
        self._share_height()

    def set_alone(self, alone: bool) -> None:
        """Beside the pages, or in their place: then only the conversation is shown."""
        self._is_alone = alone
        self._share_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        """The list is as high as it wants, up to half of what there is."""
        self._scroll.setVisible(self._is_asked and not self._is_alone)
        wanted = self._above.sizeHint().height()
        if self._above.hasHeightForWidth():
            wanted = self._above.heightForWidth(self.width())
        self._scroll.setFixedHeight(min(wanted, self.height() // 2))

    def retranslate(self) -> None:
        self._scroll.setAccessibleName(_("Before you sign"))
