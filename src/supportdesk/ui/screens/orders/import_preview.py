"""What was read from a table, before it becomes articles: what is good, and what is wrong with the rest."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from supportdesk.app.flows.order_table import Import
from supportdesk.i18n import _, ngettext
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.button import Button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.layouts import clear_layout, column, row
from supportdesk.ui.widgets.text_label import TextLabel

_SHOWN_GOOD = 5


class ImportPreview(Card):
    taken = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=theme().space.m, parent=parent)
        self._found: Import | None = None
        self._title = TextLabel(strong=True, wrap=True)
        self._unknown = Banner(tone="info")
        self._trouble = Banner(tone="warning")
        self._bad, self._good = TextLabel(wrap=True), column(gap=theme().space.xs)
        self._take = Button("", "primary", "plus")
        self._leave = Button("", "secondary")
        self._build()
        self.retranslate()

    def show_import(self, found: Import | None) -> None:
        if found == self._found:
            return
        self._found = found
        self.setVisible(found is not None)
        if found is not None:
            self._fill(found)
            (self._take if found.good else self._leave).setFocus()

    def retranslate(self) -> None:
        self._leave.setText(_("Cancel"))
        if self._found is not None:
            self._fill(self._found)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _fill(self, found: Import) -> None:
        good, bad = len(found.good), len(found.bad)
        text = ngettext("{n} article was read", "{n} articles were read", len(found.lines))
        self._title.setText(text.format(n=formats.number(len(found.lines))))
        self.setAccessibleName(self._title.text())
        wrong = ngettext(
            "{n} line cannot be taken and is left out:", "{n} lines cannot be taken and are left out:", bad
        )
        self._trouble.set_texts(wrong.format(n=formats.number(bad)))
        self._trouble.setVisible(bool(bad))
        columns = _("These columns are not known and are left out: {names}")
        self._unknown.set_texts(columns.format(names=", ".join(found.left_out)))
        self._unknown.setVisible(bool(found.left_out))
        take = ngettext("Add {n} article", "Add {n} articles", good)
        self._take.setText(take.format(n=formats.number(good)))
        self._take.setVisible(bool(good))
        line = _("Line {line}: {what}")
        lines = [line.format(line=each.line, what=" ".join(each.problems)) for each in found.bad]
        self._bad.setText("\n".join(lines))  # one label: hundreds would take seconds to lay out
        self._bad.setVisible(bool(bad))
        clear_layout(self._good)
        for article in found.good[:_SHOWN_GOOD]:
            parts = (f"{article.quantity} ×", article.number, article.name, article.serial_number)
            self._good.addWidget(TextLabel(" ".join(part for part in parts if part), tone="muted", wrap=True))
        if good > _SHOWN_GOOD:
            self._good.addWidget(TextLabel("…", tone="muted"))

    def _build(self) -> None:
        buttons = row(gap=theme().space.m)
        buttons.addStretch(1)
        buttons.addWidget(self._leave)
        buttons.addWidget(self._take)
        self.add(self._title)
        self.body.addLayout(self._good)
        self.add(self._unknown)
        self.body.addLayout(buttons)  # not below what can be hundreds of lines
        self.add(self._trouble)
        self.add(self._bad)
        self._take.clicked.connect(self.taken)
        self._leave.clicked.connect(self.left)
        self.hide()
