"""The tools at the left edge of the studio, with words and keys."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QVBoxLayout, QWidget

from supportdesk.app.annotation.tools import TOOLS, Tool
from supportdesk.i18n import _
from supportdesk.ui.studio.tool_row import ToolRow
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.text_label import TextLabel

_WIDTH = 192


class ToolRail(QScrollArea):
    """Scrolls where the window is too low for all tools."""

    chosen = Signal(object)
    """A Tool."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[Tool, ToolRow] = {}
        self._group = QButtonGroup(self)
        self._next_number = TextLabel(kind="caption", tone="muted")
        self._number = 1
        self._build()
        self._group.idClicked.connect(self._on_clicked)
        theme().changed.connect(self._fit_width)
        self.retranslate()

    def render_state(self, tool: Tool, next_number: int) -> None:
        if not self._rows[tool].isChecked():
            self._rows[tool].setChecked(True)
            self.ensureWidgetVisible(self._rows[tool], 0, 0)
        self._number = next_number
        self._next_number.setText(_("Next number: {number}").format(number=next_number))

    def retranslate(self) -> None:
        for spec in TOOLS:
            self._rows[spec.tool].set_title(_(spec.title))
        self._next_number.setText(_("Next number: {number}").format(number=self._number))
        self.setAccessibleName(_("Tools"))
        self._fit_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        content = QFrame()
        content.setProperty("kind", "surface")
        space = theme().space
        rows = column(content, margins=(space.s, space.m, space.s, space.m))
        for index, spec in enumerate(TOOLS):
            if spec.begins_group:
                self._add_divider(rows)
            row = ToolRow(spec.icon, spec.key, content)
            self._rows[spec.tool] = row
            self._group.addButton(row, index)
            rows.addWidget(row)
        self._add_divider(rows)
        note = column(margins=(space.m, space.xs, space.m, 0))
        note.addWidget(self._next_number)
        rows.addLayout(note)
        rows.addStretch(1)
        self.setWidget(content)

    @staticmethod
    def _add_divider(rows: QVBoxLayout) -> None:
        rows.addSpacing(theme().space.s - 1)
        rows.addWidget(Divider(inset=theme().space.m))
        rows.addSpacing(theme().space.s)

    @Slot(int)
    def _on_clicked(self, index: int) -> None:
        self.chosen.emit(TOOLS[index].tool)

    @Slot()
    def _fit_width(self) -> None:
        """Wide enough for the longest word even beside a scroll bar."""
        words = max(row.sizeHint().width() for row in self._rows.values())
        bar = self.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(max(theme().scaled(_WIDTH), words + 2 * theme().space.s + bar))
