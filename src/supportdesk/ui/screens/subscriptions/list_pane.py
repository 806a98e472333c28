"""The left side: search, what it answers, and the tree."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.subscriptions import SubscriptionsState
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.screens.subscriptions.answer_bar import AnswerBar
from supportdesk.ui.screens.subscriptions.tree_view import SubscriptionTree
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_line
from supportdesk.ui.widgets.button import icon_button
from supportdesk.ui.widgets.empty_state import EmptyState
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.search_field import SearchField


class ListPane(QWidget):
    cleared = Signal()
    question_requested = Signal()

    def __init__(self, warn_days: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head = QWidget()
        self.search = SearchField()
        self._fold = icon_button("chevrons-down-up", "")
        self.answer = AnswerBar()
        self.tree = SubscriptionTree(warn_days)
        self._none = EmptyState("search", tone="neutral")
        self._ask = self._none.add_button("", "primary", "reply")
        self._clear = self._none.add_button("", "secondary", "x")
        self._rows = QStackedWidget()
        self._is_folded = False
        self._build()
        self._connect()

    def render_state(self, state: SubscriptionsState, chosen: str) -> None:
        found = bool(state.shown)
        count = len(state.matched)
        matches = ngettext("{n} match", "{n} matches", count).format(n=formats.number(count))
        self.search.set_matches(matches if state.search and found else "")
        self.answer.show_answer(state.answer if found else None)
        if not found:
            self._none.set_texts(
                _("Nothing found"),
                _("Not ordered: nothing of yours is called “{text}”.").format(text=state.search),
            )
        self._is_folded = bool(state.closed)
        self._fold.set_icon("chevrons-up-down" if self._is_folded else "chevrons-down-up")
        self._fold.set_label(_("Expand all") if self._is_folded else _("Collapse all"))
        self._fold.setVisible(not state.search and any(node.children for node in state.roots))
        self._rows.setCurrentWidget(self.tree if found else self._none)
        self.tree.render_state(state, chosen)

    def retranslate(self) -> None:
        self.search.setPlaceholderText(_("Is … installed?"))
        self.search.setAccessibleName(_("Search subscriptions"))
        self.tree.setAccessibleName(_("Subscriptions"))
        self._ask.setText(_("Ask about it"))
        self._clear.setText(_("Clear search"))
        self.tree.tree.retold()

    def set_margin(self, left: int) -> None:
        space = theme().space
        self._lines.setContentsMargins(left, space.m, space.l, space.m)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("surface"))
        bottom = self._head.geometry().bottom()
        draw_line(painter, 0, bottom, self.width(), bottom, theme().color("hairline"))

    def _build(self) -> None:
        space = theme().space
        self._lines = column(self._head, gap=space.m, margins=(space.page_margin, space.m, space.l, space.m))
        field = row(gap=space.s)
        field.addWidget(self.search, 1)
        field.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignVCenter)
        self._lines.addLayout(field)
        self._lines.addWidget(self.answer)
        self._rows.addWidget(self.tree)
        self._rows.addWidget(self._none)
        whole = column(self)
        whole.addWidget(self._head)
        whole.addWidget(self._rows, 1)

    def _connect(self) -> None:
        self.search.left.connect(self._go_to_rows)
        self._fold.clicked.connect(self._turn_all)
        self.answer.question_requested.connect(self.question_requested)
        self._ask.clicked.connect(self.question_requested)
        self._clear.clicked.connect(self._clear_search)

    @Slot()
    def _go_to_rows(self) -> None:
        self.tree.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _turn_all(self) -> None:
        self.tree.set_all_closed(closed=not self._is_folded)

    @Slot()
    def _clear_search(self) -> None:
        self.search.clear()
        self.cleared.emit()
        self.search.setFocus()
