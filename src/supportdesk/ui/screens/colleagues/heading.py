"""Title and how many can sign in; search and "New colleague" beside it, or below where it is narrow."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.search_field import SearchField
from supportdesk.ui.widgets.text_label import PageTitle, TextLabel

_SEARCH_WIDTH = 240


class ColleaguesHeading(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._line = PageTitle(), TextLabel(tone="muted", wrap=True)
        self.search = SearchField()
        self.new = button("", "primary", "user-plus")
        texts = column()
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        tools = row(gap=theme().space.m)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.new)
        tools.setAlignment(self.new, Qt.AlignmentFlag.AlignBottom)
        tools.setAlignment(self.search, Qt.AlignmentFlag.AlignBottom)
        self._row = row(self, gap=theme().space.l)
        self._row.addLayout(texts, 1)
        self._row.addLayout(tools)

    def set_line(self, line: str) -> None:
        self._line.setText(line)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def retranslate(self) -> None:
        self.search.setPlaceholderText(_("Search colleagues"))
        self.search.setAccessibleName(_("Search colleagues"))
        self.new.setText(_("New colleague"))

    def set_stacked(self, stacked: bool) -> None:
        across = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(across)
        self.search.setMinimumWidth(0 if stacked else theme().scaled(_SEARCH_WIDTH))
