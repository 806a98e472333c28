"""Other articles that belong to the one that is read."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from supportdesk.domain.entities import Publication
from supportdesk.i18n import _
from supportdesk.ui.reading import facts
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.answer_button import AnswerButton
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.layouts import clear_layout, column, row
from supportdesk.ui.widgets.text_label import TextLabel


class RelatedCard(Card):
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        space = theme().space
        super().__init__(padding=(space.s, space.l, space.s, space.s), gap=space.s, parent=parent)
        self._shown: list[tuple[Publication, str]] = []
        self._title = TextLabel(kind="emphasis", strong=True, wrap=True)
        self._rows = column()
        head = row(margins=(space.s, 0, space.s, 0))
        head.addWidget(self._title)
        self.body.addLayout(head)
        self.body.addLayout(self._rows)

    def show_items(self, items: tuple[Publication, ...]) -> None:
        self.setVisible(bool(items))
        self._title.setText(_("Related articles"))
        shown = [(item, facts.category_line(item) or facts.as_of(item)) for item in items]
        if shown == self._shown:
            return
        self._shown = shown
        clear_layout(self._rows)
        for item, line in shown:
            entry = AnswerButton(item.title, line, "book-open", role="accentText")
            entry.clicked.connect(partial(self._choose, item.id))
            self._rows.addWidget(entry)

    def _choose(self, publication_id: str, _checked: bool = False) -> None:
        self.chosen.emit(publication_id)
