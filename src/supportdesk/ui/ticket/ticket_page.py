"""A ticket that is there: head, conversation, and everything about it in a column or folded away."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from supportdesk.app.ticket_state import TicketState
from supportdesk.ui.conversation.pane import ConversationPane
from supportdesk.ui.theme import theme
from supportdesk.ui.ticket.head import TicketHead
from supportdesk.ui.ticket.properties import Properties
from supportdesk.ui.ticket.solution_card import SolutionCard
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.layouts import column, row

_COLUMN_FROM = 1000
"""The properties have their own column from this width on."""
_NARROW_BELOW = 800
_LITTLE_HEIGHT = 420
_FOLD_SHARE = 0.35
"""Of the height, for the unfolded properties."""


class TicketPage(QWidget):
    """Its parts tell what the person does."""

    def __init__(
        self, conversation: ConversationPane, *, own_page: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._own_page = own_page
        self._head_inside = False
        self._state = TicketState()
        self.conversation = conversation
        self.head = TicketHead(own_page=own_page)
        self.fold = Properties(conversation.pictures, folded=True)
        self.properties = Properties(conversation.pictures, folded=False)
        self.solution = SolutionCard()
        self._build()
        self.head.details_toggled.connect(self._arrange)
        theme().changed.connect(self._arrange)

    def render_state(self, state: TicketState) -> None:
        self._state = state
        self.head.render_state(state)
        self.solution.render_state(state)
        for part in self._seen_properties():
            part.render_state(state)
        self.conversation.render_state(state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        wide = self.width() >= max(_COLUMN_FROM, theme().scaled(_COLUMN_FROM))
        before = self._seen_properties()
        self._side.setVisible(wide)
        self.head.set_compact(not wide)
        self._place_head()
        self.fold.setVisible(not wide and self.head.details_shown)
        for part in self._seen_properties():
            if part not in before:
                part.render_state(self._state)
        self.fold.set_highest(max(theme().height.table_row, round(self.height() * _FOLD_SHARE)))
        left, right = self._margins()
        self.conversation.set_margins(left, right)
        self.head.set_margins(left, right)

    def _seen_properties(self) -> list[Properties]:
        """One at most: making the facts anew is much of what another ticket takes."""
        holders = ((self.properties, self._side), (self.fold, self.fold))
        return [part for part, holder in holders if not holder.isHidden()]

    def _margins(self) -> tuple[int, int]:
        """Left and right."""
        space = theme().space
        if self._own_page and self.width() < _NARROW_BELOW:
            return space.page_margin_narrow, space.page_margin_narrow
        leading, trailing = space.page_margin if self._own_page else space.xl, space.page_margin
        return (trailing, leading) if self.isRightToLeft() else (leading, trailing)

    def _place_head(self) -> None:
        """Above the conversation, or inside it where the height is needed for reading and writing."""
        inside = self.height() < theme().scaled(_LITTLE_HEIGHT)
        if inside != self._head_inside:
            self._head_inside = inside
            if inside:
                self.conversation.view.take_head(self.head)
            else:
                self._main.insertWidget(0, self.head)

    def _build(self) -> None:
        main = QWidget()
        self._main = column(main)
        self.head.add_fold(self.fold)
        self.conversation.add_tail(self.solution)
        self._main.addWidget(self.head)
        self._main.addWidget(self.conversation, 1)
        self._side = QWidget()
        side = row(self._side)
        side.addWidget(Divider(Qt.Orientation.Vertical))
        side.addWidget(self.properties)
        both = row(self)
        both.addWidget(main, 1)
        both.addWidget(self._side)
        for hidden in (self._side, self.fold):
            hidden.hide()
