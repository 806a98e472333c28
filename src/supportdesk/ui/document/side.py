"""Beside the pages: what is still required, what it is linked with, and the conversation."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from supportdesk.app.conversation_state import ItemState
from supportdesk.app.document_state import DocumentPageState
from supportdesk.i18n import _
from supportdesk.ui.conversation.linked_part import LinkedPart
from supportdesk.ui.conversation.pane import ConversationPane
from supportdesk.ui.document.required_list import RequiredList
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.steady_scroll import SteadyScroll

_CONVERSATION = 316


class Side(QFrame):
    """`made` carries what can be pressed above the conversation, when there is something else."""

    made = Signal(list)

    def __init__(self, talk: ConversationPane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_asked = self._is_alone = False
        self.required, self.linked = RequiredList(), LinkedPart()
        self._above = QFrame()
        self._above.setProperty("kind", "surface")
        self._line = Divider(inset=theme().space.xl)
        space = theme().space
        self.setProperty("kind", "surface")
        above = column(self._above, gap=space.l, margins=(space.xl, space.xl, space.xl, space.l))
        for part in (self.required, self.linked):
            above.addWidget(part)
        self._scroll = SteadyScroll()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its rows have the focus and scroll it
        self._scroll.setWidget(self._above)
        self._above.installEventFilter(self)
        whole = column(self)
        whole.addWidget(self._scroll)
        whole.addWidget(self._line)
        whole.addWidget(talk, 1)
        self._stops: dict[QWidget, list[QWidget]] = {self.required: [], self.linked: []}
        self.required.made.connect(partial(self._tell_stops, self.required))
        self.linked.made.connect(partial(self._tell_stops, self.linked))
        self.retranslate()

    def show_state(self, state: DocumentPageState) -> None:
        self._is_asked = state.is_open and bool(state.pages.sizes)
        self.required.show_state(state)
        self._share_height()

    def show_linked(self, state: ItemState) -> None:
        self.linked.show_state(state)
        self._share_height()

    def set_alone(self, alone: bool) -> None:
        """Beside the pages, or in their place: then nothing is asked."""
        self._is_alone = alone
        self._share_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is new above counts in its layout only when it is shown, which Qt does later."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._share_height()
        return super().eventFilter(watched, event)

    def _tell_stops(self, part: QWidget, stops: list[QWidget]) -> None:
        self._stops[part] = stops
        self.made.emit([stop for several in self._stops.values() for stop in several])

    def _share_height(self) -> None:
        """What stands above is as high as it wants, while the conversation keeps what it needs."""
        self.required.setVisible(self._is_asked and not self._is_alone)
        for part in (self._scroll, self._line):
            part.setHidden(self.required.isHidden() and self.linked.isHidden())
        wanted = self._above.sizeHint().height()
        if self._above.hasHeightForWidth():
            wanted = self._above.heightForWidth(self.width())
        most = max(self.height() // 2, self.height() - theme().scaled(_CONVERSATION))
        self._scroll.setFixedHeight(min(wanted, most))

    def retranslate(self) -> None:
        self._scroll.setAccessibleName(_("About this document"))
