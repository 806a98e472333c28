"""The left side: search, for articles category, order and label, and the list."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.reading import Ask, Face, ReadingState
from supportdesk.domain.projections import PublicationOrder as Order
from supportdesk.domain.text import sort_key
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.reading.entry_list import EntryList
from supportdesk.ui.reading.label_filter import LabelFilter
from supportdesk.ui.reading.spelling_note import SpellingNote
from supportdesk.ui.reading.words import ReadingWords
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_line
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.empty_state import EmptyState
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.search_field import SearchField


class ListPane(QWidget):
    """`with_filters` adds what only help articles have."""

    searched = Signal(str)
    category_chosen = Signal(str)
    order_chosen = Signal(object)
    label_chosen = Signal(str)
    """'' lifts it."""
    meant = Signal(str)
    """The words that are searched for in place of those that were typed."""
    literal_wanted = Signal()
    more_wanted = Signal()
    cleared = Signal()

    def __init__(self, *, with_filters: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._with_filters = with_filters
        self._suggestion = ""
        self._has_categories = False
        self._answered: Ask | None = None
        self._head = QWidget()
        self.search = SearchField()
        self._category = Combo()
        self._order = Combo()
        self._labels = LabelFilter()
        self._spelling = SpellingNote()
        self.list = EntryList()
        self._none = EmptyState("search", tone="neutral")
        self._meant = self._none.add_button("", "primary")
        self._clear = self._none.add_button("", "secondary", "x")
        self._rows = QStackedWidget()
        self._build()
        self._connect()

    def render_state(self, state: ReadingState, words: ReadingWords) -> None:
        self._set_texts(state, words)
        ask = state.ask
        if self.search.text().strip() != ask.text and not self.search.hasFocus():
            self.search.setText(ask.text)
        self.search.set_matches(self._matches(state))
        self._spelling.render_state(state)
        if self._with_filters:
            self._render_filters(state)
        chosen = state.chosen.id if state.chosen else ""
        self.list.show_entries(state.entries, state.listed.count, state.searched, chosen)
        if state.loaded and state.answered != self._answered:
            if self._answered is not None:
                self.list.scrollToTop()
            self._answered = state.answered
        self._rows.setCurrentWidget(self._nothing if state.face is Face.NO_MATCH else self.list)

    def focus_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_margins(self, left: int, right: int) -> None:
        space = theme().space
        self._head_lines.setContentsMargins(left, space.m, right, space.m)
        self.list.set_leading(left)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("surface"))
        bottom = self._head.geometry().bottom()
        draw_line(painter, 0, bottom, self.width(), bottom, theme().color("hairline"))

    def _build(self) -> None:
        space = theme().space
        self._head_lines = head = column(self._head, gap=space.m)
        self.set_margins(space.page_margin, space.l)
        head.addWidget(self.search)
        choices = row(gap=space.m)
        choices.addWidget(self._category, 1)
        choices.addWidget(self._order, 1)
        head.addLayout(choices)
        head.addWidget(self._labels)
        head.addWidget(self._spelling)
        for part in (self._category, self._order, self._labels, self._spelling):
            part.setVisible(False)
        for combo in (self._category, self._order):
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(6)
        self._nothing = QWidget()
        within = column(self._nothing, margins=(space.s, 0, 0, 0))  # the margins of the head
        within.addWidget(self._none)
        self._rows.addWidget(self.list)
        self._rows.addWidget(self._nothing)
        lines = column(self)
        lines.addWidget(self._head)
        lines.addWidget(self._rows, 1)

    def _connect(self) -> None:
        self.search.searched.connect(self.searched)
        self.search.left.connect(self._go_to_rows)
        self._category.changed.connect(self.category_chosen)
        self._order.changed.connect(self._choose_order)
        self._labels.chosen.connect(self.label_chosen)
        self._spelling.meant.connect(self._search_for)
        self._spelling.literal.connect(self.literal_wanted)
        self.list.more_wanted.connect(self.more_wanted)
        self._meant.clicked.connect(self._search_what_was_meant)
        self._clear.clicked.connect(self._clear_all)

    def _set_texts(self, state: ReadingState, words: ReadingWords) -> None:
        self.search.setPlaceholderText(words.search)
        self.search.setAccessibleName(words.search)
        self.list.setAccessibleName(words.name)
        ask, listed = state.answered, state.listed
        hidden = bool(ask.category or ask.label) and (listed.matches > 0 or not ask.text)
        no_match = words.no_match.format(text=state.searched)
        self._none.set_texts(_("Nothing found"), _("Nothing fits these filters.") if hidden else no_match)
        self._suggestion = state.suggestion
        self._meant.setText(_("Did you mean “{text}”?").format(text=state.suggestion).replace("&", "&&"))
        self._meant.setVisible(bool(state.suggestion))
        self._clear.setText(_("Clear filters") if hidden else _("Clear search"))

    def _render_filters(self, state: ReadingState) -> None:
        self._category.setAccessibleName(_("Category"))
        self._category.set_options(self._categories(state))
        self._category.set_value(state.ask.category)
        self._order.setAccessibleName(_("Sort by"))
        best = [(Order.BEST, _("Best match first"))] if state.ask.text else []
        self._order.set_options(
            [
                *best,
                (Order.NEWEST, _("Newest first")),
                (Order.HELPFUL, _("Most helpful first")),
                (Order.TITLE, _("By title")),
            ]
        )
        self._order.set_value(state.ask.order)
        self._labels.show_labels(state.listed.labels, state.ask.label, state.listed.count)
        self._has_categories = self._has_categories or len(state.listed.categories) > 1
        self._category.setVisible(self._has_categories)
        self._order.setVisible(True)

    def _categories(self, state: ReadingState) -> list[tuple[str, str]]:
        """With how many each would list; the chosen one stays, also where it lists nothing."""
        counts = dict(state.listed.categories)
        everything, number = _("All categories"), formats.number(sum(counts.values()))
        named = {state.ask.category: 0, **counts}
        return [
            ("", f"{everything} ({number})"),
            *(
                (name, f"{name} ({formats.number(named[name])})")
                for name in sorted(named, key=sort_key)
                if name
            ),
        ]

    def _matches(self, state: ReadingState) -> str:
        if not state.answered.text or not state.loaded:
            return ""
        count = state.listed.count
        return ngettext("{n} match", "{n} matches", count).format(n=formats.number(count))

    @Slot()
    def _go_to_rows(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def _choose_order(self, key: str) -> None:
        self.order_chosen.emit(Order(key))

    @Slot()
    def _search_what_was_meant(self) -> None:
        self._search_for(self._suggestion)

    @Slot(str)
    def _search_for(self, text: str) -> None:
        self.search.setText(text)
        self.meant.emit(text)

    @Slot()
    def _clear_all(self) -> None:
        self.search.clear()
        self.cleared.emit()
