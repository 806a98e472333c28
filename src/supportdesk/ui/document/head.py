"""What document this is and how it stands; zoom, search, printing, saving; declining and signing."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from supportdesk.app.document_state import DocumentPageState
from supportdesk.app.document_words import state_words
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button, icon_button
from supportdesk.ui.widgets.chip import Chip, chip_style
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.menu import Menu, place_below
from supportdesk.ui.widgets.segmented import SegmentedChoice
from supportdesk.ui.widgets.text_label import ElidedLabel

_STACKED_BELOW = 900
_ZOOMS = (50, 75, 100, 125, 150, 200)
_WIDEST = 444
"""As wide as three digits get."""
PAGES, TALK = "pages", "talk"


class DocumentHead(QFrame):
    """`zoom_chosen` carries percent, or None to fit the width; `part_chosen` PAGES or TALK."""

    zoom_chosen = Signal(object)
    zoomed_in = Signal()
    zoomed_out = Signal()
    search_requested = Signal()
    print_requested = Signal()
    save_requested = Signal()
    part_chosen = Signal(str)
    sign_requested = Signal()
    decline_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = DocumentPageState()
        self._percent, self._fits, self._is_stacked = 100, True, False
        self._build()
        self._connect()
        self.retranslate()

    def show_state(self, state: DocumentPageState) -> None:
        self._state = state
        row_, document = state.row, state.document
        there = row_ is not None and document is not None
        self._title.setText(document.title if document is not None else "")
        self._chip.setVisible(there)
        if row_ is not None and document is not None:
            day = formats.date(document.sign_by) if document.sign_by else ""
            style = chip_style(row_.state)
            self._chip.set_state(state_words(row_, day), style.tone, style.icon)
        for tool in (self._out, self._percent_button, self._in, self._search, self._print):
            tool.setEnabled(bool(state.pages.sizes))
        self._save.setEnabled(state.pages.file is not None)
        self._actions.setVisible(state.is_open)
        self._sign.setEnabled(state.can_sign)

    def show_zoom(self, percent: int, *, fits: bool) -> None:
        self._percent, self._fits = percent, fits
        self._percent_button.setText(_percent_words(percent))

    def show_parts(self, shown: bool) -> None:
        """Whether pages and conversation take turns, for want of room."""
        self._parts.setVisible(shown)

    def show_part(self, part: str) -> None:
        self._parts.set_value(part)

    def retranslate(self) -> None:
        self._out.set_label(_("Zoom out"))
        self._in.set_label(_("Zoom in"))
        self._percent_button.setAccessibleName(_("Zoom"))
        self._search.set_label(_("Search in the document"))
        self._print.set_label(_("Print"))
        self._save.set_label(_("Save a copy"))
        self._decline.setText(_("Decline…"))
        self._decline.setAccessibleName(_("Decline"))
        self._sign.setText(_("Sign"))
        self._sign.setAccessibleName(_("Sign"))
        self._parts.set_options([(PAGES, _("Document")), (TALK, _("Conversation"))])
        self._parts.setAccessibleName(_("What is shown"))
        self.show_state(self._state)
        self._keep_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(stacked=self.width() < theme().scaled(_STACKED_BELOW))

    def _arrange(self, *, stacked: bool) -> None:
        """Everything in one line, or what can be done below the name, each in as many lines as it takes.

        Then the percentage alone offers the zooms.
        """
        if stacked == self._is_stacked:
            return
        self._is_stacked = stacked
        names, groups = (self._title, self._chip), (self._tools, self._parts, self._actions)
        for line, flow, places in ((self._name, self._names, names), (self._top, self._below, groups)):
            left, reached = (line, flow) if stacked else (flow, line)
            for place in places:
                left.removeWidget(place)
                reached.addWidget(place)
        for part in (self._line, self._out, self._in):
            part.setVisible(not stacked)
        side = theme().space.page_margin_narrow if stacked else theme().space.page_margin
        self._lines.setContentsMargins(side, theme().space.m, side, theme().space.m)

    def _build(self) -> None:
        space = theme().space
        self.setProperty("kind", "bar")
        self._title = ElidedLabel(kind="emphasis", strong=True)
        self._chip = Chip()
        self._out = icon_button("zoom-out", "")
        self._percent_button = button("", "quiet", size="small")
        self._in = icon_button("zoom-in", "")
        self._search = icon_button("search", "")
        self._print = icon_button("printer", "")
        self._save = icon_button("download", "")
        self._line = Divider(Qt.Orientation.Vertical)
        self._decline = button("", "danger")
        self._sign = button("", "primary", "signature")
        self._parts = SegmentedChoice([], "")
        self._name, self._names = row(gap=space.m), FlowLayout(gap=space.s)
        self._name.addWidget(self._title)
        self._name.addWidget(self._chip)
        self._tools, self._actions = QWidget(), QWidget()
        tools = row(self._tools, gap=space.xs)
        for tool in (self._out, self._percent_button, self._in, self._search, self._print, self._save):
            tools.addWidget(tool)
        actions = row(self._actions, gap=space.s)
        for action in (self._line, self._decline, self._sign):
            actions.addWidget(action)
        self._top, self._below = row(gap=space.m), FlowLayout(gap=space.s)
        self._top.addLayout(self._name)
        self._top.addStretch(1)
        for group in (self._tools, self._parts, self._actions):
            self._top.addWidget(group)
        self._lines = column(
            self, gap=space.s, margins=(space.page_margin, space.m, space.page_margin, space.m)
        )
        for layout in (self._top, self._names, self._below):
            self._lines.addLayout(layout)

    def _connect(self) -> None:
        self._out.clicked.connect(self.zoomed_out)
        self._in.clicked.connect(self.zoomed_in)
        self._percent_button.clicked.connect(self._offer_zooms)
        self._search.clicked.connect(self.search_requested)
        self._print.clicked.connect(self.print_requested)
        self._save.clicked.connect(self.save_requested)
        self._decline.clicked.connect(self.decline_requested)
        self._sign.clicked.connect(self.sign_requested)
        self._parts.changed.connect(self.part_chosen)
        theme().changed.connect(self._keep_width)

    @Slot()
    def _keep_width(self) -> None:
        """That of the widest percentage: what stands beside it is clicked again and again, and stays."""
        self._percent_button.setText(_percent_words(_WIDEST))
        self._percent_button.setMinimumWidth(self._percent_button.sizeHint().width())
        self.show_zoom(self._percent, fits=self._fits)

    @Slot()
    def _offer_zooms(self) -> None:
        menu = Menu(self)
        menu.entry(_("Fit the width"), partial(self.zoom_chosen.emit, None), checked=self._fits)
        menu.line()
        for percent in _ZOOMS:
            chosen = not self._fits and percent == self._percent
            menu.entry(_percent_words(percent), partial(self.zoom_chosen.emit, percent), checked=chosen)
        menu.open_once(place_below(self._percent_button))


def _percent_words(percent: int) -> str:
    return _("{n} %").format(n=formats.number(percent))
