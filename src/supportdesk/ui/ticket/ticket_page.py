"""A ticket that is there: head, conversation, reply, and everything about it in a column or folded away."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from supportdesk.app.ticket_state import TicketState
from supportdesk.domain.commands import FileRef
from supportdesk.domain.entities import Role
from supportdesk.domain.projections import TicketView
from supportdesk.domain.status import Stage
from supportdesk.ui.theme import theme
from supportdesk.ui.ticket.conversation_view import ConversationView
from supportdesk.ui.ticket.delivery_card import DeliveryCard
from supportdesk.ui.ticket.head import TicketHead
from supportdesk.ui.ticket.pictures import Pictures
from supportdesk.ui.ticket.properties import Properties
from supportdesk.ui.ticket.question_bar import QuestionBar
from supportdesk.ui.ticket.reply_box import ReplyBox
from supportdesk.ui.ticket.solution_card import SolutionCard
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.foot import mark_as_foot
from supportdesk.ui.widgets.layouts import column, row

_COLUMN_FROM = 1000
"""The properties have their own column from this width on."""
_NARROW_BELOW = 800
_LITTLE_HEIGHT = 420
_FOLD_SHARE = 0.35
"""Of the height, for the unfolded properties."""
_BELOW_REPLY = 20


class TicketPage(QWidget):
    """Its parts tell what the person does. `place_of` says where the bytes of an unsent file are."""

    def __init__(
        self,
        pictures: Pictures,
        place_of: Callable[[FileRef], Path],
        *,
        own_page: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._own_page = own_page
        self._writable = False
        self._head_inside = False
        self.head = TicketHead(own_page=own_page)
        self.fold = Properties(pictures, folded=True)
        self.properties = Properties(pictures, folded=False)
        self.conversation = ConversationView(pictures, place_of)
        self.solution = SolutionCard()
        self.deliveries = DeliveryCard()
        self.question = QuestionBar()
        self.reply = ReplyBox()
        self._build()
        self.head.details_toggled.connect(self._arrange)
        self.question.answered.connect(self._show_foot)
        theme().changed.connect(self._arrange)

    def render_state(self, state: TicketState) -> None:
        if state.view is None or state.vendor is None:
            return
        for part in (self.head, self.conversation, self.solution, self.deliveries):
            part.render_state(state)
        for properties in (self.properties, self.fold):
            properties.render_state(state)
        self.reply.render_state(state.reply, _reader_name(state.view), state.vendor.capabilities.limits)
        self._writable = state.offers.reply
        self._show_foot()

    def ask(
        self,
        text: str,
        no_text: str,
        yes_text: str,
        yes: Callable[[], None],
        *,
        no: Callable[[], None] | None = None,
        key: str = "",
    ) -> None:
        """In place, as `QuestionBar` does, also where nothing can be written."""
        self._foot.show()
        self.question.ask(text, no_text, yes_text, yes, no=no, key=key)

    def show_log(self) -> None:
        self.deliveries.show_all()
        self.conversation.ensure_shown(self.deliveries)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _show_foot(self) -> None:
        self.reply.setVisible(self._writable)
        self._foot.setHidden(not self._writable and self.question.isHidden())

    @Slot()
    def _arrange(self) -> None:
        wide = self.width() >= max(_COLUMN_FROM, theme().scaled(_COLUMN_FROM))
        self._side.setVisible(wide)
        self.head.set_compact(not wide)
        self._place_head()
        self.fold.setVisible(not wide and self.head.details_shown)
        self.fold.set_highest(max(theme().height.table_row, round(self.height() * _FOLD_SHARE)))
        left, right = self._margins()
        self.conversation.set_margins(left, right)
        self.head.set_margins(left, right)
        self._foot_line.setContentsMargins(left, theme().space.m, right, _BELOW_REPLY)

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
                self.conversation.take_head(self.head)
            else:
                self._main.insertWidget(0, self.head)

    def _build(self) -> None:
        main = QWidget()
        self._main = column(main)
        self._foot = QWidget()
        mark_as_foot(self._foot)
        self._foot_line = column(self._foot, gap=theme().space.m)
        self._foot_line.addWidget(self.question)
        self._foot_line.addWidget(self.reply)
        self.head.add_fold(self.fold)
        self.conversation.set_tail(self.solution)
        self.conversation.set_tail(self.deliveries)
        for widget, stretch in ((self.head, 0), (self.conversation, 1), (self._foot, 0)):
            self._main.addWidget(widget, stretch)
        self._side = QWidget()
        side = row(self._side)
        side.addWidget(Divider(Qt.Orientation.Vertical))
        side.addWidget(self.properties)
        both = row(self)
        both.addWidget(main, 1)
        both.addWidget(self._side)
        self._side.hide()


def _reader_name(view: TicketView) -> str:
    """Who will read the answer: the last of the staff who wrote, else who handles it."""
    if view.row.stage is Stage.OUTBOX:
        return ""
    staff = [message.author_name for message in view.messages if message.author_role is Role.STAFF]
    return staff[-1] if staff else view.row.assignee_name
