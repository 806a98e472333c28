"""Title and whose keys these are; the search beside it, or below where it is narrow."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.search_field import SearchField
from supportdesk.ui.widgets.text_label import PageTitle, TextLabel

_SEARCH_WIDTH = 280


class KeysHeading(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PageTitle()
        self._line = TextLabel(tone="muted", wrap=True)
        self.search = SearchField()
        texts = column()
        texts.addWidget(self._title)
        texts.addWidget(self._line)
        self._row = row(self, gap=theme().space.l)
        self._row.addLayout(texts, 1)
        self._row.addWidget(self.search, 0, Qt.AlignmentFlag.AlignBottom)

    def set_texts(self, title: str, line: str, search: str) -> None:
        self._title.setText(title)
        self._line.setText(line)
        self.search.setPlaceholderText(search)
        self.search.setAccessibleName(search)

    def set_stacked(self, stacked: bool) -> None:
        across = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(across)
        self.search.setMaximumWidth(theme().scaled(10 * _SEARCH_WIDTH if stacked else _SEARCH_WIDTH))
        self.search.setMinimumWidth(0 if stacked else theme().scaled(_SEARCH_WIDTH))
